/** The words of the money in the console, apart from the first load. */
import { lazyWords } from './lazy-words.ts'
import type { OperatorMoneyText } from './operator-money.es.ts'

export const { load: loadOperatorMoneyText, words: operatorMoneyText } = lazyWords<OperatorMoneyText>('the console’s money', {
  es: async () => (await import('./admin-words.es.ts')).operatorMoneyEs,
  en: async () => (await import('./admin-words.en.ts')).operatorMoneyEn,
  pt: async () => (await import('./admin-words.pt.ts')).operatorMoneyPt,
})
