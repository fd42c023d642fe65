/** The words of what waits to be sent, apart from the first load. */
import { lazyWords } from './lazy-words.ts'
import type { OutboxText } from './outbox.es.ts'

export const { load: loadOutboxText, words: outboxText } = lazyWords<OutboxText>('outbox', {
  es: async () => (await import('./later-words.es.ts')).outboxEs,
  en: async () => (await import('./later-words.en.ts')).outboxEn,
  pt: async () => (await import('./later-words.pt.ts')).outboxPt,
})
