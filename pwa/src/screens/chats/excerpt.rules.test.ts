import { expect, test } from 'vitest'
import { excerptOf } from './excerpt.rules.ts'

test('what was searched for is marked as it was written, with its accents', () => {
  expect(excerptOf('Ya hice el depósito, gracias', 'DEPOSITO')).toEqual({
    before: 'Ya hice el ',
    hit: 'depósito',
    after: ', gracias',
  })
})

test('a long text begins near what was found', () => {
  const { before, hit } = excerptOf(`${'palabra '.repeat(40)}convenio firmado`, 'conven')
  expect([before.length <= 37, before.startsWith('…'), hit]).toEqual([true, true, 'conven'])
})

test('without any of the words the text begins at its beginning, and signs are no words', () => {
  expect(excerptOf('Hola\nbuenos días', '%')).toEqual({ before: '', hit: '', after: 'Hola buenos días' })
})
