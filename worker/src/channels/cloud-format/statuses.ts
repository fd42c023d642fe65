/** `statuses[]` (reference/meta-cloud-api.md §5): one item, one event. */
import type { ChannelEvent, DeliveryStatus, StatusEvent } from '#contract/channel-event.ts'
import type { FailureCode } from '#contract/failures.ts'
import { fieldsOf, idOf, instantOf, nameOf } from '../../lib/untrusted.ts'
import type { Fields } from '../../lib/untrusted.ts'
import { firstError } from './codes.ts'
import { unknown } from './messages.ts'
import { identitiesOf } from './people.ts'

/** What differs between Meta and those who pass its statuses through. */
export type StatusDialect = {
  /** The id that the send returned, and another id of the same message. */
  ids: (status: Fields) => { providerId: string | undefined; alias?: string | undefined }
  words: ReadonlyMap<string, DeliveryStatus>
  codeToFailure: (code: unknown) => FailureCode
}

export const META_STATUS_WORDS: ReadonlyMap<string, DeliveryStatus> = new Map([
  ['accepted', 'accepted'],
  ['sent', 'sent'],
  ['delivered', 'delivered'],
  ['read', 'read'],
  ['played', 'played'],
  ['failed', 'failed'],
])

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** A delivery status; a call's status (`type: "call"`) or an unknown word comes out as unknown. */
export function statusEvent(item: unknown, dialect: StatusDialect, now: number): ChannelEvent {
  const fields = fieldsOf(item)
  const status = dialect.words.get(nameOf(fields.status, 40) ?? '')
  const { providerId, alias } = dialect.ids(fields)
  if (status === undefined || providerId === undefined || fields.type === 'call') return unknown('statuses', item, now)
  const event: StatusEvent = {
    type: 'status',
    at: instantOf(fields.timestamp, now),
    providerId,
    status,
  }
  if (alias !== undefined && alias !== providerId) event.alias = alias
  const ours = idOf(fields.biz_opaque_callback_data)
  if (ours !== undefined && UUID.test(ours)) event.messageId = ours.toLowerCase()
  const customer = fields.recipient_type === 'group' ? undefined : identitiesOf(fields.recipient_id, fields.recipient_user_id)
  if (customer) event.customer = customer
  if (status === 'failed') event.error = firstError(fields.errors, dialect.codeToFailure) ?? NO_REASON
  const pricing = pricingOf(fieldsOf(fields.pricing))
  if (pricing) event.pricing = pricing
  return event
}

const NO_REASON = { providerCode: 'none', code: 'unknown_provider_error' }

/** `billable` is deprecated: the type tells whether it costs (§5). */
export function pricingOf(pricing: Fields): StatusEvent['pricing'] {
  const category = nameOf(pricing.category, 40)
  const type = nameOf(pricing.type, 40)
  return category === undefined || type === undefined ? undefined : { category, type }
}
