import { expect, test } from 'vitest'
import { rowsOf } from './import.rules.ts'

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
