import type { PortalHealthText } from './portal-health.es.ts'

const lacking = {
  robots: 'Os robôs «Enviar WhatsApp»',
  sms: 'WhatsApp como SMS nas fichas',
}
const cards = {
  contact: (id: number) => `Contato ${id}`,
  lead: (id: number) => `Lead ${id}`,
  deal: (id: number) => `Negócio ${id}`,
  company: (id: number) => `Empresa ${id}`,
}

export const portalHealthPt: PortalHealthText = {
  title: (portal) => `Saúde de ${portal}`,
  back: 'Bitrix24',
  loadFailed: 'Não foi possível ler como está o portal.',
  connection: 'Conexão',
  well: 'O portal funciona.',
  administrators: (n) =>
    n === 0
      ? 'Ninguém nos abre a porta: um administrador do portal precisa abrir o WhatsappB24 no Bitrix24.'
      : n === 1
        ? '1 administrador nos abre a porta.'
        : `${n} administradores nos abrem a porta.`,
  renewed: (when) => `Chave renovada ${when}.`,
  license: (name) => `Plano do Bitrix24: ${name}.`,
  paymentOver: (days) =>
    days !== null && days >= 0
      ? `O prazo pago terminou; restam ${days} dias de carência.`
      : 'O prazo pago terminou: renove o aplicativo ou o plano no Bitrix24.',
  lastOk: (when) => `Última consulta que funcionou: ${when}.`,
  neverOk: 'Nenhuma consulta funcionou ainda.',
  circuit: {
    overload: (until) => `O Bitrix24 bloqueou as consultas por excesso de carga. Nova tentativa às ${until}.`,
    unreachable: (until) => `O portal não responde. Nova tentativa às ${until}.`,
  },
  flows: 'As consultas passam.',
  rate: (used, limit, perSecond) => `Ritmo: ${used} de ${limit} consultas em uso; o portal aceita ${perSecond} por segundo.`,
  calls: (n) => (n === 1 ? '1 consulta espera a vez.' : `${n} consultas esperam a vez.`),
  resting: (method, until) => `${method} descansa até as ${until}: gastou o tempo de trabalho no Bitrix24.`,
  missing: (what, code) => `Falta registrar ${what} no portal (${code}). Nova tentativa a cada cinco minutos.`,
  lacking: (what, why) => `${lacking[what]} não estão neste portal. ${why} Todo o resto funciona.`,
  lackingPlan: 'Seu plano do Bitrix24 não traz automação, ou o portal não a permite.',
  lines: 'Números',
  noLines: 'Nenhum número está vinculado a este portal.',
  line: (name) => `Canal aberto «${name}»`,
  toPortal: 'Para o Bitrix24',
  toCustomer: 'Para o WhatsApp',
  idle: 'Nada pendente',
  figures: (waiting, sending, failed, unconfirmed) =>
    [
      waiting > 0 && `${waiting} em espera`,
      sending > 0 && `${sending} a caminho`,
      failed > 0 && (failed === 1 ? '1 falhou' : `${failed} falharam`),
      unconfirmed > 0 && `${unconfirmed} sem confirmação`,
    ]
      .filter(Boolean)
      .join(' · '),
  oldest: (when) => `a mais antiga, ${when}`,
  loose: 'Sem canal aberto',
  looseHelp:
    'O que não é de nenhum canal aberto de hoje: o número foi desvinculado ou nunca teve um. O que esperava pelo Bitrix24 pode ir para outro canal.',
  sendingPaused: 'Envio em pausa',
  sendOut: 'Enviar ao WhatsApp',
  sendOutHelp: 'Em pausa, o que os operadores escrevem espera aqui e sai em ordem ao retomar.',
  carry: 'Levar ao Bitrix24',
  carryHelp: 'Em pausa, o que os clientes escrevem espera aqui e chega em ordem ao retomar.',
  alarm: 'Aviso de espera',
  alarmHelp:
    'Os administradores recebem um aviso no celular quando algo espera mais do que isto em um número que deveria funcionar.',
  alarmMinutes: (min, max) => `Minutos, de ${min} a ${max}`,
  save: 'Salvar',
  saved: 'Salvo.',
  queue: 'Fila',
  queueHelp: 'O que espera, falhou ou ninguém sabe se chegou. Primeiro o mais recente.',
  allLines: 'Todos os números',
  filterLine: 'Número',
  filterDirection: 'Sentido',
  filterState: 'Estado',
  bothWays: 'Os dois sentidos',
  anyState: 'Qualquer estado',
  empty: 'Nada pendente',
  emptyHelp: 'Tudo o que foi escrito chegou.',
  emptyFilter: 'Nada com este filtro.',
  queueFailed: 'Não foi possível ler a fila.',
  states: { waiting: 'Espera', sending: 'A caminho', failed: 'Falhou', unconfirmed: 'Sem confirmação' },
  kinds: {
    message: 'Mensagem de um operador',
    robot: 'Mensagem de um robô',
    sms: 'SMS de uma ficha',
    send: 'Mensagem',
    file: 'Arquivo de uma mensagem',
    update: 'Alteração de uma mensagem',
    delete: 'Exclusão de uma mensagem',
    delivery_status: 'Aviso de que chegou',
    say: 'Aviso ao operador',
    responsible: 'Troca de responsável',
    session_finish: 'Fim da conversa',
  },
  cards,
  media: {
    image: 'Foto',
    video: 'Vídeo',
    audio: 'Áudio',
    voice: 'Mensagem de voz',
    document: 'Documento',
    sticker: 'Figurinha',
    location: 'Localização',
    contacts: 'Contato',
    template: 'Modelo',
  },
  inTurn: 'Espera a vez, atrás das anteriores do seu chat.',
  inTurnDeed: 'Sai em seguida; se o número está em pausa ou sem conexão, quando voltar.',
  underWay: 'Está sendo entregue.',
  waits: {
    overload: (until) =>
      `Espera: o Bitrix24 bloqueou os pedidos a este portal por excesso de carga. Tenta-se de novo às ${until}.`,
    unreachable: (until) => `Espera: o portal não responde. Tenta-se de novo às ${until}.`,
    method: (until, method) => `Espera: ${method} gastou seu tempo de trabalho no Bitrix24 e descansa até as ${until}.`,
    pace: () => 'Espera a vez: o portal já tem todos os pedidos que admite por segundo. Sai em alguns segundos.',
    turn: () => 'Espera a vez, atrás de outros pedidos ao portal.',
  },
  fetching: 'O Bitrix24 nos avisou desta mensagem e ela está sendo buscada.',
  nextTry: (when) => `Próxima tentativa: ${when}`,
  said: (words) => `Resposta: ${words}`,
  hidden: 'Um chat que você não vê',
  since: (when) => `Desde ${when}`,
  choose: (name) => `Escolher: ${name}`,
  chooseAll: 'Escolher tudo deste filtro',
  chosen: (n) => (n === 1 ? '1 escolhida' : `${n} escolhidas`),
  chosenAll: 'Escolhido tudo deste filtro',
  clear: 'Limpar a seleção',
  act: 'O que fazer com as escolhidas',
  decisions: {
    retry: 'Tentar agora',
    discard: 'Descartar',
    arrived: 'Chegou, sim',
    again: 'Enviar de novo',
    reroute: 'Passar a outro canal',
  },
  done: (n) => (n === 1 ? 'Feito com 1.' : `Feito com ${n}.`),
  kept: (n) =>
    n === 1
      ? '1 não foi possível: abra o chat para ver o que impede.'
      : `${n} não foram possíveis: abra os chats para ver o que impede.`,
  nothing: 'Não havia nada a mudar: já andou ou está a caminho.',
  openChat: 'Abrir chat',
  trace: 'Ver o caminho',
  traceTitle: 'Caminho da mensagem',
  more: 'Ver mais',
  discardTitle: 'Descartar',
  discardHelp: 'Não será entregue. Fica na auditoria com o seu nome e o motivo.',
  reason: 'Motivo',
  rerouteTitle: 'Passar a outro canal aberto',
  rerouteHelp: 'Vai a conversa inteira: o que espera e o que falhou, em ordem, e o que vier depois. Lá começa um diálogo novo.',
  target: 'Canal aberto',
  cancel: 'Cancelar',
  export: 'Exportar a fila',
  exportTraces: 'Exportar os caminhos',
}
