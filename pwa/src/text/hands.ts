/** The words of what hands do in a chat, apart from the first load. */
import type { HandsText } from './hands.es.ts'
import { lazyWords } from './lazy-words.ts'

export const { load: loadHandsText, words: handsText } = lazyWords<HandsText>('hands', {
  es: async () => (await import('./hands.es.ts')).handsEs,
  en: async () => (await import('./hands.en.ts')).handsEn,
  pt: async () => (await import('./hands.pt.ts')).handsPt,
})
