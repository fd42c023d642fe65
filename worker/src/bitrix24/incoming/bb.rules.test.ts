import fc from 'fast-check'
import { expect, test } from 'vitest'
import { signed, unsigned, whatsappOf } from './bb.rules.ts'

test.each([
  ['[b]Precio[/b]: 20', '*Precio*: 20'],
  ['[i]hoy[/i] y [s]ayer[/s] y [u]ya[/u]', '_hoy_ y ~ayer~ y ya'],
  ['[b][i]los dos[/i][/b]', '*_los dos_*'],
  ['Hola[br]Rosa', 'Hola\nRosa'],
  ['Hola [br] Rosa', 'Hola\nRosa'],
  ['[b] con aire [/b] y más', '*con aire*  y más'],
  ['[b]dos\nlíneas[/b]', '*dos*\n*líneas*'],
  ['[url=https://a.example/x]la tienda[/url]', 'la tienda: https://a.example/x'],
  ['[url]https://a.example[/url]', 'https://a.example'],
  ['[url=https://a.example]https://a.example[/url]', 'https://a.example'],
  ['[user=5]Luis Paz[/user] lo ve', '@Luis Paz lo ve'],
  ['[code]a[b]c[/b][/code]', '```a[b]c[/b]```'],
  ['[send=1]Sí[/send] [put]No[/put] [color=#f00]rojo[/color]', 'Sí No rojo'],
  ['[quote]antes[br]y después[/quote]claro', '> antes\n> y después\nclaro'],
  ['>>lo que dijo\nsí', '> lo que dijo\nsí'],
  ['--------------------\nRosa [12.03 14:05]\n¿precio?\n--------------------\n20', '> Rosa [12.03 14:05]\n> ¿precio?\n20'],
  ['[factura] número [12]', '[factura] número [12]'],
  ['[b]sin cerrar', '[b]sin cerrar'],
  ['cerrado de más[/b]', 'cerrado de más[/b]'],
  ['[b]uno [i]dos[/b]', '*uno [i]dos*'],
  ['[B]MAYÚSCULAS[/B]', '*MAYÚSCULAS*'],
])('%j reaches WhatsApp as %j', (bb, whatsapp) => {
  expect(whatsappOf(bb)).toBe(whatsapp)
})

test('the operator’s name is taken off once, wherever the portal puts the space', () => {
  expect(unsigned('[b]Luis Paz:[/b] [br]Hola')).toEqual({ name: 'Luis Paz', text: 'Hola' })
  expect(unsigned('[b]Luis Paz:[/b][br] [b]Luis Paz:[/b][br]Hola')).toEqual({
    name: 'Luis Paz',
    text: '[b]Luis Paz:[/b][br]Hola',
  })
  expect(unsigned('[b]Total:[/b] 20')).toEqual({ name: null, text: '[b]Total:[/b] 20' })
  expect(signed('Luis', 'Hola')).toBe('*Luis:*\nHola')
  expect(signed(null, 'Hola')).toBe('Hola')
})

test('words without brackets, dashes and quotes go as they were written', () => {
  const words = fc.string({ unit: fc.constantFrom('a', 'ñ', ' ', '\n', '*', '_', '🙂', '1', '.', ':') })
  fc.assert(
    fc.property(words, (text) => {
      expect(whatsappOf(text)).toBe(text.replaceAll(/[^\S\n]+\n/g, '\n').trim())
    }),
  )
})

test('whatever is written, nothing throws and no letter is lost', () => {
  const piece = fc.constantFrom(
    '[b]',
    '[/b]',
    '[i]',
    '[/i]',
    '[code]',
    '[/code]',
    '[url=x]',
    '[/url]',
    '[quote]',
    '[/quote]',
    '[user=1]',
    '[/user]',
    '[x]',
    'a',
    'b ',
    '\n',
    '>>',
  )
  const letters = (text: string) =>
    text.replaceAll(/\[\/?(b|i|s|u|code|url|quote|user)(=[^\]]*)?\]/g, '').replaceAll(/[^abx]/g, '')
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const text = pieces.join('')
      const outside = letters(whatsappOf(text))
      for (const letter of ['a', 'b']) {
        const before = letters(text).split(letter).length
        expect(outside.split(letter).length).toBe(before)
      }
    }),
  )
})
