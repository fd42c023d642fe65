/** What of a message goes on to another chat, and whether that chat may take it. The server decides again (send.rules.ts). */
import type { Channel, ChannelSettings } from '#contract/channels.ts'
import type { Chat, Message } from '#contract/inbox.ts'
import type { Outgoing } from '../../../live/outbox.rules.ts'
import { judgeFile, judgeText } from '../attach.rules.ts'

/** So many chats at once, as in WhatsApp: more would be a campaign, and numbers are closed for that. */
export const MOST_CHATS = 5

export type Load = {
  of: Message['id']
  kind: Outgoing['kind']
  text: string | null
  media: Message['media']
  /** A place, or people. */
  said?: Pick<Outgoing, 'location' | 'contacts'>
}
/** Why a message stays: a note is never for customers, a file may not be here, and some kinds only WhatsApp makes. */
export type Stays = 'note' | 'file' | 'kind'
export type Why = 'archived' | 'video' | 'file' | 'link' | 'opted-out' | 'window' | 'never'

const FILES = ['image', 'document', 'audio', 'voice', 'video', 'sticker'] as const
const STRICT: ChannelSettings = { allowVideo: false, allowLinks: false }
/** The server closes the window this much earlier than WhatsApp does. */
const MARGIN_MS = 60_000

/** What goes on of a message, or why nothing does. */
export function loadOf(message: Message): Load | Stays {
  const { id, text, media } = message
  if (message.direction === 'note') return 'note'
  if (message.kind === 'system' || message.kind === 'unsupported' || message.deletedAt !== null) return 'kind'
  const kind = FILES.find((name) => name === message.kind)
  if (kind) return media?.state === 'ready' ? { of: id, kind, text, media } : 'file'
  const said = saidIn(message)
  if (said) return { of: id, ...said, text: null, media: null }
  return text?.trim() && message.kind !== 'order' ? { of: id, kind: 'text', text, media: null } : 'kind'
}

/** A card goes on as far as it may leave: with a name, and numbers that can be written to. */
function saidIn({ kind, extra }: Message): Pick<Load, 'kind' | 'said'> | null {
  if (kind === 'location' && extra?.location) return { kind, said: { location: extra.location } }
  if (kind !== 'contacts') return null
  const contacts = (extra?.contacts ?? []).filter(({ phones }) => phones.length > 0).slice(0, 10)
  const named = contacts.map((one) => ({ ...one, name: one.name || (one.phones[0] ?? '') }))
  return named.length > 0 ? { kind, said: { contacts: named } } : null
}

/** Why this chat cannot take all of it now, or null. What is not known here is left to the server. */
export function whyNot(loads: readonly Load[], chat: Chat, channel: Channel | undefined, now: number): Why | null {
  if (channel?.state === 'archived') return 'archived'
  const settings = channel?.settings ?? STRICT
  for (const { kind, text, media, said } of loads) {
    if (kind === 'video' && !settings.allowVideo) return 'video'
    const file = media && { name: media.name ?? '', type: media.mime.split(';')[0] ?? '', size: media.size ?? 1 }
    if (file && kind !== 'sticker' && 'why' in judgeFile(file, settings)) return 'file'
    const words = [text, said?.location?.name, said?.location?.address, ...(said?.contacts ?? []).map(({ name }) => name)]
    if (words.some((one) => one && judgeText(one, kind !== 'text', settings)?.why === 'link')) return 'link'
  }
  const isOpen = chat.windowUntil !== null && Date.parse(chat.windowUntil) - MARGIN_MS > now
  if (chat.consent?.out === 'all' && !isOpen) return 'opted-out'
  if (isOpen || channel === undefined || channel.kind === 'session') return null
  return chat.windowUntil === null ? 'never' : 'window'
}

/** The outbox's entries for one chat, in the order of the messages. `stamp` makes ids that sort in the order of its calls. */
export function forwardEntries(
  loads: readonly Load[],
  chatId: string,
  author: { id: string; name: string },
  stamp: () => { id: string; at: string },
): Outgoing[] {
  return loads.map(({ of, kind, text, media, said }) => ({
    ...stamp(),
    ...said,
    chatId,
    what: 'message',
    kind,
    text: kind === 'audio' || kind === 'voice' || kind === 'sticker' ? null : text,
    file: null,
    mediaId: media?.id ?? null,
    forward: { of, media },
    replyTo: null,
    author: { id: author.id, name: author.name },
    state: 'queued',
    posted: false,
    attempts: 0,
    notBefore: 0,
    problem: null,
  }))
}
