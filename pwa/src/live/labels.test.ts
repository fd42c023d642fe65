/** What a phone shows of labels, and keeps of them: requirements CRM-76, CRM-80. */
import { expect, test, vi } from 'vitest'
import type { Label } from '#contract/labels.ts'
import { aPhone } from './a-phone.ts'
import { aChat, aLabel, aMessage } from './fakes.ts'

const { id, name, color, description } = aLabel(1, { name: 'Reservada' })
const shown = { id, name, color, description }

test('what a label is called now is shown, on copies of another time too', async () => {
  let labels: Label[] = [aLabel(1, { name: 'Reservada' })]
  await using phone = await aPhone(({ path }) => (path === '/labels' ? { body: { items: labels } } : undefined))
  const names = () => phone.running.labels.shown([shown]).map((label) => label.name)
  await vi.waitFor(() => expect(phone.running.labels.items()).toHaveLength(1))
  expect(names()).toEqual(['Reservada'])
  labels = [aLabel(1, { name: 'Vigilar', archived: true })]
  phone.tell({ type: 'labels' })
  await vi.waitFor(() => expect(names()).toEqual(['Vigilar']))
})

test('a label that is not for this person any more is on nothing they see, and on nothing that the phone keeps', async () => {
  let labels: Label[] = [aLabel(1), aLabel(2)]
  const other = { ...shown, id: aLabel(2).id, name: 'Abierta' }
  const chat = aChat(1, { labels: [shown, other], rev: 2 })
  await using phone = await aPhone(({ path }) => {
    if (path === '/labels') return { body: { items: labels } }
    return path.startsWith('/chats?') ? { body: { items: [chat], next: null } } : undefined
  })
  const { desk, labels: mine } = phone.running
  await vi.waitFor(() => expect(mine.items()).toHaveLength(2))
  await vi.waitFor(async () => expect((await desk.db.get('chats', chat.id))?.labels).toHaveLength(2))
  await desk.db.put('messages', aMessage(1, { labels: [shown] }))
  labels = [aLabel(2)]
  phone.tell({ type: 'labels' })
  await vi.waitFor(() => expect(mine.shown(chat.labels)).toHaveLength(1))
  await vi.waitFor(async () => {
    expect((await desk.db.get('chats', chat.id))?.labels).toEqual([other])
    expect((await desk.db.getAll('messages')).flatMap((message) => message.labels)).toEqual([])
  })
})

test('who comes to see a label takes the chat again, though its revision is the same', async () => {
  await using phone = await aPhone(({ path }) => {
    return path.startsWith('/chats?') ? { body: { items: [aChat(1)], next: null } } : undefined
  })
  const { desk } = phone.running
  await vi.waitFor(() => expect(desk.chat(aChat(1).id)).toBeTruthy())
  await desk.pulled({ type: 'chats', items: [aChat(1, { labels: [shown] })], at: desk.moment() })
  expect(desk.chat(aChat(1).id)?.labels).toEqual([shown])
})
