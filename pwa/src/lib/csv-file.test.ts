import { expect, test } from 'vitest'
import { csvOf } from './csv-file.ts'

test('a name that a spreadsheet would take for a formula is kept as a name, and accents are known for what they are', async () => {
  const bytes = new Uint8Array(await csvOf([['=1+1', 2, null, 'Díaz']]).arrayBuffer())
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  expect(new TextDecoder().decode(bytes)).toBe("'=1+1,2,,Díaz\r\n")
})
