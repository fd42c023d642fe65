import { expect, test } from 'vitest'
import { filled } from './quick-replies.ts'

const raw = (text: string, client: object) =>
  JSON.stringify({ text, values: { agente: 'Ana', cliente: 'Rosa', numero: null }, client })

test('what the client database says is put in, with the moment at which it was read there', () => {
  const at = '2026-11-20T15:00:00.000Z'
  const answer = filled(raw('{cliente}: {saldo}', { values: { saldo: '120,50' }, at }))
  expect(answer).toEqual({ text: 'Rosa: 120,50', missing: [], valuesAt: at })
})

test('without a client database its variables are missing, and no moment is given', () => {
  expect(filled(raw('{cliente}: {saldo}', {}))).toEqual({ text: 'Rosa: {saldo}', missing: ['saldo'], valuesAt: null })
})

test('a field of the client database does not stand for what we know ourselves', () => {
  const answer = filled(raw('{agente} {numero}', { values: { agente: 'Otro', numero: '1' }, at: null }))
  expect(answer).toEqual({ text: 'Ana {numero}', missing: ['numero'], valuesAt: null })
})
