/**
 * Is this event PayPal's? Checked by ourselves over the raw bytes: what is signed is `id|time|our webhook|crc32 of the body`. The
 * certificate decides everything, so its address is judged before anybody asks it: whoever may name another host signs as he likes.
 * PayPal's own opinion is asked only when the certificate cannot be judged, so that strangers cannot make us ask.
 */
import { X509Certificate } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { ask } from '../../lib/ask.ts'
import { fromBase64, utf8 } from '../../lib/bytes.ts'
import { readJson } from '../../lib/untrusted.ts'
import type { Rejection, Verified } from '../gateway.ts'
import { read, type PayPalSettings } from './client.ts'
import { newsIn } from './news.ts'
import { Verdict } from './shapes.ts'

const LIVE = 'https://api-m.paypal.com'
const SANDBOX = 'https://api-m.sandbox.paypal.com'
const NAMES = { live: 'messageverificationcerts.paypal.com', other: 'messageverificationcerts.sandbox.paypal.com' } as const

/** PayPal sends an event again for three days; what is older is somebody's recording. */
const OLDEST_MS = 4 * 24 * 3_600_000
const AHEAD_MS = 5 * 60_000
const MOST_CERTIFICATES = 20
const TIMEOUT_MS = 5_000

type Letter = { id: string; time: string; signature: string; certUrl: string; algorithm: string }
type Judge = { key: CryptoKey; from: number; until: number; subject: string }

/** By address. PayPal changes the address when it changes the certificate. */
const judges = new Map<string, Judge>()

/** Checks an event before anything of it is believed, and says what it is about. */
export async function verify(settings: PayPalSettings, raw: Uint8Array, headers: Headers): Promise<Verified> {
  const letter = letterIn(headers)
  if (!letter) return refuse('unsigned')
  const at = Date.parse(letter.time)
  if (!(at > settings.now() - OLDEST_MS && at < settings.now() + AHEAD_MS)) return refuse('too_old')
  if (letter.algorithm !== 'SHA256withRSA' || !mayJudge(settings, letter.certUrl)) return refuse('wrong_signature')
  const judge = await judgeAt(settings, letter.certUrl)
  const isGood = judge ? await isSigned(settings, letter, judge, raw) : await secondOpinion(settings, letter, raw)
  if (isGood === 'away') return refuse('away')
  if (!isGood) return refuse('wrong_signature')
  const news = newsIn(readJson(raw))
  return news ? { ok: true, news } : refuse('not_json')
}

const refuse = (reason: Rejection): Verified => ({ ok: false, reason })

function letterIn(headers: Headers): Letter | null {
  const of = (name: string) => headers.get(`paypal-${name}`) ?? ''
  const letter = {
    ...{ id: of('transmission-id'), time: of('transmission-time'), signature: of('transmission-sig') },
    ...{ certUrl: of('cert-url'), algorithm: of('auth-algo') },
  }
  return Object.values(letter).every((value) => value !== '' && value.length <= 2_000) ? letter : null
}

/** PayPal's own hosts over HTTPS. A simulator's certificate lies at the simulator: `env.ts` allows none in production. */
function mayJudge({ api }: PayPalSettings, url: string): boolean {
  const origin = URL.canParse(url) ? new URL(url).origin : ''
  if (api === LIVE) return origin === 'https://api.paypal.com' || origin === LIVE
  if (api === SANDBOX) return origin === 'https://api.sandbox.paypal.com' || origin === SANDBOX
  return origin === new URL(api).origin
}

/** The certificate at this address; null: there is none now that we can read. */
async function judgeAt(settings: PayPalSettings, url: string): Promise<Judge | null> {
  const known = judges.get(url)
  if (known) return known
  const answer = await ask({ fetch: settings.fetch, timeoutMs: TIMEOUT_MS }, url, { method: 'GET' })
  const judge = answer.came && answer.status === 200 ? await judgeIn(answer.text) : null
  if (!judge) return null
  if (judges.size >= MOST_CERTIFICATES) judges.clear()
  judges.set(url, judge)
  return judge
}

async function judgeIn(pem: string): Promise<Judge | null> {
  try {
    const certificate = new X509Certificate(pem)
    const spki = certificate.publicKey.export({ type: 'spki', format: 'der' })
    const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
    const key = await crypto.subtle.importKey('spki', new Uint8Array(spki), algorithm, false, ['verify'])
    const [from, until] = [Date.parse(certificate.validFrom), Date.parse(certificate.validTo)]
    const subject = /^CN=(.+)$/m.exec(certificate.subject)?.[1] ?? ''
    return { key, from, until, subject }
  } catch {
    return null
  }
}

async function isSigned(settings: PayPalSettings, letter: Letter, judge: Judge, raw: Uint8Array): Promise<boolean> {
  const now = settings.now()
  if (!(judge.from <= now && now <= judge.until)) return false
  if (judge.subject !== (settings.api === LIVE ? NAMES.live : NAMES.other)) return false
  const message = utf8(`${letter.id}|${letter.time}|${settings.hookId}|${crc32(raw)}`)
  try {
    return await crypto.subtle.verify('RSASSA-PKCS1-v1_5', judge.key, fromBase64(letter.signature), message)
  } catch {
    return false
  }
}

/** PayPal's own: it wants the event byte for byte, so its text goes in as it came. Costs a call, and a token. */
async function secondOpinion(settings: PayPalSettings, letter: Letter, raw: Uint8Array): Promise<boolean | 'away'> {
  if (readJson(raw) === undefined) return false
  const fields = {
    ...{ auth_algo: letter.algorithm, cert_url: letter.certUrl, transmission_id: letter.id, transmission_sig: letter.signature },
    ...{ transmission_time: letter.time, webhook_id: settings.hookId },
  }
  const body = `${JSON.stringify(fields).slice(0, -1)},"webhook_event":${new TextDecoder().decode(raw)}}`
  const asked = await read(settings, { method: 'POST', path: '/v1/notifications/verify-webhook-signature', body }, Verdict)
  return asked.ok ? asked.value.verification_status === 'SUCCESS' : 'away'
}
