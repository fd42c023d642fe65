/** The words of a number's keys in a file, apart from the first load. */
import { lazyWords } from './lazy-words.ts'
import type { BackupsText } from './backups.es.ts'

export const { load: loadBackupsText, words: backupsText } = lazyWords<BackupsText>('backups', {
  es: async () => (await import('./backups.es.ts')).backupsEs,
  en: async () => (await import('./backups.en.ts')).backupsEn,
  pt: async () => (await import('./backups.pt.ts')).backupsPt,
})
