/** Puts a hop into the reader's words: what happened, why, and what to do. */
import { isFailureCode, type FailureCode, type FailureText } from '#contract/failures.ts'
import { FAILURES_EN } from '#contract/failures/en.ts'
import { FAILURES_ES } from '#contract/failures/es.ts'
import { FAILURES_PT } from '#contract/failures/pt.ts'
import type { Language } from '#contract/ids.ts'
import { en } from './words.en.ts'
import { es, type Words } from './words.es.ts'
import { pt } from './words.pt.ts'

const WORDS: Record<Language, Words> = { es, en, pt }
const FAILURE_TEXTS: Record<Language, Record<FailureCode, FailureText>> = { es: FAILURES_ES, en: FAILURES_EN, pt: FAILURES_PT }

export type HopData = Record<string, string | number | boolean | null>

function isWord(what: string): what is keyof Words {
  return Object.hasOwn(es, what)
}

function fill(sentence: string, data: HopData): string {
  return sentence.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(data[name] ?? '?'))
}

/** The sentence of a step and, when it has a failure code, its cause and the next step. */
export function explain(
  hop: { what: string; code: string | null; data: HopData | null },
  language: Language,
): { explanation: string; nextStep: string | null } {
  const words = WORDS[language]
  const step = fill(isWord(hop.what) ? words[hop.what] : words.other, { ...hop.data, what: hop.what })
  const why = causeOf(hop.code, language)
  return why ? { explanation: `${step} ${why.cause}`, nextStep: why.nextStep } : { explanation: step, nextStep: null }
}

/** Why something does not work, and what to do; null: the code says nothing of that. */
export function causeOf(code: string | null, language: Language): FailureText | null {
  return code !== null && isFailureCode(code) ? FAILURE_TEXTS[language][code] : null
}

/** A message is with its provider within a second or two; longer than this, somebody asks why. */
const LATE_MS = 5_000

/**
 * The steps of one message, in order. One that stood in its chat's line behind others, or until its number could send, is told so:
 * nobody wrote that down, since nothing happened.
 */
export function withWaits<T extends { what: string; at: string; data: HopData | null }>(hops: readonly T[]): T[] {
  return hops.map((hop, n) => {
    const before = hops[n - 1]
    if (hop.what !== 'sent_to_provider' || before?.what !== 'stored') return hop
    const waited = Date.parse(hop.at) - Date.parse(before.at)
    if (!(waited > LATE_MS)) return hop
    return { ...hop, what: 'sent_to_provider_late', data: { ...hop.data, seconds: Math.round(waited / 1_000) } }
  })
}
