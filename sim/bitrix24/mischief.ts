/** Everything that Bitrix24 may do wrong, on command. */
import { fieldsOf, numberOf, textOf } from '../lib/fields.ts'
import { countMischiefs } from '../lib/mischiefs.ts'

export type Where = 'rest' | 'oauth' | 'events' | 'files'

export type Mischief = {
  id: number
  where: Where
  /** member id; null: every portal. */
  portal: string | null
  /** A method, an event, `/oauth/token/`; null: all of them. */
  what: string | null
  /** For how many more; null: until it is taken away. */
  next: number | null
  slowMs: number
  /** REST and OAuth: answered instead of what is right. */
  error: string | null
  status: number | null
  body: string | null
  /** The work is done, the answer is lost. */
  dropAnswer: boolean
  /** Events: never comes; comes so many times more; comes after the next one. */
  lose: boolean
  duplicate: number
  reorder: boolean
}

export type Mischiefs = {
  add(mischief: Omit<Mischief, 'id'>): Mischief
  /** `portal`: only what is meant for this one. */
  clear(portal: string | null): void
  all(): Mischief[]
  /** What hits this one; it is counted. */
  judge(where: Where, portal: string | null, what: string): Mischief | undefined
}

/** The statuses that belong to the codes: reference/bitrix24.md §3.6. */
const STATUS: Readonly<Record<string, number>> = {
  expired_token: 401,
  no_auth_found: 401,
  invalid_token: 401,
  insufficient_scope: 403,
  invalid_credentials: 403,
  user_access_error: 403,
  access_denied: 403,
  query_limit_exceeded: 503,
  overload_limit: 503,
  operation_time_limit: 429,
  internal_server_error: 500,
  error_unexpected_answer: 500,
  portal_deleted: 500,
}

export function statusOf({ status, error }: Pick<Mischief, 'status' | 'error'>): number {
  return status ?? STATUS[(error ?? '').toLowerCase()] ?? (error ? 400 : 500)
}

export function makeMischiefs(): Mischiefs {
  const counted = countMischiefs<Mischief>((mischief, id) => ({ id, ...mischief }))
  return {
    ...counted,
    clear: (portal) => counted.clear((one) => portal !== null && one.portal !== portal),
    judge: (where, portal, what) =>
      counted.judge(
        (one) =>
          one.where === where &&
          (one.portal === null || one.portal === portal) &&
          (one.what === null || one.what.toLowerCase() === what.toLowerCase()),
      ),
  }
}

const KNOWN = 'where portal what next slowMs error status body dropAnswer lose duplicate reorder'.split(' ')
const WHERES: readonly Where[] = ['rest', 'oauth', 'events', 'files']

/** Reads the command; a sentence when it cannot be read. */
export function mischiefIn(value: unknown): Omit<Mischief, 'id'> | string {
  const fields = fieldsOf(value)
  const unknown = Object.keys(fields).find((name) => !KNOWN.includes(name))
  if (unknown !== undefined) return `unknown field: ${unknown}`
  const where = WHERES.find((one) => one === (fields.where ?? 'rest'))
  if (!where) return `where must be one of ${WHERES.join(', ')}`
  return {
    where,
    portal: textOf(fields.portal) ?? null,
    what: textOf(fields.what) ?? null,
    next: numberOf(fields.next) ?? null,
    slowMs: numberOf(fields.slowMs) ?? 0,
    error: textOf(fields.error) ?? null,
    status: numberOf(fields.status) ?? null,
    body: textOf(fields.body) ?? null,
    dropAnswer: fields.dropAnswer === true,
    lose: fields.lose === true,
    duplicate: fields.duplicate === true ? 1 : (numberOf(fields.duplicate) ?? 0),
    reorder: fields.reorder === true,
  }
}
