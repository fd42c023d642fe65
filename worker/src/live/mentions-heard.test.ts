/** Mentions among live events: requirement CRM-71. */
import { expect, test } from 'vitest'
import { heardBy, type Sight, type Told } from './sight.rules.ts'

const sight = (reach: string): Sight => ({ grants: { 'contacts.phone': 'all' }, reach, openChannels: ['n'] })
const event: Told = {
  type: 'mention',
  json: JSON.stringify({ type: 'mention', mention: { id: 'm', personId: 'luis', text: 'Vea esto' } }),
  about: { chatId: 'c', now: { channelId: 'n', assigneeId: 'ana', departmentId: null }, was: null },
}

test('a mention is heard by who is named, and by nobody else who sees the chat', () => {
  expect(heardBy(sight('all'), 'luis', event)).toBe(event.json)
  expect(heardBy(sight('all'), 'ana', event)).toBeNull()
})

test('who does not see the chat any more hears nothing, though they were named', () => {
  expect(heardBy(sight('own'), 'luis', event)).toBeNull()
})

test('templates of a number are told to whom the number is open', () => {
  const changed: Told = { type: 'templates', json: '{"type":"templates","channelId":"n"}', about: { channelId: 'n' } }
  expect(heardBy(sight('own'), 'luis', changed)).toBe(changed.json)
  expect(heardBy({ ...sight('own'), openChannels: [] }, 'luis', changed)).toBeNull()
})

test('what somebody types is heard by their own devices, and by nobody who sees everything', () => {
  const typed: Told = {
    ...event,
    type: 'draft',
    json: JSON.stringify({ type: 'draft', draft: { personId: 'luis', text: 'Aún no' } }),
  }
  expect(heardBy(sight('all'), 'luis', typed)).toBe(typed.json)
  expect(heardBy(sight('all'), 'ana', typed)).toBeNull()
})
