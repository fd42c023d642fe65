/**
 * Why a message, a file or a number does not work, in our own words: the same for every provider. A code never changes
 * its meaning. The sentences for an administrator are in failures/{es,en,pt}.ts; which provider code means which of
 * these is in each adapter's errors.ts.
 */

/** What doing it again by ourselves would bring: nothing, success later, or perhaps the same message twice. */
export type Retry = 'never' | 'later' | 'unknown'

/** How far it reaches: this message, everything the number sends, or a mass sending (templates) only. */
export type Stops = 'message' | 'channel' | 'campaign'

export type Nature = { retry: Retry; stops: Stops }

const never = { retry: 'never', stops: 'message' } as const
const later = { retry: 'later', stops: 'message' } as const
const unsure = { retry: 'unknown', stops: 'message' } as const
const neverOnThisNumber = { retry: 'never', stops: 'channel' } as const
const neverInThisCampaign = { retry: 'never', stops: 'campaign' } as const
const laterOnThisNumber = { retry: 'later', stops: 'channel' } as const
const laterInThisCampaign = { retry: 'later', stops: 'campaign' } as const

/** What our own rules refuse of a message that was written elsewhere: it stays in the chat with its reason. */
const POLICY = {
  // What a robot or an SMS of a Bitrix24 portal asks for, and cannot have.
  deed_no_number: never,
  deed_no_phone: never,
  deed_portal_away: never,
  deed_file_missing: never,
  deed_file_unread: never,
  deed_file_kind: never,
  not_changeable: never,
  change_too_late: never,
  channel_archived: never,
  subscription_ended: never,
  balance_empty: never,
  balance_frozen: never,
  price_missing: never,
  text_too_long: never,
  link_not_allowed: never,
  video_not_allowed: never,
  media_mismatch: never,
  media_too_large: never,
  media_kind_not_allowed: never,
  sender_not_allowed: never,
  first_contact_off: never,
  first_contact_limit: never,
  first_contact_frozen: never,
  first_contact_stopped: never,
  same_text_limit: never,
} as const
export type PolicyFailure = keyof typeof POLICY

export const FAILURES = {
  // The number and its credentials.
  token_invalid: neverOnThisNumber,
  permission_missing: neverOnThisNumber,
  app_mismatch: neverOnThisNumber,
  account_blocked: neverOnThisNumber,
  number_not_registered: neverOnThisNumber,
  number_pin_wrong: neverOnThisNumber,
  number_registration_limit: neverOnThisNumber,
  number_not_connected: neverOnThisNumber,
  display_name_not_approved: neverOnThisNumber,
  cloud_api_required: neverOnThisNumber,
  terms_not_accepted: neverOnThisNumber,
  username_refused: never,
  // Where a number's hooks go.
  hook_refused: never,
  hook_slots_full: never,
  hook_lost: never,
  // What its provider says of it, without stopping it.
  credit_low: never,
  credit_out: never,
  quality_low: never,
  account_limited: never,
  billing_problem: neverInThisCampaign,
  wallet_empty: laterOnThisNumber,
  channel_paused: laterOnThisNumber,

  // How fast we may go.
  app_rate_limited: laterOnThisNumber,
  number_rate_limited: laterOnThisNumber,
  pair_rate_limited: later,
  spam_rate_limited: laterInThisCampaign,
  provider_maintenance: laterOnThisNumber,

  // The way to the provider.
  provider_unavailable: later,
  provider_unreachable: later,
  answer_lost: unsure,
  send_interrupted: unsure,
  retries_exhausted: never,
  waited_too_long: never,

  // The recipient.
  recipient_missing: never,
  recipient_invalid: never,
  recipient_not_on_whatsapp: never,
  recipient_unreachable: never,
  recipient_is_sender: never,
  recipient_not_in_test_list: never,
  recipient_identity_changed: never,
  country_restricted: never,
  consent_missing: never,
  opted_out: never,
  /** The customer's wish could not be asked for before a template left. */
  consent_unknown: later,
  window_closed: never,
  marketing_limited: never,
  marketing_stopped: never,
  marketing_experiment: never,

  // The message.
  message_malformed: never,
  message_unsupported: never,
  kind_not_supported: never,
  caption_not_supported: never,
  flow_blocked: never,
  flow_rate_limited: later,

  // Files.
  media_download_failed: never,
  media_upload_failed: never,
  media_link_unreadable: never,
  media_over_limit: never,
  media_gone: never,
  media_not_ready: later,
  media_damaged: later,
  media_phone_away: later,
  media_host_refused: never,

  // Templates.
  template_not_found: neverInThisCampaign,
  template_params_count: neverInThisCampaign,
  template_params_format: neverInThisCampaign,
  template_too_long: never,
  template_policy: neverInThisCampaign,
  template_paused: neverInThisCampaign,
  template_disabled: neverInThisCampaign,
  templates_off: neverInThisCampaign,
  template_needs_phone: never,

  // Calls, blocking and the phone app beside the API.
  call_refused: never,
  call_permission_missing: never,
  block_list_failed: never,
  history_limit: never,
  history_too_late: never,
  history_declined: never,

  // Numbers linked like WhatsApp Web.
  session_unlinked: neverOnThisNumber,
  session_logged_out: neverOnThisNumber,
  session_blocked: neverOnThisNumber,
  session_replaced: neverOnThisNumber,
  session_refused: laterOnThisNumber,
  session_away: laterOnThisNumber,
  session_no_node: laterOnThisNumber,
  session_number_taken: never,
  session_number_own: never,
  session_other_number: never,
  session_qr_over: never,
  session_link_refused: never,
  /** Never tried again by itself: each try counts against the number. */
  session_first_contact: never,

  // Telling a portal of Bitrix24 about a message.
  portal_unreachable: later,
  portal_busy: later,
  portal_overloaded: later,
  portal_method_limit: later,
  portal_earlier: later,
  portal_line_inactive: later,
  portal_access: later,
  portal_unpaid: later,
  portal_gone: later,
  portal_file_pending: later,
  portal_paused: later,
  portal_unconfirmed: unsure,
  portal_event_missed: never,
  portal_refused: never,
  portal_answer_lost: unsure,
  ...POLICY,

  unknown_provider_error: never,
} as const satisfies Record<string, Nature>

export type FailureCode = keyof typeof FAILURES
export type CallFailure = Extract<FailureCode, `call_${string}` | `block_${string}`>
export type PortalFailure = Extract<FailureCode, `portal_${string}`>
export type SessionFailure = Extract<FailureCode, `session_${string}` | `history_${string}`>

/** What an administrator reads: what happened, and what to do now. */
export type FailureText = { cause: string; nextStep: string }

/** Is this one of our codes? For codes that come back from the database or the wire. */
export function isFailureCode(code: string): code is FailureCode {
  return Object.hasOwn(FAILURES, code)
}

/** The nature of a code; one that we do not know is never tried again by itself. */
export function natureOf(code: string): Nature {
  return isFailureCode(code) ? FAILURES[code] : FAILURES.unknown_provider_error
}
