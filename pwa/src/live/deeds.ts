/** Does what waits in the outbox beside messages: labels, states, holders, contacts. Loaded with the first of them. */
import type { Contact } from '#contract/contacts.ts'
import { call } from '../api/call.ts'
import * as api from '../api/endpoints.ts'
import { mayPass, problemOf } from '../api/problem.rules.ts'
import { uuidv7 } from '../lib/uuid.ts'
import { deedName, refusalOf } from '../text/deed-name.ts'
import { loadOutboxText, outboxText } from '../text/outbox.ts'
import { say } from '../ui/toast.tsx'
import { keepContact } from './contacts-kept.ts'
import type { ContactFields, What } from './deed.rules.ts'
import { changeContact, requestDeed, type Done } from './deed-request.ts'
import { cancels, contactWith, decidedAgain, isDeed, type ContactDeed } from './deeds.rules.ts'
import type { Desk } from './desk.ts'
import type { Outbox } from './outbox.ts'
import type { Deed } from './outbox.rules.ts'

type Phone = { desk: Desk; outbox: Outbox }

/**
 * Does something at once on the screen, and at the server in its turn. Gives what waits; null where it only took back what
 * had not left.
 */
export async function doDeed({ outbox }: Phone, chatId: string, deed: What): Promise<Deed | null> {
  const waiting = outbox.entries().findLast((entry) => entry.chatId === chatId && entry.state !== 'failed')
  if (waiting && isDeed(waiting) && cancels(waiting.deed, deed) && (await outbox.discard(waiting.id))) return null
  const entry = newDeed(chatId, deed)
  await outbox.add(entry, null)
  return entry
}

function newDeed<One extends What>(chatId: string, deed: One): Deed & { deed: One } {
  return {
    ...{ id: uuidv7(), chatId, what: 'deed', deed, at: new Date().toISOString() },
    ...{ state: 'queued', posted: false, attempts: 0, notBefore: 0, problem: null },
  }
}

/**
 * Writes over a contact: at the server at once where that can be, so that what is wrong with it is said beside it, else in
 * its turn. `contact` is the server's own copy; `before` is what waited for it until now. Gives what is known of it by then.
 * Throws ApiProblem for what was refused.
 */
export async function writeContact(
  phone: Phone,
  contact: Contact,
  typed: ContactFields,
  before: ContactDeed | null,
): Promise<Contact> {
  const { desk, outbox } = phone
  const chatId = contact.chatId ?? contact.id
  // What waited is replaced by what is written now. Of somebody known by their chat alone, `contact` shows it already.
  const isGone = before !== null && (await outbox.discard(before.id))
  const [was, fields] = isGone && contact.rev === 0 ? [before.deed.was, { ...before.deed.fields, ...typed }] : [contact, typed]
  if (Object.keys(fields).length === 0) return contact
  const entry = newDeed(chatId, { do: 'contact', contactId: contact.id, was, fields })
  const isFirst = !outbox.entries().some((other) => other.chatId === chatId && other.state !== 'failed')
  if (isFirst && navigator.onLine) {
    try {
      const written = await changeContact(entry.deed, entry.id)
      await keepContact(desk, written)
      return written
    } catch (error) {
      if (!mayPass(problemOf(error))) throw error
      // It may have left: the same request goes again.
      entry.posted = true
    }
  }
  await outbox.add(entry, null)
  return contactWith(contact, [entry])
}

/** Takes back what was just done: out of the line, or, where it has left already, by its opposite. */
export async function undoDeed(phone: Phone, done: Deed | null, opposite: What): Promise<void> {
  if (done && !(await phone.outbox.discard(done.id))) await doDeed(phone, done.chatId, opposite)
}

/** Sends one, and shows what came of it. Throws ApiProblem, after having said why it was refused. */
export async function sendDeed(desk: Desk, entry: Deed): Promise<null> {
  try {
    await keep(desk, await requestDeed(entry))
  } catch (error) {
    const problem = problemOf(error)
    if (!mayPass(problem)) {
      const hasWords = await loadOutboxText().then(
        () => true,
        () => false,
      )
      if (hasWords) say(outboxText().deeds.notDone(deedName(entry.deed), refusalOf(entry.deed, problem.code)))
    }
    throw problem
  }
  return null
}

/** What came of it is shown and stored. */
async function keep(desk: Desk, done: Done): Promise<void> {
  if ('contact' in done) return keepContact(desk, done.contact)
  if ('message' in done) await desk.apply([{ type: 'message', message: done.message }], null)
  else if (done.chat) await desk.apply([{ type: 'chat', chat: done.chat }], null)
}

/**
 * Tried again. Where somebody had overtaken it, the person has read so and wants it all the same: it is decided about what
 * stands there now.
 */
export async function insist({ desk, outbox }: Phone, entry: Deed): Promise<void> {
  if (entry.problem?.code !== 'changed_meanwhile') return await outbox.retry(entry.id)
  const { deed } = entry
  const contact = deed.do === 'contact' ? await call(api.getContact, { contactId: deed.contactId }).catch(() => null) : null
  const chat = desk.chat(entry.chatId)
  await outbox.retry(entry.id, (old) => (isDeed(old) ? { ...old, deed: decidedAgain(old.deed, chat, contact) } : old))
}
