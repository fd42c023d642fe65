/** The words of looking after quick replies, apart from the first load. */
import { createSignal } from 'solid-js'
import type { Language } from '#contract/ids.ts'
import type { QuickText } from './quick.es.ts'
import { language } from './text.ts'

const LOADERS: Record<Language, () => Promise<QuickText>> = {
  es: async () => (await import('./quick.es.ts')).quickEs,
  en: async () => (await import('./quick.en.ts')).quickEn,
  pt: async () => (await import('./quick.pt.ts')).quickPt,
}

const [words, setWords] = createSignal<QuickText | null>(null)
let asked: Language | null = null

/** Loads the words of the chosen language: before the first screen that needs them is drawn. */
export async function loadQuickText(): Promise<void> {
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

/** The words. Another language comes as soon as it is loaded. */
export function quickText(): QuickText {
  if (asked !== language()) void loadQuickText().catch(() => undefined)
  const found = words()
  if (!found) throw new Error('no words of quick replies yet')
  return found
}
