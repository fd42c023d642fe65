import * as z from 'zod/mini'
import { CONSENT_SOURCES, PURPOSES } from './consent-words.ts'
import { endpoint } from './endpoint.ts'
import { ContactsToSend, Extra, KINDS, LocationToSend } from './extra.ts'
import { ChannelId, ChatId, ContactId, DepartmentId, Instant, LabelId, MediaId, MessageId, PersonId } from './ids.ts'
import { Sound } from './media.ts'
import { Cursor, page } from './pages.ts'

export const DIRECTIONS = ['in', 'out', 'note'] as const
/** What one of us can write to a customer. */
export const SENT_KINDS = [
  ...(['text', 'image', 'document', 'audio', 'voice', 'video', 'sticker', 'location', 'contacts', 'template'] as const),
] as const
export type SentKind = (typeof SENT_KINDS)[number]
/** In the order in which an outgoing message moves; `failed` and `unconfirmed` stand apart. */
export const STATUSES = [
  'queued',
  'sending',
  'unconfirmed',
  'sent',
  'delivered',
  'read',
  'played',
  'failed',
  'discarded',
] as const
export const CHAT_STATES = ['new', 'pending', 'waiting', 'closed'] as const
export const TRAYS = ['mine', 'unassigned', 'new', 'open', 'closed'] as const

/** What became of the messages of the day, as the dashboard counts them. */
export const MESSAGE_FATES = ['sent', 'undelivered', 'failed', 'unconfirmed'] as const

export const TEXT_MAX = 4096
export const CAPTION_MAX = 1024

export const Media = z.object({
  id: MediaId,
  mime: z.string(),
  name: z.nullable(z.string()),
  /** Bytes; null until it has arrived. */
  size: z.nullable(z.number()),
  /** `pending` is on its way from the provider; `lost` will not come, `reason` says why. */
  state: z.enum(['pending', 'ready', 'lost']),
  reason: z.nullable(z.string()),
  /** Of a recording whose maker told it. */
  sound: z.optional(z.nullable(Sound)),
  /** Of a PDF, where it could be counted. */
  pages: z.optional(z.nullable(z.number())),
})
export type Media = z.infer<typeof Media>

export const Author = z.object({
  kind: z.enum(['contact', 'person', 'phone', 'bot', 'api', 'system']),
  id: z.nullable(z.string()),
  name: z.nullable(z.string()),
})
export type Author = z.infer<typeof Author>

/** A label where it stands: only those that the caller's role sees. */
export const ShownLabel = z.object({ id: LabelId, name: z.string(), color: z.string(), description: z.string() })
export type ShownLabel = z.infer<typeof ShownLabel>

export const Message = z.object({
  id: MessageId,
  chatId: ChatId,
  direction: z.enum(DIRECTIONS),
  kind: z.enum(KINDS),
  text: z.nullable(z.string()),
  media: z.nullable(Media),
  /** null for incoming messages and notes. */
  status: z.nullable(z.enum(STATUSES)),
  /** Why it failed or is unconfirmed: our code (contract/failures.ts) and the provider's own. */
  error: z.nullable(z.object({ code: z.string(), providerCode: z.nullable(z.string()) })),
  author: Author,
  /** When it was written. Messages are ordered by (at, id). */
  at: Instant,
  replyTo: z.nullable(
    z.object({
      id: z.nullable(MessageId),
      direction: z.nullable(z.enum(DIRECTIONS)),
      kind: z.nullable(z.enum(KINDS)),
      text: z.nullable(z.string()),
    }),
  ),
  /** One current reaction per side or person. */
  reactions: z.array(z.object({ by: z.string(), emoji: z.string() })),
  editedAt: z.nullable(Instant),
  deletedAt: z.nullable(Instant),
  labels: z.array(ShownLabel),
  extra: z.nullable(Extra),
  /** Grows with each change of this message: an older copy never replaces a newer one. */
  rev: z.number(),
})
export type Message = z.infer<typeof Message>

export const Chat = z.object({
  id: ChatId,
  channelId: ChannelId,
  contact: z.object({
    id: ContactId,
    name: z.nullable(z.string()),
    phone: z.nullable(z.string()),
    /** Names the picture that they show: `GET /api/contacts/:id/photo?v=<photo>`. */
    photo: z.optional(z.nullable(z.string())),
  }),
  lastMessage: z.nullable(
    z.object({
      id: MessageId,
      direction: z.enum(DIRECTIONS),
      kind: z.enum(KINDS),
      text: z.nullable(z.string()),
      status: z.nullable(z.enum(STATUSES)),
      at: Instant,
    }),
  ),
  /** Customer's messages since our last answer. */
  unanswered: z.number(),
  /** Since when the customer waits; null when nobody does. */
  waitingSince: z.nullable(Instant),
  /** Until when free text may be sent (24 h after the customer's last word); null where the channel has no window. */
  windowUntil: z.nullable(Instant),
  assignee: z.nullable(z.object({ id: PersonId, name: z.string() })),
  departmentId: z.nullable(DepartmentId),
  labels: z.array(ShownLabel),
  state: z.enum(CHAT_STATES),
  /** What the customer has said no to: `all`, every template; `marketing`, advertising. Absent in what older versions kept. */
  consent: z.optional(
    z.nullable(z.object({ out: z.enum(PURPOSES), at: Instant, source: z.enum(CONSENT_SOURCES), how: z.string() })),
  ),
  rev: z.number(),
})
export type Chat = z.infer<typeof Chat>

/** What is searched for. */
const Words = z.optional(z.string().check(z.maxLength(100)))

/** What narrows the list of chats, and a search in messages. */
const ChatFilters = {
  channel: z.optional(ChannelId),
  department: z.optional(DepartmentId),
  label: z.optional(LabelId),
  /** `none`: nobody's. */
  assignee: z.optional(z.union([PersonId, z.literal('none')])),
  /** One or several, with commas: `new,pending`. Closed ones are asked for alone. */
  state: z.optional(z.string().check(z.regex(/^(closed|(new|pending|waiting)(,(new|pending|waiting))*)$/))),
  /** Only those whose customer waits for us. */
  waiting: z.optional(z.literal('yes')),
  /** Only those closed today. */
  closed: z.optional(z.literal('today')),
  /** Only those with a message of ours, written today, that has come this far or no further. */
  messages: z.optional(z.enum(MESSAGE_FATES)),
}

export const listChats = endpoint({
  method: 'GET',
  path: '/chats',
  summary: 'The chats that the caller may see, those who wait longest first (closed: latest first)',
  may: 'chats.read',
  input: z.object({
    tray: z.optional(z.enum(TRAYS)),
    ...ChatFilters,
    /** Name or number; any part, accents and typos forgiven. */
    q: Words,
    cursor: z.optional(Cursor),
  }),
  returns: page(Chat),
})

export const countChats = endpoint({
  method: 'GET',
  path: '/chat-counts',
  summary: 'How many chats each tray holds, and how many wait for an answer',
  may: 'chats.read',
  input: z.object({}),
  returns: z.object({
    trays: z.object({ mine: z.number(), unassigned: z.number(), new: z.number(), open: z.number(), closed: z.number() }),
    /** Chats whose customer waits for us: the app's badge. */
    unanswered: z.number(),
  }),
})

export const getChat = endpoint({
  method: 'GET',
  path: '/chats/:chatId',
  summary: 'One chat',
  may: 'chats.read',
  input: z.object({ chatId: ChatId }),
  returns: Chat,
})

export const openChat = endpoint({
  method: 'POST',
  path: '/chats',
  summary: 'Finds or opens the chat with a phone on a channel',
  may: 'chats.open',
  input: z.object({
    channelId: ChannelId,
    phone: z.string().check(z.minLength(5), z.maxLength(30)),
    name: z.optional(z.string().check(z.maxLength(120))),
  }),
  returns: Chat,
})

export const listMessages = endpoint({
  method: 'GET',
  path: '/chats/:chatId/messages',
  summary: 'A page of a chat, newest last. `before` goes back in time, `after` forward; without either, the latest',
  may: 'chats.read',
  input: z.object({ chatId: ChatId, before: z.optional(Cursor), after: z.optional(Cursor) }),
  /** `next` continues in the direction that was asked for. `readUpto`: how far the caller has read; null for never. */
  returns: z.object({ items: z.array(Message), next: z.nullable(z.string()), readUpto: z.optional(z.nullable(Instant)) }),
})

export const searchMessages = endpoint({
  method: 'GET',
  path: '/messages',
  summary:
    'Messages by their words (beginnings count, accents do not), by their label, or by both; newest first, each with its chat; in one `chat` or in all. A page may be short: `next` goes on',
  may: 'chats.read',
  input: z.object({ ...ChatFilters, chat: z.optional(ChatId), q: Words, cursor: z.optional(Cursor) }),
  returns: z.object({ items: z.array(z.object({ chat: Chat, message: Message })), next: z.nullable(z.string()) }),
})

export const TemplateToSend = z.object({
  name: z.string().check(z.minLength(1), z.maxLength(512)),
  language: z.string().check(z.minLength(2), z.maxLength(16)),
  /** The values of the body's variables, in order. */
  params: z.array(z.string().check(z.maxLength(1024))).check(z.maxLength(100)),
  /** The value of a variable in the header's text. */
  headerText: z.optional(z.string().check(z.maxLength(60))),
  /** The file of a header that is one. */
  headerMediaId: z.optional(MediaId),
  /** The values of buttons with a variable, by their place. */
  buttons: z.optional(z.array(z.object({ index: z.number(), text: z.string().check(z.maxLength(2000)) })).check(z.maxLength(10))),
})
export type TemplateToSend = z.infer<typeof TemplateToSend>

export const sendMessage = endpoint({
  method: 'POST',
  path: '/chats/:chatId/messages',
  summary: 'Sends a message. The id is made by the caller: the same id again gives the same message, never a second one',
  may: 'messages.send',
  input: z.object({
    chatId: ChatId,
    id: MessageId,
    kind: z.enum(SENT_KINDS),
    /** The text, or the caption of a file. */
    text: z.optional(z.string()),
    mediaId: z.optional(MediaId),
    location: z.optional(LocationToSend),
    contacts: z.optional(ContactsToSend),
    template: z.optional(TemplateToSend),
    replyTo: z.optional(MessageId),
    /** The message that goes on, seen by the caller and no note; its file by `mediaId`. */
    forwardOf: z.optional(MessageId),
  }),
  returns: Message,
})

export const addNote = endpoint({
  method: 'POST',
  path: '/chats/:chatId/notes',
  summary: 'Writes a private note. It never leaves the desk. `mention_unseen` when somebody is named who does not see the chat',
  may: 'notes.write',
  input: z.object({
    chatId: ChatId,
    id: MessageId,
    text: z.string(),
    /** Who is named in it, and is to hear of it. */
    mentions: z.optional(z.array(PersonId).check(z.maxLength(20))),
  }),
  returns: Message,
})

export const reactToMessage = endpoint({
  method: 'PUT',
  path: '/messages/:messageId/reaction',
  summary: 'Reacts to a message; null takes the reaction away',
  may: 'messages.send',
  input: z.object({ messageId: MessageId, emoji: z.nullable(z.string().check(z.minLength(1), z.maxLength(16))) }),
  returns: Message,
})

export const retryMessage = endpoint({
  method: 'POST',
  path: '/messages/:messageId/retry',
  summary: 'Sends a failed or unconfirmed message again, because a person decided so',
  may: 'messages.resend',
  input: z.object({ messageId: MessageId }),
  returns: Message,
})

export const discardMessage = endpoint({
  method: 'POST',
  path: '/messages/:messageId/discard',
  summary: 'Gives up a queued, failed or unconfirmed message. It stays in the history, marked',
  may: 'messages.resend',
  input: z.object({ messageId: MessageId }),
  returns: Message,
})

export const rerouteMessage = endpoint({
  method: 'POST',
  path: '/messages/:messageId/reroute',
  summary:
    'Sends a message that stands still through another number, in the chat with the same customer there, and gives up the first',
  may: 'messages.resend',
  input: z.object({
    messageId: MessageId,
    channelId: ChannelId,
    /** The id of the new message: the same id again gives the same message. */
    id: MessageId,
  }),
  returns: Message,
})

export const markRead = endpoint({
  method: 'POST',
  path: '/chats/:chatId/read',
  summary: 'Tells the customer that the messages were read, and, if asked, that somebody is typing',
  may: 'chats.read',
  input: z.object({ chatId: ChatId, messageId: MessageId, typing: z.optional(z.boolean()) }),
  returns: z.object({ done: z.boolean() }),
})
