/** Events in Gupshup's second format: reference/gupshup.md §6. One body, one event. */
import { cardOf } from '../cloud.ts'
import type { SimEvent } from '../events.ts'
import { gupshupLink, gupshupLinkUntil, mimeOnWire } from '../media.ts'
import type { Customer, GupshupNumber, HookPart, SimMessage } from '../model.ts'
import type { Sim } from '../sim.ts'

/** The body that tells this event; undefined for what the format has no words for (echoes, edits). */
export function secondFormatPart(sim: Sim, number: GupshupNumber, event: SimEvent): HookPart | undefined {
  const told = tell(sim, number, event)
  return told && bodyPart(number, told.type, told.at, told.payload)
}

export function bodyPart(number: GupshupNumber, type: string, at: number, payload: object): HookPart {
  const body = { app: number.appName, appId: number.id, phone: number.phone, timestamp: at, version: 2, type, payload }
  return { form: 'whole', body: JSON.stringify(body), sign: false, contentType: 'application/json' }
}

type Told = { type: string; at: number; payload: object }

function tell(sim: Sim, number: GupshupNumber, event: SimEvent): Told | undefined {
  switch (event.type) {
    case 'message': {
      const { message, customer } = event
      const payload = { ...inbound(message.id, customer), ...contentOf(sim, number, message), ...aroundOf(sim, message) }
      return { type: 'message', at: message.at, payload }
    }
    case 'reaction': {
      const { target, targetId, emoji } = event
      const payload = { emoji, id: target?.id ?? targetId, gsId: target?.gsId ?? null }
      return { type: 'message', at: event.at, payload: { ...inbound(event.id, event.customer), type: 'reaction', payload } }
    }
    case 'revoke': {
      const payload = { ts: Math.floor(event.at / 1000) }
      const head = { id: event.targetId, type: 'deleted', destination: event.customer.phone }
      return { type: 'message-event', at: event.at, payload: { ...head, payload } }
    }
    case 'status':
      return { type: 'message-event', at: event.at, payload: statusOf(event) }
    case 'edit':
      return {
        type: 'message',
        at: event.at,
        payload: { ...inbound(event.id, event.customer), type: 'unsupported', payload: {} },
      }
    case 'echo':
      return undefined
  }
}

/** A hidden phone reads as empty; the user id comes only where Gupshup was told to give it (§4, config/bsuid). */
function inbound(id: string, customer: Customer): object {
  const phone = customer.hidePhone ? '' : customer.phone
  const parts = customer.hidePhone ? {} : { country_code: countryOf(phone), dial_code: phone.slice(countryOf(phone).length) }
  const sender = { phone, name: customer.name, ...parts, ...(customer.hidePhone && { userId: customer.bsuid }) }
  return { id, source: phone, sender }
}

function countryOf(phone: string): string {
  return ['593', '591', '595', '598'].find((code) => phone.startsWith(code)) ?? phone.slice(0, phone.startsWith('1') ? 1 : 2)
}

function contentOf(sim: Sim, number: GupshupNumber, message: SimMessage): { type: string; payload: object } {
  const { kind, text, reply } = message
  switch (kind) {
    case 'image':
    case 'video':
    case 'sticker':
      return { type: kind, payload: fileOf(sim, number, message) }
    case 'document':
      return { type: 'file', payload: fileOf(sim, number, message) }
    case 'audio':
    case 'voice':
      return { type: 'audio', payload: fileOf(sim, number, message) }
    case 'location': {
      const { latitude = 0, longitude = 0, ...rest } = message.place ?? {}
      return { type: 'location', payload: { longitude: String(longitude), latitude: String(latitude), ...rest } }
    }
    case 'contacts':
      return { type: 'contact', payload: { contacts: message.cards.map(cardOf) } }
    case 'button_reply': {
      const payload = { id: message.quoted ?? '', title: text, reply: `${text} 1`, postbackText: reply?.id ?? '' }
      return { type: 'button_reply', payload }
    }
    case 'list_reply': {
      const given = { title: text, reply: `${text} 1`, postbackText: reply?.id ?? '', description: reply?.description ?? '' }
      return { type: 'list_reply', payload: { id: message.quoted ?? '', ...given } }
    }
    case 'template_reply':
      return { type: 'quick_reply', payload: { text, type: 'button', postbackText: reply?.id ?? text } }
    case 'unsupported':
    case 'form_reply':
    case 'order':
    case 'request_welcome':
    case 'number_change':
      return { type: 'unsupported', payload: {} }
    default:
      return { type: 'text', payload: { text: text ?? '' } }
  }
}

function fileOf(sim: Sim, number: GupshupNumber, message: SimMessage): object {
  const media = sim.world.media.get(message.mediaId ?? '')
  if (!media) return {}
  return {
    ...(message.text !== null && { caption: message.text }),
    ...(media.name !== null && { name: media.name }),
    url: gupshupLink(sim.origin(), number.id, media),
    contentType: mimeOnWire(media, message),
    urlExpiry: gupshupLinkUntil(media),
  }
}

function aroundOf(sim: Sim, { quoted, forwarded, referral }: SimMessage): object {
  const target = quoted === null ? undefined : sim.world.messageOf(quoted)
  const ids = quoted === null ? {} : { id: target?.id ?? quoted, gsId: target?.gsId ?? null }
  const context = { ...ids, ...(forwarded && { forwarded: true }) }
  return { ...(Object.keys(context).length > 0 && { context }), ...(referral && { referral }) }
}

/** The ids move: before WhatsApp has the message `id` is Gupshup's own, afterwards it is WhatsApp's (§6.2). */
function statusOf({ message, status, at }: Extract<SimEvent, { type: 'status' }>): object {
  const destination = message.customer
  if (status === 'accepted') {
    const payload = { whatsappMessageId: message.id, type: message.category === 'service' ? 'session' : 'template' }
    return { id: message.gsId, type: 'enqueued', destination, payload }
  }
  const ids = { id: message.id, gsId: message.gsId }
  if (status === 'failed') {
    const payload = { code: message.error?.code ?? 500, reason: message.error?.details ?? '' }
    const isBeforeWhatsApp = (message.error?.code ?? 0) < 10_000
    return { ...(isBeforeWhatsApp ? { id: message.gsId } : ids), type: 'failed', destination, payload }
  }
  const pricing = status === 'sent' && { pricing: { policy: 'PMP', category: message.category, type: 'regular' } }
  return { ...ids, type: status, destination, payload: { ts: Math.floor(at / 1000) }, ...pricing }
}

/** One per message that costs something: §6.3. */
export function billingPart(number: GupshupNumber, message: SimMessage, at: number): HookPart {
  const deductions = { type: 'regular', category: message.category, model: 'PMP', source: 'whatsapp', billable: true }
  const references = { id: message.id, gsId: message.gsId, destination: message.customer }
  return bodyPart(number, 'billing-event', at, { deductions, references })
}
