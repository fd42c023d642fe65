import fc from 'fast-check'
import { expect, test } from 'vitest'
import { heardIn, keyOf, laneOf } from './heard.ts'
import { standingOf, unconfirmedIn } from './history.ts'

const add = {
  CONNECTOR: 'WAB24_K3',
  LINE: '7',
  MESSAGES: [
    {
      im: { chat_id: '1767', message_id: '86497' },
      message: {
        user_id: '31',
        text: 'Hola',
        files: { 3: { name: 'foto.jpg', type: 'image', link: 'https://acme.bitrix24.es/~Ab12C', size: '48211' } },
      },
      chat: { id: 'wa-51987000111' },
    },
  ],
}

test('an operator’s message, as PHP sends it', () => {
  const [said] = heardIn('ONIMCONNECTORMESSAGEADD', add)
  expect(said).toEqual({
    ...{ what: 'add', connector: 'wab24_k3', line: 7, imChatId: '1767', imMessageId: '86497', external: 'wa-51987000111' },
    ...{
      userId: '31',
      text: 'Hola',
      files: [{ name: 'foto.jpg', type: 'image', link: 'https://acme.bitrix24.es/~Ab12C', size: 48211 }],
    },
  })
  expect(said && [laneOf(said), keyOf(said, 'x')]).toEqual(['wab24_k3|wa-51987000111', 'add|86497'])
})

test('what the line says by itself has no author; a deletion is one event however often it comes, an edit is each its own', () => {
  const of = (name: string, message: object) =>
    heardIn(name, { ...add, MESSAGES: [{ im: { chat_id: 1, message_id: 2 }, message, chat: { id: 'wa-1' } }] })[0]
  expect(of('ONIMCONNECTORMESSAGEADD', { user_id: '0', text: 'Bienvenida' })).toMatchObject({ userId: null, files: [] })
  const [gone, edited] = [
    of('ONIMCONNECTORMESSAGEDELETE', { id: 'x' }),
    of('ONIMCONNECTORMESSAGEUPDATE', { id: ['x'], text: 'b' }),
  ]
  expect(gone && keyOf(gone, 'a')).toBe('delete|2')
  expect(edited && keyOf(edited, '5|ab')).toBe('update|2|5|ab')
})

test('a session that ended', () => {
  const item = { connector: { connector_id: 'wab24_k3', line_id: 7, chat_id: 'wa-1' }, session: { id: 321 }, chat: { id: 1767 } }
  expect(heardIn('ONIMCONNECTORDIALOGFINISH', { CONNECTOR: 'wab24_k3', LINE: '7', DATA: { 1: item } })).toEqual([
    { what: 'finish', connector: 'wab24_k3', line: 7, imChatId: '1767', external: 'wa-1', sessionId: '321' },
  ])
})

test('whatever comes, nothing throws', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('ONIMCONNECTORMESSAGEADD', 'ONIMCONNECTORDIALOGFINISH', 'OTHER'),
      fc.jsonValue(),
      (name, data) => {
        expect(Array.isArray(heardIn(name, data))).toBe(true)
        expect(Array.isArray(unconfirmedIn(data))).toBe(true)
        expect(standingOf(data)).toBeDefined()
      },
    ),
  )
})

test('of a conversation that is looked through, what employees wrote and nobody outside confirmed', () => {
  const users = { 2: { connector: false }, 585: { connector: true } }
  const at = '2026-03-05T10:00:00+00:00'
  const message = {
    1: { senderid: '585', date: at, text: 'cliente', params: [] },
    2: { senderid: '2', date: at, text: 'confirmado', params: { connectorMid: ['x'] } },
    3: { senderid: '0', date: at, text: 'sistema', params: [] },
    4: { senderid: '2', date: at, text: 'perdido', params: { fileId: [5] } },
  }
  expect(unconfirmedIn({ message, users })).toEqual([
    { imMessageId: '4', userId: '2', text: 'perdido', at: Date.parse(at), hasFiles: true },
  ])
  expect(standingOf({ owner: 2, entity_data_3: 'Y' })).toEqual({ owner: '2', isSilent: true })
})
