/** The words of filters, views and the dashboard, apart from the first load. */
import { createSignal } from 'solid-js'
import type { Language } from '#contract/ids.ts'
import type { OverviewText } from './overview.es.ts'
import { language } from './text.ts'

const LOADERS: Record<Language, () => Promise<OverviewText>> = {
  es: async () => (await import('./overview.es.ts')).overviewEs,
  en: async () => (await import('./overview.en.ts')).overviewEn,
  pt: async () => (await import('./overview.pt.ts')).overviewPt,
}

const [words, setWords] = createSignal<OverviewText | null>(null)
let asked: Language | null = null

/** Loads the words of the chosen language: before the first screen that needs them is drawn. */
export async function loadOverviewText(): Promise<void> {
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
export function overview(): OverviewText {
  if (asked !== language()) void loadOverviewText().catch(() => undefined)
  const found = words()
  if (!found) throw new Error('no words of the overview yet')
  return found
}
