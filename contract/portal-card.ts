/** Our tab in the card of a contact, lead, deal or company of Bitrix24. */
import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { Chat } from './inbox.ts'

export const CARD_ENTITIES = ['contact', 'lead', 'deal', 'company'] as const

const Ticket = z.string().check(z.minLength(20), z.maxLength(4_000))

export const readPortalCard = endpoint({
  method: 'POST',
  path: '/portal-card',
  summary:
    "The numbers of the client whose card is open in Bitrix24, read there with the employee's own rights, and the chats with them that the caller sees. `ticket` came with the frame. Refuses card_over, portal_away, portal_denied",
  may: 'chats.read',
  input: z.object({ ticket: Ticket }),
  returns: z.object({
    entity: z.enum(CARD_ENTITIES),
    /** Of the client, as the portal calls them. */
    name: z.nullable(z.string()),
    /** In the order of the card. `phone`: digits; `owner`: whose it is, where that is not the card's own. */
    numbers: z.array(z.object({ phone: z.string(), owner: z.nullable(z.string()), chats: z.array(Chat) })),
  }),
})
