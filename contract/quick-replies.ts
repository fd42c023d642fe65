/** Texts that are written once and inserted with a few keys, their variables filled from what is known now. */
import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { ChannelId, ChatId, DepartmentId, Instant, MediaId, QuickReplyId, RoleId } from './ids.ts'
import { Media, TEXT_MAX } from './inbox.ts'

export const QuickReply = z.object({
  id: QuickReplyId,
  /** What one types behind `/`: lower case, no spaces. */
  shortcut: z.string(),
  name: z.string(),
  /** Empty: in none. */
  folder: z.string(),
  /** With variables in braces (contract/variables.ts); empty for a file alone. */
  text: z.string(),
  media: z.nullable(Media),
  /** Who gets it offered; an empty list is everybody. */
  roles: z.array(RoleId),
  departments: z.array(DepartmentId),
  /** In chats of which numbers; an empty list is all. */
  channels: z.array(ChannelId),
  archived: z.boolean(),
  rev: z.number(),
})
export type QuickReply = z.infer<typeof QuickReply>

const Fields = {
  /** A leading `/` is taken off and spaces become `-`. */
  shortcut: z.string().check(z.trim(), z.maxLength(40), z.regex(/[^\s/]/)),
  name: z.string().check(z.trim(), z.minLength(2), z.maxLength(80)),
  folder: z.string().check(z.trim(), z.maxLength(60)),
  text: z.string().check(z.trim(), z.maxLength(TEXT_MAX)),
  mediaId: z.nullable(MediaId),
  roles: z.array(RoleId).check(z.maxLength(100)),
  departments: z.array(DepartmentId).check(z.maxLength(100)),
  channels: z.array(ChannelId).check(z.maxLength(200)),
}

export const listQuickReplies = endpoint({
  method: 'GET',
  path: '/quick-replies',
  summary: 'The quick replies that are for the caller; `all=true` gives every one, archived ones too, to whoever manages them',
  may: 'messages.send',
  input: z.object({ all: z.optional(z.enum(['true'])) }),
  returns: z.object({ items: z.array(QuickReply) }),
})

export const addQuickReply = endpoint({
  method: 'POST',
  path: '/quick-replies',
  summary: 'Adds a quick reply. `shortcut_taken` when another one has its shortcut',
  may: 'quick_replies.manage',
  input: z.object({
    shortcut: Fields.shortcut,
    name: Fields.name,
    text: Fields.text,
    folder: z.optional(Fields.folder),
    mediaId: z.optional(Fields.mediaId),
    roles: z.optional(Fields.roles),
    departments: z.optional(Fields.departments),
    channels: z.optional(Fields.channels),
  }),
  returns: QuickReply,
})

export const changeQuickReply = endpoint({
  method: 'PATCH',
  path: '/quick-replies/:quickReplyId',
  summary: 'Changes a quick reply, puts it away or takes it back. `rev` is the one that was seen: else `changed_meanwhile`',
  may: 'quick_replies.manage',
  input: z.object({
    quickReplyId: QuickReplyId,
    rev: z.number(),
    shortcut: z.optional(Fields.shortcut),
    name: z.optional(Fields.name),
    text: z.optional(Fields.text),
    folder: z.optional(Fields.folder),
    mediaId: z.optional(Fields.mediaId),
    roles: z.optional(Fields.roles),
    departments: z.optional(Fields.departments),
    channels: z.optional(Fields.channels),
    archived: z.optional(z.boolean()),
  }),
  returns: QuickReply,
})

export const fillQuickReply = endpoint({
  method: 'GET',
  path: '/chats/:chatId/quick-replies/:quickReplyId',
  summary: 'The text of a quick reply for this chat, its variables filled. What is not known stays in braces and is in `missing`',
  may: 'messages.send',
  input: z.object({ chatId: ChatId, quickReplyId: QuickReplyId }),
  returns: z.object({
    text: z.string(),
    missing: z.array(z.string()),
    /** When the client's data were read from the company's database; null when none of them is in the text. */
    valuesAt: z.nullable(Instant),
    /** The client database did not answer: these are of the last time. */
    stale: z.boolean(),
  }),
})
