/** The client behind a card: their numbers as the portal has them, and our chats with them, as far as the caller sees both. */
import type { OutputOf, ParsedOf } from '#contract/endpoint.ts'
import { Chat } from '#contract/inbox.ts'
import type { readPortalCard } from '#contract/portal-card.ts'
import * as z from 'zod'
import type { Request } from '../../http/app.ts'
import { call } from '../../identity/index.ts'
import { Refusal } from '../../lib/refusal.ts'
import { cardNumbers, type NotRead } from './card-numbers.ts'
import { openCard } from './ticket.ts'

const Chats = z.object({ items: z.array(z.array(Chat)) })

export async function readCard(
  c: Request,
  { ticket }: ParsedOf<typeof readPortalCard>,
): Promise<OutputOf<typeof readPortalCard>> {
  const { caller } = await call(c, 'chats.read', null, {})
  const card = await openCard(c.env, ticket, caller.person.id, Date.now())
  if (!card) throw new Refusal('card_over')
  const { appId, memberId, access } = card
  const asking = { env: c.env, portal: { appId, memberId }, priority: 'status', access } as const
  const read = await cardNumbers(asking, card, caller.account.country)
  if (!read.ok) throw refusalOf(read)
  const { name, numbers } = read
  const { result } = await call(c, 'chats.read', 'api_portal_card', { phones: numbers.map(({ phone }) => phone) })
  const { items } = Chats.parse(JSON.parse(result ?? '{"items":[]}'))
  return { entity: card.entity, name, numbers: numbers.map((number, n) => ({ ...number, chats: items[n] ?? [] })) }
}

function refusalOf({ kind, code, waitS }: NotRead): Refusal {
  if (kind === 'token') return new Refusal('card_over')
  return waitS === null ? new Refusal('portal_denied', { code }) : new Refusal('portal_away', { code }, Math.min(60, waitS))
}
