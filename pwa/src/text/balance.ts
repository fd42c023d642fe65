/** The words of the balance, apart from the first load. */
import type { BalanceText } from './balance.es.ts'
import { lazyWords } from './lazy-words.ts'

export const { load: loadBalanceText, words: balanceText } = lazyWords<BalanceText>('the balance', {
  es: async () => (await import('./admin-words.es.ts')).balanceEs,
  en: async () => (await import('./admin-words.en.ts')).balanceEn,
  pt: async () => (await import('./admin-words.pt.ts')).balancePt,
})
