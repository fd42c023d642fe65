/** What customers do, on command: from scripts, from tests and from the phone page alike. */
import { blankMessage, customerOf, customerWrites } from '../conduct.ts'
import type { SimEvent } from '../events.ts'
import { digitsOf, fieldsOf, isFields, listOf, numberOf, textOf } from '../lib/fields.ts'
import type { Fields } from '../lib/fields.ts'
import { bsuidOfPhone, makeWamid } from '../lib/ids.ts'
import { saveMedia } from '../media.ts'
import type { Customer, Kind, SimMessage, SimNumber } from '../model.ts'
import { sampleFile } from '../samples.ts'
import type { Sim } from '../sim.ts'
import { tell } from '../tell.ts'
import { findNumber } from './numbers.ts'

type Written = { id: string; message: SimMessage | null }

const FILE_KINDS: readonly Kind[] = ['image', 'document', 'audio', 'voice', 'video', 'sticker']
const PLAIN_KINDS: readonly Kind[] = [
  ...(['text', 'location', 'contacts', 'button_reply', 'list_reply', 'template_reply', 'form_reply', 'order'] as const),
  ...(['request_welcome', 'unsupported', 'number_change'] as const),
]
const WITHOUT_CAPTION: ReadonlySet<Kind> = new Set<Kind>(['audio', 'voice', 'sticker'])

/** The customer with this phone does what the command says. A sentence when that cannot be. */
export function customerDoes(sim: Sim, phone: string, value: unknown): Written | string {
  const given = fieldsOf(value)
  const number = findNumber(sim, given.to)
  if (!number) return `no number ${String(given.to)}: register it with POST /control/numbers`
  if (phone.length < 7) return 'the customer has no phone'
  const customer = customerOf(sim, phone, changeOf(given))
  const kind = textOf(given.kind) ?? 'text'
  if (kind === 'reaction' || kind === 'edit' || kind === 'revoke') return changeEarlier(sim, number, customer, kind, given)
  if (kind === 'echo') return writeEcho(sim, number, customer, given)
  const known = [...FILE_KINDS, ...PLAIN_KINDS].find((each) => each === kind)
  return known ? writeMessage(sim, number, customer, known, given) : `unknown kind: ${kind}`
}

function changeOf(given: Fields): Partial<Customer> {
  const name = textOf(given.customerName)
  const bsuid = textOf(given.bsuid)
  return {
    ...(name && { name }),
    ...(bsuid && { bsuid }),
    ...(typeof given.hidePhone === 'boolean' && { hidePhone: given.hidePhone }),
  }
}

function writeMessage(sim: Sim, number: SimNumber, customer: Customer, kind: Kind, given: Fields): Written | string {
  const file = FILE_KINDS.includes(kind) ? fileOf(sim, number, kind, given) : null
  if (typeof file === 'string') return file
  const message: SimMessage = {
    ...blankMessage(number, customer, textOf(given.id) ?? idFor(sim, number, customer), numberOf(given.at) ?? sim.now()),
    ...contentOf(kind, given),
    ...(WITHOUT_CAPTION.has(kind) && { text: null }),
    ...{ mediaId: file?.id ?? null, quoted: textOf(given.quoted) ?? null, forwarded: given.forwarded === true },
    referral: isFields(given.referral) ? referralOf(given.referral) : null,
  }
  if (sim.world.messages.has(message.id)) return `there is a message ${message.id} already`
  customerWrites(sim, number, customer, message)
  if (kind === 'number_change') customerOf(sim, digitsOf(given.newPhone), { name: customer.name })
  return { id: message.id, message }
}

function contentOf(kind: Kind, given: Fields): Partial<SimMessage> {
  const text = textOf(given.text) ?? null
  switch (kind) {
    case 'location': {
      const at = { latitude: numberOf(given.latitude) ?? -2.9001, longitude: numberOf(given.longitude) ?? -79.0059 }
      return { kind, place: { ...at, name: textOf(given.placeName), address: textOf(given.address) } }
    }
    case 'contacts':
      return { kind, cards: cardsOf(given) }
    case 'button_reply':
    case 'list_reply':
    case 'template_reply':
      return {
        kind,
        text,
        reply: { id: textOf(given.replyId) ?? text ?? '', title: text ?? '', description: textOf(given.description) },
      }
    case 'form_reply':
      return { kind, text, reply: { id: textOf(given.formJson) ?? '{}', title: '' } }
    case 'order':
      return { kind, text, choices: listOf(given.products).map((id) => ({ id: textOf(id) ?? '', title: '' })) }
    case 'unsupported':
      return { kind, text, reply: { id: textOf(given.what) ?? 'poll', title: '' } }
    case 'number_change': {
      const phone = digitsOf(given.newPhone)
      return { kind, text: text ?? `El cliente cambió de número a ${phone}`, reply: { id: phone, title: bsuidOfPhone(phone) } }
    }
    case 'video':
    case 'sticker':
      // `what`: gif, animated.
      return { kind, text, reply: textOf(given.what) ? { id: textOf(given.what) ?? '', title: '' } : null }
    default:
      return { kind, text }
  }
}

function cardsOf(given: Fields): SimMessage['cards'] {
  const cards = listOf(given.contacts).map(fieldsOf)
  const read = cards.map((card) => ({
    name: textOf(card.name) ?? '',
    phones: listOf(card.phones).flatMap((phone) => textOf(phone) ?? []),
  }))
  return read.length > 0 ? read : [{ name: 'Luis Zamora', phones: ['+593 99 111 2233'] }]
}

function referralOf(fields: Fields): Record<string, string> {
  const usual = {
    source_type: 'ad',
    source_id: '120210000000000001',
    source_url: 'https://fb.me/anuncio',
    headline: 'Promoción',
    body: 'Escríbanos',
  }
  const given = Object.entries(fields).flatMap(([name, value]) => (textOf(value) ? [[name, String(value)]] : []))
  return { ...usual, ...Object.fromEntries(given) }
}

/** The file in `mediaBase64`, one that was uploaded before (`mediaId`), or a sample. */
function fileOf(sim: Sim, number: SimNumber, kind: string, given: Fields) {
  const id = textOf(given.mediaId)
  if (id !== undefined) {
    const media = sim.world.media.get(id)
    if (!media) return `no file ${id}`
    // What was uploaded on the phone page belongs to nobody until it is sent.
    if (media.numberId === null) sim.world.record({ t: 'media', media: { ...media, numberId: number.id } })
    return media
  }
  const base64 = textOf(given.mediaBase64)
  const sample = base64 === undefined ? sampleFile(kind) : undefined
  const bytes = base64 === undefined ? sample?.bytes : Buffer.from(base64, 'base64')
  if (!bytes || bytes.byteLength === 0) return `mediaBase64 is missing: there is no sample ${kind}`
  const mime = textOf(given.mime) ?? sample?.mime ?? USUAL_MIME[kind] ?? 'application/octet-stream'
  const name = textOf(given.name) ?? (kind === 'document' ? (sample?.name ?? 'documento.pdf') : null)
  return saveMedia(sim, number.id, bytes, mime, name)
}

const USUAL_MIME: Readonly<Record<string, string>> = {
  image: 'image/jpeg',
  document: 'application/pdf',
  audio: 'audio/mpeg',
  voice: 'audio/ogg',
  video: 'video/mp4',
  sticker: 'image/webp',
}

function changeEarlier(
  sim: Sim,
  number: SimNumber,
  customer: Customer,
  kind: 'reaction' | 'edit' | 'revoke',
  given: Fields,
): Written | string {
  const targetId = textOf(given.target)
  if (targetId === undefined) return 'target is missing: the id of the message'
  const target = sim.world.messageOf(targetId) ?? null
  const head = { id: idFor(sim, number, customer), at: numberOf(given.at) ?? sim.now(), customer }
  const text = textOf(given.text) ?? ''
  const emoji = textOf(given.emoji) ?? text
  const change = (patch: Partial<SimMessage>) => target && sim.world.record({ t: 'change', id: target.id, patch })
  if (kind === 'reaction') change({ reactionIn: emoji || null })
  if (kind === 'edit') change({ text, editedAt: head.at })
  if (kind === 'revoke') change({ revokedAt: head.at })
  const known = target?.id ?? targetId
  const event: SimEvent =
    kind === 'reaction'
      ? { type: 'reaction', ...head, target, targetId: known, emoji }
      : kind === 'edit'
        ? { type: 'edit', ...head, targetId: known, text }
        : { type: 'revoke', ...head, targetId: known }
  tell(sim, number, event)
  return { id: head.id, message: null }
}

/** An id in the words of the number's provider. */
function idFor(sim: Sim, number: SimNumber, { phone }: Customer): string {
  return number.kind === 'session' && sim.web ? sim.web.makeMessageId() : makeWamid(phone)
}

/** The business writes from its own phone app (coexistence): the product hears of it as an echo. `as`: its kind. */
function writeEcho(sim: Sim, number: SimNumber, customer: Customer, given: Fields): Written | string {
  const kind = [...FILE_KINDS, ...PLAIN_KINDS].find((each) => each === given.as) ?? 'text'
  const file = FILE_KINDS.includes(kind) ? fileOf(sim, number, kind, given) : null
  if (typeof file === 'string') return file
  const message: SimMessage = {
    ...blankMessage(number, customer, idFor(sim, number, customer), numberOf(given.at) ?? sim.now()),
    ...contentOf(kind, given),
    ...{ direction: 'out', text: textOf(given.text) ?? (kind === 'text' ? '' : null), progress: 'delivered' },
    ...{ mediaId: file?.id ?? null, quoted: textOf(given.quoted) ?? null, forwarded: given.forwarded === true },
  }
  sim.world.record({ t: 'message', message })
  tell(sim, number, { type: 'echo', message, customer })
  return { id: message.id, message }
}
