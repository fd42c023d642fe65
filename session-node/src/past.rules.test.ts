import { expect, test } from 'vitest'
import { entriesOf, sliceOf } from './past.rules.ts'

const me = { phone: '593999000000', lid: '900' }
const now = Date.UTC(2026, 10, 21)
const SECOND = Date.UTC(2026, 9, 1) / 1000
const said = (id: string, at: number, more: object = {}) => ({
  message: { key: { id, fromMe: false }, messageTimestamp: at, message: { conversation: id }, ...more },
})
const ours = (id: string, at: number, status: number) => said(id, at, { key: { id, fromMe: true }, status })
const chat = (id: string, messages: object[], more: object = {}) => ({ id, messages, ...more })

function read(piece: object, more: { from?: number; count?: number; since?: number } = {}, phones = new Map<string, string>()) {
  return sliceOf(entriesOf({ ...piece }, me), { from: 0, count: 100, since: 0, ...more, now, me }, phones)
}

test('a chat is read from its first word on, and words of one second keep the order of the phone', () => {
  const { items } = read({ conversations: [chat('7701@lid', [said('c', SECOND + 9), said('b', SECOND), said('a', SECOND)])] })
  expect(items.map(({ providerId, at }) => [providerId, at])).toEqual([
    ['a', SECOND * 1000],
    ['b', SECOND * 1000 + 1],
    ['c', (SECOND + 9) * 1000],
  ])
})

test('a person is known by phone and LID wherever the phone tells both', () => {
  const conversations = [
    chat('7701@lid', [said('a', SECOND)], { pnJid: '593987000001@s.whatsapp.net', name: 'Rosa' }),
    chat('8801@lid', [said('b', SECOND)]),
    chat('9901@lid', [said('c', SECOND)]),
  ]
  const phoneNumberToLidMappings = [{ pnJid: '593987000002@s.whatsapp.net', lidJid: '8801@lid' }]
  const { items, people } = read({ conversations, phoneNumberToLidMappings }, {}, new Map([['9901', '593987000003']]))
  expect(items.map(({ customer }) => customer)).toEqual([
    { lid: '7701', phone: '593987000001' },
    { lid: '8801', phone: '593987000002' },
    { lid: '9901', phone: '593987000003' },
  ])
  expect(people[0]).toEqual({ customer: { lid: '7701', phone: '593987000001' }, name: 'Rosa' })
})

test('what is left out is counted by its reason', () => {
  const conversations = [
    chat('120363@g.us', [said('a', SECOND)]),
    chat('status@broadcast', [said('b', SECOND)]),
    chat('1@newsletter', [said('c', SECOND)]),
    chat('900@lid', [said('d', SECOND)]),
    chat('strange', [said('e', SECOND)]),
    chat('7701@lid', [
      said('old', SECOND - 90 * 86_400),
      said('gone', SECOND, { messageStubType: 1, message: null }),
      said('notice', SECOND, { messageStubType: 22, message: null }),
      said('change', SECOND, { message: { reactionMessage: { key: { id: 'x' }, text: '👍' } } }),
      ours('never', SECOND, 1),
      said('nobody', 0),
      ours('read', SECOND + 1, 4),
    ]),
  ]
  const { items, skipped } = read({ conversations }, { since: (SECOND - 86_400) * 1000 })
  expect(items).toMatchObject([{ providerId: 'read', origin: 'echo', status: 'read', kind: 'text' }])
  expect(skipped).toEqual({
    ...{ groups: 1, lists: 1, channels: 1, own: 1, broken: 2 },
    ...{ older: 1, deleted: 1, notices: 1, changes: 1, unsent: 1 },
  })
})

test('missed calls, files, quotes and reactions come along', () => {
  const image = { imageMessage: { mimetype: 'image/jpeg', fileLength: 900, contextInfo: { stanzaId: 'q' } } }
  const reactions = [
    { key: { fromMe: true }, text: '❤️' },
    { key: { fromMe: false }, text: '😮' },
  ]
  const call = said('call', SECOND + 1, { messageStubType: 40, message: null })
  const { items, kept } = read({ conversations: [chat('7701@lid', [said('pic', SECOND, { message: image, reactions }), call])] })
  expect(items).toMatchObject([
    { kind: 'image', media: { id: 'pic', size: 900 }, quoted: 'q', reactions: [{ by: 'phone' }, { by: 'contact' }] },
    { kind: 'system', extra: { system: 'missed_call' } },
  ])
  expect(kept.map(({ waId, hasFile }) => [waId, hasFile])).toEqual([
    ['pic', true],
    ['call', false],
  ])
})

test('slices join without a hole or an overlap, and long words make a slice shorter', () => {
  const messages = Array.from({ length: 25 }, (_, n) =>
    said(`m${n}`, SECOND + n, { message: { conversation: 'x'.repeat(60_000) } }),
  )
  const conversations = [chat('7701@lid', messages), chat('8801@lid', [said('last', SECOND)])]
  const pushnames = [{ id: '7701@lid', pushname: 'Rosa' }]
  const ids: string[] = []
  let slices = 0
  for (let from: number | null = 0; from !== null; slices += 1) {
    const { items, next } = read({ conversations, pushnames }, { from, count: 10 })
    ids.push(...items.map(({ providerId }) => providerId))
    from = next
  }
  expect(ids).toHaveLength(26)
  expect(new Set(ids).size).toBe(26)
  expect(slices).toBe(3)
})

test('whatever a phone sends, nothing throws', () => {
  for (const piece of [
    {},
    { conversations: 7 },
    { conversations: [null, { id: 4, messages: [null, { message: 3 }] }] },
    { pushnames: [{}] },
  ])
    expect(read(piece).items).toEqual([])
})
