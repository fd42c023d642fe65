/**
 * What a message carries, by its `type` (reference/meta-cloud-api.md §3). A reader that does not find what its type
 * promises gives null, and the message is shown as unsupported.
 */
import type { Extra, MediaRef, MessageKind } from '#contract/channel-event.ts'
import { fieldsOf, idOf, nameOf, numberOf, textOf } from '../../lib/untrusted.ts'
import type { Fields } from '../../lib/untrusted.ts'
import { contactsContent, locatedOf, orderContent } from './cards.ts'
import type { Content } from './cards.ts'

type Reader = (message: Fields) => Content | null

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['text', textContent],
  ['image', (message) => mediaContent('image', message.image)],
  ['video', (message) => mediaContent('video', message.video)],
  ['audio', (message) => mediaContent(fieldsOf(message.audio).voice === true ? 'voice' : 'audio', message.audio)],
  ['voice', (message) => mediaContent('voice', message.voice)],
  ['document', (message) => mediaContent('document', message.document)],
  ['sticker', (message) => mediaContent('sticker', message.sticker)],
  ['location', locationContent],
  ['contacts', (message) => contactsContent(message.contacts)],
  ['button', buttonContent],
  ['interactive', interactiveContent],
  ['order', (message) => orderContent(message.order)],
  ['system', systemContent],
  ['request_welcome', () => ({ kind: 'system', extra: { system: 'request_welcome' } })],
])

/** The content of a message of any type, with what its context and its advertisement add. */
export function contentOf(message: Fields): Content {
  const type = nameOf(message.type, 60) ?? 'unknown'
  const content = READERS.get(type)?.(message) ?? unsupported(message, type)
  const extra = { ...content.extra, ...contextExtra(message) }
  return Object.keys(extra).length > 0 ? { ...content, extra } : content
}

function unsupported(message: Fields, type: string): Content {
  const name = nameOf(fieldsOf(message.unsupported).type, 60)
  return { kind: 'unsupported', extra: { unsupported: name ?? type } }
}

function textContent(message: Fields): Content | null {
  const text = textOf(fieldsOf(message.text).body)
  return text === undefined ? null : { kind: 'text', text }
}

function mediaContent(kind: MessageKind, value: unknown): Content | null {
  const file = fieldsOf(value)
  const media = mediaRef(file)
  return media && { kind, media, text: textOf(file.caption) || undefined }
}

function mediaRef(file: Fields): MediaRef | null {
  const id = idOf(file.id)
  const url = idOf(file.url, 4000)
  if (id === undefined && url === undefined) return null
  const media: MediaRef = { mime: nameOf(file.mime_type, 120) ?? 'application/octet-stream' }
  if (id !== undefined) media.id = id
  if (url !== undefined) media.url = url
  const sha256 = idOf(file.sha256)
  if (sha256 !== undefined) media.sha256 = sha256
  const name = nameOf(file.filename)
  if (name !== undefined) media.name = name
  const size = numberOf(file.file_size)
  if (size !== undefined && size >= 0) media.size = size
  if (file.animated === true) media.animated = true
  return media
}

function locationContent(message: Fields): Content | null {
  const location = locatedOf(message.location)
  return location && { kind: 'location', extra: { location } }
}

function buttonContent(message: Fields): Content | null {
  const button = fieldsOf(message.button)
  const text = textOf(button.text)
  return text === undefined
    ? null
    : {
        kind: 'button_reply',
        text,
        extra: { reply: { id: textOf(button.payload, 1024) ?? text } },
      }
}

function interactiveContent(message: Fields): Content | null {
  const interactive = fieldsOf(message.interactive)
  switch (interactive.type) {
    case 'button_reply':
      return replyContent('button_reply', fieldsOf(interactive.button_reply))
    case 'list_reply':
      return replyContent('list_reply', fieldsOf(interactive.list_reply))
    case 'nfm_reply':
      return formContent(fieldsOf(interactive.nfm_reply))
    case 'call_permission_reply':
      return callPermissionContent(fieldsOf(interactive.call_permission_reply))
    default:
      return {
        kind: 'unsupported',
        extra: { unsupported: nameOf(interactive.type, 60) ?? 'interactive' },
      }
  }
}

function replyContent(kind: 'button_reply' | 'list_reply', reply: Fields): Content | null {
  const text = textOf(reply.title)
  const id = textOf(reply.id, 1024)
  if (text === undefined && id === undefined) return null
  const description = textOf(reply.description, 1024)
  return {
    kind,
    text: text ?? id,
    extra: { reply: { id: id ?? '', ...(description && { description }) } },
  }
}

function formContent(form: Fields): Content | null {
  const json = textOf(form.response_json)
  if (json === undefined) return null
  return {
    kind: 'form_reply',
    text: textOf(form.body),
    extra: { form: { name: nameOf(form.name) ?? 'flow', json } },
  }
}

function callPermissionContent(reply: Fields): Content {
  return {
    kind: 'system',
    extra: {
      system: reply.response === 'accept' ? 'call_permission_given' : 'call_permission_denied',
    },
  }
}

function systemContent(message: Fields): Content {
  const system = fieldsOf(message.system)
  return {
    kind: 'system',
    text: textOf(system.body),
    extra: { system: nameOf(system.type, 60) ?? 'system' },
  }
}

function contextExtra(message: Fields): Extra {
  const context = fieldsOf(message.context)
  const extra: Extra = {}
  if (context.forwarded === true || context.frequently_forwarded === true) extra.forwarded = true
  const product = fieldsOf(context.referred_product)
  const catalogId = idOf(product.catalog_id)
  const productId = idOf(product.product_retailer_id)
  if (catalogId !== undefined && productId !== undefined) extra.product = { catalogId, productId }
  const referral = referralOf(fieldsOf(message.referral))
  if (referral) extra.referral = referral
  return extra
}

/** The advertisement or post whose tap opened the chat; Gupshup v2 uses the same keys. */
export function referralOf(referral: Fields): Extra['referral'] {
  const sourceType = nameOf(referral.source_type, 40)
  if (sourceType === undefined) return undefined
  return {
    sourceType,
    sourceId: idOf(referral.source_id),
    sourceUrl: textOf(referral.source_url, 2000),
    headline: textOf(referral.headline, 1024),
    body: textOf(referral.body, 4096),
    clickId: textOf(referral.ctwa_clid, 1024),
  }
}
