/** The card that is charged: another one is kept on the gateway's own page, and nothing is paid there. */
import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { SubscriptionId } from './subscriptions.ts'

export const CardId = z.uuidv7().brand<'Card'>()

export const openCard = endpoint({
  method: 'POST',
  path: '/billing/cards',
  summary:
    'Opens the gateway’s page where another card is kept: for a subscription, else for automatic top-ups. A page that was open before is closed',
  may: 'billing.manage',
  input: z.object({
    /** The same again is the same page. */
    id: CardId,
    /** Absent: for automatic top-ups. */
    subscriptionId: z.optional(SubscriptionId),
    /** The app stands in a portal’s frame: the gateway’s page opens beside it and returns to a page of its own. */
    inFrame: z._default(z.boolean(), false),
  }),
  returns: z.object({ url: z.string() }),
})

export const lookCard = endpoint({
  method: 'POST',
  path: '/billing/cards/look',
  summary: 'Asks the gateway how the page stands, as after it was closed; a card that was kept there is charged from now on',
  may: 'billing.manage',
  input: z.object({}),
  /** `isOpen`: nobody has finished it. */
  returns: z.object({ isOpen: z.boolean() }),
})
