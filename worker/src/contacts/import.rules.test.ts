import { expect, test } from 'vitest'
import { partsOf, rowsOf } from './import.rules.ts'

const base = { fileName: 'a.csv', country: 'EC', existing: 'fill', dryRun: true } as const

test('cells are read by their column, whatever its place; numbers in the way of the chosen country', () => {
  const rows = rowsOf({
    ...base,
    columns: ['phone', 'name'],
    rows: [
      ['098 765 4321', '  Rosa   Huamán '],
      ['+51 987 654 321', ''],
    ],
  })
  expect(rows).toMatchObject([
    { n: 0, phone: '593987654321', name: 'Rosa Huamán', why: null, document: '' },
    { n: 1, phone: '51987654321', name: '', why: null },
  ])
})

test('each row says what is wrong with it; a short row is not the end of the file', () => {
  const rows = rowsOf({
    ...base,
    columns: ['name', 'phone', 'email'],
    rows: [['Sin número'], ['Mal', '12'], ['Correo', '0987654321', 'no es'], ['Bien', '0987654321', 'a@b.ec']],
  })
  expect(rows.map(({ why }) => why)).toEqual(['phone_missing', 'phone_invalid', 'email_invalid', null])
})

test('who is in a file twice is found however their number is written and however far apart, and parts keep the order', () => {
  const others = Array.from({ length: 1100 }, (_, n) => [String(5_939_800_000_00 + n)])
  const rows = rowsOf({
    ...base,
    columns: ['phone'],
    rows: [['+52 55 1234 5678'], ['12'], ...others, ['+52 1 55 1234 5678'], ['12']],
  })
  expect([rows[0]?.why, rows[1]?.why, rows.at(-2)?.why, rows.at(-1)?.why]).toEqual([
    ...[null, 'phone_invalid', 'repeated', 'phone_invalid'],
  ])
  const parts = partsOf(rows)
  expect(parts.map((part) => part.length)).toEqual([500, 500, 104])
  expect(parts.flat()).toEqual(rows)
})
