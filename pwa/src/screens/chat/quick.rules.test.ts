import { expect, test } from 'vitest'
import { aChannel, aQuickReply } from '../../live/fakes.ts'
import { groupsOf, insertedAt, isEmptyLine, placeOf } from './quick.rules.ts'

const here = aChannel().id
const saludo = aQuickReply(1, { shortcut: 'hola', name: 'Saludo', text: 'Buenos días' })
const saldo = aQuickReply(2, { shortcut: 'saldo', name: 'Saldo pendiente', folder: 'Cobranza', text: 'Debe {saldo}' })
const pago = aQuickReply(3, { shortcut: 'pago', name: 'Cómo pagar', folder: 'Cobranza', text: 'Pague su saldo en caja' })
const all = [saludo, saldo, pago]
const names = (groups: ReturnType<typeof groupsOf>) => groups.map(({ name, items }) => [name, items.map((one) => one.shortcut)])

test('what was used last comes first, the rest by folder', () => {
  expect(names(groupsOf(all, [pago.id], here, ''))).toEqual([
    ['recent', ['pago']],
    [{ folder: '' }, ['hola']],
    [{ folder: 'Cobranza' }, ['saldo']],
  ])
})

test.each([
  ['a shortcut, before what only mentions it', 'saldo', ['saldo', 'pago']],
  ['a shortcut with its sign', '/hol', ['hola']],
  ['a name without accents', 'como pagar', ['pago']],
  ['words of the text in any order', 'días buenos', ['hola']],
  ['a folder', 'cobranza', ['pago', 'saldo']],
])('search finds by %s', (_how, words, shortcuts) => {
  expect(names(groupsOf(all, [], here, words))).toEqual([['found', shortcuts]])
})

test('nothing that matches is no group at all', () => {
  expect(groupsOf(all, [saldo.id], here, 'xyz')).toEqual([])
})

test('a reply of other numbers is not offered here', () => {
  const elsewhere = aQuickReply(4, { channels: [aChannel({ id: '0193dddd-0000-7000-8000-000000000009' as never }).id] })
  expect(groupsOf([elsewhere, saldo], [elsewhere.id], here, '').flatMap(({ items }) => items)).toEqual([saldo])
})

test.each([
  ['', 0, true],
  ['hola\n', 5, true],
  ['hola\n\nchau', 5, true],
  ['hola', 4, false],
  ['hola', 0, false],
  ['a ', 2, false],
])('in %j at %i a slash opens the picker: %s', (text, at, expected) => {
  expect(isEmptyLine(text, at, at)).toBe(expected)
})

test('what is put in does not stick to its neighbours', () => {
  expect(insertedAt('Hola', 4, 4, 'Rosa')).toEqual({ text: 'Hola Rosa', end: 9 })
  expect(insertedAt('Hola \nchau', 5, 5, 'Rosa')).toEqual({ text: 'Hola Rosa\nchau', end: 9 })
  expect(insertedAt('AB', 1, 1, 'x').text).toBe('A x B')
})

test('the first gap of the text is found, whatever the order of the names', () => {
  expect(placeOf('Debe {saldo} hace {mora}', ['mora', 'saldo'])).toEqual({ from: 5, to: 12 })
  expect(placeOf('Debe 9', ['saldo'])).toBeNull()
})
