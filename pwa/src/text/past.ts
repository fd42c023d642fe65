/** The words of what a number's phone remembers: its history and its contacts. */
import { lazyWords } from './lazy-words.ts'
import type { PastText } from './past.es.ts'

export const { load: loadPastText, words: pastText } = lazyWords<PastText>('the past', {
  es: async () => (await import('./later-words.es.ts')).pastEs,
  en: async () => (await import('./later-words.en.ts')).pastEn,
  pt: async () => (await import('./later-words.pt.ts')).pastPt,
})
