/**
 * Every reason for which we say no, with its HTTP status. A code never changes its meaning: phones of last month
 * still know it. The sentences live in the app's dictionaries (pwa/src/text), one per code and language.
 */
export const REFUSALS = {
  bad_request: 400,
  id_reused: 409,
  not_json: 415,
  body_too_large: 413,
  body_too_slow: 408,
  signed_out: 401,
  wrong_credentials: 401,
  too_many_tries: 429,
  /** The password is right; the second factor is missing, or was wrong or used already. */
  code_needed: 401,
  code_wrong: 401,
  passkey_refused: 401,
  link_spent: 410,
  password_common: 422,
  sign_up_refused: 409,
  email_taken: 409,
  name_taken: 409,
  /** Nobody gives what they do not have themselves. */
  beyond_own_rights: 403,
  permission_locked: 422,
  last_administrator: 409,
  not_yourself: 409,
  role_in_use: 409,
  changed_meanwhile: 409,
  /** Somebody else has this customer's chat, and the caller may not see it. */
  chat_with_somebody: 409,
  /** Another quick reply has this shortcut. */
  shortcut_taken: 409,
  /** Another rule of assignment holds for the same number and department. */
  rule_taken: 409,
  /** An inactive label is put on nothing any more. */
  label_inactive: 409,
  /** The number belongs to a contact that the caller does not see. */
  contact_taken: 409,
  /** A number that somebody writes from is not changed by hand. */
  contact_number_in_use: 409,
  import_undone: 409,
  /** Nobody has connected the company's client database. */
  clients_not_connected: 409,
  clients_unreachable: 503,
  /** The client database said no. */
  clients_refused: 422,
  transfer_open: 409,
  transfer_decided: 409,
  transfer_own: 403,
  person_unavailable: 422,
  standard_role: 409,
  time_zone_unknown: 422,
  hours_invalid: 422,
  variable_unknown: 422,
  rate_limited: 429,
  forbidden: 403,
  origin_refused: 403,
  not_found: 404,
  window_closed: 422,
  /** The customer wants no more messages from this number: nothing but an answer to what they write. */
  opted_out: 422,
  /** The customer wants no advertising: templates of that category stay here. */
  marketing_stopped: 422,
  /** A no that was said in WhatsApp itself is taken back there, by the customer. */
  consent_by_provider: 409,
  words_invalid: 422,
  /** There is no privacy notice to send, or the sentence does not name it. */
  notice_missing: 422,
  /** A day that is still to come, where only one that was makes sense. */
  date_to_come: 422,
  text_missing: 422,
  text_too_long: 422,
  video_not_allowed: 422,
  link_not_allowed: 422,
  media_kind_not_allowed: 422,
  media_too_large: 422,
  media_mismatch: 422,
  media_not_found: 422,
  /** A part of the file is not here yet. */
  upload_incomplete: 409,
  /** A note can only name who sees its chat. */
  mention_unseen: 422,
  quoted_not_found: 422,
  /** What was to be forwarded is gone, or the caller does not see it any more. */
  forward_gone: 422,
  /** A note is for the team: it goes on to no customer. */
  note_not_forwarded: 422,
  template_incomplete: 422,
  /** The number has no template of that name and language. */
  template_unknown: 422,
  /** Only an approved template goes out. */
  template_not_approved: 422,
  template_value: 422,
  template_unsupported: 422,
  template_header: 422,
  template_taken: 409,
  template_invalid: 422,
  template_refused: 422,
  /** This kind of access at Gupshup may not make templates. */
  template_elsewhere: 422,
  account_id_missing: 422,
  provider_unreachable: 503,
  kind_not_supported: 422,
  channel_archived: 422,
  /** The number needs a subscription and has none that lives: it receives, and sends nothing. */
  subscription_ended: 422,
  /** We pay the provider for this number's messages, and the balance does not hold what this one costs. */
  balance_empty: 422,
  /** … and there is no rate for a message of this kind to that country. */
  price_missing: 422,
  nodes_full: 422,
  node_revoked: 422,
  backup_not_one: 422,
  backup_passphrase: 422,
  backup_other_number: 422,
  backup_old: 409,
  session_is_up: 409,
  session_has_no_keys: 409,
  phone_invalid: 422,
  not_retryable: 409,
  /** Only what we wrote, what has left and is still there can be edited or taken back. */
  not_changeable: 409,
  change_too_late: 409,
  reaction_target_unknown: 422,
  channel_taken: 409,
  credentials_refused: 422,
  /** The provider did not take the profile; `detail` holds its words. */
  profile_refused: 422,
  /** So many conversations may be begun in 24 hours, and that many were. */
  limit_reached: 422,
  /** The guardian of an unofficial number (contract/guard.ts). */
  first_contact_off: 422,
  first_contact_limit: 422,
  first_contact_frozen: 422,
  first_contact_stopped: 422,
  same_text_limit: 422,
  /** The provider says that these credentials are of another number. */
  number_mismatch: 422,
  address_refused: 422,
  /** Nobody's push service is at this address. */
  push_endpoint_refused: 422,
  /** This installation has no keys for push. */
  push_not_set_up: 409,
  /** A local application of Bitrix24 with this id is somebody's already. */
  portal_app_taken: 409,
  /** The application was taken out of that portal, or it is closed. */
  portal_not_there: 409,
  /** The portal does not answer, or has too much to do: the same again later. */
  portal_away: 503,
  /** Its tokens, its payment or the application are not in order. */
  portal_reconnect: 409,
  /** Bitrix24 said no; `reason` is its code, `text` its words. */
  portal_refused: 422,
  /** No answer came, and it may have been done. */
  portal_unsure: 409,
  /** Another channel is on that open line. */
  line_taken: 409,
  /** What a page in a card of Bitrix24 was opened with is too old: the card has to be opened again. */
  card_over: 403,
  /** The portal says no. */
  portal_denied: 422,
  /** The number has a subscription that lives, or it was paid a moment ago. */
  subscription_live: 409,
  /** That plan, or that version of it, is not sold any more. */
  plan_not_sold: 409,
  /** That gateway is not set up here. */
  gateway_not_here: 409,
  /** The gateway does not answer, or has too much to do: the same again later finds out, and nothing is done twice. */
  gateway_away: 503,
  /** The gateway said no; `reason` is its code. */
  gateway_refused: 422,
  /** `details.least` and `details.most` say what may be asked for. */
  amount_out_of_range: 422,
  balance_too_low: 422,
  /** A payment is disputed: until that is decided nothing is spent or given back. */
  balance_frozen: 409,
  refund_too_much: 422,
  /** In a currency that is not ours to reckon in: only all of it goes back. */
  refund_whole: 422,
  /** There is no means of payment that may be charged, or that gateway keeps none. */
  method_missing: 422,
  /** It would be filled to less than 5 above its threshold, or its month's ceiling is below that. */
  automatic_crossed: 422,
  /** The second warning lies above the first. */
  levels_crossed: 422,
  /** Very many papers are made just now, and this one is among the last. */
  paper_waits: 503,
  /** Who sold yesterday stands on receipts: only what comes can be changed. */
  seller_in_the_past: 422,
  /** Alerts go by https to a public address, and to none of ours. */
  hook_address_refused: 422,
  /** There is no address for alerts, or it is turned off. */
  alert_hook_off: 409,
  database_unavailable: 503,
  overloaded: 503,
  internal: 500,
} as const

export type RefusalCode = keyof typeof REFUSALS

/** RFC 9457 problem details, as every error of `/api` comes. */
export type Problem = {
  type: string
  title: string
  status: number
  code: RefusalCode
  traceId: string
  /** What the sentence needs to be said: limits, names, times. Never a secret. */
  details?: Record<string, string | number | boolean | null>
}
