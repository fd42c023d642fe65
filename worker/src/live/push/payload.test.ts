import { expect, test } from 'vitest'
import type { PushKind } from '#contract/push.ts'
import * as z from 'zod'
import { MAX_BYTES, payloadFor, shrunk, type About } from './payload.ts'
import type { Facts, PushItem } from './push.store.ts'

const CHAT = z.uuid().brand<'Chat'>().parse('01930000-0000-7000-8000-000000000001')
const facts = (more: Partial<Facts> = {}): Facts => ({
  ...{ contact: 'Rosa Huamán', text: '¿Cuánto debo?', media: null, count: 1, by: null, to: null, state: null },
  ...{ problem: null, messageId: null, channelId: null, actions: { reply: true, settle: true } },
  ...more,
})
const item = (more: Partial<PushItem> = {}): PushItem => ({
  ...{ id: 'd', personId: 'p', sessionId: 's', endpoint: '', p256dh: '', auth: '', language: 'es', preview: true },
  ...{ sound: true, badge: 3, close: [], facts: facts() },
  ...more,
})
const about = (kind: PushKind, more: Partial<About> = {}): About => ({
  ...{ id: 'j', kind, tag: `c:${CHAT}`, chatId: CHAT, transferId: null },
  ...more,
})
const said = (kind: PushKind, more: Partial<PushItem> = {}) => {
  const { title, body } = payloadFor(about(kind), item(more), 'https://desk.example').notification
  return [title, body]
}

test('a message says who and what; several say how many; who hides the words reads neither words nor kind', () => {
  expect(said('message')).toEqual(['Rosa Huamán', '¿Cuánto debo?'])
  expect(said('message', { facts: facts({ count: 3 }) })).toEqual(['Rosa Huamán', '3 mensajes sin responder: ¿Cuánto debo?'])
  expect(said('message', { facts: facts({ text: null, media: 'voice' }) })).toEqual(['Rosa Huamán', 'Nota de voz'])
  expect(said('message', { preview: false })).toEqual(['Rosa Huamán', 'Mensaje nuevo'])
  expect(said('message', { preview: false, facts: facts({ text: null, media: 'voice' }) })).toEqual([
    'Rosa Huamán',
    'Mensaje nuevo',
  ])
  expect(said('message', { preview: false, facts: facts({ count: 3 }) })).toEqual(['Rosa Huamán', '3 mensajes sin responder'])
})

test('each kind says what it is, in the language of whoever reads it', () => {
  expect(said('queue')).toEqual(['Rosa Huamán · sin asignar', '¿Cuánto debo?'])
  expect(said('assignment', { facts: facts({ by: 'Ana' }) })).toEqual(['Rosa Huamán', 'Ana le asignó este chat: ¿Cuánto debo?'])
  expect(said('transfer_asked', { facts: facts({ by: 'Luis', to: 'Marta', text: 'La conoce' }) })).toEqual([
    'Traspaso por decidir: Rosa Huamán',
    'Luis lo pide para Marta: La conoce',
  ])
  expect(said('transfer_answered', { language: 'pt', facts: facts({ state: 'denied', text: null }) })).toEqual([
    'Sua transferência de Rosa Huamán',
    'Negada',
  ])
  expect(said('mention', { language: 'en', facts: facts({ by: 'Ana' }) })).toEqual([
    'Ana mentioned you',
    'Rosa Huamán: ¿Cuánto debo?',
  ])
  const stopped = facts({ contact: 'Loja', problem: 'session_logged_out' })
  expect(said('channel', { facts: stopped })[0]).toBe('Número detenido: Loja')
  expect(said('channel', { facts: facts({ contact: 'Loja' }) })[0]).toBe('Funciona otra vez: Loja')
})

test('an alarm says what is wrong, how much, and leads to where it can be put right', () => {
  const alarm = (problem: string, count = 1) => {
    const { notification } = payloadFor(about('alert', { chatId: null }), item({ facts: facts({ problem, count }) }), '')
    return [notification.body, notification.navigate]
  }
  expect(alarm('audit_broken')).toEqual([
    'La cadena de auditoría no coincide: alguien cambió la historia. Toque para ver dónde.',
    '/settings/audit',
  ])
  expect(alarm('backlog_old', 20)).toEqual([
    'Hay trabajo sin hacer desde hace 20 minutos. Toque para ver el registro.',
    '/settings/log',
  ])
  expect(alarm('dead_letters_growing', 7)).toEqual(['Los envíos fallidos aumentan: 7 por decidir.', '/settings/dead-letters'])
  expect(alarm('portal_disconnected')).toEqual([
    'Un portal de Bitrix24 quedó sin conexión. Toque para volver a conectarlo.',
    '/settings/bitrix24',
  ])
  expect(alarm('send')[1]).toBe('/settings/dead-letters')
})

test('what can be done at once is what this person may do', () => {
  const actions = (kind: PushKind, more: Partial<Facts> = {}) =>
    payloadFor(about(kind), item({ facts: facts(more) }), '').notification.actions.map(({ action }) => action)
  expect(actions('message')).toEqual(['reply', 'settle'])
  expect(actions('message', { actions: { reply: true, settle: false } })).toEqual(['reply'])
  expect(actions('transfer_asked', { actions: null })).toEqual(['approve', 'deny'])
  expect(actions('channel', { actions: null, problem: 'session_away' })).toEqual(['ack'])
  expect(actions('channel', { actions: null })).toEqual([])
})

test('a number that works again is told without a sound', () => {
  const silent = (problem: string | null) =>
    payloadFor(about('channel', { chatId: null }), item({ facts: facts({ problem }) }), '').notification.silent
  expect([silent('session_away'), silent(null)]).toEqual([false, true])
})

test('it is declarative, carries the badge twice, and leads to the message that names somebody', () => {
  const json = payloadFor(about('mention'), item({ facts: facts({ messageId: 'm' }) }), 'https://desk.example')
  expect(json).toMatchObject({ web_push: 8030, mutable: true, app_badge: 3, notification: { app_badge: 3, silent: false } })
  expect(json.notification.navigate).toBe(`https://desk.example/chats/${CHAT}?message=m`)
  expect(payloadFor(about('message'), item({ sound: false }), '').notification).toMatchObject({ silent: true, renotify: false })
})

test('names of any length and a list of things to close stay under the limit, letters whole', () => {
  const close = Array.from({ length: 10 }, (_, n) => `c:01930000-0000-7000-8000-00000000000${n}`)
  const long = payloadFor(
    about('message'),
    item({ close, facts: facts({ contact: '👩‍👩‍👧'.repeat(60), text: '😀'.repeat(120) }) }),
    'https://una-direccion-bastante-larga.empresa.example',
  )
  expect([...long.notification.title].length).toBeLessThanOrEqual(80)
  expect(long.notification.body).not.toContain('�')
  expect(new TextEncoder().encode(JSON.stringify(shrunk(long))).length).toBeLessThan(MAX_BYTES)
})
