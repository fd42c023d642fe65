/** The words of what waits to be sent. */
export const outboxEs = {
  title: 'Por enviar',
  retryAll: 'Reintentar todo',
  empty: 'Todo enviado',
  emptyHelp: 'Lo que escriba sin conexión espera aquí y sale solo cuando vuelva.',
  help: 'Sale solo, una vez y en orden, cuando haya conexión.',
  aChat: 'Chat',
  note: 'Nota interna',
}

export type OutboxText = typeof outboxEs
