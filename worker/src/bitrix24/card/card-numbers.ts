/** The client behind a card, as the portal has them. */
import { toDigits } from '../../contacts/index.ts'
import type { Env } from '../../lib/env.ts'
import { callPortal, type Answered } from '../call-portal.ts'
import type { Wanted } from '../call-queue.ts'
import { batchesOf, batchMeanings, type Command } from '../rest/batch.ts'
import type { PortalName } from '../surroundings.ts'
import { firstAsked, itemIn, itemsIn, nameOf, numbersOf, orderOf, thenAsked, type Card, type Numbered } from './card.ts'

type Asking = { env: Env; portal: PortalName } & Pick<Wanted, 'priority' | 'access'>
/** `waitS`: when it may be asked again; null: that brings nothing. */
export type NotRead = { ok: false; kind: string; code: string; waitS: number | null }
export type Read = { ok: true; name: string | null; numbers: Numbered[] }
type Asked = { ok: true; results: unknown[] } | NotRead

/** Reads a card with the rights of `access`, or ours. `country` of who looks: how numbers are written at home. */
export async function cardNumbers(asking: Asking, card: Card, country: string): Promise<Read | NotRead> {
  const first = await ask(asking, firstAsked(card))
  if (!first.ok) return first
  const [own, ...people] = first.results
  const item = itemIn(own)
  const more = await ask(asking, thenAsked(card, item))
  if (!more.ok) return more
  const others = itemsIn([...people, ...more.results], orderOf(item))
  return { ok: true, name: nameOf(item), numbers: numbersOf(item, others, (typed) => toDigits(typed, country)) }
}

/** Several questions in one request of the portal's. Who stands behind a card may be out of sight; the first answer must be there. */
async function ask({ env, portal, ...how }: Asking, commands: readonly Command[]): Promise<Asked> {
  const [params] = batchesOf(commands)
  if (!params) return { ok: true, results: [] }
  const called = await callPortal(env, portal, { method: 'batch', params, isRepeatable: true, ...how })
  if (!called.ok) return notRead(called)
  const meanings = batchMeanings(commands.length, [called.result])
  const problem = meanings[0]?.problem
  if (problem) return notRead({ kind: problem.kind, code: problem.code, againAt: null })
  return { ok: true, results: meanings.map((meaning) => (meaning.problem ? null : meaning.result)) }
}

const PASSING = new Set(['later', 'lost', 'pace', 'retry', 'overload', 'method_limit'])

/** In how many seconds it is worth another try; null: somebody has to do something first. */
export function waitOf({ kind, againAt }: Pick<Extract<Answered, { ok: false }>, 'kind' | 'againAt'>): number | null {
  if (!PASSING.has(kind)) return null
  return againAt === null ? 5 : Math.min(600, Math.max(1, Math.ceil((againAt - Date.now()) / 1_000)))
}

function notRead(called: Pick<Extract<Answered, { ok: false }>, 'kind' | 'code' | 'againAt'>): NotRead {
  return { ok: false, kind: called.kind, code: called.code, waitS: waitOf(called) }
}
