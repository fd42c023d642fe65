import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { chosenCells, decoded, guessColumns, hasHeadings, parseCsv } from './csv.rules.ts'

test('cells with separators, line ends and quotes are read as they were written', () => {
  expect(parseCsv('\uFEFFNombre;Celular\r\n"Ruiz; Ana";0987654321\r\n"Di ""hola""\nayer";+51 9\r\n\r\n')).toEqual([
    ['Nombre', 'Celular'],
    ['Ruiz; Ana', '0987654321'],
    ['Di "hola"\nayer', '+51 9'],
  ])
  expect(parseCsv('a\tb\n1\t2')).toEqual([
    ['a', 'b'],
    ['1', '2'],
  ])
})

test('a file as Excel saves it keeps its accents', () => {
  expect(decoded(new Uint8Array([0x50, 0x65, 0xf1, 0x61]))).toBe('Peña')
  expect(decoded(new TextEncoder().encode('Peña'))).toBe('Peña')
})

test('whatever stands in the cells, what is written is read again', () => {
  const cell = fc.string({ unit: fc.constantFrom(...'ab ;,"\n9ñ'), maxLength: 8 }).map((text) => `x${text.trim()}`)
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 }), (rows) => {
      const text = rows.map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(',')).join('\r\n')
      expect(parseCsv(text)).toEqual(rows)
    }),
  )
})

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
