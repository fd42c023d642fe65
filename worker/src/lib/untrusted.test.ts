import { expect, test } from 'vitest'
import { fieldsOf, idOf, instantOf, keep, listOf, nameOf, numberOf, readJson, textOf } from './untrusted.ts'

test('values of the wrong shape read as absent', () => {
  for (const wrong of [null, undefined, 7, true, [], {}]) {
    expect(textOf(wrong)).toBeUndefined()
    expect(nameOf(wrong)).toBeUndefined()
  }
  for (const wrong of [null, 'x', 7, []]) expect(fieldsOf(wrong)).toEqual({})
  for (const wrong of [null, 'x', 7, { length: 2 }]) expect(listOf(wrong)).toEqual([])
})

test('an id is plain text or a whole number', () => {
  expect(idOf('wamid.HBg=')).toBe('wamid.HBg=')
  expect(idOf(106540352242922)).toBe('106540352242922')
  for (const wrong of ['', 'a\u0000b', ' x', 'x'.repeat(300), 1.5, 2 ** 60, null, {}]) expect(idOf(wrong)).toBeUndefined()
})

test('a number may come as text, nothing else becomes one', () => {
  expect([numberOf('-12.04'), numberOf(3), numberOf(' 7 ')]).toEqual([-12.04, 3, 7])
  for (const wrong of ['', ' ', '1e5', '0x10', 'x', Number.NaN, Infinity, null, [], true]) expect(numberOf(wrong)).toBeUndefined()
})

test('an instant is told from seconds or milliseconds, and never lies in the future', () => {
  const now = Date.UTC(2026, 10, 21)
  expect(instantOf('1763700013', now)).toBe(1763700013000)
  expect(instantOf(1763700013001, now)).toBe(1763700013001)
  for (const wrong of [now + 3_600_000, 0, -5, 'ayer', null]) expect(instantOf(wrong, now)).toBe(now)
})

test('bytes that are no JSON, or too many, read as nothing', () => {
  const bytes = (text: string) => new TextEncoder().encode(text)
  expect(readJson(bytes('{"a":1}'))).toEqual({ a: 1 })
  expect(readJson(bytes('null'))).toBeNull()
  expect(readJson(bytes('{"a":'))).toBeUndefined()
  expect(readJson(bytes(`"${'x'.repeat(4 * 1024 * 1024)}"`))).toBeUndefined()
})

test('what is kept is a copy within bounds, without the keys that change objects', () => {
  const hostile: unknown = JSON.parse('{"__proto__":{"bad":1},"constructor":{"bad":1},"a":"x\\u0000y"}')
  expect(keep(hostile)).toEqual({ a: 'xy' })
  const nested: unknown = JSON.parse('['.repeat(100) + ']'.repeat(100))
  expect(JSON.stringify(keep(nested))).toBe(`${'['.repeat(32)}"[cut]"${']'.repeat(32)}`)
  expect(listOf(keep(Array.from({ length: 9000 }, () => 1)), 9000)).toHaveLength(2001)
  expect(JSON.stringify(keep(['x'.repeat(60_000), 'y'.repeat(60_000)])).length).toBeLessThan(66_000)
})
