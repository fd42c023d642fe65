/** The words of the screens around the own account, apart from the first load: plain sign-in does without. */
import { createSignal } from 'solid-js'
import type { Language } from '#contract/ids.ts'
import type { OwnText } from './own.es.ts'
import { language } from './text.ts'

const LOADERS: Record<Language, () => Promise<OwnText>> = {
  es: async () => (await import('./own.es.ts')).ownEs,
  en: async () => (await import('./own.en.ts')).ownEn,
  pt: async () => (await import('./own.pt.ts')).ownPt,
}

const [words, setWords] = createSignal<OwnText | null>(null)
let asked: Language | null = null

/** Loads the words of the chosen language: before the first of these screens is drawn. */
export async function loadOwnText(): Promise<void> {
  const wanted = language()
  asked = wanted
  try {
    const found = await LOADERS[wanted]()
    if (asked === wanted) setWords(found)
  } catch (error) {
    asked = null
    throw error
  }
}

/** The words of the own account. Another language comes as soon as it is loaded. */
export function own(): OwnText {
  if (asked !== language()) void loadOwnText().catch(() => undefined)
  const found = words()
  if (!found) throw new Error('no words of the account yet')
  return found
}
