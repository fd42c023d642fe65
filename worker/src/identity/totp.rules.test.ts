import { expect, test } from 'vitest'
import { utf8 } from '../lib/bytes.ts'
import { codeOf, fromBase32, stepOf, toBase32, totpUri } from './totp.rules.ts'

/** RFC 6238 appendix B, SHA-1: eight digits. */
const SEED = utf8('12345678901234567890')
const VECTORS = [
  [59, '94287082'],
  [1_111_111_109, '07081804'],
  [1_111_111_111, '14050471'],
  [1_234_567_890, '89005924'],
  [2_000_000_000, '69279037'],
  [20_000_000_000, '65353130'],
] as const

test.each(VECTORS)('at %i s the code is the one of RFC 6238', async (seconds, code) => {
  expect(await codeOf(SEED, Math.floor(seconds / 30), 8)).toBe(code)
  expect(await codeOf(SEED, Math.floor(seconds / 30))).toBe(code.slice(2))
})

test('a code is good in its own step, the one before and the one after, and says which step it is of', async () => {
  const step = 41_152_263
  const code = await codeOf(SEED, step)
  const at = (n: number): number => n * 30_000 + 12_000
  expect(await stepOf(SEED, code, at(step))).toBe(step)
  expect(await stepOf(SEED, code, at(step + 1))).toBe(step)
  expect(await stepOf(SEED, code, at(step - 1))).toBe(step)
  expect(await stepOf(SEED, code, at(step + 2))).toBeNull()
  expect(await stepOf(SEED, code, at(step - 2))).toBeNull()
})

test('base32 is the one of RFC 4648, and comes back', () => {
  expect(toBase32(utf8('foobar'))).toBe('MZXW6YTBOI')
  expect(toBase32(SEED)).toBe('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ')
  expect(fromBase32(toBase32(SEED))).toEqual(SEED)
  expect(() => fromBase32('A1')).toThrow('base32')
})

test('the address for the QR code names us and the person', () => {
  expect(totpUri('GEZDGNBV', 'ana+1@cobros.ec')).toBe(
    'otpauth://totp/WhatsappB24:ana%2B1%40cobros.ec?secret=GEZDGNBV&issuer=WhatsappB24&algorithm=SHA1&digits=6&period=30',
  )
})
