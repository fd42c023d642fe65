/** The client behind a card: their numbers as the portal has them, and our chats with them, as far as the caller sees both. */
import type { OutputOf, ParsedOf } from '#contract/endpoint.ts'
import { Chat } from '#contract/inbox.ts'
import type { readPortalCard } from '#contract/portal-card.ts'
import * as z from 'zod'
import { toDigits } from '../../contacts/index.ts'
import type { Request } from '../../http/app.ts'
import { call } from '../../identity/index.ts'
import { Refusal } from '../../lib/refusal.ts'
import { callPortal, type Answered } from '../call-portal.ts'
import { batchesOf, batchMeanings, type Command } from '../rest/batch.ts'
import { firstAsked, itemIn, itemsIn, nameOf, numbersOf, orderOf, thenAsked } from './card.ts'
import { openCard, type OpenedCard } from './ticket.ts'

const Chats = z.object({ items: z.array(z.array(Chat)) })

export async function readCard(
  c: Request,
  { ticket }: ParsedOf<typeof readPortalCard>,
): Promise<OutputOf<typeof readPortalCard>> {
  const { caller } = await call(c, 'chats.read', null, {})
  const card = await openCard(c.env, ticket, caller.person.id, Date.now())
  if (!card) throw new Refusal('card_over')
  const [own, ...people] = await ask(c, card, firstAsked(card))
  const item = itemIn(own)
  const more = await ask(c, card, thenAsked(card, item))
  const others = itemsIn([...people, ...more], orderOf(item))
  const numbers = numbersOf(item, others, (typed) => toDigits(typed, caller.account.country))
  const { result } = await call(c, 'chats.read', 'api_portal_card', { phones: numbers.map(({ phone }) => phone) })
  const { items } = Chats.parse(JSON.parse(result ?? '{"items":[]}'))
  const found = numbers.map((number, n) => ({ ...number, chats: items[n] ?? [] }))
  return { entity: card.entity, name: nameOf(item), numbers: found }
}

/** Several questions in one request of the portal's, as the employee who looks. */
async function ask(c: Request, { appId, memberId, access }: OpenedCard, commands: readonly Command[]): Promise<unknown[]> {
  const [params] = batchesOf(commands)
  if (!params) return []
  const wanted = { method: 'batch', params, priority: 'status', isRepeatable: true, access } as const
  const called = await callPortal(c.env, { appId, memberId }, wanted)
  if (!called.ok) throw refusalOf(called)
  return batchMeanings(commands.length, [called.result]).map(({ problem, result }, n) => {
    // The card itself must be there; of who stands behind it, what the employee may see.
    if (problem && n === 0) throw refusalOf({ kind: problem.kind, code: problem.code, againAt: null })
    return problem ? null : result
  })
}

function refusalOf({ kind, code, againAt }: Pick<Extract<Answered, { ok: false }>, 'kind' | 'code' | 'againAt'>): Refusal {
  if (kind === 'token') return new Refusal('card_over')
  const isPassing = ['later', 'lost', 'pace', 'retry', 'overload', 'method_limit'].includes(kind)
  const waitS = againAt === null ? 5 : Math.min(60, Math.max(1, Math.ceil((againAt - Date.now()) / 1_000)))
  return isPassing ? new Refusal('portal_away', { code }, waitS) : new Refusal('portal_denied', { code })
}
