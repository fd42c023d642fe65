/** The words of the chosen language. One dictionary is loaded; the others stay on the server until somebody asks. */
import { batch, createSignal } from 'solid-js'
import type { FailureCode, FailureText } from '#contract/failures.ts'
import { isFailureCode } from '#contract/failures.ts'
import type { Language } from '#contract/ids.ts'
import { problemOf, type ApiProblem } from '../api/problem.rules.ts'
import type { Text } from './es.ts'
import type { ProblemText, ProblemTexts } from './problems.ts'

const LANGUAGES = ['es', 'en', 'pt'] as const
const STORED = 'language'

type Dictionary = { text: Text; problems: ProblemTexts }
const LOADERS: Record<Language, () => Promise<Dictionary>> = {
  es: async () => ({ text: (await import('./es.ts')).es, problems: (await import('./problems.es.ts')).problemsEs }),
  en: async () => ({ text: (await import('./en.ts')).en, problems: (await import('./problems.en.ts')).problemsEn }),
  pt: async () => ({ text: (await import('./pt.ts')).pt, problems: (await import('./problems.pt.ts')).problemsPt }),
}
const FAILURES: Record<Language, () => Promise<Record<FailureCode, FailureText>>> = {
  es: async () => (await import('#contract/failures/es.ts')).FAILURES_ES,
  en: async () => (await import('#contract/failures/en.ts')).FAILURES_EN,
  pt: async () => (await import('#contract/failures/pt.ts')).FAILURES_PT,
}

const [language, setLanguageSignal] = createSignal<Language>('es')
const [dictionary, setDictionary] = createSignal<Dictionary | null>(null)
const [failures, setFailures] = createSignal<Record<FailureCode, FailureText> | null>(null)
let failuresAsked: Language | null = null

export { language }

/** The words. Everything that is drawn is drawn after {@link startText}. */
export function t(): Text {
  const words = dictionary()
  if (!words) throw new Error('no words yet')
  return words.text
}

/** What went wrong and what to do about it. */
export function problemText(code: ApiProblem['code']): ProblemText {
  const words = dictionary()?.problems
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
  return failures()?.[isFailureCode(code) ? code : 'unknown_provider_error'] ?? null
}

/** Loads the language of this phone: chosen before, else the browser's, else Spanish. */
export async function startText(): Promise<void> {
  const wanted = [localStorage.getItem(STORED), ...navigator.languages].map((name) => name?.slice(0, 2))
  await setLanguage(wanted.find(isLanguage) ?? 'es')
}

function isLanguage(name: string | undefined): name is Language {
  return LANGUAGES.some((known) => known === name)
}

/** Changes the language of the whole app. */
export async function setLanguage(next: Language): Promise<void> {
  const words = await LOADERS[next]()
  localStorage.setItem(STORED, next)
  document.documentElement.lang = next
  batch(() => {
    setLanguageSignal(next)
    setDictionary(words)
    setFailures(null)
    failuresAsked = null
  })
}
