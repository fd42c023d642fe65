/** The words of preparing files, apart from the first load. */
import type { FilesText } from './files.es.ts'
import { lazyWords } from './lazy-words.ts'

export const { load: loadFilesText, words: filesText } = lazyWords<FilesText>('files', {
  es: async () => (await import('./later-words.es.ts')).filesEs,
  en: async () => (await import('./later-words.en.ts')).filesEn,
  pt: async () => (await import('./later-words.pt.ts')).filesPt,
})
