/** Posting alerts of money to the address that a company has given: signed, at least once, for a day. */
import type { AlertKind, ALERT_PROBLEMS } from '#contract/alerts.ts'
import { ask, type Answer } from '../lib/ask.ts'
import { hmacKey, toBase64Url, toHex, utf8 } from '../lib/bytes.ts'
import { cleanName } from '../lib/clean-text.ts'
import { reachOf, settingsOf, type Env } from '../lib/env.ts'
import { errorText, log } from '../lib/log.ts'
import { mayPost } from '../lib/public-address.ts'
import { seal, unseal } from '../lib/seal.ts'
import { databaseOf } from '../lib/sql.ts'
import { wireOf } from '../lib/wire.ts'
import { bodyOf, type TakenAlert } from './alert-body.ts'
import { settleAlert, takeAlert, type Met } from './alert.store.ts'

/** How long somebody may take to answer. */
const TIMEOUT_MS = 10_000
/** Of an answer: enough to see what went wrong there. */
const ANSWER_MAX = 300
/** Seconds before tries 2, 3 …: a day in all. */
const AGAIN_AFTER_S = [60, 300, 900, 3_600, 7_200, 14_400, 21_600, 36_000] as const

type Problem = (typeof ALERT_PROBLEMS)[number]

const placeOf = (accountId: string): string => `alert_hook|sealed|${accountId}`

/** A new secret, and the same sealed for its company's row. */
export async function newSecret(env: Env, accountId: string): Promise<{ secret: string; sealed: string }> {
  const secret = `wbsec_${toBase64Url(crypto.getRandomValues(new Uint8Array(32)))}`
  return { secret, sealed: await seal(secret, placeOf(accountId), settingsOf(env).keyring) }
}

/** `t=<seconds>,v1=<HMAC-SHA256 of "t.body">`, one v1 for each secret: as Stripe signs. */
async function signatureOf(secrets: readonly string[], seconds: number, body: string): Promise<string> {
  const signed = utf8(`${seconds}.${body}`)
  const all = secrets.map(
    async (secret) => `v1=${toHex(new Uint8Array(await crypto.subtle.sign('HMAC', await hmacKey(secret), signed)))}`,
  )
  return [`t=${seconds}`, ...(await Promise.all(all))].join(',')
}

async function post(env: Env, alert: TakenAlert): Promise<Answer> {
  const { keyring, appUrl } = settingsOf(env)
  const sealed = alert.sealedBefore === null ? [alert.sealed] : [alert.sealed, alert.sealedBefore]
  const secrets = await Promise.all(sealed.map((one) => unseal(one, placeOf(alert.company.id), keyring)))
  const body = JSON.stringify(bodyOf(alert, appUrl))
  return ask(wireOf(TIMEOUT_MS), alert.url, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'WhatsappB24-Alerts/1',
      'whatsappb24-delivery': alert.id,
      'whatsappb24-signature': await signatureOf(secrets, Math.floor(Date.now() / 1_000), body),
    },
  })
}

function problemOf(answer: Answer): Problem | null {
  if (!answer.came) return answer.detail === 'timeout' ? 'timeout' : 'unreachable'
  if (answer.status >= 200 && answer.status < 300) return null
  return answer.status >= 300 && answer.status < 400 ? 'redirected' : 'refused'
}

async function tryOnce(env: Env, alert: TakenAlert): Promise<Met> {
  const nothing = { isTaken: false, status: null, answer: null }
  // Once more: where it may go is known when it goes.
  if (!mayPost(alert.url, reachOf(env))) return { ...nothing, problem: 'address_refused', tookMs: 0 }
  const began = Date.now()
  try {
    const answer = await post(env, alert)
    const problem = problemOf(answer)
    const said = answer.came ? { status: answer.status, answer: cleanName(answer.text, ANSWER_MAX) || null } : {}
    return { ...nothing, ...said, isTaken: problem === null, problem, tookMs: Date.now() - began }
  } catch (error) {
    log('error', { event: 'alert_not_posted', account: alert.company.id, error: errorText(error) })
    return { ...nothing, problem: 'internal', tookMs: Date.now() - began }
  }
}

/** A test is for whoever waits for it: once. */
function pauseAfter(kind: AlertKind, tries: number): number | null {
  return kind === 'test' ? null : (AGAIN_AFTER_S[tries - 1] ?? null)
}

/** Posts one alert, whoever wakes it; nobody posts one twice at a time. */
export async function sendAlert(env: Env, deliveryId: string): Promise<void> {
  const db = databaseOf(env)
  const alert = await takeAlert(db, deliveryId)
  if (!alert) return
  const met = await tryOnce(env, alert)
  const pause = pauseAfter(alert.kind, alert.tries)
  if (!met.isTaken)
    log('warn', { event: 'alert_not_taken', account: alert.company.id, code: met.problem ?? '', attempts: alert.tries })
  await settleAlert(db, alert, met, pause)
}
