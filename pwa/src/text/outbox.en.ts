import type { OutboxText } from './outbox.es.ts'

export const outboxEn: OutboxText = {
  title: 'To be sent',
  retryAll: 'Retry all',
  empty: 'Everything sent',
  emptyHelp: 'What you write without a connection waits here and leaves by itself when it is back.',
  help: 'It leaves by itself, once and in order, when there is a connection.',
  aChat: 'Chat',
  note: 'Internal note',
}
