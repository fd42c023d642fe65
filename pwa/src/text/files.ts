/** The words of preparing files, apart from the first load. */
import type { FilesText } from './files.es.ts'
import { lazyWords } from './lazy-words.ts'

export const { load: loadFilesText, words: filesText } = lazyWords<FilesText>('files', {
  es: async () => (await import('./files.es.ts')).filesEs,
  en: async () => (await import('./files.en.ts')).filesEn,
  pt: async () => (await import('./files.pt.ts')).filesPt,
})
