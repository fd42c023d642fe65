/** One push to one device: encrypted, signed, posted, and what its push service said about it. */
import type { PushJson } from '#contract/push.ts'
import { ask } from '../../lib/ask.ts'
import { sha256, toBase64Url } from '../../lib/bytes.ts'
import type { VapidKeys } from '../../lib/env.ts'
import { encrypt } from './encrypt.ts'
import { pushOrigin } from './endpoint.rules.ts'
import { MAX_BYTES, shrunk } from './payload.ts'
import type { Urgency } from './urgency.rules.ts'
import { vapidHeader } from './vapid.ts'

const TIMEOUT_MS = 10_000
/** A service that wants us to wait longer is asked again by the job's own pauses. */
const RETRY_AFTER_MAX_S = 3_600

export type Device = { endpoint: string; p256dh: string; auth: string }
export type PushOutcome = {
  /** `again`: surely not now, perhaps later. `refused`: our keys or our words are wrong; the device is not to blame. */
  outcome: 'sent' | 'gone' | 'again' | 'refused'
  /** The status, `timeout`, `connection_lost`, or why nothing was asked. */
  code: string
  retryAfterS: number | null
}
export type PushSettings = { vapid: VapidKeys; production: boolean; fetch?: typeof fetch }

/** Sends it. Never throws: whatever happens is an outcome. */
export async function sendPush(device: Device, json: PushJson, urgency: Urgency, settings: PushSettings): Promise<PushOutcome> {
  const origin = pushOrigin(device.endpoint, settings.production)
  if (origin === null) return { outcome: 'gone', code: 'endpoint_refused', retryAfterS: null }
  const small = new TextEncoder().encode(JSON.stringify(json)).length <= MAX_BYTES
  const first = await post(device, origin, small ? json : shrunk(json), urgency, settings)
  return first.code === '413' ? post(device, origin, shrunk(json), urgency, settings) : first
}

async function post(
  device: Device,
  origin: string,
  json: PushJson,
  urgency: Urgency,
  settings: PushSettings,
): Promise<PushOutcome> {
  const body = await encrypt(JSON.stringify(json), device.p256dh, device.auth).catch(() => null)
  if (!body) return { outcome: 'gone', code: 'keys_refused', retryAfterS: null }
  const headers = {
    authorization: await vapidHeader(settings.vapid, origin, Date.now()),
    'content-encoding': 'aes128gcm',
    'content-type': 'application/octet-stream',
    ttl: String(urgency.ttlS),
    urgency: urgency.urgency,
    topic: await topicOf(json.notification.tag),
  }
  const asker = { fetch: settings.fetch ?? ((url: string, init: RequestInit) => fetch(url, init)), timeoutMs: TIMEOUT_MS }
  const answer = await ask(asker, device.endpoint, { method: 'POST', headers, body })
  if (!answer.came) return { outcome: 'again', code: answer.detail, retryAfterS: null }
  return { ...verdictOn(answer.status), retryAfterS: secondsIn(answer.headers.get('retry-after')) }
}

/** One that waits at the service is replaced by a newer one of the same topic: 22 characters of base64url. */
async function topicOf(tag: string): Promise<string> {
  return toBase64Url(await sha256(`push|${tag}`)).slice(0, 22)
}

function verdictOn(status: number): Pick<PushOutcome, 'outcome' | 'code'> {
  const code = String(status)
  if (status >= 200 && status < 300) return { outcome: 'sent', code }
  if (status === 404 || status === 410) return { outcome: 'gone', code }
  if (status === 429 || status >= 500) return { outcome: 'again', code }
  return { outcome: 'refused', code }
}

function secondsIn(header: string | null): number | null {
  const seconds = Number(header ?? Number.NaN)
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, RETRY_AFTER_MAX_S) : null
}
