/** The words of numbers that are not paid, apart from the first load. */
import type { UnpaidText } from './unpaid.es.ts'
import { lazyWords } from './lazy-words.ts'

export const { load: loadUnpaidText, words: unpaid } = lazyWords<UnpaidText>('unpaid', {
  es: async () => (await import('./unpaid.es.ts')).unpaidEs,
  en: async () => (await import('./unpaid.en.ts')).unpaidEn,
  pt: async () => (await import('./unpaid.pt.ts')).unpaidPt,
})
