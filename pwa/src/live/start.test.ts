import { expect, test, vi } from 'vitest'
import type { Message } from '#contract/inbox.ts'
import { aPhone } from './a-phone.ts'
import { openChat } from './chat-pages.ts'
import { createDesk } from './desk.ts'
import { aChat, aMe, aMessage } from './fakes.ts'
import { getMeta, readTail } from './local-db.ts'

const last = (n: number) => ({ ...aMessage(n), text: aMessage(n).text })

test('a phone that hears a message shows it, counts it and keeps it', async () => {
  await using phone = await aPhone(() => undefined)
  const { desk } = phone.running
  await vi.waitFor(() => expect(phone.running.phase()).toBe('open'))
  await vi.waitFor(async () => expect(await getMeta(desk.db, 'seq')).toBe(10))
  const heard = vi.fn<(message: Message) => void>()
  desk.onArrival(heard)
  phone.tell(
    { type: 'chat', chat: aChat(1, { lastMessage: last(1), unanswered: 1, rev: 2 }) },
    { type: 'message', message: aMessage(1) },
  )
  expect(desk.chat(aChat(1).id)?.unanswered).toBe(1)
  expect(heard).toHaveBeenCalledTimes(1)
  await vi.waitFor(async () => expect(await getMeta(desk.db, 'seq')).toBe(12))
  expect((await readTail(desk.db, aChat(1).id))?.items).toEqual([aMessage(1)])
})

test('lists are asked for once with each connection, not again with each thing that is heard', async () => {
  await using phone = await aPhone(() => undefined)
  await vi.waitFor(() => expect(phone.running.phase()).toBe('open'))
  const asks = () => phone.asked.filter(({ path }) => /^\/(drafts|mentions)/.test(path)).map(({ path }) => path)
  await vi.waitFor(() => expect(asks()).toHaveLength(2))
  phone.tell({ type: 'chat', chat: aChat(1, { lastMessage: last(1) }) })
  phone.tell({ type: 'message', message: aMessage(1) })
  phone.tell({ type: 'message', message: aMessage(2) })
  expect(asks()).toEqual(['/mentions', '/drafts'])
})

test('a tick for a message that this phone sent is no new message', async () => {
  await using phone = await aPhone(() => undefined)
  await vi.waitFor(() => expect(phone.running.phase()).toBe('open'))
  const heard = vi.fn<(message: Message) => void>()
  phone.running.desk.onArrival(heard)
  const out = aMessage(1, { direction: 'out', status: 'sent' })
  phone.tell({ type: 'chat', chat: aChat(1, { lastMessage: last(1) }) }, { type: 'message', message: out })
  phone.tell({ type: 'message', message: { ...out, status: 'read', rev: 2 } })
  expect(heard).not.toHaveBeenCalled()
  expect(phone.running.desk.log(aChat(1).id)?.tail?.items[0]?.status).toBe('read')
})

test('what a person may not see any more leaves the screen and the store', async () => {
  await using phone = await aPhone(() => undefined)
  await vi.waitFor(() => expect(phone.running.phase()).toBe('open'))
  const { desk } = phone.running
  phone.tell({ type: 'chat', chat: aChat(1, { lastMessage: last(1) }) }, { type: 'message', message: aMessage(1) })
  phone.tell({ type: 'forget', chatId: aChat(1).id, into: null })
  expect(desk.chat(aChat(1).id)).toBeUndefined()
  await vi.waitFor(async () => expect(await readTail(desk.db, aChat(1).id)).toBeNull())
})

test('a tick that comes before a chat is opened does not hide what the phone kept of it', async () => {
  await using phone = await aPhone(() => undefined)
  const { desk } = phone.running
  await vi.waitFor(async () => expect(await getMeta(desk.db, 'seq')).toBe(10))
  phone.tell({ type: 'chat', chat: aChat(1, { lastMessage: last(1) }) }, { type: 'message', message: aMessage(1) })
  phone.tell({ type: 'chat', chat: aChat(1, { lastMessage: last(2), rev: 2 }) }, { type: 'message', message: aMessage(2) })
  await vi.waitFor(async () => expect((await readTail(desk.db, aChat(1).id))?.items).toHaveLength(2))

  // The app is opened anew: nothing in memory but what the stream says next.
  const again = createDesk(desk.me, desk.db)
  await again.restore()
  await again.apply([{ type: 'message', message: { ...aMessage(2), rev: 2 } }], 20)
  expect(again.log(aChat(1).id)?.tail?.items).toHaveLength(1)
  await openChat(again, aChat(1).id).catch(() => undefined)
  expect(again.log(aChat(1).id)?.tail?.items).toHaveLength(2)
})

test('numbers that a person may see from now on are asked for at once', async () => {
  const path = '/channels'
  await using phone = await aPhone(() => undefined, { me: aMe(['chats.read']) })
  await vi.waitFor(() => expect(phone.running.phase()).toBe('open'))
  expect(phone.asked.some((request) => request.path === path)).toBe(false)
  phone.tellMe({ permissions: ['chats.read', 'channels.read'] })
  await vi.waitFor(() => expect(phone.asked.some((request) => request.path === path)).toBe(true))
})

test('what is said of another person changes nothing here', async () => {
  await using phone = await aPhone(() => undefined, { me: aMe(['chats.read']) })
  phone.tellMe({ person: aMe().person, permissions: ['account.manage'] })
  expect(phone.running.desk.may('account.manage')).toBe(false)
})
