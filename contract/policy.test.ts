import { expect, test } from 'vitest'
import { hasLink } from './policy.ts'

test.each([
  'https://tienda.ec/oferta',
  'mire HTTP://TIENDA.COM',
  'www.tienda.com',
  'vea tienda.com por favor',
  'wa.me/593987654321',
  'bit.ly/3abc',
  '(tienda.com.ec)',
  'pague en mi-tienda.shop.',
])('%s holds a link', (text) => {
  expect(hasLink(text)).toBe(true)
})

test.each([
  'Hola, ¿cómo está?',
  'Cuesta 12.50 y llega a las 10.30',
  'ana@tienda.com',
  'hola.como le va',
  'Fin de la frase.Otra frase',
  'versión 2.0.1',
  '',
])('%s holds none', (text) => {
  expect(hasLink(text)).toBe(false)
})

test('a long text is looked through in no time', () => {
  const startedAt = Date.now()
  for (const unit of ['a.', 'a-', 'www.', 'http', '1.2.']) hasLink(unit.repeat(20_000))
  expect(Date.now() - startedAt).toBeLessThan(2_000)
})
