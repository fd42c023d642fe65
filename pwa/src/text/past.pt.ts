/** The words of what a number's phone remembers, in Portuguese. */
import type { PastText } from './past.es.ts'

const n = (count: number, one: string, many: string) => `${count.toLocaleString('pt-BR')} ${count === 1 ? one : many}`

export const pastPt: PastText = {
  title: 'Histórico do telefone',
  help: 'As conversas de antes do vínculo. Chegam como lidas: não avisam ninguém nem respondem sozinhas.',
  reach: 'Até quando?',
  reaches: { month: 'Os últimos 30 dias', all: 'Tudo o que o telefone entregar' },
  start: 'Importar histórico',
  pause: 'Pausar',
  resume: 'Continuar',
  further: 'Importar tudo',
  waiting: 'O telefone ainda não entregou nada. Deixe-o ligado e com internet.',
  found: (pieces) => n(pieces, 'parte pronta para importar', 'partes prontas para importar'),
  running: (percent) => `Importando: ${percent}%`,
  paused: (percent) => `Em pausa: ${percent}%`,
  done: 'Tudo o que foi entregue está importado',
  totals: (chats, messages) => `${n(messages, 'mensagem', 'mensagens')} em ${n(chats, 'conversa', 'conversas')}`,
  known: (count) => n(count, 'mensagem já estava', 'mensagens já estavam'),
  left: 'Não foi importado',
  skipped: {
    groups: (count) => n(count, 'mensagem de grupos', 'mensagens de grupos'),
    lists: (count) => n(count, 'mensagem de status e transmissões', 'mensagens de status e transmissões'),
    channels: (count) => n(count, 'mensagem de canais', 'mensagens de canais'),
    own: (count) => n(count, 'mensagem do número para si mesmo', 'mensagens do número para si mesmo'),
    older: (count) => n(count, 'mensagem mais antiga', 'mensagens mais antigas'),
    notices: (count) => n(count, 'aviso do WhatsApp', 'avisos do WhatsApp'),
    changes: (count) => n(count, 'alteração avulsa', 'alterações avulsas'),
    deleted: (count) => n(count, 'mensagem apagada', 'mensagens apagadas'),
    unsent: (count) => n(count, 'mensagem que nunca saiu', 'mensagens que nunca saíram'),
    broken: (count) => n(count, 'mensagem ilegível', 'mensagens ilegíveis'),
  },
  lost: (pieces) =>
    `${n(pieces, 'parte não pôde ser lida', 'partes não puderam ser lidas')}: o WhatsApp as guarda por cerca de um mês.`,
  gaps: 'Procurar mensagens que faltam',
  gapsHelp: 'Pergunta ao telefone pelas conversas recentes, uma por uma.',
  gapsAsking: (done, all) => `Perguntando ao telefone: ${done} de ${all} conversas`,
  gapsDone: (found, chats) =>
    found === 0
      ? `${n(chats, 'conversa revisada', 'conversas revisadas')}: não faltava nada.`
      : `${n(chats, 'conversa revisada', 'conversas revisadas')}: ${n(found, 'mensagem recuperada', 'mensagens recuperadas')}.`,
  gapsSilent: (chats) => `O telefone não respondeu por ${n(chats, 'conversa', 'conversas')}: veja se está ligado e com internet.`,
  fetchAgain: 'Buscar de novo',
  fetch: 'Trazer o arquivo',
  contacts: {
    title: 'Contatos do telefone',
    help: 'A agenda do telefone do número.',
    way: 'O que se faz com ela?',
    ways: {
      propose: 'Propor: você decide quais',
      direct: 'Criar e nomear contatos de imediato',
      off: 'Não usar',
    },
    toClients: 'Também na base de clientes',
    toClientsHelp: 'O que for aceito é adicionado à base da sua empresa se lá não estiver.',
    waiting: (count) => n(count, 'proposta para revisar', 'propostas para revisar'),
    nothing: 'Nada para revisar',
    conflicts: (count) => `${n(count, 'nome difere', 'nomes diferem')} dos seus: não mudam sem você.`,
    settled: (taken, left) => `${n(taken, 'aceito', 'aceitos')} · ${n(left, 'descartado', 'descartados')}`,
    clients: (counts) =>
      `Base de clientes: ${[
        counts.due && `${counts.due} por enviar`,
        counts.added && n(counts.added, 'adicionado', 'adicionados'),
        counts.changed && n(counts.changed, 'atualizado', 'atualizados'),
        counts.same && `${counts.same} já estavam`,
        counts.conflict && `${counts.conflict} com outro nome lá`,
        counts.failed && `${counts.failed} não puderam ser gravados`,
      ]
        .filter(Boolean)
        .join(' · ')}`,
    review: 'Revisar',
    read: 'Ler de novo',
    reading: 'Agenda lida.',
    away: 'O número não está conectado. Tente quando estiver.',
    kinds: { new: 'Novos', fill: 'Sem nome aqui', conflict: 'Com outro nome' },
    kindHelp: {
      new: 'Pessoas que ainda não estão nos seus contatos.',
      fill: 'Já escreveram, e aqui não têm nome.',
      conflict: 'Aqui têm outro nome. Se aceitar, passa a ser o do telefone.',
    },
    here: (name) => `Aqui: ${name}`,
    take: 'Aceitar',
    takeSome: (count) => `Aceitar ${count}`,
    leave: 'Descartar',
    takeAll: (count) => `Aceitar os ${count}`,
    sure: (count) => `Aceitar ${n(count, 'proposta', 'propostas')}?`,
    taken: (count) => n(count, 'contato aceito', 'contatos aceitos'),
    leftOut: (count) => n(count, 'proposta descartada', 'propostas descartadas'),
    failed: 'Não foi possível ler a agenda',
  },
}
