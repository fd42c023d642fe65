/** `type: "message"` of Gupshup's second format: reference/gupshup.md §6.1. */
import type { ChannelEvent, Extra, MediaRef, MessageKind } from '#contract/channel-event.ts'
import { contactsContent, locatedOf, orderContent } from '../cloud-format/cards.ts'
import type { Content } from '../cloud-format/cards.ts'
import { referralOf } from '../cloud-format/content.ts'
import { identitiesOf } from '../cloud-format/people.ts'
import { fieldsOf, idOf, instantOf, nameOf, textOf } from '../../lib/untrusted.ts'
import type { Fields } from '../../lib/untrusted.ts'

/** A customer's message or reaction; undefined without an id, or with nobody to whom it could belong. */
export function inboundEvent(body: Fields, now: number): ChannelEvent | undefined {
  const payload = fieldsOf(body.payload)
  const sender = fieldsOf(payload.sender)
  const providerId = idOf(payload.id)
  // A blank phone is normal for people with a user name; it never becomes a contact's key (§6.1).
  const customer = identitiesOf(payload.source, sender.userId) ?? identitiesOf(sender.phone, sender.userId)
  if (providerId === undefined || !customer) return undefined
  const head = { at: instantOf(body.timestamp, now), providerId, customer }
  const inner = fieldsOf(payload.payload)
  if (payload.type === 'reaction') return reactionEvent(inner, head)
  const context = fieldsOf(payload.context)
  const content = contentOf(nameOf(payload.type, 60) ?? 'unknown', inner)
  const extra: Extra = { ...content.extra, ...aroundExtra(context, payload) }
  return {
    type: 'message',
    origin: 'customer',
    ...head,
    profileName: nameOf(sender.name),
    ...content,
    ...(Object.keys(extra).length > 0 && { extra }),
    // A message of ours is known by its gsId, one of theirs by its id; either may be missing, null or empty.
    quoted: idOf(context.gsId) ?? idOf(context.id),
  }
}

type Head = { at: number; providerId: string; customer: { phone?: string; bsuid?: string } }

function reactionEvent(inner: Fields, head: Head): ChannelEvent | undefined {
  const target = idOf(inner.gsId) ?? idOf(inner.id)
  if (target === undefined) return undefined
  return {
    type: 'reaction',
    origin: 'customer',
    ...head,
    target,
    emoji: nameOf(inner.emoji, 64) ?? null,
  }
}

function aroundExtra(context: Fields, payload: Fields): Extra {
  const extra: Extra = {}
  if (context.forwarded === true || context.frequently_forwarded === true) extra.forwarded = true
  const referral = referralOf(fieldsOf(payload.referral))
  if (referral) extra.referral = referral
  return extra
}

/** What does not hold what its type promises is shown as unsupported. */
function contentOf(type: string, inner: Fields): Content {
  return knownContent(type, inner) ?? { kind: 'unsupported', extra: { unsupported: type } }
}

function knownContent(type: string, inner: Fields): Content | null {
  switch (type) {
    case 'text':
      return inner.type === 'button' ? templateReply(inner) : textContent(inner)
    // A tap on a template's quick reply comes under either name (§6.1).
    case 'quick_reply':
    case 'button':
      return templateReply(inner)
    case 'button_reply':
    case 'list_reply':
      return replyContent(type, inner)
    case 'image':
    case 'video':
    case 'sticker':
      return mediaContent(type, inner)
    case 'audio':
    case 'voice':
      return mediaContent(isVoiceNote(inner) ? 'voice' : 'audio', inner)
    case 'file':
    case 'document':
      return mediaContent('document', inner)
    case 'location':
      return locationContent(inner)
    case 'contact':
    case 'contacts':
      return contactsContent(inner.contacts)
    case 'order':
      return orderContent(inner.order ?? inner)
    default:
      return null
  }
}

function textContent(inner: Fields): Content | null {
  const text = textOf(inner.text)
  return text === undefined ? null : { kind: 'text', text }
}

function templateReply(inner: Fields): Content | null {
  const text = textOf(inner.text)
  if (text === undefined) return null
  return {
    kind: 'button_reply',
    text,
    extra: { reply: { id: textOf(inner.postbackText, 1024) ?? text } },
  }
}

/** `id` is the message's, not the button's: what we had set comes back in `postbackText`. */
function replyContent(kind: 'button_reply' | 'list_reply', inner: Fields): Content | null {
  const text = textOf(inner.title) ?? textOf(inner.reply)
  if (text === undefined) return null
  const description = textOf(inner.description, 1024)
  return {
    kind,
    text,
    extra: {
      reply: { id: textOf(inner.postbackText, 1024) ?? text, ...(description && { description }) },
    },
  }
}

/** There is no flag: WhatsApp records voice notes as ogg with opus (§6.1, unverified). */
function isVoiceNote(inner: Fields): boolean {
  return (nameOf(inner.contentType, 120) ?? '').startsWith('audio/ogg')
}

function mediaContent(kind: MessageKind, inner: Fields): Content | null {
  const url = idOf(inner.url, 4000)
  const id = idOf(inner.id)
  if (url === undefined && id === undefined) return null
  const media: MediaRef = { mime: nameOf(inner.contentType, 120) ?? 'application/octet-stream' }
  if (url !== undefined) media.url = url
  if (id !== undefined) media.id = id
  const name = nameOf(inner.name) ?? nameOf(inner.filename)
  if (name !== undefined) media.name = name
  return { kind, media, text: textOf(inner.caption) || undefined }
}

function locationContent(inner: Fields): Content | null {
  const location = locatedOf(inner)
  return location && { kind: 'location', extra: { location } }
}
