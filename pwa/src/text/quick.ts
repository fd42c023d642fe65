/** The words of looking after quick replies, apart from the first load. */
import type { QuickText } from './quick.es.ts'
import { lazyWords } from './lazy-words.ts'

export const { load: loadQuickText, words: quickText } = lazyWords<QuickText>('quick replies', {
  es: async () => (await import('./admin-words.es.ts')).quickEs,
  en: async () => (await import('./admin-words.en.ts')).quickEn,
  pt: async () => (await import('./admin-words.pt.ts')).quickPt,
})
