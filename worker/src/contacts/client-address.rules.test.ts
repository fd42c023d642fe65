import { expect, test } from 'vitest'
import { below, isHeaderName } from './client-address.rules.ts'

test('a path stays below its base, whatever somebody writes as an id', () => {
  expect(below('https://a.ec/v1/', '/debtors', { phone: '+593 9' })).toBe('https://a.ec/v1/debtors?phone=%2B593+9')
  for (const path of ['//evil.ec/x', '/../admin', '/a/./b', '/\\evil.ec', 'debtors', '/a b'])
    expect(below('https://a.ec/v1', path), path).toBeNull()
})

test('a secret does not travel as a header that means something else', () => {
  for (const name of ['x-api-key', 'Api-Token', 'Authorization']) expect(isHeaderName(name), name).toBe(true)
  for (const name of ['Host', 'cookie', 'content-length', 'x y', 'x:y', '']) expect(isHeaderName(name), name).toBe(false)
})
