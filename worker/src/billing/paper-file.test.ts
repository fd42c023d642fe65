import { inflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { linesOf, pdfOf, printable, type Paper } from './paper-file.ts'

const receipt: Paper = {
  ...{ kind: 'receipt', number: 'R-000012', at: '2026-11-22T03:00:00Z', amount: '15000000', currency: 'USD' },
  ...{ reason: 'subscription', about: null },
  seller: { name: 'Red Digital S. A.', taxNumber: '1190000000001', address: 'Loja', email: 'pagos@red.example' },
  buyer: { name: 'Cobranzas Ñandú', taxNumber: '', address: '', email: '' },
  what: {
    ...{ gateway: 'paypal', ref: '8AB12345CD678901E', timeZone: 'America/Guayaquil', plan: 'Equipo', every: 'month' },
    ...{ channel: 'Guayaquil', phone: '593942223344', paidUntil: '2026-12-22T15:00:00Z' },
  },
}

/** What a reader draws: our pages have one stream, which libraries compress. */
function drawn(file: Uint8Array): string {
  const raw = Buffer.from(file)
  const parts: string[] = []
  for (let at = raw.indexOf('stream\n'); at >= 0; at = raw.indexOf('stream\n', at + 7)) {
    try {
      parts.push(inflateSync(raw.subarray(at + 7)).toString('latin1'))
    } catch {
      // No stream begins there, or one that is not compressed.
    }
  }
  return parts.join('\n').replaceAll(/<([0-9A-F]+)> Tj/g, (_, hex: string) => Buffer.from(hex, 'hex').toString('latin1'))
}

test('a receipt says from whom, to whom, for what and how, on the company’s own day', () => {
  expect(linesOf(receipt, 'es')).toEqual({
    title: 'Recibo R-000012',
    date: 'Fecha: 21 de noviembre de 2026',
    seller: ['Red Digital S. A.', 'N.º tributario: 1190000000001', 'Loja', 'pagos@red.example'],
    buyer: ['Cobranzas Ñandú'],
    concept: [
      'Suscripción: Equipo',
      'Período mensual',
      'Número: Guayaquil (+593942223344)',
      'Pagado hasta el 22 de diciembre de 2026',
    ],
    amount: expect.stringMatching(/^USD\s15[.,]00$/),
    total: 'Total pagado',
    paid: ['Medio de pago: PayPal', 'Referencia: 8AB12345CD678901E'],
  })
})

test.each([
  ['es', 'Nota de crédito NC-000003', 'Corrige el recibo R-000012'],
  ['en', 'Credit note NC-000003', 'Corrects receipt R-000012'],
  ['pt', 'Nota de crédito NC-000003', 'Corrige o recibo R-000012'],
] as const)('a credit note names the receipt that it corrects (%s)', (language, title, about) => {
  const note: Paper = { ...receipt, kind: 'credit_note', number: 'NC-000003', reason: 'refund', about: 'R-000012' }
  expect(linesOf(note, language).title).toBe(title)
  expect(linesOf(note, language).concept.at(-1)).toBe(about)
})

test('the file has it all, and is the same each time', async () => {
  const file = await pdfOf(receipt, 'es')
  expect(Buffer.from(file.subarray(0, 5)).toString()).toBe('%PDF-')
  const text = drawn(file)
  for (const words of ['Recibo R-000012', 'Cobranzas Ñandú', 'Suscripción: Equipo', 'Total pagado', '8AB12345CD678901E'])
    expect(text).toContain(words)
  expect(Buffer.compare(await pdfOf(receipt, 'es'), file)).toBe(0)
})

test('whatever a company is called, its receipt can be written', async () => {
  expect(printable('Łódź ✓ Ж 你好\nñ')).toBe('?ódz ? ? ??\u0020ñ')
  const long = { ...receipt.buyer, name: 'Ж'.repeat(120), address: 'sinblancos'.repeat(20) }
  expect((await pdfOf({ ...receipt, buyer: long }, 'pt')).byteLength).toBeGreaterThan(1000)
})
