/** The words of giving chats away, closing them and transfers, apart from the first load. */
import { createSignal } from 'solid-js'
import type { Language } from '#contract/ids.ts'
import type { DeskWorkText } from './desk-work.es.ts'
import { language } from './text.ts'

const LOADERS: Record<Language, () => Promise<DeskWorkText>> = {
  es: async () => (await import('./desk-work.es.ts')).deskWorkEs,
  en: async () => (await import('./desk-work.en.ts')).deskWorkEn,
  pt: async () => (await import('./desk-work.pt.ts')).deskWorkPt,
}

const [words, setWords] = createSignal<DeskWorkText | null>(null)
let asked: Language | null = null

/** Loads the words of the chosen language: before the first screen that needs them is drawn. */
export async function loadDeskWorkText(): Promise<void> {
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
export function deskWork(): DeskWorkText {
  if (asked !== language()) void loadDeskWorkText().catch(() => undefined)
  const found = words()
  if (!found) throw new Error('no words of desk work yet')
  return found
}
