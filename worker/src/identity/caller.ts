/**
 * Who is calling, and the one way in which a signed-in request reaches the database: `call` opens the session, checks
 * the permission and runs one SQL function as that person, in a single round trip.
 */
import { BASES, PERMISSIONS, REACHES, type Permission } from '#contract/permissions.ts'
import type { Endpoint } from '#contract/endpoint.ts'
import { REFUSALS, type RefusalCode } from '#contract/errors.ts'
import { Me } from '#contract/session.ts'
import type { Request } from '../http/app.ts'
import { RawJson } from '../http/serve.ts'
import { sha256, toHex } from '../lib/bytes.ts'
import { wakeJobs } from '../lib/jobs.ts'
import { Refusal } from '../lib/refusal.ts'
import { databaseOf, DatabaseProblem, type Database, type Row } from '../lib/sql.ts'
import { settingsOf } from '../lib/env.ts'
import * as z from 'zod'

export const COOKIE = '__Host-s'
/** Without https a browser refuses a `__Host-` cookie on plain addresses other than localhost. */
const DEV_COOKIE = 's'

const Ids = z.optional(z.array(z.string()))
/** What a caller may do, and which chats they see: db/functions/021_caller.sql works it out, live/sight.rules.ts applies it. */
export const Sight = z.object({
  grants: z.record(z.string(), z.string()),
  /** How far reading chats reaches; empty: nothing. */
  reach: z.enum(['', ...REACHES]),
  /** Absent for a key. */
  role: z.optional(z.string()),
  departments: Ids,
  channels: Ids,
  openChannels: Ids,
})
export type Sight = z.infer<typeof Sight>

export const MeRow = z.object({
  person: z.object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    role: z.enum(BASES),
    roleName: z.nullable(z.string()),
    language: z.enum(['es', 'en', 'pt']),
    isAway: z.boolean(),
  }),
  account: z.object({ id: z.string(), name: z.string(), timeZone: z.string(), country: z.string() }),
  sight: Sight,
})
const CallerRow = MeRow.extend({ sessionId: z.string(), kind: z.enum(['person', 'key']) })
export type Caller = z.infer<typeof CallerRow>

/** The caller as contract/session.ts shows them to their own app. */
export function meOf({ person, account, sight }: z.infer<typeof MeRow>): Me {
  return Me.parse({ person, account, permissions: Object.keys(sight.grants).filter(isPermission), grants: sight.grants })
}

function isPermission(name: string): name is Permission {
  return PERMISSIONS.some((one) => one === name)
}

/** The name of the session's cookie here: `__Host-s` over https, a plain one in development over http. */
export function cookieName(secure: boolean): string {
  return secure ? COOKIE : DEV_COOKIE
}

/** How a socket says its bearer: a browser gives it no header of its own (`new WebSocket(url, ['bearer', token])`). */
export const SOCKET_BEARER = 'bearer'

/** The token of a request: bearer first (frames, keys, scripts), else the app's cookie. Null when there is none. */
export function tokenOf(request: globalThis.Request): { token: string; from: 'bearer' | 'cookie' } | null {
  const bearer = /^Bearer ([\w.~+/-]{20,200}=*)$/.exec(request.headers.get('authorization') ?? '')?.[1]
  if (bearer) return { token: bearer, from: 'bearer' }
  const spoken = /^bearer, *([\w-]{20,200})$/.exec(request.headers.get('sec-websocket-protocol') ?? '')?.[1]
  if (spoken) return { token: spoken, from: 'bearer' }
  const cookies = request.headers.get('cookie') ?? ''
  const cookie = /(?:^|;\s*)(?:__Host-s|s)=([\w-]{20,200})(?:;|$)/.exec(cookies)?.[1]
  return cookie ? { token: cookie, from: 'cookie' } : null
}

/** A cookie travels by itself, so a write that it signs must come from our own pages (reference/platform.md §9). */
export function refuseForeignOrigin(c: Request): void {
  const origin = c.req.header('origin')
  const own = new URL(c.req.url).origin
  if (origin) {
    if (origin === own || origin === new URL(settingsOf(c.env).appUrl).origin) return
  } else if (c.req.header('sec-fetch-site') === 'same-origin') return
  throw new Refusal('origin_refused')
}

function isWrite(method: string): boolean {
  return method !== 'GET' && method !== 'HEAD'
}

/** Hash of a token as PostgreSQL takes bytes. */
export async function tokenHash(token: string): Promise<string> {
  return `\\x${toHex(await sha256(token))}`
}

function callerOf(row: Row | undefined): Caller {
  const me = CallerRow.safeParse(row?.['me'])
  if (!me.success) throw new Refusal('signed_out')
  return me.data
}

/** What a function of db/functions gave for this caller: JSON text, or null when there is nothing to see. */
export type Called = { caller: Caller; result: string | null }

/** SQLSTATE of `refuse(code)`: the function itself says no, and nothing of what it did stays. */
const REFUSED = 'WB001'

async function asked(db: Database, params: unknown[]): Promise<Row[]> {
  try {
    return await db.query('select me, allowed, result, jobs from call_as($1, $2, $3, $4, $5)', params)
  } catch (error) {
    if (error instanceof DatabaseProblem && error.code === REFUSED && isRefusal(error.message)) throw new Refusal(error.message)
    throw error
  }
}

function isRefusal(code: string): code is RefusalCode {
  return code in REFUSALS
}

const DeedId = z.uuidv7()

/**
 * The request's own id, made by whoever sends it (`Idempotency-Key`): the same again changes nothing and gives what came of it.
 * Messages, notes and files carry theirs in their body.
 */
function deedOf(c: Request): string | null {
  const given = c.req.header('idempotency-key')
  if (given === undefined || !isWrite(c.req.method)) return null
  const id = DeedId.safeParse(given)
  if (!id.success) throw new Refusal('bad_request', { where: 'idempotency-key', what: 'a UUIDv7' })
  return id.data
}

/** What a call changed is told to phones first, and then by push to those that have not heard of it. */
const AFTER_TELLING_S = 1

/** The hash of the session's token that this request has. Refuses signed_out, origin_refused. */
async function provenBy(c: Request): Promise<string> {
  if (c.var.tokenHash !== undefined) return c.var.tokenHash
  const found = tokenOf(c.req.raw)
  if (!found) throw new Refusal('signed_out')
  if (found.from === 'cookie' && (isWrite(c.req.method) || c.req.header('upgrade'))) refuseForeignOrigin(c)
  return tokenHash(found.token)
}

/**
 * Runs one `api_…` function as the caller, and wakes the jobs that it has put on their way. Refuses signed_out, origin_refused, forbidden.
 * `fn` null only asks who is calling.
 */
export async function call(c: Request, may: Permission | 'signed-in', fn: string | null, args: unknown): Promise<Called> {
  const [row] = await asked(databaseOf(c.env), [
    await provenBy(c),
    may === 'signed-in' ? null : may,
    fn,
    JSON.stringify(args ?? {}),
    deedOf(c),
  ])
  const caller = callerOf(row)
  if (row?.['allowed'] !== true) throw new Refusal('forbidden')
  await wakeJobs(c.env, row['jobs'], AFTER_TELLING_S)
  const result = row['result']
  return { caller, result: typeof result === 'string' ? result : null }
}

/** As `call`. Refuses not_found where it knows nothing of what was named. */
export async function callKnown(
  c: Request,
  may: Permission | 'signed-in',
  fn: string,
  args: unknown,
): Promise<{ caller: Caller; result: string }> {
  const { caller, result } = await call(c, may, fn, args)
  if (result === null) throw new Refusal('not_found')
  return { caller, result }
}

/** As `callKnown`, with the permission that the endpoint's row of the contract names. */
export function callFor(c: Request, { may }: Endpoint, fn: string, args: unknown): Promise<{ caller: Caller; result: string }> {
  if (may === 'anyone') throw new Refusal('internal')
  return callKnown(c, may, fn, args)
}

/** What an endpoint's function gives, as it is. */
export const rawFor = async (c: Request, row: Endpoint, fn: string, args: unknown): Promise<RawJson> =>
  new RawJson((await callFor(c, row, fn, args)).result)
