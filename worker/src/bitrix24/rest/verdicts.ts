/** What the authorization server's words mean (reference/bitrix24.md §3.5). */
import * as z from 'zod'
import { asNumber } from './answers.ts'

export type OauthVerdict =
  /** These tokens are dead; others may live. */
  | 'dead'
  /** The application is not there, or its secret is wrong. */
  | 'disconnected'
  | 'unpaid'
  | 'scope'
  /** Nothing is known: the same again later. */
  | 'later'
  | 'bug'

/** What a portal may do with us, as shown to its administrators. */
export type AppFacts = {
  status: string
  version: string
  installed: boolean
  paymentExpired: boolean
  days: number | null
  license: string
}

const VERDICTS: Record<string, OauthVerdict> = {
  invalid_grant: 'dead',
  expired_token: 'dead',
  invalid_client: 'disconnected',
  wrong_client: 'disconnected',
  invalid_request: 'bug',
  invalid_scope: 'scope',
  insufficient_scope: 'scope',
  payment_required: 'unpaid',
}

const Refused = z.looseObject({ error: z.string() })
/** What a refresh is answered with. `domain` is left out: it is the authorization server's, not the portal's. */
export const Pair = z.looseObject({
  access_token: z.string().check(z.minLength(1)),
  refresh_token: z.string().check(z.minLength(1)),
  expires_in: z.unknown().transform((seconds) => asNumber(seconds) || 3_600),
})

/** Null: it is a pair of tokens. */
export function oauthVerdict(status: number, json: unknown): { verdict: OauthVerdict; code: string } | null {
  const refused = Refused.safeParse(json)
  const code = refused.success ? refused.data.error.slice(0, 80) : String(status)
  const known = VERDICTS[code.toLowerCase()]
  if (known) return { verdict: known, code }
  if (/(portal|domain).*not.*found/i.test(code)) return { verdict: 'disconnected', code }
  if (status >= 500 || status === 429 || status < 400) return refused.success || status >= 400 ? { verdict: 'later', code } : null
  return { verdict: 'bug', code }
}
