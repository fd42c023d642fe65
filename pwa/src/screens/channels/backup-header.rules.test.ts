import { expect, test } from 'vitest'
import { headerOf } from './backup-header.rules.ts'

const file = { format: 'whatsappb24-number', number: '593991234567', madeAt: '2026-11-21T20:00:00.000Z', live: true, data: 'x' }

test('a backup says whose it is, of when, and whether it was made at work', () => {
  expect(headerOf(JSON.stringify(file))).toEqual({ number: '593991234567', madeAt: '2026-11-21T20:00:00.000Z', live: true })
})

test('any other file is none', () => {
  for (const text of [
    '',
    'una foto',
    '[]',
    'null',
    '{}',
    JSON.stringify({ ...file, format: 'x' }),
    JSON.stringify({ ...file, madeAt: 'ayer' }),
  ])
    expect(headerOf(text)).toBeNull()
})
