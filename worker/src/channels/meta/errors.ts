/** What an answer of Graph means for us: reference/meta-cloud-api.md §10. The table of codes is ../cloud-format/codes.ts. */
import { natureOf } from '#contract/failures.ts'
import type { FailureCode } from '#contract/failures.ts'
import type { ProviderError } from '#contract/channel-event.ts'
import type { SendOutcome } from '../channel.ts'
import { metaError } from '../cloud-format/codes.ts'
import type { Answer } from '../../lib/ask.ts'
import { fieldsOf, idOf, isFields, numberOf } from '../../lib/untrusted.ts'

export { failureOfMetaCode } from '../cloud-format/codes.ts'

type Failed = Exclude<SendOutcome, { outcome: 'accepted' }>

/**
 * What a send without success means.
 * - Graph said no in its own words (an `error` with a code): the message has no wamid, so it was not taken, whatever the
 *   HTTP status. The code decides between `refused` and `try_later`, also under a 5xx: 2, 131000, 131016 and 133004 are
 *   documented as "the message failed to send" or "temporarily unavailable".
 * - Except code 1 ("unknown error") and codes that we do not know, under a 5xx: Meta itself does not know how far the
 *   request came, so neither do we, even if it calls the error transient.
 * - A 5xx or a success without Graph's words comes from something in between, or was cut: it may have been taken.
 * - Cloudflare's 521, 523, 525, 526 and 530 are made by our own side when no connection could be made at all.
 */
export function failureOf(answer: Answer): Failed {
  if (!answer.came) return answer.left ? unsure(answer.detail) : later('provider_unreachable', answer.detail)
  const graphError = fieldsOf(answer.json).error
  if (isFields(graphError))
    return graphFailure(answer.status, metaError(graphError), graphError.is_transient === true, answer.headers)
  return plainFailure(answer.status, answer.headers)
}

const NEVER_CONNECTED = new Set([521, 523, 525, 526, 530])

function graphFailure(status: number, error: ProviderError, isTransient: boolean, headers: Headers): Failed {
  const isVague = error.providerCode === '1' || error.code === 'unknown_provider_error'
  if (isVague && status >= 500) return { outcome: 'unknown', error: { ...error, code: 'answer_lost' } }
  if (isVague && isTransient) return { outcome: 'try_later', error: { ...error, code: 'provider_unavailable' } }
  const nature = natureOf(error.code)
  if (nature.retry === 'later') return { outcome: 'try_later', error, afterMs: waitOf(error.code, headers) }
  return { outcome: 'refused', error, stopsChannel: nature.stops === 'channel' }
}

function plainFailure(status: number, headers: Headers): Failed {
  const providerCode = `http_${status}`
  if (NEVER_CONNECTED.has(status)) return later('provider_unreachable', undefined, providerCode)
  if (status === 429)
    return {
      outcome: 'try_later',
      error: { providerCode, code: 'app_rate_limited' },
      afterMs: waitOf('app_rate_limited', headers),
    }
  if (status === 401)
    return {
      outcome: 'refused',
      error: { providerCode, code: 'token_invalid' },
      stopsChannel: true,
    }
  if (status >= 500 || status === 408 || (status >= 200 && status < 300)) return unsure(undefined, providerCode)
  return {
    outcome: 'refused',
    error: { providerCode, code: 'unknown_provider_error' },
    stopsChannel: false,
  }
}

function later(code: FailureCode, detail?: string, providerCode = 'none'): Failed {
  return { outcome: 'try_later', error: { providerCode, code, detail } }
}

function unsure(detail?: string, providerCode = 'none'): Failed {
  return { outcome: 'unknown', error: { providerCode, code: 'answer_lost', detail } }
}

const MINUTE_MS = 60_000
/** How long to wait where the answer does not say: §9 and §10 ("back off minutes", "about 1 per 6 s"). */
const WAITS: ReadonlyMap<string, number> = new Map<FailureCode, number>([
  ['app_rate_limited', MINUTE_MS],
  ['spam_rate_limited', 30 * MINUTE_MS],
  ['provider_maintenance', MINUTE_MS],
  ['pair_rate_limited', 6_000],
  ['number_rate_limited', 5_000],
])
const LONGEST_WAIT_MS = 60 * MINUTE_MS

function waitOf(code: string, headers: Headers): number | undefined {
  const seconds = numberOf(headers.get('retry-after'))
  const wait = seconds !== undefined && seconds > 0 ? seconds * 1000 : WAITS.get(code)
  return wait === undefined ? undefined : Math.min(wait, LONGEST_WAIT_MS)
}

/** The wamid in the answer to a send; undefined when there is none. 200 means accepted, not sent (§7). */
export function wamidIn(answer: Answer): string | undefined {
  if (!answer.came || answer.status < 200 || answer.status > 299) return undefined
  const messages = fieldsOf(answer.json).messages
  return Array.isArray(messages) ? idOf(fieldsOf(messages[0]).id) : undefined
}
