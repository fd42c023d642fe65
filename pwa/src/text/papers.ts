/** The words of receipts and credit notes, apart from the first load. */
import type { PapersText } from './papers.es.ts'
import { lazyWords } from './lazy-words.ts'

export const { load: loadPapersText, words: papersText } = lazyWords<PapersText>('papers', {
  es: async () => (await import('./admin-words.es.ts')).papersEs,
  en: async () => (await import('./admin-words.en.ts')).papersEn,
  pt: async () => (await import('./admin-words.pt.ts')).papersPt,
})
