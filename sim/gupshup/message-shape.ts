/** The JSON in the `message` field of Gupshup's form: reference/gupshup.md §2. */
import { fieldsOf, listOf, numberOf, textOf } from '../lib/fields.ts'
import type { Fields } from '../lib/fields.ts'
import { any, bool, list, object, oneOf, text, wrongIn } from '../lib/shape.ts'
import type { Rule } from '../lib/shape.ts'
import type { Choice, SimMessage } from '../model.ts'

const place: Rule = { is: 'number' }
const words = text(1024, true)
const kind = { type: text(), context: object({ msgId: text() }, ['msgId']) }
const file = (more: Record<string, Rule> = {}): Rule =>
  object({ ...kind, url: text(), id: text(), ...more }, ['type'], ['url', 'id'])
const option = object(
  { type: oneOf('text'), title: text(24), description: text(72, true), postbackText: text(256, true), encodeText: any },
  ['type', 'title'],
)

const SHAPES: Readonly<Record<string, Rule>> = {
  text: object({ ...kind, text: text(4096), previewUrl: bool }, ['type', 'text']),
  image: object(
    { ...kind, originalUrl: text(), previewUrl: text(), id: text(), caption: words },
    ['type'],
    ['originalUrl', 'id'],
  ),
  file: file({ filename: text(), caption: words }),
  audio: file(),
  video: file({ caption: words, previewUrl: text() }),
  sticker: file(),
  location: object({ ...kind, longitude: place, latitude: place, name: words, address: words }, [
    'type',
    'longitude',
    'latitude',
  ]),
  contact: object({ ...kind, contact: any }, ['type', 'contact']),
  list: object(
    {
      ...kind,
      title: words,
      body: text(1024),
      footer: text(60),
      msgid: text(),
      globalButtons: list(any, 1),
      items: list(object({ title: text(24, true), subtitle: words, options: list(option, 10) }, ['options']), 10),
    },
    ['type', 'body', 'globalButtons', 'items'],
  ),
  quick_reply: object({ ...kind, msgid: text(), content: any, options: list(option, 3) }, ['type', 'content', 'options']),
  cta_url: object({ ...kind, display_text: text(20), url: text(), body: text(1024), header: words, footer: words }, [
    'type',
    'display_text',
    'url',
    'body',
  ]),
  reaction: object({ ...kind, msgId: text(), emoji: text(undefined, true) }, ['type', 'msgId', 'emoji']),
}

/** What is wrong with the message, in words, or null. */
export function wrongMessage(message: Fields): string | null {
  const rule = SHAPES[textOf(message.type) ?? '']
  if (!rule) return 'Invalid Message Type'
  // `null` in a caption is refused with the real one too (§2).
  const wrong = wrongIn(message, rule, 'message')
  return wrong ? `Invalid message: ${wrong.details ?? wrong.message}` : null
}

export type GupshupContent = {
  message: Partial<SimMessage>
  file?: {
    type: 'image' | 'document' | 'audio' | 'video' | 'sticker'
    url?: string | undefined
    id?: string | undefined
    name?: string | undefined
  }
}

/** What the customer sees of it. */
export function contentOf(message: Fields): GupshupContent {
  const address = { url: textOf(message.url) ?? textOf(message.originalUrl), id: textOf(message.id) }
  const caption = textOf(message.caption) ?? null
  switch (message.type) {
    case 'image':
    case 'video':
      return { message: { kind: message.type, text: caption }, file: { type: message.type, ...address } }
    case 'file':
      return {
        message: { kind: 'document', text: caption },
        file: { type: 'document', ...address, name: textOf(message.filename) },
      }
    case 'audio':
    case 'sticker':
      return { message: { kind: message.type }, file: { type: message.type, ...address } }
    case 'location': {
      const at = { latitude: numberOf(message.latitude) ?? 0, longitude: numberOf(message.longitude) ?? 0 }
      return { message: { kind: 'location', place: { ...at, name: textOf(message.name), address: textOf(message.address) } } }
    }
    case 'contact':
      return { message: { kind: 'contacts', cards: [cardOf(fieldsOf(message.contact))] } }
    case 'list':
      return {
        message: {
          kind: 'interactive',
          text: textOf(message.body) ?? '',
          header: textOf(message.title) ?? null,
          choices: rowsOf(message),
        },
      }
    case 'quick_reply':
      return { message: quickReplyOf(message) }
    case 'cta_url': {
      const choices = [{ id: 'url', title: textOf(message.display_text) ?? '', url: textOf(message.url) }]
      return { message: { kind: 'interactive', text: textOf(message.body) ?? '', choices } }
    }
    default:
      return { message: { kind: 'text', text: textOf(message.text) ?? '' } }
  }
}

function cardOf(contact: Fields) {
  const phones = listOf(contact.phones).flatMap((phone) => textOf(fieldsOf(phone).phone) ?? [])
  return { name: textOf(fieldsOf(contact.name).formattedName) ?? '', phones }
}

function rowsOf(message: Fields): Choice[] {
  return listOf(message.items).flatMap((item) => listOf(fieldsOf(item).options).map(choiceOf))
}

function quickReplyOf(message: Fields): Partial<SimMessage> {
  const content = fieldsOf(message.content)
  return {
    kind: 'interactive',
    header: textOf(content.header) ?? null,
    text: textOf(content.text) ?? '',
    footer: textOf(content.caption) ?? null,
    choices: listOf(message.options).map(choiceOf),
  }
}

function choiceOf(value: unknown): Choice {
  const fields = fieldsOf(value)
  const title = textOf(fields.title) ?? ''
  return { id: textOf(fields.postbackText) ?? title, title, description: textOf(fields.description) }
}
