/** What an outgoing message of Meta's shape shows on the customer's phone. Its shape was checked before. */
import { fieldsOf, listOf, numberOf, textOf } from '../lib/fields.ts'
import type { Fields } from '../lib/fields.ts'
import type { Choice, SimMessage } from '../model.ts'

export type OutgoingMedia = {
  type: string
  id?: string | undefined
  link?: string | undefined
  name?: string | undefined
  voice?: boolean
}
type Content = { message: Partial<SimMessage>; media?: Omit<OutgoingMedia, 'type'> | undefined }

export function contentOf(type: string, fields: Fields, raw: unknown): Content {
  switch (type) {
    case 'image':
    case 'video':
    case 'document':
    case 'sticker':
      return { message: { kind: type, text: textOf(fields.caption) ?? null }, media: mediaOf(fields) }
    case 'audio':
      return { message: { kind: fields.voice === true ? 'voice' : 'audio' }, media: mediaOf(fields) }
    case 'location': {
      const at = { latitude: numberOf(fields.latitude) ?? 0, longitude: numberOf(fields.longitude) ?? 0 }
      return { message: { kind: 'location', place: { ...at, name: textOf(fields.name), address: textOf(fields.address) } } }
    }
    case 'contacts':
      return { message: { kind: 'contacts', cards: listOf(raw).map(fieldsOf).map(cardOf) } }
    case 'interactive':
      return { message: interactiveOf(fields) }
    default:
      return { message: { kind: 'text', text: textOf(fields.body) ?? '' } }
  }
}

function mediaOf(fields: Fields): Omit<OutgoingMedia, 'type'> {
  return { id: textOf(fields.id), link: textOf(fields.link), name: textOf(fields.filename), voice: fields.voice === true }
}

function cardOf(card: Fields) {
  const phones = listOf(card.phones).flatMap((phone) => textOf(fieldsOf(phone).phone) ?? [])
  return { name: textOf(fieldsOf(card.name).formatted_name) ?? '', phones }
}

function interactiveOf(fields: Fields): Partial<SimMessage> {
  const action = fieldsOf(fields.action)
  const rows = listOf(action.sections).flatMap((section) => listOf(fieldsOf(section).rows))
  const buttons = listOf(action.buttons).map((button) => fieldsOf(button).reply)
  const link = fieldsOf(action.parameters)
  const linked = textOf(link.url) ? [{ id: 'url', title: textOf(link.display_text) ?? '', url: textOf(link.url) }] : []
  return {
    kind: 'interactive',
    header: textOf(fieldsOf(fields.header).text) ?? null,
    text: textOf(fieldsOf(fields.body).text) ?? '',
    footer: textOf(fieldsOf(fields.footer).text) ?? null,
    choices: [...[...buttons, ...rows].map(choiceOf), ...linked],
  }
}

function choiceOf(value: unknown): Choice {
  const fields = fieldsOf(value)
  return { id: textOf(fields.id) ?? '', title: textOf(fields.title) ?? '', description: textOf(fields.description) }
}
