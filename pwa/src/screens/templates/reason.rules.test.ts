import { expect, test } from 'vitest'
import { templatesEs } from '../../text/templates.es.ts'
import { reasonWords } from './reason.rules.ts'

test('a code that we know is explained, with what the provider wrote beside it', () => {
  expect(reasonWords('PROMOTIONAL', templatesEs.reasons)).toBe('Su texto es publicidad y la categoría es otra. (PROMOTIONAL)')
  expect(reasonWords('INVALID_FORMAT. Add samples', templatesEs.reasons)).toMatch(/ejemplos. Add samples \(INVALID_FORMAT\)$/)
})

test('words that we do not know are shown as they came', () => {
  expect(reasonWords('Paused for 3 hours', templatesEs.reasons)).toBe('Paused for 3 hours')
})
