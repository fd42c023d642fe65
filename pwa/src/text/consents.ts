/** The words of who accepts messages, apart from the first load. */
import type { ConsentsText } from './consents.es.ts'
import { lazyWords } from './lazy-words.ts'

export const { load: loadConsentsText, words: consentsText } = lazyWords<ConsentsText>('consents', {
  es: async () => (await import('./consents.es.ts')).consentsEs,
  en: async () => (await import('./consents.en.ts')).consentsEn,
  pt: async () => (await import('./consents.pt.ts')).consentsPt,
})
