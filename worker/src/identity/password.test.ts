import { expect, test } from 'vitest'
import { checkPassword, hashPassword, isOutdated } from './password.ts'

test('a password opens only its own hash, and the same password never makes the same hash', async () => {
  const [one, two] = await Promise.all([hashPassword('clave larga y buena'), hashPassword('clave larga y buena')])
  expect(one).not.toBe(two)
  expect(one).toMatch(/^scrypt\$32768\$8\$3\$/)
  expect(await checkPassword('clave larga y buena', one)).toBe(true)
  expect(await checkPassword('clave larga y mala', one)).toBe(false)
})

test('letters written in two ways are one password', async () => {
  const stored = await hashPassword('contrase\u00f1a')
  expect(await checkPassword('contrasen\u0303a', stored)).toBe(true)
})

test('nobody has no password, and a damaged hash opens nothing', async () => {
  expect(await checkPassword('', null)).toBe(false)
  expect(await checkPassword('clave', 'md5$abc')).toBe(false)
})

test('a hash of other parameters is to be made anew', async () => {
  expect(isOutdated(await hashPassword('clave larga y buena'))).toBe(false)
  expect(isOutdated('scrypt$16384$8$5$AAAA$AAAA')).toBe(true)
})
