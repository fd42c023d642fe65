/** The words that the first screen needs, in the chosen language: they come with the page. All the others: text.ts. */
import { batch, createSignal } from 'solid-js'
import type { Language } from '#contract/ids.ts'
import type { FirstText } from './first.es.ts'

const LANGUAGES = ['es', 'en', 'pt'] as const
const STORED = 'language'

const LOADERS: Record<Language, () => Promise<FirstText>> = {
  es: async () => (await import('./first.es.ts')).firstEs,
  en: async () => (await import('./first.en.ts')).firstEn,
  pt: async () => (await import('./first.pt.ts')).firstPt,
}

const [language, setLanguageSignal] = createSignal<Language>('es')
const [words, setWords] = createSignal<FirstText | null>(null)

export { language }

/** The first words. Everything that is drawn is drawn after {@link startText}. */
export function t(): FirstText {
  const found = words()
  if (!found) throw new Error('no words yet')
  return found
}

type Prepare = (next: Language) => Promise<(first: FirstText) => void>
const followers = new Set<Prepare>()

/** What changes together with the first words: `prepare` loads, and what it gives puts its words in place. */
export function changesWithLanguage(prepare: Prepare): void {
  followers.add(prepare)
}

/** Words that take longer come later; until then those of the first language, which every phone keeps. */
const WITHIN_MS = 4_000

/** Loads the language of this phone: chosen before, else the browser's, else Spanish. */
export async function startText(): Promise<void> {
  const wanted = [localStorage.getItem(STORED), ...navigator.languages].map((name) => name?.slice(0, 2))
  const late = new Promise<never>((_, fail) => setTimeout(fail, WITHIN_MS))
  await Promise.race([setLanguage(wanted.find(isLanguage) ?? 'es'), late]).catch(async () => {
    const first = await LOADERS.es()
    if (!words()) setWords(first)
  })
}

function isLanguage(name: string | undefined): name is Language {
  return LANGUAGES.some((known) => known === name)
}

/** Changes the language of the whole app. */
export async function setLanguage(next: Language): Promise<void> {
  const [first, places] = await Promise.all([LOADERS[next](), Promise.all([...followers].map((prepare) => prepare(next)))])
  localStorage.setItem(STORED, next)
  document.documentElement.lang = next
  batch(() => {
    setLanguageSignal(next)
    setWords(first)
    for (const place of places) place(first)
  })
}
