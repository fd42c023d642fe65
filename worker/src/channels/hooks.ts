/** Where providers knock. What is answered with 2xx is durable; what is not ours is refused with the right status. */
import type { App, Request } from '../http/app.ts'
import { readBody } from '../http/body.ts'
import { sha256, toHex } from '../lib/bytes.ts'
import type { Env } from '../lib/env.ts'
import { errorText, log } from '../lib/log.ts'
import { Refusal } from '../lib/refusal.ts'
import { databaseOf } from '../lib/sql.ts'
import type { ChannelAdapter, Credentials, HookEvent, Rejection } from './channel.ts'
import { channelByKey, channelByLine, type ChannelNow } from './lines.ts'
import { channelHeard } from './channels.store.ts'
import { adapterOf, verifyChallenge } from './registry.ts'

const BODY_MAX_BYTES = 4_000_000
const BODY_MS = 10_000

const REFUSED_WITH: Record<Rejection, number> = { unsigned: 401, wrong_signature: 401, no_secret: 503, not_json: 400 }

/** Gives events of one number to the inbox; resolves when they are durable. Passed in by app.ts: the arrow goes down. */
export type Delivery = (env: Env, channel: ChannelNow, events: HookEvent['event'][], traceId: string) => Promise<void>

async function channelOfHook(c: Request, kind: string): Promise<ChannelNow> {
  const key = c.req.param('channelKey') ?? ''
  const channel = await channelByKey(c.env, key)
  if (!channel || channel.kind !== kind || channel.archived) throw new Refusal('not_found')
  return channel
}

/**
 * The channel that an event belongs to. A hook may tell of other numbers of the same app; they are believed only when
 * their own secret signs these bytes as well, so one customer's app can never write into another's account.
 */
async function ownerOf(
  c: Request,
  adapter: ChannelAdapter,
  hook: ChannelNow,
  line: string | null,
  raw: Uint8Array,
): Promise<ChannelNow | null> {
  const { credentials } = hook.line
  if (line === null || line === nameAtProvider(credentials)) return hook
  const other = await channelByLine(c.env, adapter.kind, line)
  if (!other) return null
  const check = await adapter.verify(raw, c.req.raw.headers, other.line)
  return check.ok && (adapter.kind === 'meta' || other.accountId === hook.accountId) ? other : null
}

/** The provider's id of the number; a WhatsApp Web session has none. */
function nameAtProvider(credentials: Credentials): string | null {
  if (credentials.kind === 'session') return null
  return credentials.kind === 'meta' ? credentials.phoneNumberId : credentials.appId
}

async function takeHook(c: Request, kind: string, deliver: Delivery): Promise<Response> {
  const adapter = adapterOf(kind)
  if (!adapter) throw new Refusal('not_found')
  const hook = await channelOfHook(c, kind)
  const raw = await readBody(c.req.raw, BODY_MAX_BYTES, BODY_MS)
  const check = await adapter.verify(raw, c.req.raw.headers, hook.line)
  const events = check.ok ? adapter.parse(raw, Date.now()) : check.reason
  if (typeof events === 'string') {
    log('warn', { event: 'hook_refused', trace: c.var.traceId, account: hook.accountId, channel: hook.id, code: events })
    return new Response(null, { status: REFUSED_WITH[events] })
  }
  const byChannel = new Map<string, { channel: ChannelNow; events: HookEvent['event'][] }>()
  for (const { line, event } of events) {
    const owner = await ownerOf(c, adapter, hook, line, raw)
    // A number that nobody has here: kept with the hook's own news, for the eyes of its administrator.
    const channel = owner ?? hook
    const kept = owner ? event : { type: 'unknown' as const, at: event.at, field: 'unknown_number', raw: { line, event } }
    const group = byChannel.get(channel.id) ?? { channel, events: [] }
    group.events.push(kept)
    byChannel.set(channel.id, group)
  }
  for (const group of byChannel.values()) await deliver(c.env, group.channel, group.events, c.var.traceId)
  c.executionCtx.waitUntil(
    heard(c.env, hook).catch((error: unknown) =>
      log('warn', { event: 'heard_not_noted', channel: hook.id, error: errorText(error) }),
    ),
  )
  return new Response(null, { status: 200 })
}

const heardAt = new Map<string, number>()

/** "Last hook" on the channel's page: a figure for people, written at most once a minute and isolate. */
export async function heard(env: Env, channel: ChannelNow): Promise<void> {
  const now = Date.now()
  if (now - (heardAt.get(channel.id) ?? 0) < 60_000) return
  if (heardAt.size > 2_000) heardAt.clear()
  heardAt.set(channel.id, now)
  await channelHeard(databaseOf(env), channel.accountId, channel.id)
}

/** `GET,POST /hooks/meta/:channelKey`, `POST /hooks/gupshup/:channelKey`. */
export function hookRoutes(app: App, deliver: Delivery): void {
  app.get('/hooks/meta/:channelKey', async (c) => {
    const { credentials } = (await channelOfHook(c, 'meta')).line
    const challenge =
      credentials.kind === 'meta' && credentials.verifyToken
        ? await verifyChallenge(new URL(c.req.url), credentials.verifyToken)
        : null
    return challenge === null ? c.body(null, 403) : c.text(challenge)
  })
  app.post('/hooks/meta/:channelKey', (c) => takeHook(c, 'meta', deliver))
  app.post('/hooks/gupshup/:channelKey', (c) => takeHook(c, 'gupshup', deliver))
}

/** A name for what has no id of its own, so that a repeated delivery is the same row. */
export async function fingerprintOf(value: unknown): Promise<string> {
  return toHex(await sha256(JSON.stringify(value) ?? '')).slice(0, 40)
}
