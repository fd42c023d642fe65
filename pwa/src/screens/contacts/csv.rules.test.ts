import { expect, test } from 'vitest'
import { chosenCells, guessColumns, hasHeadings } from './csv.rules.ts'

test('columns are known by their headings, each thing once', () => {
  expect(guessColumns(['Nombre del titular', 'Teléfono celular', 'Cédula', 'Correo', 'Celular 2', 'Ciudad'])).toEqual([
    ...['name', 'phone', 'document', 'email', null, null],
  ])
  expect(hasHeadings(['Nombre', 'Celular'])).toBe(true)
  expect(hasHeadings(['Ana', '098 765 4321'])).toBe(false)
})

test('only what was chosen travels', () => {
  expect(chosenCells([['Ana', 'Loja', '098']], ['name', null, 'phone'])).toEqual({
    columns: ['name', 'phone'],
    rows: [['Ana', '098']],
  })
})
