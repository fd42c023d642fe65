import { describe, expect, test } from 'vitest'
import { Delivery } from './delivery.ts'
import { awaitsFile, fileName, itemOf } from './item.ts'
import { nameFor } from './names.rules.ts'
import { batchesOf } from './order.ts'
import { oneOutcome } from './single.ts'
import { toBitrix } from './text.rules.ts'
import { callVerdict, itemOutcomes } from './verdict.ts'

let count = 0
/** A message of Rosa's that waits to be told; `more` and `message` change what is different. */
function aDelivery(more: object = {}, message: object = {}): Delivery {
  count += 1
  return Delivery.parse({
    ...{ id: `d${count}`, kind: 'send', body: null, tries: 0, waitedS: 0, language: 'es', im: null, operator: null },
    chat: { id: 'x1', externalId: 'wa-51987000111', imChatId: '1767', sessionId: '321', responsible: null, assignee: null },
    line: { id: 'l1', connector: 'wab24_k3', line: 7 },
    contact: { name: 'Rosa Quispe', phone: '51987000111', photo: null },
    message: {
      ...{ id: `m${count}`, direction: 'in', kind: 'text', text: 'Hola', extra: null, at: '2026-11-22T10:00:00.000Z' },
      ...{
        isDeleted: false,
        isThere: false,
        author: { kind: 'contact', name: 'Rosa', employee: null },
        quoted: null,
        file: null,
      },
      ...message,
    },
    ...more,
  })
}
const aFile = (more: object = {}) => ({ r2Key: 'm/1', mime: 'image/jpeg', name: null, size: 4, state: 'ready', ageS: 1, ...more })
const LINKS = { file: 'https://us.example/files/t/a.jpg', photo: null }
const shown = (delivery: Delivery) => itemOf(delivery, LINKS).message

describe('what stands in the line', () => {
  test('a place has its map, people their numbers, an answer what it answers', () => {
    const location = { latitude: -12.05, longitude: -77.04, name: 'Plaza Mayor' }
    expect(shown(aDelivery({}, { kind: 'location', text: null, extra: { location } }))).toMatchObject({
      text: '📍 Plaza Mayor\nhttps://maps.google.com/?q=-12.05,-77.04',
    })
    const contacts = [{ name: 'Luis', phones: ['+51 987'], emails: [] }]
    expect(shown(aDelivery({}, { kind: 'contacts', text: null, extra: { contacts } }))).toMatchObject({
      text: '👤 Luis: +51 987',
    })
    const quoted = { kind: 'image', text: null }
    expect(shown(aDelivery({}, { quoted }))).toMatchObject({ text: '[i]> Foto[/i]\nHola' })
  })

  test('a file goes with a name that says what it is; a voice note says so too', () => {
    expect(shown(aDelivery({}, { kind: 'image', text: null, file: aFile() }))).toMatchObject({
      text: '',
      files: [{ url: LINKS.file, name: 'image.jpg' }],
    })
    expect(shown(aDelivery({}, { kind: 'voice', text: null, file: aFile({ mime: 'audio/ogg; codecs=opus' }) }))).toMatchObject({
      text: '🎤 Mensaje de voz',
      files: [{ name: 'voice.ogg' }],
    })
    expect(fileName({ name: 'factura.pdf', mime: 'application/pdf' }, 'document')).toBe('factura.pdf')
    expect(fileName({ name: 'factura', mime: 'application/pdf' }, 'document')).toBe('factura.pdf')
  })

  test('what has no words of its own is said, never passed over', () => {
    const lost = shown(aDelivery({}, { kind: 'image', text: 'Mi recibo', file: aFile({ state: 'lost', r2Key: null }) }))
    expect(lost).toMatchObject({
      text: 'Mi recibo\n📎 Foto: El archivo no se pudo traer de WhatsApp. Pida al cliente que lo envíe otra vez.',
    })
    expect(shown(aDelivery({}, { kind: 'unsupported', text: null }))).toMatchObject({
      text: '[El cliente envió algo que aquí no se puede mostrar. Véalo en el teléfono del número.]',
    })
  })

  test('what we write stands in the employee’s name; without one the text says whose it is, and makes no lead', () => {
    const out = { direction: 'out', author: { kind: 'person', name: 'Ana', employee: '31' } }
    expect(shown(aDelivery({}, out))).toMatchObject({ text: 'Hola', user_id: 31, disable_crm: 'Y' })
    const stranger = { direction: 'out', author: { kind: 'person', name: 'Ana', employee: null } }
    expect(shown(aDelivery({}, stranger))).toMatchObject({ text: '[b]Ana:[/b]\nHola', disable_crm: 'Y' })
    expect(shown(aDelivery())).not.toHaveProperty('disable_crm')
  })

  test('a line of ours says what happened and what helps', () => {
    const body = { what: 'failed', code: 'window_closed' }
    expect(shown(aDelivery({ kind: 'say', body }))).toMatchObject({
      text: expect.stringMatching(/^⚠ No se entregó a WhatsApp: «Hola»\. Pasaron más de 24 horas/),
    })
    expect(shown(aDelivery({ kind: 'say', body: { what: 'reaction', emoji: '👍' } }))).toMatchObject({
      text: 'Reaccionó 👍 a: «Hola»',
    })
  })

  test('a refused item goes again without what may be to blame: first the name, then the file', () => {
    const image = { kind: 'image', text: null, file: aFile() }
    expect(itemOf(aDelivery({ tries: 1 }, image), LINKS)).toMatchObject({ user: { name: 'Cliente' }, message: { files: [{}] } })
    expect(shown(aDelivery({ tries: 2 }, image))).toEqual(expect.not.objectContaining({ files: expect.anything() }))
  })

  test('a file that is on its way is waited for, but not for ever', () => {
    const waits = (ageS: number) =>
      awaitsFile(aDelivery({}, { kind: 'image', file: aFile({ state: 'pending', r2Key: null, ageS }) }))
    expect([waits(5), waits(61)]).toEqual([true, false])
  })
})

test('WhatsApp’s marks become Bitrix24’s; what looks like one of Bitrix24’s stays text', () => {
  expect(toBitrix('*negrita* _cursiva_ ~no~ 3*4*5 a_b_c ```*x*```')).toBe(
    '[b]negrita[/b] [i]cursiva[/i] [s]no[/s] 3*4*5 a_b_c [code]*x*[/code]',
  )
  expect(toBitrix('[url=https://mal.example]banco[/url] [1]')).toBe('[⁠url=https://mal.example]banco[⁠/url] [1]')
})

test('names are letters, 25 at most; whoever is called by signs alone is a customer', () => {
  expect(nameFor('Rosa María Quispe', 'Cliente')).toEqual({ name: 'Rosa', last_name: 'María Quispe' })
  expect(nameFor('🌸 51987 ~Rosa~ 🌸', 'Cliente')).toEqual({ name: 'Rosa', last_name: '' })
  expect(nameFor('+51 987 000 111', 'Cliente')).toEqual({ name: 'Cliente', last_name: '' })
  expect(nameFor("D'Ángelo-Núñez", 'Cliente').name).toBe("D'Ángelo-Núñez")
  expect(nameFor('x'.repeat(40), 'Cliente').name).toHaveLength(25)
})

test('one request takes several chats of a line, twenty messages at most, and splits no chat; what must stand behind waits', () => {
  const of = (chat: string, kind = 'send') => {
    const one = aDelivery({ kind })
    return { ...one, chat: { ...one.chat, id: chat } }
  }
  const rows = [
    ...Array.from({ length: 12 }, () => of('a')),
    of('a', 'responsible'),
    of('a'),
    ...Array.from({ length: 12 }, () => of('b')),
    of('c'),
  ]
  const { batches, held } = batchesOf(rows, () => false)
  expect(batches.map((batch) => batch.length)).toEqual([12, 13])
  expect(held).toHaveLength(2)
})

test('each item is read by itself; an answer that does not name it leaves it unsure', () => {
  const [one, two, three] = [aDelivery(), aDelivery(), aDelivery()]
  const RESULT = [
    { message: { id: two.message?.id }, SUCCESS: false, ERRORS: ['Invalid name'] },
    { message: { id: one.message?.id }, SUCCESS: true, session: { ID: '321', CHAT_ID: '1767' }, user: '585' },
  ]
  expect(itemOutcomes([one, two, three], { SUCCESS: true, DATA: { RESULT } })).toMatchObject([
    { id: one.id, outcome: 'done', imChatId: '1767', sessionId: '321', guestId: '585' },
    { id: two.id, outcome: 'later', code: 'portal_refused', text: 'Invalid name', counts: 1 },
    { id: three.id, outcome: 'unsure' },
  ])
})

test('a request that came to nothing waits by what kept it; only what may have been taken is unsure', () => {
  const told = (kind: 'later' | 'lost' | 'retry' | 'denied' | 'unpaid' | 'bug', code: string, repeatable = false) =>
    callVerdict({ ok: false, kind, code, text: '', againAt: 60_000 }, repeatable, 0)
  expect(told('later', 'portal_unreachable')).toMatchObject({ outcome: 'later', code: 'portal_unreachable', afterMs: 60_000 })
  expect(told('later', 'portal_method_limit')).toMatchObject({ outcome: 'later', code: 'portal_method_limit' })
  expect(told('lost', 'timeout')).toMatchObject({ outcome: 'unsure' })
  expect(told('retry', '500')).toMatchObject({ outcome: 'unsure' })
  expect(told('lost', 'timeout', true)).toMatchObject({ outcome: 'later' })
  expect(told('bug', 'NOT_ACTIVE_LINE')).toMatchObject({
    outcome: 'later',
    code: 'portal_line_inactive',
    lineProblem: 'NOT_ACTIVE_LINE',
  })
  expect(told('unpaid', 'payment_required')).toMatchObject({ outcome: 'later', code: 'portal_unpaid' })
  expect(told('bug', 'ERROR_ARGUMENT')).toBeNull()
})

test('that the portal does not let us hand a chat over keeps none of its messages waiting', async () => {
  const chat = { id: 'x1', externalId: 'wa-1', imChatId: '1767', sessionId: '321', responsible: null, assignee: '31' }
  const given = aDelivery({ kind: 'responsible', message: null, chat })
  const denied = { ok: false, kind: 'denied', code: 'ACCESS_DENIED', text: '', againAt: null } as const
  const world = { call: () => Promise.resolve(denied), now: () => 0 }
  expect(await oneOutcome(world, 'responsible', [given])).toMatchObject([
    { id: given.id, outcome: 'failed', code: 'portal_refused' },
  ])
  const status = aDelivery({ kind: 'delivery_status', im: { chatId: '1767', messageId: '1', parts: ['m1'] } })
  expect(await oneOutcome(world, 'delivery_status', [status])).toMatchObject([{ outcome: 'later', code: 'portal_access' }])
})
