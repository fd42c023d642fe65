/** The words of contacts and clients, apart from the first load. */
import { createSignal } from 'solid-js'
import type { Language } from '#contract/ids.ts'
import type { ContactsText } from './contacts.es.ts'
import { language } from './text.ts'

const LOADERS: Record<Language, () => Promise<ContactsText>> = {
  es: async () => (await import('./contacts.es.ts')).contactsEs,
  en: async () => (await import('./contacts.en.ts')).contactsEn,
  pt: async () => (await import('./contacts.pt.ts')).contactsPt,
}

const [words, setWords] = createSignal<ContactsText | null>(null)
let asked: Language | null = null

/** Loads the words of the chosen language: before the first screen that needs them is drawn. */
export async function loadContactsText(): Promise<void> {
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
export function contactsText(): ContactsText {
  if (asked !== language()) void loadContactsText().catch(() => undefined)
  const found = words()
  if (!found) throw new Error('no words of contacts and clients yet')
  return found
}
