import { expect, test } from 'vitest'
import { aMessage } from '../../../live/fakes.ts'
import { hitsOf, holds, spotsIn, wordsIn } from './found.rules.ts'

test('every word counts, accents and capitals do not, in any order', () => {
  const message = aMessage(1, { text: 'Mañana hago el Depósito de $1.250' })
  expect(holds(message, wordsIn('deposito MANANA'))).toBe(true)
  expect(holds(message, wordsIn('depos'))).toBe(true)
  expect(holds(message, wordsIn('1.250'))).toBe(true)
  expect(holds(message, wordsIn('deposito ayer'))).toBe(false)
  expect(holds(message, wordsIn('  '))).toBe(false)
  expect(holds(message, wordsIn('%'))).toBe(false)
})

test('what was deleted, and what only the system says, is not found', () => {
  expect(holds(aMessage(1, { text: 'hola', deletedAt: '2026-11-20T10:00:00.000Z' }), ['hola'])).toBe(false)
  expect(holds(aMessage(1, { text: 'hola', kind: 'system' }), ['hola'])).toBe(false)
})

test('the phone’s own and the server’s hits are one list, newest first, each once', () => {
  expect(hitsOf([aMessage(1), aMessage(3)], [aMessage(3), aMessage(2)]).map(({ id }) => id)).toEqual(
    [3, 2, 1].map((n) => aMessage(n).id),
  )
})

test('words are marked where they stand, with their accents, however those are written', () => {
  const marked = (text: string, question: string) => spotsIn(text, wordsIn(question)).map(([a, b]) => text.slice(a, b))
  expect(marked('El depósito y otro DEPÓSITO', 'deposito')).toEqual(['depósito', 'DEPÓSITO'])
  expect(marked('depo\u0301sito', 'posito')).toEqual(['po\u0301sito'])
  expect(marked('👍 listo', 'listo')).toEqual(['listo'])
  expect(marked('pagar pago', 'pag pago')).toEqual(['pag', 'pago'])
  expect(marked('nada', '')).toEqual([])
})
