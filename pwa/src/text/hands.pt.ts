import type { HandsText } from './hands.es.ts'

const n = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`

export const handsPt: HandsText = {
  forward: 'Encaminhar',
  pick: 'Escolher várias',
  picked: (count) => n(count, 'mensagem escolhida', 'mensagens escolhidas'),
  endPick: 'Terminar de escolher',
  withPicked: (count) => `Com ${n(count, 'mensagem escolhida', 'mensagens escolhidas')}`,
  copy: 'Copiar',
  copied: (count) => n(count, 'mensagem copiada', 'mensagens copiadas'),
  note: 'nota interna',
  unread: (count, isMore) => (isMore ? `Mais de ${count} não lidas` : `${count} não lidas`),
  backToQuote: 'Voltar à resposta',
  search: {
    open: 'Buscar na conversa',
    field: 'Buscar nesta conversa',
    close: 'Terminar a busca',
    older: 'Resultado anterior, mais antigo',
    newer: 'Resultado seguinte, mais novo',
    place: (at, all, isMore) => `${at} de ${all}${isMore ? '+' : ''}`,
    none: 'Sem resultados',
    offline: 'Sem conexão: só o que está guardado neste aparelho',
    busy: 'Buscando…',
  },
  forwardTo: {
    title: (count) => (count === 1 ? 'Encaminhar a mensagem' : `Encaminhar ${count} mensagens`),
    search: 'Busque uma conversa por nome ou número',
    chats: 'Conversas para as quais se encaminha',
    most: (count) => `Até ${count} conversas de cada vez.`,
    notes: (count) =>
      count === 1 ? 'A nota interna não é encaminhada: é só para a sua equipe.' : `${count} notas internas não são encaminhadas.`,
    stay: (count) =>
      count === 1 ? 'Uma mensagem não pode ser encaminhada e fica.' : `${count} mensagens não podem ser encaminhadas e ficam.`,
    nothing: 'Nada do que escolheu pode ser encaminhado.',
    none: 'Nenhuma conversa coincide.',
    offline: 'Sem conexão: a busca é nas conversas guardadas neste aparelho. O que encaminhar sairá quando ela voltar.',
    send: (count) => (count === 0 ? 'Encaminhar' : `Encaminhar para ${n(count, 'conversa', 'conversas')}`),
    sent: (count) => `Encaminhado para ${n(count, 'conversa', 'conversas')}`,
    open: 'Abrir',
    failed: 'Este aparelho não conseguiu guardar o que encaminhou. Libere espaço e tente outra vez.',
    why: {
      archived: 'O número está arquivado.',
      video: 'Este número não envia vídeos.',
      file: 'Este número só envia fotos, PDF e áudios.',
      link: 'Este número não envia links.',
      'opted-out': 'Não quer receber mensagens.',
      window: 'Passaram 24 horas desde a última mensagem.',
      never: 'Ainda não escreveu para este número.',
    },
  },
}
