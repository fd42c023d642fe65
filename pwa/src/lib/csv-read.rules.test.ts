import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { csvRows, decoded, parseCsv } from './csv-read.rules.ts'

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

test('a row knows its line, after empty ones and after cells of several lines', () => {
  const lines = csvRows('a,b\r\n\r\n"uno\ndos",2\r\n3,4\r\n').map(({ line, cells }) => [line, cells[1]])
  expect(lines).toEqual([
    [1, 'b'],
    [3, '2'],
    [5, '4'],
  ])
})
