/** Everything that Stripe may do wrong, on command. */
import { fieldsOf, numberOf, textOf } from '../lib/fields.ts'
import { countMischiefs } from '../lib/mischiefs.ts'

export type Mischief = {
  id: number
  where: 'api' | 'hooks'
  /** `POST /v1/refunds`, with `:id` for any one part; or an event's type. null: all of them. */
  what: string | null
  /** For how many more; null: until it is taken away. */
  next: number | null
  slowMs: number
  /** API: answered instead of what is right. */
  status: number | null
  /** API: with `status`, the work is done all the same, and the answer is kept under the key. */
  processed: boolean
  /** API: the work is done and the connection is cut instead of an answer. */
  dropAnswer: boolean
  /** Webhooks: never comes; comes so many times more; comes as a second event too; comes after the next one; comes so much later. */
  lose: boolean
  duplicate: number
  twin: boolean
  reorder: boolean
  delayMs: number
  /** Webhooks: comes, and is answered, before the API's own answer. */
  before: boolean
}

export type Mischiefs = {
  add(mischief: Omit<Mischief, 'id'>): Mischief
  clear(): void
  all(): Mischief[]
  /** What hits this one; it is counted. */
  judge(where: Mischief['where'], what: string): Mischief | undefined
}

export function makeMischiefs(): Mischiefs {
  const counted = countMischiefs<Mischief>((mischief, id) => ({ id, ...mischief }))
  return {
    ...counted,
    clear: () => counted.clear(),
    judge: (where, what) => counted.judge((one) => one.where === where && (one.what === null || fits(one.what, what))),
  }
}

function fits(pattern: string, what: string): boolean {
  const [expected, given] = [pattern.split('/'), what.split('/')]
  return expected.length === given.length && expected.every((part, at) => part.startsWith(':') || part === given[at])
}

const KNOWN = 'where what next slowMs status processed dropAnswer lose duplicate twin reorder delayMs before'.split(' ')

/** Reads the command; a sentence when it cannot be read. */
export function mischiefIn(value: unknown): Omit<Mischief, 'id'> | string {
  const fields = fieldsOf(value)
  const unknown = Object.keys(fields).find((name) => !KNOWN.includes(name))
  if (unknown !== undefined) return `unknown field: ${unknown}`
  if (fields.where !== 'api' && fields.where !== 'hooks') return 'where must be api or hooks'
  return {
    where: fields.where,
    what: textOf(fields.what) ?? null,
    next: numberOf(fields.next) ?? null,
    slowMs: numberOf(fields.slowMs) ?? 0,
    status: numberOf(fields.status) ?? null,
    processed: fields.processed === true,
    dropAnswer: fields.dropAnswer === true,
    lose: fields.lose === true,
    duplicate: fields.duplicate === true ? 1 : (numberOf(fields.duplicate) ?? 0),
    twin: fields.twin === true,
    reorder: fields.reorder === true,
    delayMs: numberOf(fields.delayMs) ?? 0,
    before: fields.before === true,
  }
}
