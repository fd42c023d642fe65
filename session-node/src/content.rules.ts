/** What a message says and carries, out of WhatsApp's own words (`proto.Message`): reference/baileys.md §7.2. */
import type { InboundMessage, MediaRef, SharedContact } from '#contract/channel-event.ts'
import { aroundOf } from './around.rules.ts'
import { parsed, readableIn } from './readable.rules.ts'
import { base64Of, fieldsOf, listOf, numberOf, textOf } from './untrusted.rules.ts'
import type { Fields } from './untrusted.rules.ts'

type Content = Pick<InboundMessage, 'kind' | 'text' | 'media' | 'extra' | 'quoted'>

/** An unwrapped message; null when there is nothing in it for people. `id`: the message's own, by which its file is read. */
export function contentIn(content: Fields, id: string): Content | null {
  const said =
    plainContent(content) ?? fileContent(content, id) ?? placeContent(content) ?? cardsContent(content) ?? replyContent(content)
  const found = said ?? readableIn(content)
  if (!found) return null
  const { quoted, extra } = aroundOf(content)
  const both = { ...found.extra, ...extra }
  return { ...found, ...(quoted && { quoted }), ...(Object.keys(both).length > 0 && { extra: both }) }
}

function plainContent(content: Fields): Content | null {
  const long = fieldsOf(content.extendedTextMessage)
  const text = textOf(content.conversation) ?? textOf(long.text)
  if (text === undefined) return null
  // What the customer's own phone had found behind the link.
  const [title, description] = [textOf(long.title, 300), textOf(long.description, 500)]
  const preview = title && textOf(long.matchedText, 2_000) && { title, ...(description && { description }) }
  return { kind: 'text', text, ...(preview && { extra: { preview } }) }
}

function fileContent(content: Fields, id: string): Content | null {
  const { imageMessage, videoMessage, ptvMessage, audioMessage, stickerMessage, documentMessage } = content
  // To be seen once, without its wrapping: only that it came is ours to tell.
  if ([imageMessage, videoMessage, audioMessage].some((part) => fieldsOf(part).viewOnce === true))
    return { kind: 'unsupported', extra: { unsupported: 'view_once' } }
  if (imageMessage) return fileOf('image', fieldsOf(imageMessage), id)
  if (videoMessage || ptvMessage) return fileOf('video', fieldsOf(videoMessage ?? ptvMessage), id)
  if (audioMessage) return fileOf(fieldsOf(audioMessage).ptt === true ? 'voice' : 'audio', fieldsOf(audioMessage), id)
  if (stickerMessage) return fileOf('sticker', fieldsOf(stickerMessage), id)
  if (documentMessage) return fileOf('document', fieldsOf(documentMessage), id)
  return null
}

const USUAL: Readonly<Record<string, string>> = {
  ...{ image: 'image/jpeg', video: 'video/mp4', voice: 'audio/ogg', audio: 'audio/mpeg', sticker: 'image/webp' },
}

/** The file is read later, by the message's id: the link of today is gone tomorrow. */
function fileOf(kind: Content['kind'], part: Fields, id: string): Content {
  const name = kind === 'document' ? (textOf(part.fileName, 500) ?? textOf(part.title, 500)) : undefined
  const size = numberOf(part.fileLength)
  const sha256 = base64Of(part.fileSha256)
  const media: MediaRef = {
    ...{ id, mime: textOf(part.mimetype, 200) ?? USUAL[kind] ?? 'application/octet-stream' },
    ...(sha256 && { sha256 }),
    ...(name && { name }),
    ...(size !== undefined && size >= 0 && { size }),
    ...(kind === 'sticker' && part.isAnimated === true && { animated: true }),
    ...(kind === 'voice' && soundOf(part)),
  }
  const text = textOf(part.caption)
  const isGif = kind === 'video' && part.gifPlayback === true
  return { kind, media, ...(text && { text }), ...(isGif && { extra: { gif: true } }) }
}

/** The heights of a wave as text: contract/media.ts. */
export const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const HEIGHTS = 64

/** Length and wave of a voice note, as WhatsApp's own phones write them: 64 heights of 0 to 100. */
function soundOf({ seconds: given, waveform }: Fields): Pick<MediaRef, 'sound'> {
  const seconds = numberOf(given)
  const heights = waveform instanceof Uint8Array ? waveform : Buffer.from(textOf(waveform, 200) ?? '', 'base64')
  if (seconds === undefined || seconds < 0 || seconds > 36_000 || heights.length !== HEIGHTS) return {}
  const peaks = Array.from(heights, (height) => LETTERS[Math.round((Math.min(100, height) * 63) / 100)]).join('')
  return { sound: { seconds, peaks } }
}

function placeContent({ locationMessage, liveLocationMessage }: Fields): Content | null {
  const place = fieldsOf(locationMessage ?? liveLocationMessage)
  const [latitude, longitude] = [numberOf(place.degreesLatitude), numberOf(place.degreesLongitude)]
  if (latitude === undefined || longitude === undefined || Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return null
  const [name, address] = [textOf(place.name, 300) ?? textOf(place.caption, 300), textOf(place.address, 500)]
  const location = { latitude, longitude, ...(name && { name }), ...(address && { address }) }
  // Where somebody is while they move: we hear of the place where it began.
  return { kind: 'location', extra: { location, ...(liveLocationMessage ? { live: true } : {}) } }
}

const CARDS_MAX = 50

function cardsContent({ contactMessage, contactsArrayMessage }: Fields): Content | null {
  const given = contactMessage ? [contactMessage] : listOf(fieldsOf(contactsArrayMessage).contacts).slice(0, CARDS_MAX)
  const contacts = given.map((each) => cardOf(fieldsOf(each))).filter(({ name, phones }) => name !== '' || phones.length > 0)
  return contacts.length > 0 ? { kind: 'contacts', extra: { contacts } } : null
}

/** A vCard's name, phones and addresses, whatever else it holds. */
function cardOf({ displayName, vcard }: Fields): SharedContact {
  // A long line goes on behind a space.
  const lines = (textOf(vcard, 20_000) ?? '').replaceAll(/\r?\n[ \t]/g, '').split(/\r?\n/)
  const valuesOf = (field: RegExp) =>
    lines
      .flatMap((line) =>
        field.test(line)
          ? [
              line
                .slice(line.indexOf(':') + 1)
                .trim()
                .slice(0, 200),
            ]
          : [],
      )
      .slice(0, 20)
  const phones = valuesOf(/^(item\d+\.)?TEL[;:]/i).filter((phone) => phone !== '')
  const [org] = valuesOf(/^ORG[;:]/i)
  const name = textOf(displayName, 200) ?? valuesOf(/^FN[;:]/i)[0] ?? ''
  return { name, phones, emails: valuesOf(/^(item\d+\.)?EMAIL[;:]/i), ...(org && { org: org.replaceAll(';', ' ').trim() }) }
}

/** A tapped button or row of something that another program of the business had sent. */
function replyContent(content: Fields): Content | null {
  const button = fieldsOf(content.buttonsResponseMessage)
  const template = fieldsOf(content.templateButtonReplyMessage)
  const list = fieldsOf(content.listResponseMessage)
  const id = textOf(button.selectedButtonId, 300) ?? textOf(template.selectedId, 300)
  if (id)
    return {
      kind: 'button_reply',
      text: textOf(button.selectedDisplayText) ?? textOf(template.selectedDisplayText) ?? id,
      extra: { reply: { id } },
    }
  const flow = flowReply(fieldsOf(content.interactiveResponseMessage))
  if (flow) return flow
  const row = textOf(fieldsOf(list.singleSelectReply).selectedRowId, 300)
  if (!row) return null
  const description = textOf(list.description, 500)
  return {
    kind: 'list_reply',
    text: textOf(list.title) ?? row,
    extra: { reply: { id: row, ...(description && { description }) } },
  }
}

/** A tap in what newer programs send: the row or button stands in JSON. */
function flowReply({ body, nativeFlowResponseMessage }: Fields): Content | null {
  const params = parsed(fieldsOf(nativeFlowResponseMessage).paramsJson)
  const text = textOf(fieldsOf(body).text)
  const id = textOf(params.id, 300) ?? text?.slice(0, 300)
  if (!id) return null
  const description = textOf(params.description, 500)
  return { kind: 'button_reply', text: text ?? id, extra: { reply: { id, ...(description && { description }) } } }
}
