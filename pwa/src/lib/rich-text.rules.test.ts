import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { plainText, richText } from './rich-text.rules.ts'

test('marks become pieces, as WhatsApp reads them', () => {
  expect(richText('Su saldo es *$ 184,20* con _mora_ y ~antes~')).toEqual([
    { text: 'Su saldo es ', mark: 'plain' },
    { text: '$ 184,20', mark: 'bold' },
    { text: ' con ', mark: 'plain' },
    { text: 'mora', mark: 'italic' },
    { text: ' y ', mark: 'plain' },
    { text: 'antes', mark: 'struck' },
  ])
})

test('stars in the middle of words and sums are stars', () => {
  expect(plainText('2*3*4 = 24 y nombre_de_archivo_x')).toBe('2*3*4 = 24 y nombre_de_archivo_x')
})

test('a link ends before the full stop, and only web links are links', () => {
  expect(richText('Vea https://ec.example/a?b=1. javascript:alert(1)')).toEqual([
    { text: 'Vea ', mark: 'plain' },
    { text: 'https://ec.example/a?b=1', mark: 'link', href: 'https://ec.example/a?b=1' },
    { text: '.', mark: 'plain' },
    { text: ' javascript:alert(1)', mark: 'plain' },
  ])
})

test('no text is lost and no text takes long, whatever a stranger sends', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('*', '_', '~', '`', ' ', 'a', '\n', 'http://x'), maxLength: 400 }), (text) => {
      const kept = richText(text)
        .map((piece) => piece.text)
        .join('')
      expect(kept.replaceAll(/[*_~`]/g, '')).toBe(text.replaceAll(/[*_~`]/g, ''))
    }),
  )
})
