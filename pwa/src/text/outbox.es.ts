/** The words of what waits to be sent. */
export const outboxEs = {
  title: 'Por enviar',
  retryAll: 'Reintentar todo',
  empty: 'Todo enviado',
  emptyHelp: 'Lo que escriba sin conexión espera aquí y sale solo cuando vuelva.',
  help: 'Sale solo, una vez y en orden, cuando haya conexión.',
  aChat: 'Chat',
  note: 'Nota interna',
  insist: 'Hacerlo de todos modos',
  laterMany: (count: number) => `${count} ${count === 1 ? 'chat' : 'chats'}: se hará cuando haya conexión.`,
  deeds: {
    refused: 'No se hizo',
    notDone: (what: string, why: string) => `«${what}» no se hizo. ${why}`,
    overtaken: 'Mientras tanto el cliente escribió o alguien más tomó el chat.',
    overtakenContact: 'Mientras tanto alguien cambió los mismos datos. Lo que usted escribió sigue aquí.',
    close: 'Cerrar el chat',
    reopen: 'Reabrir el chat',
    settle: 'No necesita respuesta',
    queue: 'Devolver el chat a la cola',
    assign: (name: string) => `Asignar el chat a ${name}`,
    contact: (name: string) => `Guardar el contacto ${name}`.trim(),
    ofChat: {
      putLabel: (name: string) => `Poner la etiqueta «${name}»`,
      takeLabel: (name: string) => `Quitar la etiqueta «${name}»`,
    },
    ofMessage: {
      putLabel: (name: string) => `Poner la etiqueta «${name}» en un mensaje`,
      takeLabel: (name: string) => `Quitar la etiqueta «${name}» de un mensaje`,
    },
  },
}

export type OutboxText = typeof outboxEs
