/** What the business wrote, read from WhatsApp's messages (`proto.Message`) as the customer's phone shows it. */
import { normalizeMessageContent, toNumber } from 'baileys'
import type { MediaType, proto } from 'baileys'
import { saveMedia } from '../media.ts'
import type { SimMessage } from '../model.ts'
import type { Service } from './service.ts'

/** A message, or a change to an earlier one; `nothing` for what a customer does not see. */
export type Said =
  | { is: 'message'; patch: Partial<SimMessage> }
  | { is: 'reaction'; target: string; emoji: string | null }
  | { is: 'edit'; target: string; text: string }
  | { is: 'revoke'; target: string }
  | { is: 'nothing' }

const EDIT = 14
const REVOKE = 0

/** Reads a message that a phone has opened; its file is fetched from the media host and opened too. */
export async function saidIn(service: Service, numberId: string, given: proto.IMessage): Promise<Said> {
  const content = normalizeMessageContent(given) ?? {}
  const { protocolMessage: change, reactionMessage: reaction } = content
  if (reaction) return { is: 'reaction', target: reaction.key?.id ?? '', emoji: reaction.text || null }
  if (change?.type === EDIT) {
    const words = wordsOf(normalizeMessageContent(change.editedMessage ?? undefined) ?? {})
    return { is: 'edit', target: change.key?.id ?? '', text: words.text ?? '' }
  }
  if (change?.key && (change.type ?? REVOKE) === REVOKE) return { is: 'revoke', target: change.key.id ?? '' }
  if (change) return { is: 'nothing' }
  const words = wordsOf(content)
  return { is: 'message', patch: { ...words, ...(await fileOf(service, numberId, content)), ...aroundOf(content) } }
}

/** Kind and words of a message without its file. */
function wordsOf(content: proto.IMessage): Partial<SimMessage> {
  const { locationMessage: place, contactMessage: card, contactsArrayMessage: cards } = content
  if (place)
    return {
      kind: 'location',
      place: {
        ...{ latitude: place.degreesLatitude ?? 0, longitude: place.degreesLongitude ?? 0 },
        ...(place.name && { name: place.name }),
        ...(place.address && { address: place.address }),
      },
    }
  if (card) return { kind: 'contacts', cards: [cardOf(card)] }
  if (cards) return { kind: 'contacts', cards: (cards.contacts ?? []).map(cardOf) }
  const text = content.conversation ?? content.extendedTextMessage?.text
  if (text !== undefined && text !== null) return { kind: 'text', text }
  return Object.keys(content).some((name) => name.endsWith('Message')) ? { kind: 'unsupported' } : { kind: 'text', text: '' }
}

function cardOf({ displayName, vcard }: proto.Message.IContactMessage): SimMessage['cards'][number] {
  const phones = [...(vcard ?? '').matchAll(/^TEL[^:]*:(.+)$/gm)].map((match) => (match[1] ?? '').trim())
  return { name: displayName ?? '', phones }
}

type FilePart = { mediaKey?: Uint8Array | null; directPath?: string | null; mimetype?: string | null; caption?: string | null }

/** The kind, the way it is sealed, and the part of the message that tells of the file. */
function filePart(
  content: proto.IMessage,
): { kind: SimMessage['kind']; type: MediaType; part: FilePart; name?: string | null } | undefined {
  const {
    imageMessage: image,
    videoMessage: video,
    audioMessage: audio,
    stickerMessage: sticker,
    documentMessage: document,
  } = content
  if (image) return { kind: 'image', type: 'image', part: image }
  if (video) return { kind: 'video', type: 'video', part: video }
  if (audio) return { kind: audio.ptt ? 'voice' : 'audio', type: audio.ptt ? 'ptt' : 'audio', part: audio }
  if (sticker) return { kind: 'sticker', type: 'sticker', part: sticker }
  if (document) return { kind: 'document', type: 'document', part: document, name: document.fileName }
  return undefined
}

async function fileOf(service: Service, numberId: string, content: proto.IMessage): Promise<Partial<SimMessage>> {
  const found = filePart(content)
  if (!found) return {}
  const { kind, type, part, name = null } = found
  const bytes = await service.media.open(part.directPath ?? '', part.mediaKey ?? new Uint8Array(), type)
  // A customer's phone shows a grey box: the file could not be had.
  if (!bytes) return { kind, text: part.caption ?? null, mediaId: null }
  const mime = (part.mimetype ?? 'application/octet-stream').split(';')[0] ?? ''
  return { kind, text: part.caption ?? null, mediaId: saveMedia(service.sim, numberId, bytes, mime, name).id }
}

function aroundOf(content: proto.IMessage): Partial<SimMessage> {
  for (const part of Object.values(content)) {
    if (!hasContext(part)) continue
    return { quoted: part.contextInfo.stanzaId ?? null, forwarded: toNumber(part.contextInfo.forwardingScore ?? 0) > 0 }
  }
  return {}
}

function hasContext(part: unknown): part is { contextInfo: proto.IContextInfo } {
  return (
    typeof part === 'object' &&
    part !== null &&
    'contextInfo' in part &&
    typeof part.contextInfo === 'object' &&
    part.contextInfo !== null
  )
}
