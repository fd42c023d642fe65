/** What a customer wrote, in the words of WhatsApp's messages (`proto.Message`). */
import type { MediaType, proto } from 'baileys'
import { mimeOnWire } from '../media.ts'
import type { MediaFile, SimMessage } from '../model.ts'
import { lidJidOf, pnOf } from './people.ts'
import type { Person } from './people.ts'
import type { SealedFile } from './media-host.ts'
import { rareContent } from './rare-content.ts'
import type { Service } from './service.ts'

type Content = proto.IMessage
type Context = proto.IContextInfo

/** With whom the message is, and whose phone the number is: quotations name one of them. */
type Parties = { customer: Person; own: Person }

/** How a file of each kind is sealed. */
export const MEDIA_KINDS: Readonly<Record<string, MediaType>> = {
  image: 'image',
  document: 'document',
  audio: 'audio',
  voice: 'ptt',
  video: 'video',
  sticker: 'sticker',
}

/** The message as it is sealed. A file is put on the media host first. */
export async function contentOf(service: Service, message: SimMessage, parties: Parties): Promise<Content> {
  const contextInfo = contextOf(service, message, parties)
  const file = service.sim.world.media.get(message.mediaId ?? '')
  if (file) return mediaContent(await sealFile(service, message, file), message, file, contextInfo)
  switch (message.kind) {
    case 'location': {
      const { latitude = 0, longitude = 0, name, address } = message.place ?? {}
      return { locationMessage: { degreesLatitude: latitude, degreesLongitude: longitude, name, address, contextInfo } }
    }
    case 'contacts':
      return contactsContent(message, contextInfo)
    case 'unsupported':
      return rareContent(message.reply?.id ?? 'poll', message.text, contextInfo)
    default:
      return replyContent(message, contextInfo)
  }
}

function replyContent({ kind, text, reply }: SimMessage, contextInfo: Context | undefined): Content {
  const [id, title] = [reply?.id ?? '', reply?.title ?? text ?? '']
  if (kind === 'button_reply')
    return { buttonsResponseMessage: { selectedButtonId: id, selectedDisplayText: title, type: 1, contextInfo } }
  if (kind === 'list_reply')
    return {
      listResponseMessage: {
        title,
        listType: 1,
        singleSelectReply: { selectedRowId: id },
        description: reply?.description,
        contextInfo,
      },
    }
  if (kind === 'template_reply')
    return { templateButtonReplyMessage: { selectedId: id, selectedDisplayText: title, contextInfo } }
  return contextInfo ? { extendedTextMessage: { text: text ?? '', contextInfo } } : { conversation: text ?? '' }
}

async function sealFile(service: Service, message: SimMessage, file: MediaFile): Promise<SealedFile> {
  const bytes = service.sim.journal.readFile(file.id) ?? new Uint8Array()
  const sealed = await service.media.seal(bytes, MEDIA_KINDS[message.kind] ?? 'document')
  service.shelf.drawer<SealedFile>('sealed-files').put(message.id, sealed)
  return sealed
}

function mediaContent(sealed: SealedFile, message: SimMessage, file: MediaFile, contextInfo: Context | undefined): Content {
  const caption = message.text
  const common = { ...sealed, mimetype: mimeOnWire(file, message), contextInfo }
  switch (message.kind) {
    case 'image':
      return { imageMessage: { ...common, caption, width: 320, height: 200 } }
    case 'video':
      return { videoMessage: { ...common, caption, seconds: 3, gifPlayback: message.reply?.id === 'gif' } }
    case 'voice':
      return { audioMessage: { ...common, ptt: true, seconds: 3, waveform: WAVE } }
    case 'audio':
      return { audioMessage: { ...common, ptt: false, seconds: 3 } }
    case 'sticker':
      return { stickerMessage: { ...common, width: 512, height: 512, isAnimated: message.reply?.id === 'animated' } }
    default:
      return documentContent({ ...common, fileName: file.name, title: file.name, caption })
  }
}

/** As loud as phones write it: 64 heights of 0 to 100. */
const WAVE = Uint8Array.from({ length: 64 }, (_, at) => Math.round(50 + 50 * Math.sin(at / 4)))

/** A document with words travels in a wrapping of its own. */
function documentContent(documentMessage: proto.Message.IDocumentMessage): Content {
  return documentMessage.caption ? { documentWithCaptionMessage: { message: { documentMessage } } } : { documentMessage }
}

function contactsContent({ cards }: SimMessage, contextInfo: Context | undefined): Content {
  const contacts = cards.map(({ name, phones }) => ({ displayName: name, vcard: vcardOf(name, phones) }))
  const [first] = contacts
  if (contacts.length === 1 && first) return { contactMessage: { ...first, contextInfo } }
  return { contactsArrayMessage: { displayName: `${contacts.length} contactos`, contacts, contextInfo } }
}

function vcardOf(name: string, phones: readonly string[]): string {
  const lines = phones.map((phone) => `TEL;type=CELL;waid=${phone.replaceAll(/\D/g, '')}:${phone}`)
  return ['BEGIN:VCARD', 'VERSION:3.0', `N:;${name};;;`, `FN:${name}`, ...lines, 'END:VCARD'].join('\n')
}

function contextOf(
  { sim, shelf }: Service,
  { quoted, forwarded, referral, numberId, customer: phone }: SimMessage,
  { customer, own }: Parties,
): Context | undefined {
  const expiration = shelf.drawer<number>('disappearing').get(`${numberId} ${phone}`)
  if (quoted === null && !forwarded && !referral && !expiration) return undefined
  const original = quoted === null ? undefined : sim.world.messages.get(quoted)
  const author = original?.direction === 'out' ? own : customer
  return {
    ...(expiration && { expiration }),
    ...(quoted !== null && {
      stanzaId: quoted,
      participant: author.addressing.startsWith('pn') ? pnOf(author) : lidJidOf(author),
      quotedMessage: { conversation: original?.text ?? '' },
    }),
    ...(forwarded && { isForwarded: true, forwardingScore: 1 }),
    ...(referral && {
      externalAdReply: {
        title: referral.headline,
        body: referral.body,
        sourceType: referral.source_type,
        sourceId: referral.source_id,
        sourceUrl: referral.source_url,
      },
      entryPointConversionSource: 'ctwa_ad',
    }),
  }
}

/** The file of a message was lost on the host: the phone puts it there again. */
export async function uploadAgain(service: Service, messageId: string): Promise<SealedFile | undefined> {
  const files = service.shelf.drawer<SealedFile>('sealed-files')
  const lost = files.get(messageId)
  const message = service.sim.world.messages.get(messageId)
  if (!lost || !message) return undefined
  const bytes = await service.media.open(lost.directPath, lost.mediaKey, MEDIA_KINDS[message.kind] ?? 'document')
  if (!bytes) return undefined
  const again = await service.media.seal(bytes, MEDIA_KINDS[message.kind] ?? 'document', lost.mediaKey)
  files.put(messageId, again)
  return again
}
