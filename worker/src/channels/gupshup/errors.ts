/** What Gupshup's codes and answers mean for us: reference/gupshup.md §2 and §8. */
import { natureOf } from '#contract/failures.ts'
import type { FailureCode } from '#contract/failures.ts'
import type { ProviderError } from '#contract/channel-event.ts'
import type { SendOutcome } from '../channel.ts'
import { failureOfMetaCode } from '../cloud-format/codes.ts'
import type { Answer } from '../../lib/ask.ts'
import { fieldsOf, idOf, numberOf, textOf } from '../../lib/untrusted.ts'

/** Gupshup's own; every other code is Meta's, passed through. Texts vary, so only the code decides (§8). */
const GUPSHUP_CODES: ReadonlyMap<number, FailureCode> = new Map([
  [470, 'window_closed'],
  [471, 'spam_rate_limited'],
  [472, 'recipient_invalid'],
  [500, 'provider_unavailable'],
  [1001, 'message_malformed'],
  [1002, 'recipient_not_on_whatsapp'],
  [1003, 'wallet_empty'],
  [1004, 'templates_off'],
  [1005, 'template_not_found'],
  [1006, 'consent_missing'],
  [1007, 'consent_missing'],
  [1008, 'consent_missing'],
  [1009, 'message_malformed'],
  [1010, 'media_link_unreadable'],
  [1011, 'media_over_limit'],
  [1012, 'consent_missing'],
  [1013, 'consent_missing'],
  [4001, 'app_rate_limited'],
  // WhatsApp gave Gupshup an answer that it could not read: the customer may have the message.
  [4002, 'answer_lost'],
  [4003, 'template_not_found'],
  [4004, 'cloud_api_required'],
  [4005, 'template_paused'],
])

/** Our code for a code in a callback or an answer, given as number or text. */
export function failureOfGupshupCode(code: unknown): FailureCode {
  return GUPSHUP_CODES.get(Number(idOf(code) ?? Number.NaN)) ?? failureOfMetaCode(code)
}

type Failed = Exclude<SendOutcome, { outcome: 'accepted' }>

/**
 * What a send without success means. Gupshup has no idempotency key and its 5xx say nothing about what happened, so
 * after those (and after an answer that makes no sense) the message may have left. Cloudflare's 521, 523, 525, 526 and
 * 530 are made by our own side when no connection could be made at all.
 */
export function failureOf(answer: Answer): Failed {
  if (!answer.came) {
    if (answer.left) return unsure(answer.detail)
    return {
      outcome: 'try_later',
      error: { providerCode: 'none', code: 'provider_unreachable', detail: answer.detail },
    }
  }
  const { status } = answer
  if (NEVER_CONNECTED.has(status))
    return {
      outcome: 'try_later',
      error: { providerCode: `http_${status}`, code: 'provider_unreachable' },
    }
  const said = fieldsOf(answer.json)
  if (status >= 500 || status === 408) return unsure(undefined, `http_${status}`)
  if (status < 300 && said.status !== 'error') return unsure(undefined, `http_${status}`)
  return refusal(errorOf(answer), answer.headers)
}

const NEVER_CONNECTED = new Set([521, 523, 525, 526, 530])

function refusal(error: ProviderError, headers: Headers): Failed {
  const nature = natureOf(error.code)
  if (nature.retry === 'unknown') return { outcome: 'unknown', error }
  if (nature.retry === 'later') return { outcome: 'try_later', error, afterMs: waitIn(headers) }
  return { outcome: 'refused', error, stopsChannel: nature.stops === 'channel' }
}

const WAIT_MS = 30_000
const LONGEST_WAIT_MS = 3_600_000

function waitIn(headers: Headers): number {
  const seconds = numberOf(headers.get('retry-after'))
  return seconds !== undefined && seconds > 0 ? Math.min(seconds * 1000, LONGEST_WAIT_MS) : WAIT_MS
}

/** Gupshup's refusals have a text, sometimes an object, seldom a code (§2). */
function errorOf(answer: Extract<Answer, { came: true }>): ProviderError {
  const { message } = fieldsOf(answer.json)
  const inside = fieldsOf(message)
  const words = typeof message === 'string' ? message : message === undefined ? answer.text : JSON.stringify(message)
  const detail = textOf(words, 500) || undefined
  const ownCode = idOf(inside.code, 40) ?? idOf(fieldsOf(fieldsOf(answer.json).error).code, 40)
  if (ownCode !== undefined) return { providerCode: ownCode, code: failureOfGupshupCode(ownCode), detail }
  return {
    providerCode: `http_${answer.status}`,
    code: codeOfAnswer(answer.status, detail ?? ''),
    detail,
  }
}

function codeOfAnswer(status: number, words: string): FailureCode {
  if (status === 401) return 'token_invalid'
  if (status === 403) return 'permission_missing'
  if (status === 404) return 'app_mismatch'
  if (status === 429) return 'app_rate_limited'
  if (/invalid app/i.test(words)) return 'app_mismatch'
  if (/authentication failed/i.test(words)) return 'token_invalid'
  if (/invalid destination/i.test(words)) return 'recipient_invalid'
  if (/too many requests/i.test(words)) return 'app_rate_limited'
  return 'unknown_provider_error'
}

function unsure(detail?: string, providerCode = 'none'): Failed {
  return { outcome: 'unknown', error: { providerCode, code: 'answer_lost', detail } }
}
