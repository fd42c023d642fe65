/** Giving chats to people, closing them, and asking that somebody else takes one. */
import * as z from 'zod/mini'
import { Seen } from './deeds.ts'
import { endpoint } from './endpoint.ts'
import { ChatId, ContactId, DepartmentId, Instant, PersonId, TransferId } from './ids.ts'
import { Chat } from './inbox.ts'
import { Cursor, page } from './pages.ts'

export const Colleague = z.object({
  id: PersonId,
  name: z.string(),
  departments: z.array(DepartmentId),
  /** Open chats that are theirs, and how many of these wait for an answer. */
  openChats: z.number(),
  waiting: z.number(),
  capacity: z.number(),
  /** Has the app open, or did a moment ago, and is not on a break. */
  isHere: z.boolean(),
  isAway: z.boolean(),
})
export type Colleague = z.infer<typeof Colleague>

export const listColleagues = endpoint({
  method: 'GET',
  path: '/colleagues',
  summary: 'Whom a chat can be given to, with their load and whether they are here; least loaded first',
  may: 'transfers.request',
  input: z.object({}),
  returns: z.object({
    items: z.array(Colleague),
    departments: z.array(z.object({ id: DepartmentId, name: z.string() })),
  }),
})

/** How the chat stood when it was decided. Where somebody has overtaken that (contract/deeds.ts): `changed_meanwhile`. */
const seen = z.optional(Seen)

/** The chat as it is now; null when the caller does not see it any more. */
const Given = z.object({ chat: z.nullable(Chat) })

export const assignChat = endpoint({
  method: 'PUT',
  path: '/chats/:chatId/assignee',
  summary: 'Gives a chat to somebody, or back to the queue (null), and to a department where one is named',
  may: 'chats.assign',
  input: z.object({ chatId: ChatId, personId: z.nullable(PersonId), departmentId: z.optional(z.nullable(DepartmentId)), seen }),
  returns: Given,
})

export const closeChat = endpoint({
  method: 'PUT',
  path: '/chats/:chatId/state',
  summary: 'Closes a chat, or opens it again',
  may: 'chats.close',
  input: z.object({ chatId: ChatId, state: z.enum(['closed', 'open']), seen }),
  returns: Given,
})

export const settleChat = endpoint({
  method: 'PUT',
  path: '/chats/:chatId/settled',
  summary: 'The customer’s last word needs no answer: nobody waits any more',
  may: 'chats.close',
  input: z.object({ chatId: ChatId, seen }),
  returns: Given,
})

export const TRANSFER_STATES = ['requested', 'approved', 'denied', 'cancelled', 'expired'] as const

export const Transfer = z.object({
  id: TransferId,
  chatId: ChatId,
  contact: z.object({ id: ContactId, name: z.nullable(z.string()) }),
  askedBy: z.object({ id: PersonId, name: z.string() }),
  from: z.nullable(z.object({ id: PersonId, name: z.string() })),
  to: z.object({ person: z.nullable(z.object({ id: PersonId, name: z.string() })), department: z.nullable(z.string()) }),
  reason: z.string(),
  summary: z.string(),
  state: z.enum(TRANSFER_STATES),
  decided: z.nullable(z.object({ by: z.nullable(z.string()), at: Instant, reason: z.nullable(z.string()) })),
  createdAt: Instant,
  expiresAt: Instant,
})
export type Transfer = z.infer<typeof Transfer>

export const requestTransfer = endpoint({
  method: 'POST',
  path: '/chats/:chatId/transfers',
  summary: 'Asks that a chat goes to somebody else. `transfer_open` while another request for it waits',
  may: 'transfers.request',
  input: z.object({
    chatId: ChatId,
    toPersonId: z.optional(PersonId),
    toDepartmentId: z.optional(DepartmentId),
    reason: z.string().check(z.trim(), z.minLength(3), z.maxLength(300)),
    /** What whoever takes over must know. */
    summary: z.optional(z.string().check(z.trim(), z.maxLength(2000))),
  }),
  returns: Transfer,
})

export const listTransfers = endpoint({
  method: 'GET',
  path: '/transfers',
  summary: 'Requests: one’s own, and those that one may decide, latest first',
  may: 'transfers.request',
  input: z.object({ state: z.optional(z.enum(TRANSFER_STATES)), cursor: z.optional(Cursor) }),
  returns: page(Transfer),
})

export const decideTransfer = endpoint({
  method: 'PUT',
  path: '/transfers/:transferId/decision',
  summary: 'Approves or denies a request. `transfer_decided` when somebody was faster; never one’s own',
  may: 'transfers.decide',
  input: z.object({
    transferId: TransferId,
    approve: z.boolean(),
    reason: z.optional(z.string().check(z.trim(), z.maxLength(300))),
  }),
  returns: Transfer,
})

export const cancelTransfer = endpoint({
  method: 'DELETE',
  path: '/transfers/:transferId',
  summary: 'Takes back one’s own request while nobody has decided it. It stays in the history',
  may: 'transfers.request',
  input: z.object({ transferId: TransferId }),
  returns: Transfer,
})
