import { expect, test } from 'vitest'
import type { Message } from '#contract/inbox.ts'
import { aChannel, aChat, aFile, aMessage } from '../../../live/fakes.ts'
import { forwardEntries, loadOf, whyNot, type Load } from './forward.rules.ts'

const NOW = Date.parse('2026-11-21T12:00:00Z')
const open = aChat(1, { windowUntil: new Date(NOW + 3_600_000).toISOString() })
const load = (more: Partial<Message>): Load => {
  const found = loadOf(aMessage(1, more))
  if (typeof found === 'string') throw new Error(`stays: ${found}`)
  return found
}

test('a note stays, whatever it says; so does what was deleted, what only WhatsApp makes, and a file that is not here', () => {
  expect(loadOf(aMessage(1, { direction: 'note' }))).toBe('note')
  expect(loadOf(aMessage(1, { deletedAt: '2026-11-21T10:00:00.000Z' }))).toBe('kind')
  expect(loadOf(aMessage(1, { kind: 'location', text: null }))).toBe('kind')
  expect(loadOf(aMessage(1, { kind: 'unsupported', text: '¿Qué día?', extra: { unsupported: 'poll' } }))).toBe('kind')
  expect(loadOf(aMessage(1, { kind: 'image', media: aFile('image/jpeg', { state: 'pending' }) }))).toBe('file')
})

test('words go as words, a file goes by its name', () => {
  expect(load({ text: 'Hola' })).toMatchObject({ kind: 'text', text: 'Hola', media: null })
  expect(load({ kind: 'button_reply', text: 'Sí' })).toMatchObject({ kind: 'text', text: 'Sí' })
  expect(load({ kind: 'image', text: 'pie', media: aFile('image/jpeg') })).toMatchObject({ kind: 'image', text: 'pie' })
  expect(load({ kind: 'sticker', text: null, media: aFile('image/webp') })).toMatchObject({ kind: 'sticker' })
})

test('a place and people go on as what they are; a link in their names is a link', () => {
  const location = { latitude: -2.9, longitude: -79, name: 'Oficina' }
  const place = load({ kind: 'location', text: null, extra: { location } })
  expect(place).toMatchObject({ kind: 'location', said: { location } })
  const luis = { name: '', phones: ['+593991112233'], emails: [] }
  const nobody = { name: 'Sin número', phones: [], emails: [] }
  const people = load({ kind: 'contacts', text: null, extra: { contacts: [luis, nobody] } })
  expect(people).toMatchObject({ said: { contacts: [{ name: '+593991112233' }] } })
  expect(forwardEntries([place, people], 'c', { id: 'p', name: 'Ana' }, () => ({ id: '1', at: '' }))).toMatchObject([
    { kind: 'location', location, text: null, forward: { media: null } },
    { kind: 'contacts', contacts: [{ phones: ['+593991112233'] }] },
  ])
  const shop = load({ kind: 'location', text: null, extra: { location: { ...location, name: 'tienda.com' } } })
  expect(whyNot([place, people], open, aChannel(), NOW)).toBeNull()
  expect(whyNot([shop], open, aChannel(), NOW)).toBe('link')
})

test('a chat says beforehand why it cannot take it', () => {
  const hola = [load({ text: 'Hola' })]
  expect(whyNot(hola, open, aChannel(), NOW)).toBeNull()
  expect(whyNot(hola, open, aChannel({ state: 'archived' }), NOW)).toBe('archived')
  expect(whyNot(hola, aChat(1, { windowUntil: null }), aChannel(), NOW)).toBe('never')
  expect(whyNot(hola, aChat(1, { windowUntil: new Date(NOW - 1).toISOString() }), aChannel(), NOW)).toBe('window')
  expect(whyNot(hola, aChat(1, { windowUntil: null }), aChannel({ kind: 'session' }), NOW)).toBeNull()
  const out = aChat(1, {
    windowUntil: null,
    consent: { out: 'all', at: '2026-11-01T00:00:00.000Z', source: 'customer', how: 'BAJA' },
  })
  expect(whyNot(hola, out, aChannel({ kind: 'session' }), NOW)).toBe('opted-out')
})

test('the policy of the number that it goes to holds, not of the one that it came by', () => {
  const link = [load({ text: 'Hola' }), load({ text: 'mire https://tienda.com' })]
  const film = [load({ kind: 'video', media: aFile('video/mp4') })]
  const free = aChannel({ settings: { allowVideo: true, allowLinks: true } })
  expect(whyNot(link, open, aChannel(), NOW)).toBe('link')
  expect(whyNot(film, open, aChannel(), NOW)).toBe('video')
  expect(whyNot([load({ kind: 'document', media: aFile('application/zip') })], open, aChannel(), NOW)).toBe('file')
  expect(whyNot([...link, ...film], open, free, NOW)).toBeNull()
})

test('each message becomes one entry of each chat, in the order of the chat, and names what it comes from', () => {
  let n = 0
  const entries = forwardEntries(
    [load({ text: 'uno' }), load({ kind: 'voice', text: null, media: aFile('audio/ogg') })],
    'c',
    { id: 'p', name: 'Jorge' },
    () => ({ id: `id-${(n += 1)}`, at: '2026-11-21T12:00:00.000Z' }),
  )
  expect(entries).toMatchObject([
    { id: 'id-1', chatId: 'c', kind: 'text', text: 'uno', mediaId: null, forward: { of: aMessage(1).id } },
    { id: 'id-2', kind: 'voice', mediaId: aFile('audio/ogg').id, forward: { of: aMessage(1).id } },
  ])
})
