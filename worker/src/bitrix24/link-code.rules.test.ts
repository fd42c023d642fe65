import { expect, test } from 'vitest'
import { codeFrom, typedCode } from './link-code.rules.ts'

test('a code is eight signs that nobody takes for another, and is read however it is typed', () => {
  const code = codeFrom(Uint8Array.from({ length: 32 }, (_, n) => 255 - n))
  expect(code).toMatch(/^[2-9A-HJKMNP-Z]{8}$/)
  expect(typedCode(` ${code.slice(0, 4).toLowerCase()}-${code.slice(4)} `)).toBe(code)
  expect(typedCode('O0I1L')).toBeNull()
  expect(typedCode('')).toBeNull()
})
