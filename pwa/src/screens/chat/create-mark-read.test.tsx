import { cleanup, render } from '@solidjs/testing-library'
import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import { DeskContext } from '../../live/context.ts'
import { aPhone } from '../../live/a-phone.ts'
import { aChat, aMessage } from '../../live/fakes.ts'
import { openChat } from '../../live/chat-pages.ts'
import { createMarkRead } from './create-mark-read.ts'

afterEach(cleanup)

test('a reading that the server did not hear is told again, and once only when it was heard', async () => {
  const chat = aChat(1, { waitingSince: new Date().toISOString() })
  const message = aMessage(1, { chatId: chat.id, direction: 'in' })
  let isAway = true
  const phone = await aPhone(({ path }) => {
    if (path.startsWith(`/chats/${chat.id}/messages`)) return { body: { items: [message], next: null } }
    if (path === `/chats/${chat.id}/read`) return isAway ? undefined : { body: { done: true } }
    return undefined
  })
  await using _ = phone
  await phone.running.desk.apply([{ type: 'chat', chat }], null)
  await openChat(phone.running.desk, chat.id)
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  const Reader = () => (createMarkRead(chat.id, () => true), null)
  render(() => (
    <DeskContext.Provider value={phone.running}>
      <Reader />
    </DeskContext.Provider>
  ))
  const told = () => phone.asked.filter(({ path }) => path.endsWith('/read')).length
  await vi.advanceTimersByTimeAsync(1_000)
  expect(told()).toBe(1)
  isAway = false
  await vi.advanceTimersByTimeAsync(2_000)
  expect(told()).toBe(2)
  await vi.advanceTimersByTimeAsync(600_000)
  expect(told()).toBe(2)
})
