/** Do the credentials and the number work? reference/meta-cloud-api.md §12. */
import type { ProviderError } from '#contract/channel-event.ts'
import type { FailureCode } from '#contract/failures.ts'
import type { Health, Line, Wire } from '../channel.ts'
import { fieldsOf, nameOf } from '../../lib/untrusted.ts'
import { failureOf } from './errors.ts'
import { getGraph, metaOf } from './graph.ts'

const FIELDS = 'display_phone_number,verified_name,status,code_verification_status,quality_rating'

/** Only a CONNECTED number sends. A number without `status` answered, so its credentials work. */
export async function health(line: Line, wire: Wire): Promise<Health> {
  const answer = await getGraph(line, wire, `${encodeURIComponent(metaOf(line).phoneNumberId)}?fields=${FIELDS}`)
  if (!answer.came || answer.status !== 200) return { ok: false, error: healthError(failureOf(answer)) }
  const number = fieldsOf(answer.json)
  const status = nameOf(number.status, 40) ?? 'CONNECTED'
  if (status !== 'CONNECTED') return { ok: false, error: { providerCode: status, code: codeOf(status) } }
  return { ok: true, displayName: nameOf(number.verified_name) ?? null }
}

function codeOf(status: string): FailureCode {
  switch (status) {
    case 'BANNED':
    case 'RESTRICTED':
    case 'FLAGGED':
      return 'account_blocked'
    case 'RATE_LIMITED':
      return 'number_rate_limited'
    case 'UNVERIFIED':
    case 'PENDING':
      return 'number_not_registered'
    default:
      return 'number_not_connected'
  }
}

/** A question that changes nothing cannot be half done: without an answer the provider was just not there. */
function healthError({ outcome, error }: ReturnType<typeof failureOf>): ProviderError {
  return outcome === 'unknown' ? { ...error, code: 'provider_unreachable' } : error
}
