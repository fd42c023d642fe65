/** The words of labels, apart from the first load. */
import { createSignal } from 'solid-js'
import type { Language } from '#contract/ids.ts'
import type { LabelsText } from './labels.es.ts'
import { language } from './text.ts'

const LOADERS: Record<Language, () => Promise<LabelsText>> = {
  es: async () => (await import('./labels.es.ts')).labelsEs,
  en: async () => (await import('./labels.en.ts')).labelsEn,
  pt: async () => (await import('./labels.pt.ts')).labelsPt,
}

const [words, setWords] = createSignal<LabelsText | null>(null)
let asked: Language | null = null

/** Loads the words of the chosen language: before the first screen that needs them is drawn. */
export async function loadLabelsText(): Promise<void> {
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
export function labelsText(): LabelsText {
  if (asked !== language()) void loadLabelsText().catch(() => undefined)
  const found = words()
  if (!found) throw new Error('no words of labels yet')
  return found
}
