/** The words of who accepts messages, apart from the first load. */
import type { ConsentsText } from './consents.es.ts'
import { lazyWords } from './lazy-words.ts'

export const { load: loadConsentsText, words: consentsText } = lazyWords<ConsentsText>('consents', {
  es: async () => (await import('./later-words.es.ts')).consentsEs,
  en: async () => (await import('./later-words.en.ts')).consentsEn,
  pt: async () => (await import('./later-words.pt.ts')).consentsPt,
})
