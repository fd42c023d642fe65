/** The words of labels, apart from the first load. */
import type { LabelsText } from './labels.es.ts'
import { lazyWords } from './lazy-words.ts'

export const { load: loadLabelsText, words: labelsText } = lazyWords<LabelsText>('labels', {
  es: async () => (await import('./later-words.es.ts')).labelsEs,
  en: async () => (await import('./later-words.en.ts')).labelsEn,
  pt: async () => (await import('./later-words.pt.ts')).labelsPt,
})
