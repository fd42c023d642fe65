/**
 * What the codes of Meta's Cloud API mean in our words: reference/meta-cloud-api.md §10. Providers which pass Meta's
 * codes through (Gupshup, reference/gupshup.md §8) use the same table.
 */
import type { FailureCode } from '#contract/failures.ts'
import type { ProviderError } from '#contract/channel-event.ts'
import { fieldsOf, idOf, isFields, textOf } from '../../lib/untrusted.ts'

const META_CODES: ReadonlyMap<number, FailureCode> = new Map([
  [0, 'token_invalid'],
  [1, 'provider_unavailable'],
  [2, 'provider_unavailable'],
  [3, 'permission_missing'],
  [4, 'app_rate_limited'],
  [10, 'permission_missing'],
  [17, 'app_rate_limited'],
  [32, 'app_rate_limited'],
  [33, 'message_malformed'],
  [100, 'message_malformed'],
  [190, 'token_invalid'],
  [368, 'account_blocked'],
  [613, 'app_rate_limited'],
  [80007, 'app_rate_limited'],
  [80008, 'app_rate_limited'],
  [130429, 'number_rate_limited'],
  [130472, 'marketing_experiment'],
  [130497, 'country_restricted'],
  [131000, 'provider_unavailable'],
  [131005, 'permission_missing'],
  [131008, 'message_malformed'],
  [131009, 'message_malformed'],
  [131016, 'provider_unavailable'],
  [131021, 'recipient_is_sender'],
  [131026, 'recipient_unreachable'],
  [131030, 'recipient_not_in_test_list'],
  [131031, 'account_blocked'],
  [131037, 'display_name_not_approved'],
  [131042, 'billing_problem'],
  [131045, 'number_not_registered'],
  [131047, 'window_closed'],
  [131048, 'spam_rate_limited'],
  [131049, 'marketing_limited'],
  [131050, 'marketing_stopped'],
  [131051, 'message_unsupported'],
  [131052, 'media_download_failed'],
  [131053, 'media_upload_failed'],
  [131056, 'pair_rate_limited'],
  [131057, 'provider_maintenance'],
  [131062, 'template_needs_phone'],
  [132000, 'template_params_count'],
  [132001, 'template_not_found'],
  [132005, 'template_too_long'],
  [132007, 'template_policy'],
  [132012, 'template_params_format'],
  [132015, 'template_paused'],
  [132016, 'template_disabled'],
  [132068, 'flow_blocked'],
  [132069, 'flow_rate_limited'],
  [133004, 'provider_unavailable'],
  [133005, 'number_pin_wrong'],
  [133016, 'number_registration_limit'],
  [134011, 'terms_not_accepted'],
  [135000, 'message_malformed'],
  [137000, 'recipient_identity_changed'],
  [138006, 'call_permission_missing'],
  [139100, 'block_list_failed'],
  [2593107, 'history_limit'],
  [2593108, 'history_too_late'],
  [2593109, 'history_declined'],
])

/** Whole families; a single code above goes before its family. */
const META_RANGES: readonly (readonly [from: number, to: number, code: FailureCode])[] = [
  [200, 299, 'permission_missing'],
  [133000, 133015, 'number_not_registered'],
  [138000, 138005, 'call_refused'],
  [147001, 147004, 'username_refused'],
]

/** Our code for a code of Meta, given as number or text. */
export function failureOfMetaCode(code: unknown): FailureCode {
  const number = Number(idOf(code) ?? Number.NaN)
  const family = META_RANGES.find(([from, to]) => number >= from && number <= to)
  return META_CODES.get(number) ?? family?.[2] ?? 'unknown_provider_error'
}

const DETAIL_MAX = 500

/** One item of Meta's `errors[]`, or the `error` of a Graph answer. */
export function metaError(item: unknown, codeToFailure: (code: unknown) => FailureCode = failureOfMetaCode): ProviderError {
  const error = fieldsOf(item)
  const detail = [fieldsOf(error.error_data).details, error.error_user_msg, error.message, error.title].find(
    (words) => typeof words === 'string' && words !== '',
  )
  return {
    providerCode: idOf(error.code, 40) ?? 'none',
    code: codeToFailure(error.code),
    detail: textOf(detail, DETAIL_MAX),
  }
}

/** The first of Meta's `errors[]`, where there is one. */
export function firstError(errors: unknown, codeToFailure?: (code: unknown) => FailureCode): ProviderError | undefined {
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined
  return isFields(first) ? metaError(first, codeToFailure) : undefined
}
