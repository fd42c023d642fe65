/**
 * Events in Meta's words (reference/meta-cloud-api.md §3 to §5), as Meta posts them and as Gupshup's third format passes
 * them through (reference/gupshup.md §7).
 */
import { mediaSource } from './media.ts'
import type { SimEvent } from './events.ts'
import type { CloudValue, Customer, HookNumber, HookPart, SimMessage } from './model.ts'
import type { Sim } from './sim.ts'

/** The part of a webhook that tells this event. */
export function cloudPart(sim: Sim, number: HookNumber, event: SimEvent): HookPart {
  const gsAppId = number.kind === 'gupshup' ? number.id : null
  if (event.type === 'echo') {
    const { message, customer } = event
    const to = { to: customer.phone, to_user_id: customer.bsuid }
    const echo = { from: number.phone, ...to, ...headOf(message.id, message.at), ...contentOf(sim, number, message) }
    return { form: 'cloud', field: 'smb_message_echoes', value: { message_echoes: [echo] }, gsAppId }
  }
  return { form: 'cloud', field: 'messages', value: valueOf(sim, number, event), gsAppId }
}

function valueOf(sim: Sim, number: HookNumber, event: Exclude<SimEvent, { type: 'echo' }>): CloudValue {
  if (event.type === 'status') return statusValue(number, event)
  const sender = senderOf(event.customer)
  const contacts = [contactOf(event.customer)]
  switch (event.type) {
    case 'message': {
      const { message } = event
      const said = {
        ...sender,
        ...headOf(message.id, message.at),
        ...contentOf(sim, number, message),
        ...aroundOf(sim, number, message),
      }
      // A system message comes without contacts (§3).
      return message.kind === 'number_change' ? { messages: [said] } : { contacts, messages: [said] }
    }
    case 'reaction': {
      const reaction = { message_id: event.targetId, ...(event.emoji !== '' && { emoji: event.emoji }) }
      return { contacts, messages: [{ ...sender, ...headOf(event.id, event.at), type: 'reaction', reaction }] }
    }
    case 'edit': {
      const edit = { original_message_id: event.targetId, message: { type: 'text', text: { body: event.text } } }
      return { contacts, messages: [{ ...sender, ...headOf(event.id, event.at), type: 'edit', edit }] }
    }
    case 'revoke': {
      const revoke = { original_message_id: event.targetId }
      return { contacts, messages: [{ ...sender, ...headOf(event.id, event.at), type: 'revoke', revoke }] }
    }
  }
}

function headOf(id: string, at: number): { id: string; timestamp: string } {
  return { id, timestamp: secondsOf(at) }
}

function secondsOf(at: number): string {
  return String(Math.floor(at / 1000))
}

function senderOf(customer: Customer): object {
  return { ...(!customer.hidePhone && { from: customer.phone }), from_user_id: customer.bsuid }
}

function contactOf(customer: Customer): object {
  return {
    profile: { name: customer.name },
    ...(!customer.hidePhone && { wa_id: customer.phone }),
    user_id: customer.bsuid,
  }
}

function contentOf(sim: Sim, number: HookNumber, message: SimMessage): object {
  const { kind, text, reply } = message
  switch (kind) {
    case 'image':
    case 'video':
    case 'document':
    case 'sticker':
      return { type: kind, [kind]: { ...(text !== null && { caption: text }), ...mediaSource(sim, number, message) } }
    case 'audio':
    case 'voice':
      return { type: 'audio', audio: { ...mediaSource(sim, number, message), voice: kind === 'voice' } }
    case 'location':
      return { type: 'location', location: message.place }
    case 'contacts':
      return { type: 'contacts', contacts: message.cards.map(cardOf) }
    case 'button_reply':
    case 'list_reply':
      return { type: 'interactive', interactive: { type: kind, [kind]: { ...reply, title: reply?.title ?? text } } }
    case 'template_reply':
      return { type: 'button', button: { payload: reply?.id ?? text, text } }
    case 'form_reply':
      return {
        type: 'interactive',
        interactive: { type: 'nfm_reply', nfm_reply: { name: 'flow', body: text ?? 'Sent', response_json: reply?.id ?? '{}' } },
      }
    case 'order':
      return { type: 'order', order: orderOf(message) }
    case 'request_welcome':
      return { type: 'request_welcome' }
    case 'number_change':
      return { type: 'system', system: { type: 'user_changed_number', body: text, wa_id: reply?.id, user_id: reply?.title } }
    case 'unsupported':
      return { type: 'unsupported', errors: [UNSUPPORTED], unsupported: { type: reply?.id ?? 'unknown' } }
    default:
      return { type: 'text', text: { body: text ?? '' } }
  }
}

const UNSUPPORTED = {
  code: 131051,
  title: 'Message type unknown',
  message: 'Message type unknown',
  error_data: { details: 'Message type is currently not supported.' },
}

export function cardOf({ name, phones }: { name: string; phones: readonly string[] }): object {
  const [first = name, ...rest] = name.split(' ')
  return {
    name: { formatted_name: name, first_name: first, ...(rest.length > 0 && { last_name: rest.join(' ') }) },
    phones: phones.map((phone) => ({ phone, wa_id: phone.replace(/\D/g, ''), type: 'CELL' })),
  }
}

function orderOf({ text, reply, choices }: SimMessage): object {
  const items = choices.map(({ id }) => ({ product_retailer_id: id, quantity: 1, item_price: 10, currency: 'USD' }))
  return { catalog_id: reply?.id ?? '194836987003835', ...(text !== null && { text }), product_items: items }
}

/** What stands around a message: whom it quotes, that it was forwarded, the advertisement that brought it. */
function aroundOf(sim: Sim, number: HookNumber, { quoted, forwarded, referral }: SimMessage): object {
  const context = { ...quotation(sim, number, quoted), ...(forwarded && { forwarded: true }) }
  return { ...(Object.keys(context).length > 0 && { context }), ...(referral && { referral }) }
}

function quotation(sim: Sim, number: HookNumber, quoted: string | null): object {
  if (quoted === null) return {}
  const message = sim.world.messageOf(quoted)
  return { from: message?.direction === 'in' ? message.customer : number.phone, id: message?.id ?? quoted }
}

function statusValue(number: HookNumber, { message, customer, status, at }: Extract<SimEvent, { type: 'status' }>): CloudValue {
  const ids =
    number.kind === 'meta'
      ? { id: message.id }
      : { gs_id: message.gsId, id: message.id, ...(status !== 'accepted' && { meta_msg_id: message.id }) }
  const object = {
    ...ids,
    status: status === 'accepted' ? 'enqueued' : status,
    // Gupshup writes the time of `enqueued` in milliseconds (§7).
    timestamp: status === 'accepted' ? String(at) : secondsOf(at),
    ...(!customer.hidePhone && { recipient_id: customer.phone }),
    ...(status !== 'failed' && { recipient_user_id: customer.bsuid }),
    ...(status === 'failed' ? { errors: [errorOf(message)] } : priceOf(message, status)),
    ...(message.callbackData !== null && { biz_opaque_callback_data: message.callbackData }),
  }
  return { ...(status !== 'failed' && number.kind === 'meta' && { contacts: [contactOf(customer)] }), statuses: [object] }
}

function priceOf(message: SimMessage, status: string): object {
  if (status !== 'sent' && status !== 'delivered') return {}
  return { pricing: { billable: true, pricing_model: 'PMP', type: 'regular', category: message.category } }
}

function errorOf({ error }: SimMessage): object {
  const { code, title, details } = error ?? { code: 131000, title: 'Something went wrong', details: '' }
  const href = 'https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/'
  return { code, title, message: title, error_data: { details }, href }
}
