/** Everything that PayPal may do wrong, on command. */
import { fieldsOf, numberOf, textOf } from '../lib/fields.ts'
import { countMischiefs } from '../lib/mischiefs.ts'

export type Mischief = {
  id: number
  where: 'api' | 'hooks'
  /** Client id; null: every application. */
  app: string | null
  /** The beginning of `POST /v2/checkout/orders`, or of an event's type; null: all. */
  what: string | null
  /** Something that the address, the body or the event holds; null: anything. */
  holds: string | null
  /** For how many more; null: until it is taken away. */
  next: number | null
  slowMs: number
  /** API: answered instead of what is right. */
  status: number | null
  /** API: refused with 422 and this issue. */
  issue: string | null
  /** API: the work is done first. */
  done: boolean
  /** API: the answer is lost with the connection; with `done` after the work. */
  drop: boolean
  /** Webhooks: never; so many times more; not before it is released; before the API’s own answer. */
  lose: boolean
  twice: boolean
  hold: boolean
  before: boolean
}

export type Subject = { where: Mischief['where']; app: string | null; what: string; text: string }

export function makeMischiefs() {
  const counted = countMischiefs<Mischief>((mischief, id) => ({ id, ...mischief }))
  return {
    ...counted,
    clear: (app: string | null) => counted.clear((one) => app !== null && one.app !== app),
    judge: ({ where, app, what, text }: Subject) =>
      counted.judge(
        (one) =>
          one.where === where &&
          (one.app === null || one.app === app) &&
          (one.what === null || what.startsWith(one.what)) &&
          (one.holds === null || text.includes(one.holds)),
      ),
  }
}

const KNOWN = 'where app what holds next slowMs status issue done drop lose twice hold before'.split(' ')

/** Reads the command; a sentence when it cannot be read. */
export function mischiefIn(value: unknown): Omit<Mischief, 'id'> | string {
  const fields = fieldsOf(value)
  const unknown = Object.keys(fields).find((name) => !KNOWN.includes(name))
  if (unknown !== undefined) return `unknown field: ${unknown}`
  const where = fields.where ?? 'api'
  if (where !== 'api' && where !== 'hooks') return 'where must be api or hooks'
  return {
    where,
    ...{ app: textOf(fields.app) ?? null, what: textOf(fields.what) ?? null, holds: textOf(fields.holds) ?? null },
    ...{ next: numberOf(fields.next) ?? null, slowMs: numberOf(fields.slowMs) ?? 0, status: numberOf(fields.status) ?? null },
    ...{ issue: textOf(fields.issue) ?? null, done: fields.done === true, drop: fields.drop === true },
    ...{ lose: fields.lose === true, twice: fields.twice === true, hold: fields.hold === true, before: fields.before === true },
  }
}
