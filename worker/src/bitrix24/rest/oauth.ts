/** The authorization server: the only one whose word counts on who a portal is, and on what it has paid for. */
import * as z from 'zod'
import { ask, type Asker } from '../../lib/ask.ts'
import { asNumber, isYes, meaningOf } from './answers.ts'
import { oauthVerdict, Pair, type AppFacts, type OauthVerdict } from './verdicts.ts'

/** An application as the authorization server knows it. */
export type Client = { id: string; secret: string }
export type Grant = { access: string; refresh: string; expiresAt: number }
export type Granted =
  | { ok: true; grant: Grant; memberId: string; userId: string; endpoint: string }
  | { ok: false; verdict: OauthVerdict; code: string }

const Full = Pair.extend({
  member_id: z.string().check(z.minLength(1), z.maxLength(100)),
  client_endpoint: z.string(),
  user_id: z.union([z.string(), z.number()]).transform(String),
})

/** Changes a refresh token for a new pair: the old one is worth nothing after that. Never throws. */
export async function refreshed(asker: Asker, oauth: string, client: Client, refresh: string, now: number): Promise<Granted> {
  const form = { grant_type: 'refresh_token', client_id: client.id, client_secret: client.secret, refresh_token: refresh }
  const answer = await ask(asker, `${oauth}/oauth/token/`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: new URLSearchParams(form).toString(),
  })
  if (!answer.came) return { ok: false, verdict: 'later', code: answer.detail }
  const refusal = oauthVerdict(answer.status, answer.json)
  if (refusal) return { ok: false, ...refusal }
  const pair = Full.safeParse(answer.json)
  if (!pair.success) return { ok: false, verdict: 'later', code: 'unreadable' }
  const { access_token: access, refresh_token, expires_in, member_id: memberId, user_id: userId } = pair.data
  const grant = { access, refresh: refresh_token, expiresAt: now + expires_in * 1_000 }
  return { ok: true, grant, memberId, userId, endpoint: pair.data.client_endpoint }
}

const Words = z.unknown().transform((value) => (typeof value === 'string' || typeof value === 'number' ? String(value) : ''))
const Info = z.looseObject({
  STATUS: Words,
  VERSION: Words,
  INSTALLED: z.unknown().transform(isYes),
  PAYMENT_EXPIRED: z.unknown().transform(isYes),
  DAYS: z.unknown().transform((days) => (days === null || days === undefined || days === '' ? null : asNumber(days))),
  LICENSE: Words,
})
/** The truth about installation and payment. Null: it did not say; nothing is concluded from silence. */
export async function appInfo(asker: Asker, oauth: string, access: string): Promise<AppFacts | null> {
  const answer = await ask(asker, `${oauth}/rest/app.info`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ auth: access }),
  })
  if (!answer.came) return null
  const { result, problem } = meaningOf(answer.status, answer.json)
  const info = Info.safeParse(result)
  if (problem !== null || !info.success) return null
  const { STATUS: status, VERSION: version, INSTALLED: installed, PAYMENT_EXPIRED: paymentExpired, DAYS: days } = info.data
  return { status, version, installed, paymentExpired, days, license: info.data.LICENSE }
}
