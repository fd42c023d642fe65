import { expect, test, vi } from 'vitest'
import { toBase64 } from '../lib/bytes.ts'
import { derive } from '../lib/scrypt.ts'
import { checkPassword, hashPassword, isOutdated } from './password.ts'

// Hashing is made to be slow, and slower on a busy machine.
vi.setConfig({ testTimeout: 30_000 })

/** A hash that costs little, as one that was made with other parameters. */
async function cheapHash(password: string): Promise<string> {
  const salt = new Uint8Array(16)
  return ['scrypt', 1024, 8, 1, toBase64(salt), toBase64(await derive(password, salt, { n: 1024, r: 8, p: 1 }))].join('$')
}

test('a password opens only its own hash, and the same password never makes the same hash', async () => {
  const [one, two] = await Promise.all([hashPassword('clave larga y buena'), hashPassword('clave larga y buena')])
  expect(one).not.toBe(two)
  expect(one).toMatch(/^scrypt\$32768\$8\$3\$/)
  expect(isOutdated(one)).toBe(false)
  expect(await checkPassword('clave larga y buena', one)).toBe(true)
  const cheap = await cheapHash('clave larga y buena')
  expect(await checkPassword('clave larga y buena', cheap)).toBe(true)
  expect(await checkPassword('clave larga y mala', cheap)).toBe(false)
})

test('letters written in two ways are one password', async () => {
  expect(await checkPassword('contrasen\u0303a', await cheapHash('contrase\u00f1a'))).toBe(true)
})

test('nobody has no password, and a damaged hash opens nothing', async () => {
  expect(await checkPassword('', null)).toBe(false)
  expect(await checkPassword('clave', 'md5$abc')).toBe(false)
})

test('a hash of other parameters is to be made anew', async () => {
  expect(isOutdated(await cheapHash('clave larga y buena'))).toBe(true)
  expect(isOutdated('scrypt$16384$8$5$AAAA$AAAA')).toBe(true)
})
