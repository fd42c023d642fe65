import { expect, test, vi } from 'vitest'
import type { Message } from '#contract/inbox.ts'
import { aPhone } from './a-phone.ts'
import { contactHere, contactShown } from './contacts-kept.ts'
import { doDeed, insist, undoDeed, writeContact } from './deeds.ts'
import type { What } from './deed.rules.ts'
import { ofContact, seenOf } from './deeds.rules.ts'
import { aChat, aContact, aLabel, aMe, aMessage } from './fakes.ts'
import type { Outgoing } from './outbox.rules.ts'
import { startDesk } from './start.ts'
import { uuidv7 } from '../lib/uuid.ts'

const since = '2026-11-20T15:00:00.000Z'
const chat = aChat(1, { waitingSince: since, unanswered: 2 })
const chatId = chat.id
const label = aLabel(1)
const mark = (on = true): What => ({ do: 'label', label, on, chatId, messageId: null })
const close: What = { do: 'close', chatId, seen: seenOf(chat) }
const me = aMe(['chats.read', 'messages.send', 'notes.write', 'chats.close', 'labels.use', 'contacts.read', 'contacts.write'])

function words(what: 'message' | 'note', text: string): Outgoing {
  return {
    ...{ id: uuidv7(), chatId, what, kind: 'text', text, file: null, mediaId: null, replyTo: null },
    ...{ author: { id: 'p', name: 'Jorge' }, at: new Date().toISOString() },
    ...{ state: 'queued', posted: false, attempts: 0, notBefore: 0, problem: null },
  }
}

/** A phone with a chat, without a network until it is told otherwise. `no`: what the server refuses. */
async function offline(no: Partial<Record<string, string>> = {}) {
  let [isUp, rev] = [false, 4]
  const phone = await aPhone(
    ({ method, path, body }) => {
      if (method === 'GET' || !isUp) return undefined
      const last = path.split('/').at(-1) ?? ''
      const refused = no[last] ?? no[path.split('/').at(-2) ?? '']
      if (refused) return { status: 409, body: { code: refused, traceId: 't' } }
      if (last === 'notes' || last === 'messages') {
        const direction = last === 'notes' ? ('note' as const) : ('out' as const)
        return { body: aMessage(9, { id: String(body['id']) as Message['id'], direction, text: String(body['text']) }) }
      }
      rev += 1
      return { body: { chat: { ...chat, rev, state: last === 'state' ? 'closed' : chat.state } } }
    },
    { me },
  )
  await phone.running.desk.apply([{ type: 'chat', chat }], null)
  vi.stubGlobal('navigator', Object.assign(Object.create(navigator), { onLine: false }))
  return {
    phone,
    goOnline() {
      isUp = true
      vi.stubGlobal('navigator', Object.assign(Object.create(navigator), { onLine: true }))
      phone.running.outbox.wake()
    },
    sent: () =>
      phone.asked.filter(({ method, deed, path }) => method !== 'GET' && (deed !== null || /notes|messages/.test(path))),
  }
}

test('what is done without a network shows at once, and goes once, in the order of the words around it', async () => {
  const { phone, goOnline, sent } = await offline()
  await using _ = phone
  const { desk, outbox } = phone.running
  await outbox.add(words('note', 'Pagó ayer'), null)
  await doDeed(phone.running, chatId, mark())
  await outbox.add(words('message', 'Gracias'), null)
  await doDeed(phone.running, chatId, close)
  await vi.waitFor(() => expect(desk.chat(chatId)).toMatchObject({ state: 'closed', unanswered: 0, labels: [{ id: label.id }] }))
  goOnline()
  await vi.waitFor(() => expect(outbox.entries()).toEqual([]))
  expect(sent().map(({ path }) => path.split('/').at(-1))).toEqual(['notes', label.id, 'messages', 'state'])
  expect(sent()[3]).toMatchObject({ body: { state: 'closed', seen: { waitingSince: since, unanswered: 2, assigneeId: null } } })
  expect(new Set(sent().flatMap(({ deed }) => deed ?? [])).size).toBe(2)
  expect(desk.chat(chatId)?.state).toBe('closed')
})

test('a kill of the app loses nothing of it, and the request that may have left goes again under its own id', async () => {
  const { phone } = await offline()
  await doDeed(phone.running, chatId, mark())
  await doDeed(phone.running, chatId, close)
  await vi.waitFor(() => expect(phone.running.outbox.entries()).toHaveLength(2))
  const ids = phone.running.outbox.entries().map(({ id }) => id)
  const { person } = phone.running.desk.me
  await phone.running.stop()
  const again = await startDesk({ ...me, person: { ...me.person, id: person.id } })
  expect(again.outbox.entries().map(({ id }) => id)).toEqual(ids)
  await again.stop()
  vi.unstubAllGlobals()
})

test('a decision that somebody has overtaken is undone on the screen, said, kept, and done when the person insists', async () => {
  const no: Partial<Record<string, string>> = { state: 'changed_meanwhile' }
  const { phone, goOnline, sent } = await offline(no)
  await using _ = phone
  const { desk, outbox } = phone.running
  await doDeed(phone.running, chatId, close)
  await vi.waitFor(() => expect(desk.chat(chatId)?.state).toBe('closed'))
  goOnline()
  await vi.waitFor(() => expect(outbox.entries()[0]).toMatchObject({ state: 'failed', problem: { code: 'changed_meanwhile' } }))
  expect(desk.chat(chatId)).toMatchObject({ state: chat.state, unanswered: 2 })
  const written = { ...chat, unanswered: 3, rev: 4 }
  await desk.apply([{ type: 'chat', chat: written }], null)
  no['state'] = undefined
  const [entry] = outbox.entries()
  if (entry?.what === 'deed') await insist(phone.running, entry)
  await vi.waitFor(() => expect(outbox.entries()).toEqual([]))
  expect(sent().at(-1)?.body).toMatchObject({ seen: { unanswered: 3 } })
})

test('what is taken back before it has left is never sent', async () => {
  const { phone, goOnline, sent } = await offline()
  await using _ = phone
  const { outbox } = phone.running
  await doDeed(phone.running, chatId, mark())
  expect(await doDeed(phone.running, chatId, mark(false))).toBeNull()
  const closed = await doDeed(phone.running, chatId, close)
  await undoDeed(phone.running, closed, { do: 'reopen', chatId, seen: seenOf(chat) })
  expect(outbox.entries()).toEqual([])
  goOnline()
  expect(sent()).toEqual([])
})

test('a contact is read and written over without a network; what is written again replaces what waited', async () => {
  const { phone } = await offline()
  await using _ = phone
  const { desk, outbox } = phone.running
  const here = await contactHere(desk, chat.contact.id)
  expect(here?.contact).toMatchObject({ name: chat.contact.name, chatId })
  const contact = here?.contact ?? aContact(1)
  expect(await writeContact(phone.running, contact, { name: 'Rosa' }, null)).toMatchObject({ name: 'Rosa' })
  // As the card shows them by then: by their chat, with what waits on top.
  const shown = (await contactHere(desk, chat.contact.id))?.contact ?? contact
  await writeContact(phone.running, shown, { email: 'rosa@correo.example' }, ofContact(outbox.entries(), contact.id))
  expect(outbox.entries()).toMatchObject([
    { deed: { was: { name: chat.contact.name }, fields: { name: 'Rosa', email: 'rosa@correo.example' } } },
  ])
  await writeContact(phone.running, shown, { name: 'Rosa Huamán' }, ofContact(outbox.entries(), contact.id))
  expect(outbox.entries()).toHaveLength(1)
  expect(contactShown(contact, outbox.entries()).name).toBe('Rosa Huamán')
  await vi.waitFor(() => expect(desk.chat(chatId)?.contact.name).toBe('Rosa Huamán'))
})
