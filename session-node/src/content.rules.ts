/** What a message says and carries, out of WhatsApp's own words (`proto.Message`): reference/baileys.md §7.2. */
import type { Extra, InboundMessage, MediaRef, SharedContact } from '#contract/channel-event.ts'
import { base64Of, fieldsOf, listOf, numberOf, textOf } from './untrusted.rules.ts'
import type { Fields } from './untrusted.rules.ts'

type Content = Pick<InboundMessage, 'kind' | 'text' | 'media' | 'extra' | 'quoted'>

/** What is never shown to anybody: keys, votes, and what only programs read. */
const SILENT: ReadonlySet<string> = new Set([
  ...['senderKeyDistributionMessage', 'fastRatchetKeySenderKeyDistributionMessage', 'messageContextInfo', 'pollUpdateMessage'],
  ...[
    'encReactionMessage',
    'keepInChatMessage',
    'pinInChatMessage',
    'call',
    'stickerSyncRmrMessage',
    'chat',
    'encCommentMessage',
  ],
])

/** An unwrapped message; null when there is nothing in it for people. `id`: the message's own, by which its file is read. */
export function contentIn(content: Fields, id: string): Content | null {
  const said =
    plainContent(content) ?? fileContent(content, id) ?? placeContent(content) ?? cardsContent(content) ?? replyContent(content)
  const found = said ?? strangeContent(content)
  if (!found) return null
  const { quoted, extra } = aroundOf(content)
  const both = { ...found.extra, ...extra }
  return { ...found, ...(quoted && { quoted }), ...(Object.keys(both).length > 0 && { extra: both }) }
}

function plainContent(content: Fields): Content | null {
  const text = textOf(content.conversation) ?? textOf(fieldsOf(content.extendedTextMessage).text)
  return text === undefined ? null : { kind: 'text', text }
}

function fileContent(content: Fields, id: string): Content | null {
  const { imageMessage, videoMessage, ptvMessage, audioMessage, stickerMessage, documentMessage } = content
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
  }
  const text = textOf(part.caption)
  return { kind, media, ...(text && { text }) }
}

function placeContent({ locationMessage, liveLocationMessage }: Fields): Content | null {
  const place = fieldsOf(locationMessage ?? liveLocationMessage)
  const [latitude, longitude] = [numberOf(place.degreesLatitude), numberOf(place.degreesLongitude)]
  if (latitude === undefined || longitude === undefined || Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return null
  const [name, address] = [textOf(place.name, 300), textOf(place.address, 500)]
  return { kind: 'location', extra: { location: { latitude, longitude, ...(name && { name }), ...(address && { address }) } } }
}

const CARDS_MAX = 50

function cardsContent({ contactMessage, contactsArrayMessage }: Fields): Content | null {
  const given = contactMessage ? [contactMessage] : listOf(fieldsOf(contactsArrayMessage).contacts).slice(0, CARDS_MAX)
  const contacts = given.map((each) => cardOf(fieldsOf(each))).filter(({ name, phones }) => name !== '' || phones.length > 0)
  return contacts.length > 0 ? { kind: 'contacts', extra: { contacts } } : null
}

/** A vCard's name, phones and addresses, whatever else it holds. */
function cardOf({ displayName, vcard }: Fields): SharedContact {
  const lines = (textOf(vcard, 20_000) ?? '').split(/\r?\n/)
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
  const row = textOf(fieldsOf(list.singleSelectReply).selectedRowId, 300)
  if (!row) return null
  const description = textOf(list.description, 500)
  return {
    kind: 'list_reply',
    text: textOf(list.title) ?? row,
    extra: { reply: { id: row, ...(description && { description }) } },
  }
}

/** Something for people that a desk cannot show is named, so that nobody thinks that nothing came. */
function strangeContent(content: Fields): Content | null {
  if (content.viewOnce === true) return { kind: 'unsupported', extra: { unsupported: 'view_once' } }
  if (content.placeholder === true) return { kind: 'unsupported', extra: { unsupported: 'waiting_for_phone' } }
  const name = Object.keys(content).find(
    (each) => !SILENT.has(each) && content[each] !== null && content[each] !== undefined && content[each] !== '',
  )
  return name === undefined ? null : { kind: 'unsupported', extra: { unsupported: wordsOf(name) } }
}

/** `pollCreationMessageV3` → `poll_creation` */
function wordsOf(name: string): string {
  const plain = name.replace(/V\d+$/, '').replace(/Message$/, '')
  return plain.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`).slice(0, 60) || 'unknown'
}

/** Quotation, forwarding, and the advertisement that brought the customer: they hang on whatever part there is. */
function aroundOf(content: Fields): { quoted?: string; extra: Extra } {
  for (const part of Object.values(content)) {
    const context = fieldsOf(fieldsOf(part).contextInfo)
    if (Object.keys(context).length === 0) continue
    const quoted = textOf(context.stanzaId, 200)
    const isForwarded = context.isForwarded === true || (numberOf(context.forwardingScore) ?? 0) > 0
    const referral = referralOf(fieldsOf(context.externalAdReply), context)
    return { ...(quoted && { quoted }), extra: { ...(isForwarded && { forwarded: true }), ...(referral && { referral }) } }
  }
  return { extra: {} }
}

function referralOf(ad: Fields, context: Fields): Extra['referral'] | undefined {
  const [headline, body, sourceUrl] = [textOf(ad.title, 1_000), textOf(ad.body, 4_000), textOf(ad.sourceUrl, 2_000)]
  const source = textOf(context.entryPointConversionSource, 100)
  // A preview of a link has the same shape: only an advertisement says where it came from.
  if (!source && !textOf(ad.sourceId, 200)) return undefined
  const [sourceId, clickId] = [textOf(ad.sourceId, 200), textOf(ad.ctwaClid, 400)]
  return {
    sourceType: textOf(ad.sourceType, 50) ?? source ?? 'ad',
    ...(sourceId && { sourceId }),
    ...(sourceUrl && { sourceUrl }),
    ...(headline && { headline }),
    ...(body && { body }),
    ...(clickId && { clickId }),
  }
}
