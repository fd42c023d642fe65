import { deflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { pdfPages } from './pdf-pages.ts'

const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'))

test('the pages of a plain PDF, by the root of its tree', async () => {
  const pdf =
    '%PDF-1.4\n2 0 obj << /Type /Pages /Kids [3 0 R 4 0 R] /Count 12 >> endobj\n3 0 obj << /Type /Pages /Parent 2 0 R /Count 7 >> endobj\n4 0 obj << /Count 5 /Type /Pages >> endobj\n%%EOF'
  expect(await pdfPages(bytes(pdf))).toBe(12)
})

test('the pages of one whose objects are packed', async () => {
  const packed = deflateSync(Buffer.from('2 0 3 60 << /Type /Pages /Kids [5 0 R] /Count 3 >> << /Type /Catalog /Pages 2 0 R >>'))
  const pdf = Buffer.concat([
    Buffer.from(`%PDF-1.5\n1 0 obj\n<< /Type /ObjStm /N 2 /First 8 /Filter /FlateDecode /Length ${packed.length} >>\nstream\r\n`),
    packed,
    Buffer.from('\nendstream\nendobj\n%%EOF'),
  ])
  expect(await pdfPages(new Uint8Array(pdf))).toBe(3)
})

test('what cannot be counted says nothing, and a file that swells is left', async () => {
  expect(await pdfPages(bytes('%PDF-1.7 nothing of a tree'))).toBeNull()
  expect(await pdfPages(bytes('<< /Type /Pages /Count 0 >>'))).toBeNull()
  expect(await pdfPages(bytes('<< /Type /ObjStm /Filter /FlateDecode >> stream\nnot deflated\nendstream'))).toBeNull()
  const bomb = deflateSync(Buffer.alloc(40_000_000))
  const pdf = Buffer.concat([Buffer.from('<< /Type /ObjStm /Filter /FlateDecode >> stream\n'), bomb, Buffer.from('\nendstream')])
  expect(await pdfPages(new Uint8Array(pdf))).toBeNull()
})
