import { expect, test } from 'vitest'
import { csvLine } from './csv.ts'

test('commas, quotes and line ends stay inside their cell', () => {
  expect(csvLine(['a', 'b,c', 'd"e', 'f\ng'])).toBe('a,"b,c","d""e","f\ng"\r\n')
})

test('what a spreadsheet would run as a formula is text', () => {
  expect(csvLine(['=1+1', '+593', '-1', '@x', 'ok'])).toBe("'=1+1,'+593,'-1,'@x,ok\r\n")
})
