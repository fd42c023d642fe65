import type { OutboxText } from './outbox.es.ts'

export const outboxPt: OutboxText = {
  title: 'Por enviar',
  retryAll: 'Tentar tudo de novo',
  empty: 'Tudo enviado',
  emptyHelp: 'O que escrever sem conexão espera aqui e sai sozinho quando ela voltar.',
  help: 'Sai sozinho, uma vez e em ordem, quando houver conexão.',
  aChat: 'Conversa',
  note: 'Nota interna',
  insist: 'Fazer mesmo assim',
  laterMany: (count) => `${count} ${count === 1 ? 'conversa' : 'conversas'}: será feito quando houver conexão.`,
  deeds: {
    refused: 'Não foi feito',
    notDone: (what, why) => `«${what}» não foi feito. ${why}`,
    overtaken: 'Enquanto isso o cliente escreveu ou outra pessoa assumiu a conversa.',
    overtakenContact: 'Enquanto isso alguém mudou os mesmos dados. O que você escreveu continua aqui.',
    close: 'Fechar a conversa',
    reopen: 'Reabrir a conversa',
    settle: 'Não precisa de resposta',
    queue: 'Devolver a conversa à fila',
    assign: (name) => `Passar a conversa para ${name}`,
    contact: (name) => `Salvar o contato ${name}`.trim(),
    ofChat: {
      putLabel: (name) => `Pôr a etiqueta «${name}»`,
      takeLabel: (name) => `Tirar a etiqueta «${name}»`,
    },
    ofMessage: {
      putLabel: (name) => `Pôr a etiqueta «${name}» em uma mensagem`,
      takeLabel: (name) => `Tirar a etiqueta «${name}» de uma mensagem`,
    },
  },
}
