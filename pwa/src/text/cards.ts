/** The words of what few messages are, apart from the first load. */
import type { CardsText } from './cards.es.ts'
import { lazyWords } from './lazy-words.ts'

export const { load: loadCardsText, words: cardsText } = lazyWords<CardsText>('cards', {
  es: async () => (await import('./later-words.es.ts')).cardsEs,
  en: async () => (await import('./later-words.en.ts')).cardsEn,
  pt: async () => (await import('./later-words.pt.ts')).cardsPt,
})
