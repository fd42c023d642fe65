/** Labels of live events: requirement CRM-80. */
import { expect, test } from 'vitest'
import { heardBy, type Sight, type Told } from './sight.rules.ts'

const place = { channelId: 'n', assigneeId: null, departmentId: null }
const about = { chatId: 'c', now: place, was: null }
const sight = (role?: string, grants?: Sight['grants']): Sight => ({
  role,
  grants: grants ?? { 'contacts.phone': 'all' },
  reach: 'all',
})
const open = { id: '1', name: 'Mora', color: 'mora' }
const secret = { id: '2', name: 'Reservada', color: 'teja' }
const labels = [
  { ...open, roles: [] },
  { ...secret, roles: ['boss'] },
]
const told = (type: 'chat' | 'message', rest: object): Told => ({ type, json: JSON.stringify({ type, [type]: rest }), about })

test.each(['chat', 'message'] as const)('a label of a %s reaches only the roles that see it, and never says which', (type) => {
  const event = told(type, { id: 'x', labels })
  expect(JSON.parse(heardBy(sight('boss'), 'p', event) ?? '')).toEqual({ type, [type]: { id: 'x', labels: [open, secret] } })
  for (const role of ['agent', undefined]) {
    expect(JSON.parse(heardBy(sight(role), 'p', event) ?? '')).toEqual({ type, [type]: { id: 'x', labels: [open] } })
  }
})

test('a number and a label are hidden from the same person at once, also where nobody knows whose the chat is', () => {
  const event = told('chat', { contact: { phone: '+593987654321' }, labels })
  for (const one of [event, { ...event, about: null }]) {
    const heard = heardBy(sight('boss'), 'p', one)
    expect(heard).not.toContain('roles')
    expect(heard).toContain('Reservada')
    expect(heardBy(sight('agent'), 'p', one)).not.toContain('Reservada')
    expect(heardBy(sight('agent', {}), 'p', one)).toMatch(/•••321/)
  }
})

test('an event without labels passes untouched, and so does a text that looks like one', () => {
  for (const text of ['Hola', '"roles":[]']) {
    const event = told('message', { text, labels: [] })
    expect(heardBy(sight('agent'), 'p', event)).toBe(event.json)
  }
})

test('a label of which nobody has said for whom it is reaches nobody', () => {
  const event = told('chat', { id: 'x', labels: [secret] })
  expect(JSON.parse(heardBy(sight('boss'), 'p', event) ?? '')).toEqual({ type: 'chat', chat: { id: 'x', labels: [] } })
})

test('that labels have changed everybody hears, and not which', () => {
  const event = { type: 'labels', json: '{"type":"labels"}', about: null }
  expect(heardBy({ grants: {}, reach: 'own' }, 'p', event)).toBe(event.json)
})
