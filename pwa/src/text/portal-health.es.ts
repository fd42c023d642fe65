import type { QueueDecision, QueueState, Wait } from '#contract/portal-health.ts'

const states: Record<QueueState, string> = {
  waiting: 'Espera',
  sending: 'En camino',
  failed: 'Falló',
  unconfirmed: 'Sin confirmar',
}
const decisions: Record<QueueDecision, string> = {
  retry: 'Reintentar ahora',
  discard: 'Descartar',
  arrived: 'Sí llegó',
  again: 'Enviar otra vez',
  reroute: 'Pasar a otro canal',
}
/** What an entry is, by its kind. */
const kinds: Record<string, string> = {
  message: 'Mensaje de un operador',
  robot: 'Mensaje de un robot',
  sms: 'SMS de una ficha',
  send: 'Mensaje',
  file: 'Archivo de un mensaje',
  update: 'Cambio de un mensaje',
  delete: 'Eliminación de un mensaje',
  delivery_status: 'Aviso de que llegó',
  say: 'Aviso al operador',
  responsible: 'Cambio de responsable',
  session_finish: 'Fin de la conversación',
}
/** What stands in a message without words. */
const media: Record<string, string> = {
  image: 'Foto',
  video: 'Video',
  audio: 'Audio',
  voice: 'Nota de voz',
  document: 'Documento',
  sticker: 'Sticker',
  location: 'Ubicación',
  contacts: 'Contacto',
  template: 'Plantilla',
}

const lacking = {
  robots: 'Los robots «Enviar WhatsApp»',
  sms: 'WhatsApp como SMS en las fichas',
}
const cards = {
  contact: (id: number) => `Contacto ${id}`,
  lead: (id: number) => `Prospecto ${id}`,
  deal: (id: number) => `Negociación ${id}`,
  company: (id: number) => `Compañía ${id}`,
}

/** The words of a portal's health and queue, in Spanish. The other languages have the same shape. */
export const portalHealthEs = {
  title: (portal: string) => `Salud de ${portal}`,
  back: 'Bitrix24',
  loadFailed: 'No se pudo leer cómo está el portal.',
  connection: 'Conexión',
  well: 'El portal funciona.',
  administrators: (n: number) =>
    n === 0
      ? 'Nadie nos abre la puerta: un administrador del portal debe abrir WhatsappB24 en Bitrix24.'
      : n === 1
        ? '1 administrador nos abre la puerta.'
        : `${n} administradores nos abren la puerta.`,
  renewed: (when: string) => `Llave renovada ${when}.`,
  license: (name: string) => `Plan de Bitrix24: ${name}.`,
  paymentOver: (days: number | null) =>
    days !== null && days >= 0
      ? `El plazo pagado terminó; quedan ${days} días de gracia.`
      : 'El plazo pagado terminó: renueve la aplicación o el plan en Bitrix24.',
  lastOk: (when: string) => `Última consulta que funcionó: ${when}.`,
  neverOk: 'Ninguna consulta ha funcionado todavía.',
  circuit: {
    overload: (until: string) => `Bitrix24 bloqueó las consultas por exceso de carga. Se prueba otra vez a las ${until}.`,
    unreachable: (until: string) => `El portal no responde. Se prueba otra vez a las ${until}.`,
  },
  flows: 'Las consultas pasan.',
  rate: (used: number, limit: number, perSecond: number) =>
    `Ritmo: ${used} de ${limit} consultas ocupadas; el portal admite ${perSecond} por segundo.`,
  calls: (n: number) => (n === 1 ? '1 consulta espera su turno.' : `${n} consultas esperan su turno.`),
  resting: (method: string, until: string) => `${method} descansa hasta las ${until}: gastó su tiempo de trabajo en Bitrix24.`,
  missing: (what: string, code: string) =>
    `Falta registrar ${what} en el portal (${code}). Se intenta de nuevo cada cinco minutos.`,
  lacking: (what: keyof typeof lacking, why: string) =>
    `${lacking[what]} no están en este portal. ${why} Todo lo demás funciona.`,
  lackingPlan: 'Su plan de Bitrix24 no trae automatización, o el portal no la admite.',
  lines: 'Números',
  noLines: 'Ningún número está vinculado a este portal.',
  line: (name: string) => `Canal abierto «${name}»`,
  toPortal: 'Hacia Bitrix24',
  toCustomer: 'Hacia WhatsApp',
  idle: 'Nada pendiente',
  figures: (waiting: number, sending: number, failed: number, unconfirmed: number) =>
    [
      waiting > 0 && `${waiting} en espera`,
      sending > 0 && `${sending} en camino`,
      failed > 0 && (failed === 1 ? '1 falló' : `${failed} fallaron`),
      unconfirmed > 0 && `${unconfirmed} sin confirmar`,
    ]
      .filter(Boolean)
      .join(' · '),
  oldest: (when: string) => `la más antigua, ${when}`,
  loose: 'Sin canal abierto',
  looseHelp:
    'Lo que no es de ningún canal abierto de hoy: su número se desvinculó o nunca tuvo uno. Lo que esperaba para Bitrix24 puede ir a otro canal.',
  sendingPaused: 'Envío en pausa',
  sendOut: 'Enviar a WhatsApp',
  sendOutHelp: 'En pausa, lo que escriben los operadores espera aquí y sale en orden al reanudar.',
  carry: 'Llevar a Bitrix24',
  carryHelp: 'En pausa, lo que escriben los clientes espera aquí y llega en orden al reanudar.',
  alarm: 'Aviso de espera',
  alarmHelp:
    'Los administradores reciben un aviso en el teléfono cuando algo espera más que esto en un número que debería funcionar.',
  alarmMinutes: (min: number, max: number) => `Minutos, de ${min} a ${max}`,
  save: 'Guardar',
  saved: 'Guardado.',
  queue: 'Cola',
  queueHelp: 'Lo que espera, falló o nadie sabe si llegó. Primero lo más reciente.',
  allLines: 'Todos los números',
  filterLine: 'Número',
  filterDirection: 'Sentido',
  filterState: 'Estado',
  bothWays: 'Los dos sentidos',
  anyState: 'Cualquier estado',
  empty: 'Nada pendiente',
  emptyHelp: 'Todo lo que se escribió ha llegado.',
  emptyFilter: 'Nada con este filtro.',
  queueFailed: 'No se pudo leer la cola.',
  states,
  kinds,
  cards,
  media,
  inTurn: 'Espera su turno, detrás de los anteriores de su chat.',
  inTurnDeed: 'Sale enseguida; si el número está en pausa o sin conexión, cuando vuelva.',
  underWay: 'Se está entregando.',
  waits: {
    overload: (until: string) =>
      `Espera: Bitrix24 bloqueó los pedidos a este portal por exceso de carga. Se prueba otra vez a las ${until}.`,
    unreachable: (until: string) => `Espera: el portal no responde. Se prueba otra vez a las ${until}.`,
    method: (until: string, method: string) =>
      `Espera: ${method} gastó su tiempo de trabajo en Bitrix24 y descansa hasta las ${until}.`,
    pace: () => 'Espera su turno: el portal ya tiene todos los pedidos que admite por segundo. Sale en unos segundos.',
    turn: () => 'Espera su turno, detrás de otros pedidos al portal.',
  } satisfies Record<Wait['why'], (until: string, method: string) => string>,
  fetching: 'Bitrix24 nos avisó de este mensaje y se está trayendo.',
  nextTry: (when: string) => `Próximo intento: ${when}`,
  said: (words: string) => `Respuesta: ${words}`,
  hidden: 'Un chat que usted no ve',
  since: (when: string) => `Desde ${when}`,
  choose: (name: string) => `Elegir: ${name}`,
  chooseAll: 'Elegir todo lo de este filtro',
  chosen: (n: number) => (n === 1 ? '1 elegido' : `${n} elegidos`),
  chosenAll: 'Elegido todo lo de este filtro',
  clear: 'Quitar la selección',
  act: 'Qué hacer con lo elegido',
  decisions,
  done: (n: number) => (n === 1 ? 'Hecho con 1.' : `Hecho con ${n}.`),
  kept: (n: number) =>
    n === 1
      ? '1 no se pudo: abra su chat para ver qué lo impide.'
      : `${n} no se pudieron: abra sus chats para ver qué lo impide.`,
  nothing: 'No había nada que cambiar: ya se movió o está en camino.',
  openChat: 'Abrir chat',
  trace: 'Ver el camino',
  traceTitle: 'Camino del mensaje',
  more: 'Ver más',
  discardTitle: 'Descartar',
  discardHelp: 'No se entregará. Queda en la auditoría con su nombre y el motivo.',
  reason: 'Motivo',
  rerouteTitle: 'Pasar a otro canal abierto',
  rerouteHelp:
    'Va la conversación entera: lo que espera y lo que falló, en su orden, y lo que venga después. Allí empieza un diálogo nuevo.',
  target: 'Canal abierto',
  cancel: 'Cancelar',
  export: 'Exportar la cola',
  exportTraces: 'Exportar los caminos',
}
export type PortalHealthText = typeof portalHealthEs
