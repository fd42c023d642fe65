/** The words of giving chats away, closing them and transfers, apart from the first load. */
import type { DeskWorkText } from './desk-work.es.ts'
import { lazyWords } from './lazy-words.ts'

export const { load: loadDeskWorkText, words: deskWork } = lazyWords<DeskWorkText>('desk work', {
  es: async () => (await import('./later-words.es.ts')).deskWorkEs,
  en: async () => (await import('./later-words.en.ts')).deskWorkEn,
  pt: async () => (await import('./later-words.pt.ts')).deskWorkPt,
})
