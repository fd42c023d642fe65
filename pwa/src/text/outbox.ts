/** The words of what waits to be sent, apart from the first load. */
import { lazyWords } from './lazy-words.ts'
import type { OutboxText } from './outbox.es.ts'

export const { load: loadOutboxText, words: outboxText } = lazyWords<OutboxText>('outbox', {
  es: async () => (await import('./outbox.es.ts')).outboxEs,
  en: async () => (await import('./outbox.en.ts')).outboxEn,
  pt: async () => (await import('./outbox.pt.ts')).outboxPt,
})
