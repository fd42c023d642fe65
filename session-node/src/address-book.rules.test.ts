import { expect, test } from 'vitest'
import { peopleIn } from './address-book.rules.ts'

test('who has a name and is one person is told, by phone and LID; groups and the nameless are not', () => {
  const contacts = [
    { id: '593987000001@s.whatsapp.net', lid: '77001@lid', name: ' Rosa ' },
    { id: '77002@lid', phoneNumber: '593987000002@s.whatsapp.net', name: 'Luis' },
    { id: '77003@lid', notify: 'Eva' },
    { id: '120363@g.us', name: 'Familia' },
    ...[null, 7, { name: 'Nadie' }],
  ]
  expect(peopleIn(contacts)).toEqual([
    [
      { customer: { phone: '593987000001', lid: '77001' }, name: 'Rosa' },
      { customer: { phone: '593987000002', lid: '77002' }, name: 'Luis' },
    ],
  ])
})

test('a long address book goes in portions, whole', () => {
  const contacts = Array.from({ length: 1_201 }, (_, n) => ({
    id: `5939870${String(n).padStart(5, '0')}@s.whatsapp.net`,
    name: `Persona ${n}`,
  }))
  expect(peopleIn(contacts).map((portion) => portion.length)).toEqual([500, 500, 201])
  expect(peopleIn([])).toEqual([])
})
