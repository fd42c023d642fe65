/** The words of reconciliation, apart from the first load. */
import type { ReconciliationText } from './reconciliation.es.ts'
import { lazyWords } from './lazy-words.ts'

export const { load: loadReconciliationText, words: reconciliationText } = lazyWords<ReconciliationText>('reconciliation', {
  es: async () => (await import('./admin-words.es.ts')).reconciliationEs,
  en: async () => (await import('./admin-words.en.ts')).reconciliationEn,
  pt: async () => (await import('./admin-words.pt.ts')).reconciliationPt,
})
