import { expect, test } from 'vitest'
import { cleanName, cleanText } from './clean-text.ts'

test('words keep lines, tabs, emoji and letters of every script', () => {
  const words = 'Señora:\n\t👩‍👩‍👧 नमस्ते مرحبا'
  expect(cleanText(words, 100)).toBe(words)
})

test('control characters go, line ends become one kind, half characters are replaced', () => {
  expect(cleanText('a\u0000b\u0007\r\nc\rd\u009f\ud800', 100)).toBe('ab\nc\nd\ufffd')
})

test('a cut never splits a character', () => {
  expect(cleanText('ab😀', 3)).toBe('ab')
  expect(cleanText('ab😀', 4)).toBe('ab😀')
})

test('a name is one line that reads in one direction', () => {
  expect(cleanName('  factura\u202Egpj.exe\n\u2066x\u200F ', 100)).toBe('facturagpj.exe x')
  expect(cleanName('👩‍🔧 Ana', 100)).toBe('👩‍🔧 Ana')
})
