import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { fillText, unfilledIn, variablesIn } from './variables.ts'

test('each variable gets its value, wherever and however often it stands', () => {
  const filled = fillText('Hola {cliente}, le escribe {agente}. {cliente}: su saldo es {saldo}.', {
    cliente: 'Rosa',
    agente: 'Jorge',
    saldo: 'S/ 120,50',
  })
  expect(filled).toEqual({ text: 'Hola Rosa, le escribe Jorge. Rosa: su saldo es S/ 120,50.', missing: [] })
})

test('what is not known stays in its place and is named once', () => {
  const filled = fillText('{titular} debe {saldo} hace {mora} días. {saldo}', { titular: 'Rosa', mora: null, saldo: '  ' })
  expect(filled).toEqual({ text: 'Rosa debe {saldo} hace {mora} días. {saldo}', missing: ['saldo', 'mora'] })
})

test('accents and capitals do not make another variable', () => {
  expect(fillText('{Número} {NUMERO}', { numero: '+593' })).toEqual({ text: '+593 +593', missing: [] })
  expect(fillText('{Número}', {})).toEqual({ text: '{numero}', missing: ['numero'] })
})

test('a field of the client database is a variable like the others', () => {
  expect(fillText('Cuota {cuota_3}', { cuota_3: '7' })).toEqual({ text: 'Cuota 7', missing: [] })
})

test('a value that looks like a variable is not filled again', () => {
  expect(fillText('{cliente}', { cliente: '{saldo}', saldo: '9' }).text).toBe('{saldo}')
})

test.each(['{}', '{ saldo }', '{1}', '{a-b}', 'a { b } c', '{saldo'])('%s is no variable', (text) => {
  expect(variablesIn(text)).toEqual([])
  expect(fillText(text, {})).toEqual({ text, missing: [] })
})

test('before it leaves, a text may hold no variable of ours and none that could not be filled', () => {
  expect(unfilledIn('Debe {saldo} y {cuota}')).toEqual(['saldo'])
  expect(unfilledIn('Debe {saldo} y {cuota}', ['cuota'])).toEqual(['saldo', 'cuota'])
  expect(unfilledIn('Debe 9 y {jeje}', ['cuota'])).toEqual([])
})

test('what is missing is exactly what still stands in the text', () => {
  const texts = fc.array(fc.oneof(fc.constantFrom('{saldo}', '{Mora}', '{cliente}', '{cuota}', ' ', '{', '}'), fc.string()))
  fc.assert(
    fc.property(texts, (parts) => {
      const { text, missing } = fillText(parts.join(''), { cliente: 'Rosa' })
      expect(unfilledIn(text, missing).toSorted()).toEqual(missing.toSorted())
    }),
  )
})
