/** The words of a number's keys in a file, apart from the first load. */
import { lazyWords } from './lazy-words.ts'
import type { BackupsText } from './backups.es.ts'

export const { load: loadBackupsText, words: backupsText } = lazyWords<BackupsText>('backups', {
  es: async () => (await import('./admin-words.es.ts')).backupsEs,
  en: async () => (await import('./admin-words.en.ts')).backupsEn,
  pt: async () => (await import('./admin-words.pt.ts')).backupsPt,
})
