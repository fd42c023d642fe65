/** The words of notifications, apart from the first load. */
import type { NoticesText } from './notices.es.ts'
import { lazyWords } from './lazy-words.ts'

export const { load: loadNoticesText, words: notices } = lazyWords<NoticesText>('notifications', {
  es: async () => (await import('./later-words.es.ts')).noticesEs,
  en: async () => (await import('./later-words.en.ts')).noticesEn,
  pt: async () => (await import('./later-words.pt.ts')).noticesPt,
})
