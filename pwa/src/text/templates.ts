/** The words of templates, apart from the first load. */
import { createSignal } from 'solid-js'
import type { Language } from '#contract/ids.ts'
import type { TemplateText } from './templates.es.ts'
import { language } from './text.ts'

const LOADERS: Record<Language, () => Promise<TemplateText>> = {
  es: async () => (await import('./templates.es.ts')).templatesEs,
  en: async () => (await import('./templates.en.ts')).templatesEn,
  pt: async () => (await import('./templates.pt.ts')).templatesPt,
}

const [words, setWords] = createSignal<TemplateText | null>(null)
let asked: Language | null = null

/** Loads the words of the chosen language: before the first screen that needs them is drawn. */
export async function loadTemplateText(): Promise<void> {
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
export function templateText(): TemplateText {
  if (asked !== language()) void loadTemplateText().catch(() => undefined)
  const found = words()
  if (!found) throw new Error('no words of templates yet')
  return found
}
