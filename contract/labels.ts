/** What chats and single messages are marked with. A label that is not for the caller's role exists nowhere for them. */
import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { ChatId, LabelId, MessageId, RoleId } from './ids.ts'
import { Chat, Message } from './inbox.ts'

/** The eight pairs of ink and ground whose contrast is known in both themes (pwa/tokens.test.ts). */
export const LABEL_COLORS = ['anil', 'cochinilla', 'maiz', 'eucalipto', 'mora', 'rio', 'teja', 'piedra'] as const

const Fields = {
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(40)),
  color: z.enum(LABEL_COLORS),
  description: z.string().check(z.trim(), z.maxLength(200)),
  roles: z.array(RoleId).check(z.maxLength(100)),
}

export const Label = z.object({
  id: LabelId,
  name: z.string(),
  color: z.string(),
  description: z.string(),
  /** Inactive: it stays where it is and is offered no more. */
  archived: z.boolean(),
})
export type Label = z.infer<typeof Label>

export const ManagedLabel = z.extend(Label, {
  /** Who sees it; an empty list is everybody. */
  roles: z.array(RoleId),
  /** How many chats and messages carry it, of those that the caller sees. */
  chats: z.number(),
  messages: z.number(),
  rev: z.number(),
})
export type ManagedLabel = z.infer<typeof ManagedLabel>

export const listLabels = endpoint({
  method: 'GET',
  path: '/labels',
  summary: 'The labels that the caller’s role sees, inactive ones last',
  may: 'chats.read',
  input: z.object({}),
  returns: z.object({ items: z.array(Label) }),
})

export const listManagedLabels = endpoint({
  method: 'GET',
  path: '/labels/managed',
  summary: 'The same with the roles that see them and how often they are used',
  may: 'labels.manage',
  input: z.object({}),
  returns: z.object({ items: z.array(ManagedLabel) }),
})

export const addLabel = endpoint({
  method: 'POST',
  path: '/labels',
  summary: 'Adds a label. Chosen roles always come with the caller’s own and the administrator’s. `name_taken` when there is one',
  may: 'labels.manage',
  input: z.object({
    name: Fields.name,
    color: Fields.color,
    description: z.optional(Fields.description),
    roles: z.optional(Fields.roles),
  }),
  returns: ManagedLabel,
})

export const changeLabel = endpoint({
  method: 'PATCH',
  path: '/labels/:labelId',
  summary: 'Changes a label, or makes it inactive. `changed_meanwhile` when `rev` is old',
  may: 'labels.manage',
  input: z.object({
    labelId: LabelId,
    rev: z.number(),
    name: z.optional(Fields.name),
    color: z.optional(Fields.color),
    description: z.optional(Fields.description),
    roles: z.optional(Fields.roles),
    archived: z.optional(z.boolean()),
  }),
  returns: ManagedLabel,
})

export const labelChat = endpoint({
  method: 'PUT',
  path: '/chats/:chatId/labels/:labelId',
  summary: 'Puts a label on a chat, or takes it off. `label_inactive`: it may only be taken off',
  may: 'labels.use',
  input: z.object({ chatId: ChatId, labelId: LabelId, on: z.boolean() }),
  /** The chat as it is now; null when the caller does not see it any more. */
  returns: z.object({ chat: z.nullable(Chat) }),
})

export const labelMessage = endpoint({
  method: 'PUT',
  path: '/messages/:messageId/labels/:labelId',
  summary: 'Puts a label on a single message, or takes it off',
  may: 'labels.use',
  input: z.object({ messageId: MessageId, labelId: LabelId, on: z.boolean() }),
  returns: Message,
})
