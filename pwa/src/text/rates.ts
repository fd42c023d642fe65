/** The words of what messages cost, apart from the first load. */
import type { RatesText } from './rates.es.ts'
import { lazyWords } from './lazy-words.ts'

export const { load: loadRatesText, words: ratesText } = lazyWords<RatesText>('rates', {
  es: async () => (await import('./admin-words.es.ts')).ratesEs,
  en: async () => (await import('./admin-words.en.ts')).ratesEn,
  pt: async () => (await import('./admin-words.pt.ts')).ratesPt,
})
