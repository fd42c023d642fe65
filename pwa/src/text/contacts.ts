/** The words of contacts and clients, apart from the first load. */
import type { ContactsText } from './contacts.es.ts'
import { lazyWords } from './lazy-words.ts'

export const { load: loadContactsText, words: contactsText } = lazyWords<ContactsText>('contacts and clients', {
  es: async () => (await import('./later-words.es.ts')).contactsEs,
  en: async () => (await import('./later-words.en.ts')).contactsEn,
  pt: async () => (await import('./later-words.pt.ts')).contactsPt,
})
