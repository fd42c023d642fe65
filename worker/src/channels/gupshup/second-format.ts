/** Gupshup's own format: `{app, timestamp, version: 2, type, payload}` (reference/gupshup.md §6). One body, one event. */
import type { AccountEvent, ChannelEvent, DeliveryStatus, StatusEvent, TemplateNews } from '#contract/channel-event.ts'
import { unknown } from '../cloud-format/messages.ts'
import { identitiesOf } from '../cloud-format/people.ts'
import { pricingOf } from '../cloud-format/statuses.ts'
import { newsStatusOf, qualityOf, reasonOf } from '../cloud-format/template-words.ts'
import { fieldsOf, idOf, instantOf, isExact, keep, nameOf, textOf } from '../../lib/untrusted.ts'
import type { Fields } from '../../lib/untrusted.ts'
import { billEvent } from './bill.ts'
import { failureOfGupshupCode } from './errors.ts'
import { inboundEvent } from './inbound.ts'

const ACCOUNT_TYPES = new Set([
  'user-event',
  'billing-event',
  'template-event',
  'account-event',
  'onboarding-event',
  'system-event',
])

/** The event of a body of the second format, whose clock counts milliseconds (reference/gupshup.md §6). */
export function secondFormatEvent(body: Fields, now: number): ChannelEvent {
  return { ...eventIn(body, now), ...(isExact(body.timestamp) && { atIsExact: true }) }
}

function eventIn(body: Fields, now: number): ChannelEvent {
  const type = nameOf(body.type, 60) ?? 'body'
  if (type === 'message') return inboundEvent(body, now) ?? unknown('message', body, now)
  if (type === 'message-event') return messageEvent(body, now) ?? unknown('message-event', body, now)
  if (type === 'user-event') return consentEvent(body, now) ?? accountEvent(type, body, now)
  if (type === 'billing-event') return billOf(body, now) ?? accountEvent(type, body, now)
  return ACCOUNT_TYPES.has(type) ? accountEvent(type, body, now) : unknown(type, body, now)
}

const WORDS: ReadonlyMap<string, DeliveryStatus> = new Map([
  ['enqueued', 'accepted'],
  ['sent', 'sent'],
  ['delivered', 'delivered'],
  ['read', 'read'],
  ['played', 'played'],
  ['failed', 'failed'],
])

function messageEvent(body: Fields, now: number): ChannelEvent | undefined {
  const payload = fieldsOf(body.payload)
  const word = nameOf(payload.type, 40) ?? ''
  const status = WORDS.get(word)
  if (status) return statusEvent(body, payload, status, now)
  if (word === 'deleted') return deletedEvent(body, payload, now)
  return word === 'mismatch' ? mismatchEvent(body, payload, now) : undefined
}

/**
 * Our message is known by the id that the send returned: `gsId`, or `id` where WhatsApp has not spoken yet (enqueued, or
 * failed before WhatsApp). The other id is its alias.
 */
function statusEvent(body: Fields, payload: Fields, status: DeliveryStatus, now: number): ChannelEvent | undefined {
  const details = fieldsOf(payload.payload)
  const id = idOf(payload.id)
  const providerId = idOf(payload.gsId) ?? id
  if (providerId === undefined) return undefined
  const event: StatusEvent = {
    type: 'status',
    at: instantOf(details.ts ?? body.timestamp, now),
    providerId,
    status,
  }
  const alias = idOf(details.whatsappMessageId) ?? id
  if (alias !== undefined && alias !== providerId) event.alias = alias
  const customer = identitiesOf(payload.destination, payload.userId)
  if (customer) event.customer = customer
  if (status === 'failed') event.error = errorOf(details)
  const pricing = pricingOf(fieldsOf(payload.pricing ?? body.pricing)) ?? pricingOf(fieldsOf(details.pricing))
  if (pricing) event.pricing = pricing
  return event
}

const billOf = (body: Fields, now: number): ChannelEvent | undefined =>
  billEvent(fieldsOf(body.payload), instantOf(body.timestamp, now))

/** A failure with code 4002 reads `answer_lost`: nobody knows whether the customer has the message (§8). */
function errorOf(details: Fields): StatusEvent['error'] {
  return {
    providerCode: idOf(details.code, 40) ?? 'none',
    code: failureOfGupshupCode(details.code),
    detail: textOf(details.reason, 500),
  }
}

/** The customer took back a message of his. The event has no id of its own: one per message. */
function deletedEvent(body: Fields, payload: Fields, now: number): ChannelEvent | undefined {
  const target = idOf(payload.id)
  const customer = identitiesOf(payload.destination ?? payload.source, payload.userId)
  if (target === undefined || !customer) return undefined
  const at = instantOf(fieldsOf(payload.payload).ts ?? body.timestamp, now)
  return { type: 'revoke', origin: 'customer', at, providerId: `${target}:deleted`, customer, target }
}

/** WhatsApp knows the dialled number by another one (Brazil, Mexico): both are the same person. */
function mismatchEvent(body: Fields, payload: Fields, now: number): ChannelEvent | undefined {
  const details = fieldsOf(payload.payload)
  const id = idOf(payload.gsId) ?? idOf(payload.id)
  const before = identitiesOf(details.phone ?? payload.destination, undefined)
  const after = identitiesOf(details.wa_id, undefined)
  if (id === undefined || !before || !after) return undefined
  return {
    type: 'identity',
    at: instantOf(body.timestamp, now),
    providerId: `${id}:mismatch`,
    before,
    after,
  }
}

const OPTED: Partial<Record<string, 'in' | 'out'>> = { 'opted-in': 'in', 'opted-out': 'out' }

/** Only apps of before August 2025 tell this (§3). */
function consentEvent(body: Fields, now: number): ChannelEvent | undefined {
  const payload = fieldsOf(body.payload)
  const how = nameOf(payload.type, 40) ?? ''
  const customer = identitiesOf(payload.phone, payload.userId)
  const state = OPTED[how]
  if (!customer || !state) return undefined
  return { type: 'consent', at: instantOf(body.timestamp, now), customer, purpose: 'all', state, how, raw: keep(body) }
}

const ERRORS = new Set(['rejected', 'disabled', 'disable', 'account_violation', 'account_restricted', 'red', 'failed'])
const WARNINGS = new Set(['paused', 'flagged', 'deleted', 'yellow', 'low'])

function accountEvent(field: string, body: Fields, now: number): AccountEvent {
  const payload = fieldsOf(body.payload)
  const words = [payload.status, payload.event, payload.quality, payload.type].map((word) =>
    (nameOf(word, 60) ?? '').toLowerCase(),
  )
  const level = words.some((word) => ERRORS.has(word)) ? 'error' : words.some((word) => WARNINGS.has(word)) ? 'warn' : 'info'
  const template = field === 'template-event' ? templateNewsOf(payload) : undefined
  return { type: 'account', at: instantOf(body.timestamp, now), field, level, raw: keep(body), ...(template && { template }) }
}

/** `status-update`, `quality-update` or `category-update` (§6.3); the last one's fields are unverified, so it only makes us read again. */
function templateNewsOf(payload: Fields): TemplateNews {
  const [providerId, name, language] = [idOf(payload.id), nameOf(payload.elementName, 512), idOf(payload.languageCode, 20)]
  const reason = reasonOf(payload.rejectedReason, payload.description)
  return {
    ...(providerId !== undefined && { providerId }),
    ...(name !== undefined && { name }),
    ...(language !== undefined && { language }),
    ...(payload.status !== undefined && { status: newsStatusOf(payload.status) }),
    ...(payload.status !== undefined && reason !== null && { reason }),
    ...(payload.quality !== undefined && { quality: qualityOf(payload.quality) }),
  }
}
