/**
 * What the page in a card needs to ask for the card's numbers: sealed, so that only we can read it. The portal is asked with the
 * token of the employee who opened the card: what they may not see there, they do not see here.
 */
import { CARD_ENTITIES } from '#contract/portal-card.ts'
import * as z from 'zod'
import { settingsOf, type Env } from '../../lib/env.ts'
import { seal, unseal } from '../../lib/seal.ts'

const Opened = z.object({
  appId: z.nullable(z.string()),
  memberId: z.string(),
  personId: z.string(),
  access: z.string(),
  entity: z.enum(CARD_ENTITIES),
  id: z.number(),
  until: z.number(),
})
export type OpenedCard = z.infer<typeof Opened>

const PLACE = 'portal card'

export function sealCard(env: Env, card: OpenedCard): Promise<string> {
  return seal(JSON.stringify(card), PLACE, settingsOf(env).keyring)
}

/** The card that this person opened; null: it is somebody else's, too old, or none. */
export async function openCard(env: Env, ticket: string, personId: string, now: number): Promise<OpenedCard | null> {
  try {
    const card = Opened.parse(JSON.parse(await unseal(ticket, PLACE, settingsOf(env).keyring)))
    return card.personId === personId && card.until > now ? card : null
  } catch {
    return null
  }
}
