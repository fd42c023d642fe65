import { expect, test } from 'vitest'
import { FAILURES, isFailureCode, natureOf } from './failures.ts'
import type { FailureCode, FailureText } from './failures.ts'
import { FAILURES_EN } from './failures/en.ts'
import { FAILURES_ES } from './failures/es.ts'
import { FAILURES_PT } from './failures/pt.ts'

const LANGUAGES: [string, Record<FailureCode, FailureText>][] = [
  ['es', FAILURES_ES],
  ['en', FAILURES_EN],
  ['pt', FAILURES_PT],
]

test.each(LANGUAGES)('every failure says its cause and the next step (%s)', (_language, texts) => {
  expect(Object.keys(texts).toSorted()).toEqual(Object.keys(FAILURES).toSorted())
  for (const { cause, nextStep } of Object.values(texts)) {
    for (const sentence of [cause, nextStep]) {
      expect(sentence).toMatch(/^\p{Lu}.{10,}\.$/u)
      expect(sentence).not.toMatch(/[!¡]|\bundefined\b/)
    }
  }
})

test('no two failures say the same', () => {
  for (const [, texts] of LANGUAGES) {
    const causes = Object.values(texts).map(({ cause }) => cause)
    expect(new Set(causes).size).toBe(causes.length)
  }
})

test('a code of another version is never tried again by itself', () => {
  expect(natureOf('code_of_2031')).toEqual({ retry: 'never', stops: 'message' })
  expect(isFailureCode('toString')).toBe(false)
  expect(natureOf('answer_lost').retry).toBe('unknown')
})
