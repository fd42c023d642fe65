import { expect, test } from 'vitest'
import { overtaken } from '#contract/deeds.ts'
import type { PersonId } from '#contract/ids.ts'
import { rebased, type What } from './deed.rules.ts'
import { cancels, chatWith, messageWith, seenOf } from './deeds.rules.ts'
import { aChat, aContact, aLabel, aMe, aMessage } from './fakes.ts'
import type { Deed } from './outbox.rules.ts'

const { id, name } = aMe().person
const other = { id: '0193b0b0-0000-7000-8000-000000000002' as PersonId, name: 'Luz' }
const since = '2026-11-20T15:00:00.000Z'
const waiting = aChat(1, { waitingSince: since, unanswered: 2, assignee: { id, name } })
const chatId = waiting.id
const label = aLabel(1)
const mark = (on: boolean): What => ({ do: 'label', label, on, chatId, messageId: null })
const turn = (what: 'close' | 'reopen' | 'settle', chat = waiting): What => ({ do: what, chatId, seen: seenOf(chat) })
const take = (chat = waiting): What => ({ do: 'assign', chatId, to: { id, name }, seen: seenOf(chat) })

let made = 0
function line(...whats: What[]): Deed[] {
  return whats.map((deed) => {
    made += 1
    return {
      ...{ id: aMessage(made).id, chatId, what: 'deed', deed, at: since },
      ...{ state: 'queued', posted: false, attempts: 0, notBefore: 0, problem: null },
    }
  })
}
const shown = (chat: typeof waiting, ...whats: What[]) => chatWith(chat, line(...whats), id)

test('what was decided is on the screen at once, in its order', () => {
  expect(shown(waiting, mark(true), turn('close'))).toMatchObject({ state: 'closed', unanswered: 0, labels: [{ id: label.id }] })
  expect(shown(waiting, mark(true), mark(false)).labels).toEqual([])
  expect(shown(waiting, turn('settle'))).toMatchObject({ state: 'waiting', waitingSince: null })
  const onMessage: What = { do: 'label', label, on: true, chatId, messageId: aMessage(1).id }
  expect(messageWith(aMessage(1), line(onMessage)).labels).toHaveLength(1)
})

test('what was refused is undone on the screen', () => {
  const refused = line(turn('close')).map((deed): Deed => ({ ...deed, state: 'failed' }))
  expect(chatWith(waiting, refused, id)).toBe(waiting)
})

test('a customer who has written since is not closed nor settled unread', () => {
  const written = { ...waiting, unanswered: 3 }
  expect(shown(written, turn('settle'))).toBe(written)
  expect(shown(written, turn('close'))).toBe(written)
  // Answered by a colleague, and written again since: as many, and others.
  const later = { ...waiting, waitingSince: '2026-11-20T16:00:00.000Z' }
  expect(shown(later, turn('close'))).toBe(later)
  expect(shown(written, mark(true)).labels).toHaveLength(1)
})

test('answered meanwhile it is closed all the same: nobody waits', () => {
  expect(shown({ ...waiting, waitingSince: null, unanswered: 0 }, turn('close')).state).toBe('closed')
})

test('a chat that somebody else has been given is not taken from them, nor closed under them', () => {
  const theirs = { ...waiting, assignee: other }
  expect(shown(theirs, take({ ...waiting, assignee: null }))).toBe(theirs)
  expect(shown(theirs, turn('close'))).toBe(theirs)
  expect(shown({ ...waiting, assignee: null }, take({ ...waiting, assignee: other })).assignee).toEqual({ id, name })
})

test('what stands on an earlier decision of the same line stands and falls with it', () => {
  const free = { ...waiting, assignee: null }
  const both = [take(free), turn('close')]
  expect(shown(free, ...both)).toMatchObject({ state: 'closed', assignee: { id } })
  const theirs = { ...free, assignee: other }
  expect(shown(theirs, ...both)).toBe(theirs)
})

test('opening again contradicts nothing', () => {
  const nobody = { waitingSince: null, unanswered: 0, assigneeId: null }
  expect(overtaken('reopen', nobody, { waitingSince: since, unanswered: 9, assigneeId: other.id }, id)).toBe(false)
})

test('a label that is put and taken off while it waits is never sent; nor is a chat closed and opened', () => {
  expect(cancels(mark(true), mark(false))).toBe(true)
  expect(cancels(mark(true), mark(true))).toBe(false)
  expect(cancels(turn('close'), turn('reopen'))).toBe(true)
  expect(cancels(turn('settle'), turn('reopen'))).toBe(false)
})

test('of a contact each field stands for itself: only the same one, written by both, asks the person', () => {
  const was = aContact(1, { name: 'Rosa', email: null })
  const mine = { do: 'contact' as const, contactId: was.id, was, fields: { name: 'Rosa Huamán' } }
  expect(rebased(mine, { ...was, email: 'rosa@correo.example' })).toEqual({ name: 'Rosa Huamán' })
  expect(rebased(mine, { ...was, name: 'Rosa Huamán' })).toEqual({ name: 'Rosa Huamán' })
  expect(rebased(mine, { ...was, name: 'Rosa María' })).toBeNull()
})
