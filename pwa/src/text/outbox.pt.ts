import type { OutboxText } from './outbox.es.ts'

export const outboxPt: OutboxText = {
  title: 'Por enviar',
  retryAll: 'Tentar tudo de novo',
  empty: 'Tudo enviado',
  emptyHelp: 'O que escrever sem conexão espera aqui e sai sozinho quando ela voltar.',
  help: 'Sai sozinho, uma vez e em ordem, quando houver conexão.',
  aChat: 'Conversa',
  note: 'Nota interna',
}
