import { expect, test } from 'vitest'
import { filled } from './fill-text.ts'

const raw = (text: string, client: object) =>
  JSON.stringify({ text, values: { agente: 'Ana', cliente: 'Rosa', numero: null }, client })

test('what the client database says is put in, with the moment at which it was read there', () => {
  const at = '2026-11-20T15:00:00.000Z'
  const answer = filled(raw('{cliente}: {saldo}', { values: { saldo: '120,50' }, at }), 'fresh')
  expect(answer).toEqual({ text: 'Rosa: 120,50', missing: [], valuesAt: at, stale: false })
})

test('without a client database its variables are missing, and no moment is given', () => {
  expect(filled(raw('{cliente}: {saldo}', {}), 'fresh')).toEqual({
    text: 'Rosa: {saldo}',
    missing: ['saldo'],
    valuesAt: null,
    stale: false,
  })
})

test('a field of the client database does not stand for what we know ourselves', () => {
  const answer = filled(raw('{agente} {numero}', { values: { agente: 'Otro', numero: '1' }, at: null }), 'fresh')
  expect(answer).toEqual({ text: 'Ana {numero}', missing: ['numero'], valuesAt: null, stale: false })
})

test('while the client database is away, what was read before is put in and says so', () => {
  const at = '2026-11-20T15:00:00.000Z'
  expect(filled(raw('{saldo}', { values: { saldo: '9' }, at }), 'stale')).toMatchObject({ text: '9', valuesAt: at, stale: true })
})

test('what is kept of a client whom their database no longer has is not put in', () => {
  expect(filled(raw('{saldo}', { values: { saldo: '9' }, at: null }), 'nobody')).toMatchObject({
    missing: ['saldo'],
    stale: false,
  })
})
