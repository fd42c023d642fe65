/**
 * The words of the chosen language. One dictionary is loaded; the others stay on the server until somebody asks. They come
 * after the first screen is drawn, and before any part that is loaded later (lib/lazy-part.ts); what the first screen itself
 * says is in first.ts.
 */
import { createSignal, untrack } from 'solid-js'
import type { FailureCode, FailureText } from '#contract/failures.ts'
import type { Language } from '#contract/ids.ts'
import { problemOf, type ApiProblem } from '../api/problem.rules.ts'
import type { RestText } from './es.ts'
import type { FirstText } from './first.es.ts'
import { changesWithLanguage, language, setLanguage, t as first } from './first.ts'
import type { ProblemText, ProblemTexts } from './problems.ts'
import { REST } from './rest.ts'

export type Text = FirstText & RestText

const FAILURES: Record<Language, () => Promise<Record<FailureCode, FailureText>>> = {
  es: async () => (await import('./later-words.es.ts')).FAILURES_ES,
  en: async () => (await import('./later-words.en.ts')).FAILURES_EN,
  pt: async () => (await import('./later-words.pt.ts')).FAILURES_PT,
}

const [whole, setWhole] = createSignal<{ text: Text; problems: ProblemTexts } | null>(null)
const [failures, setFailures] = createSignal<Record<FailureCode, FailureText> | null>(null)
let failuresAsked: Language | null = null
let loading: Promise<void> | null = null

export { language, setLanguage }

/** The words, once {@link loadText} has been waited for. */
export function t(): Text {
  const words = whole()
  if (!words) throw new Error('no words yet')
  return words.text
}

/** Loads what the first screen did not need. Once it is here it follows the language by itself. */
export function loadText(): Promise<void> {
  loading ??= load().catch((error: unknown) => {
    loading = null
    throw error
  })
  return loading
}

async function load(): Promise<void> {
  const wanted = untrack(language)
  const place = await prepare(wanted)
  // Another language was chosen meanwhile: its words it is.
  if (wanted !== untrack(language)) return load()
  place(untrack(first))
  changesWithLanguage(prepare)
}

async function prepare(next: Language): Promise<(firstWords: FirstText) => void> {
  const { rest, problems } = await REST[next]()
  return (firstWords) => {
    setWhole({ text: { ...firstWords, ...rest }, problems })
    setFailures(null)
    failuresAsked = null
  }
}

/** What went wrong and what to do about it. */
export function problemText(code: ApiProblem['code']): ProblemText {
  const words = whole()?.problems
  return words?.[code] ?? words?.internal ?? { cause: code, nextStep: '' }
}

/** The same as one text, for whatever was thrown. */
export function sentenceOf(error: unknown): string {
  const { cause, nextStep } = problemText(problemOf(error).code)
  return `${cause} ${nextStep}`.trim()
}

/** Why a message failed, once its dictionary is here; null until then. */
export function failureText(code: string): FailureText | null {
  if (failuresAsked !== language()) {
    failuresAsked = language()
    FAILURES[language()]().then(setFailures, () => (failuresAsked = null))
  }
  const known = failures()
  return known && (isIn(known, code) ? known[code] : known.unknown_provider_error)
}

/** By the dictionary itself: the table of all codes would come along with every part. */
const isIn = (known: Record<FailureCode, FailureText>, code: string): code is FailureCode => Object.hasOwn(known, code)
