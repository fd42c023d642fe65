import { expect, test } from 'vitest'
import { isCommon, refuseCommon } from './password.rules.ts'

const KNOWN = ['ana.torres@cobrosdelsur.ec', 'Ana Torres', 'Cobranzas del Sur']

test.each([
  ...['1234567890', '0987654321', 'qwertyuiop', 'poiuytrewq', 'asdfghjklñ', '1qaz2wsx3edc', 'abcdefghij', '123456789012'],
  ...[
    'aaaaaaaaaa',
    'abcabcabcabc',
    '1212121212',
    'password12',
    'Password123!',
    'P4ssw0rd2024',
    'contraseña123',
    'Contrasena.2025',
  ],
  ...[
    'administrador',
    'adminadmin',
    'senha12345',
    'teamomucho',
    'Barcelona2024',
    'Guayaquil2025*',
    'passwordpassword',
    '19/07/1984 1',
  ],
  ...['correcthorsebatterystaple', 'EuTeAmo2020'],
])('%s is what everybody takes', (password) => {
  expect(isCommon(password, KNOWN)).toBe(true)
})

test.each([
  'anatorres2024',
  'Torres.Ana.1',
  'cobrosdelsur',
  'CobranzasDelSur1',
  'whatsappb24!',
  'WhatsappB24 2026',
  'ana.torres@cobrosdelsur.ec',
])('%s is known of this person', (password) => {
  expect(isCommon(password, KNOWN)).toBe(true)
})

test.each([
  ...['mula verde en la loma', 'tj4-Rw9pLk2m', 'cuatro gatos y un reloj', 'contraseña de la abuela', 'Ana come bananas azules'],
  ...['84930217564738', 'xkqzvwpmth', 'Loja llueve los jueves'],
])('%s is good: length is what counts, not signs', (password) => {
  expect(isCommon(password, KNOWN)).toBe(false)
})

test('a password is as long as it is when written in one way', () => {
  expect(() => refuseCommon('n\u0303o\u0301a\u0301e\u0301u\u0301', [])).toThrow('bad_request')
  expect(() => refuseCommon('password123', [])).toThrow('password_common')
  expect(() => refuseCommon('mula verde en la loma', [])).not.toThrow()
})
