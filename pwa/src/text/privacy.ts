/** The words of privacy: the notice and what people ask about their data; apart from the first load. */
import { lazyWords } from './lazy-words.ts'
import type { PrivacyText } from './privacy.es.ts'

export const { load: loadPrivacyText, words: privacyText } = lazyWords<PrivacyText>('privacy', {
  es: async () => (await import('./later-words.es.ts')).privacyEs,
  en: async () => (await import('./later-words.en.ts')).privacyEn,
  pt: async () => (await import('./later-words.pt.ts')).privacyPt,
})
