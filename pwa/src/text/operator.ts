/** The words of the operator's console, apart from the first load. */
import type { OperatorText } from './operator.es.ts'
import { lazyWords } from './lazy-words.ts'

export type { OperatorText }

export const { load: loadOperatorText, words: operatorText } = lazyWords<OperatorText>('the console', {
  es: async () => (await import('./admin-words.es.ts')).operatorEs,
  en: async () => (await import('./admin-words.en.ts')).operatorEn,
  pt: async () => (await import('./admin-words.pt.ts')).operatorPt,
})
