/** The words of looking after several numbers, apart from the first load. */
import type { CareText } from './care.es.ts'
import { lazyWords } from './lazy-words.ts'

export const { load: loadCareText, words: care } = lazyWords<CareText>('care', {
  es: async () => (await import('./later-words.es.ts')).careEs,
  en: async () => (await import('./later-words.en.ts')).careEn,
  pt: async () => (await import('./later-words.pt.ts')).carePt,
})
