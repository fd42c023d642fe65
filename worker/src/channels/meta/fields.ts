/** News about templates, numbers and accounts: reference/meta-cloud-api.md §6. Kept whole, with how serious they are. */
import type { AccountEvent } from '#contract/channel-event.ts'
import { templateNews } from '../cloud-format/template-words.ts'
import { fieldsOf, instantOf, keep, nameOf } from '../../lib/untrusted.ts'
import type { Fields } from '../../lib/untrusted.ts'

const ACCOUNT_FIELDS = new Set([
  'message_template_status_update',
  'message_template_quality_update',
  'message_template_components_update',
  'template_category_update',
  'phone_number_quality_update',
  'business_capability_update',
  'phone_number_name_update',
  'account_update',
  'account_alerts',
  'account_review_update',
  'security',
  'smb_app_state_sync',
  'business_username_update',
])

export function isAccountField(field: string): boolean {
  return ACCOUNT_FIELDS.has(field)
}

const ERRORS = new Set([
  'REJECTED',
  'DISABLED',
  'DISABLE',
  'RED',
  'CRITICAL',
  'ACCOUNT_DELETED',
  'ACCOUNT_VIOLATION',
  'ACCOUNT_RESTRICTION',
  'ACCOUNT_OFFBOARDED',
  'PARTNER_REMOVED',
  'PARTNER_APP_UNINSTALLED',
])
const WARNINGS = new Set([
  'PAUSED',
  'FLAGGED',
  'LOCKED',
  'DELETED',
  'PENDING_DELETION',
  'LIMIT_EXCEEDED',
  'YELLOW',
  'WARNING',
  'DEFERRED',
  'SCHEDULE_FOR_DISABLE',
  'PIN_CHANGED',
  'PIN_RESET_REQUEST',
])

/** One change of a field that is about the account, a template or the number itself. `raw` holds its entry's id and time. */
export function accountEvent(field: string, value: Fields, raw: Fields, now: number): AccountEvent {
  // Meta's own sample sends the quality change under the name of the status change (§6).
  const name = value.new_quality_score === undefined ? field : 'message_template_quality_update'
  return {
    type: 'account',
    at: instantOf(raw.time, now),
    field: name,
    level: levelOf(value),
    raw: keep(raw),
    ...templateNews(value),
  }
}

function levelOf(value: Fields): AccountEvent['level'] {
  const words = [
    value.event,
    value.decision,
    value.new_quality_score,
    fieldsOf(value.alert_info).alert_severity,
    fieldsOf(value.ban_info).waba_ban_state,
  ].map((word) => nameOf(word, 60) ?? '')
  if (words.some((word) => ERRORS.has(word))) return 'error'
  return words.some((word) => WARNINGS.has(word)) ? 'warn' : 'info'
}
