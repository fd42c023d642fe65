/** Does a deed at the server: for the app, and for the service worker when somebody answers in a notification. */
import type { Contact } from '#contract/contacts.ts'
import type { Chat, Message } from '#contract/inbox.ts'
import { call } from '../api/call.ts'
import * as api from '../api/endpoints.ts'
import { problemOf } from '../api/problem.rules.ts'
import { rebased, type What } from './deed.rules.ts'
import type { Deed } from './outbox.rules.ts'

/** What the server made of it. */
export type Done = { chat: Chat | null } | { message: Message } | { contact: Contact }

/** The deed's id is the request's: it is done once. Throws ApiProblem. */
export async function requestDeed({ id, deed }: Pick<Deed, 'id' | 'deed'>): Promise<Done> {
  const more = { deed: id }
  switch (deed.do) {
    case 'label': {
      const { label, on, chatId, messageId } = deed
      if (messageId === null) return await call(api.labelChat, { chatId, labelId: label.id, on }, more)
      return { message: await call(api.labelMessage, { messageId, labelId: label.id, on }, more) }
    }
    case 'close':
    case 'reopen': {
      const state = deed.do === 'close' ? 'closed' : 'open'
      return await call(api.closeChat, { chatId: deed.chatId, state, seen: deed.seen }, more)
    }
    case 'settle':
      return await call(api.settleChat, { chatId: deed.chatId, seen: deed.seen }, more)
    case 'assign':
      return await call(api.assignChat, { chatId: deed.chatId, personId: deed.to?.id ?? null, seen: deed.seen }, more)
    case 'contact':
      return { contact: await changeContact(deed, id) }
  }
}

/** Over what stands there now, where nobody has changed the same (rebased). */
export async function changeContact(deed: Extract<What, { do: 'contact' }>, id: string): Promise<Contact> {
  const { contactId, was, fields } = deed
  try {
    return await call(api.changeContact, { contactId, rev: was.rev, ...fields }, { deed: id })
  } catch (error) {
    const problem = problemOf(error)
    if (problem.code !== 'changed_meanwhile') throw problem
    const now = await call(api.getContact, { contactId })
    const again = rebased(deed, now)
    if (!again) throw problem
    return await call(api.changeContact, { contactId, rev: now.rev, ...again }, { deed: id })
  }
}
