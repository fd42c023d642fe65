/** `POST /v1/oauth2/token`: not in PayPal's descriptions; as developer.paypal.com tells it. */
import { textOf } from '../lib/fields.ts'
import { makeToken } from './ground.ts'
import type { Paypal } from './service.ts'
import type { App } from './model.ts'

const LIFE_S = 32_400
/** Who asks for a token for every call is stopped: reference/payments.md §3.1. */
const MOST_A_MINUTE = 60

export function token(pp: Paypal, authorization: string | undefined, raw: string): { status: number; body: object } {
  const [id, secret] = Buffer.from((authorization ?? '').replace(/^Basic /i, ''), 'base64')
    .toString('utf8')
    .split(':', 2)
  const app = pp.apps.get(id ?? '')
  if (!app || app.secret !== secret)
    return { status: 401, body: { error: 'invalid_client', error_description: 'Client Authentication failed' } }
  if (new URLSearchParams(raw).get('grant_type') !== 'client_credentials')
    return { status: 400, body: { error: 'unsupported_grant_type', error_description: 'unsupported grant_type' } }
  const now = pp.now(app.id)
  for (const one of pp.tokens.all()) if (one.app === app.id && one.until < now) pp.tokens.drop(one.id)
  const recent = pp.tokens.all().filter((one) => one.app === app.id && one.until - LIFE_S * 1000 > now - 60_000)
  if (recent.length >= MOST_A_MINUTE)
    return { status: 429, body: { name: 'RATE_LIMIT_REACHED', message: 'Too many requests. Blocked due to rate limiting.' } }
  const made = pp.tokens.put({ id: makeToken(), app: app.id, until: now + LIFE_S * 1000 })
  const rights = { scope: 'https://uri.paypal.com/services/payments/payment/authcapture', token_type: 'Bearer' }
  return {
    status: 200,
    body: { ...rights, access_token: made.id, app_id: `APP-${app.merchant}`, expires_in: LIFE_S, nonce: made.id.slice(-12) },
  }
}

/** Whose token this is; undefined: nobody's, or it is over. */
export function appOf(pp: Paypal, authorization: string | undefined): App | undefined {
  const found = pp.tokens.get(textOf(authorization)?.replace(/^Bearer /i, '') ?? '')
  return found && found.until > pp.now(found.app) ? pp.apps.get(found.app) : undefined
}
