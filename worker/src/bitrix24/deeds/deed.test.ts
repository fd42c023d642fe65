import { expect, test } from 'vitest'
import { deedIn, robotStatus, smsStatus } from './deed.ts'

test('a robot says template, variables, number and the card that it runs on', () => {
  const posted = {
    ...{ workflow_id: '67b0', code: 'wab24_send', event_token: '67b0|A1_2|sig', use_subscription: 'Y', ts: '1772700300' },
    document_id: ['crm', 'CCrmDocumentDeal', 'DEAL_540'],
    properties: {
      channel: 'c-1',
      template: 'pedido_listo|es',
      phone: '+51 987 000 111',
      p1: ' Rosa ',
      p2: '',
      p3: '20',
      file: ['https://e.com/a.pdf'],
    },
    auth: { member_id: 'm', user_id: '31' },
  }
  expect(deedIn(posted)).toEqual({
    ...{ kind: 'robot', key: '67b0|A1_2|sig', code: 'wab24_send', channel: 'c-1' },
    body: {
      ...{ template: { name: 'pedido_listo', language: 'es' }, params: ['Rosa', '', '20'], text: '', phone: '+51 987 000 111' },
      ...{ file: 'https://e.com/a.pdf', card: { entity: 'deal', id: 540 }, userId: '31', waits: true },
    },
  })
})

test('an SMS says to whom, what, and from which card; what is neither is nothing', () => {
  const posted = {
    ...{ module_id: 'crm', code: 'wab24_abc', message_id: 'm-1', message_to: '+593', message_body: 'x' },
    bindings: [{ OWNER_TYPE_ID: '3', OWNER_ID: '88' }],
    properties: { phone_number: '+593987654321', message_text: 'Hola' },
  }
  expect(deedIn(posted)).toMatchObject({
    ...{ kind: 'sms', key: 'm-1' },
    body: { text: 'Hola', phone: '+593987654321', card: { entity: 'contact', id: 88 }, template: null },
  })
  expect(deedIn({ code: 'x' })).toBeNull()
  expect(deedIn({})).toBeNull()
})

test('a sender’s status never goes backwards, and a closed window is undelivered', () => {
  expect(smsStatus('queued', null, null)).toBeNull()
  expect(smsStatus('sent', null, null)).toBe('sent')
  expect(smsStatus('read', null, 'sent')).toBe('delivered')
  expect(smsStatus('sent', null, 'delivered')).toBeNull()
  expect(smsStatus('failed', 'window_closed', null)).toBe('undelivered')
  expect(smsStatus('failed', 'recipient_invalid', 'sent')).toBe('failed')
})

test('a robot is answered when something is known, or when it has waited long enough', () => {
  expect(robotStatus('queued', false)).toBeNull()
  expect(robotStatus('queued', true)).toBe('queued')
  expect(robotStatus('sent', false)).toBe('sent')
})
