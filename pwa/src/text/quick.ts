/** The words of looking after quick replies, apart from the first load. */
import type { QuickText } from './quick.es.ts'
import { lazyWords } from './lazy-words.ts'

export const { load: loadQuickText, words: quickText } = lazyWords<QuickText>('quick replies', {
  es: async () => (await import('./quick.es.ts')).quickEs,
  en: async () => (await import('./quick.en.ts')).quickEn,
  pt: async () => (await import('./quick.pt.ts')).quickPt,
})
