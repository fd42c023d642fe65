/** The words of what a number's phone remembers, in Spanish. */
const n = (count: number, one: string, many: string) => `${count.toLocaleString('es-EC')} ${count === 1 ? one : many}`

export const pastEs = {
  title: 'Historial del teléfono',
  help: 'Los chats de antes del vínculo. Llegan como leídos: no avisan a nadie ni responden solos.',
  reach: '¿Hasta cuándo?',
  reaches: { month: 'Los últimos 30 días', all: 'Todo lo que el teléfono entregue' },
  start: 'Importar historial',
  pause: 'Pausar',
  resume: 'Continuar',
  further: 'Importar todo',
  waiting: 'El teléfono todavía no entregó nada. Déjelo encendido y con internet.',
  found: (pieces: number) => n(pieces, 'parte lista para importar', 'partes listas para importar'),
  running: (percent: number) => `Importando: ${percent} %`,
  paused: (percent: number) => `En pausa: ${percent} %`,
  done: 'Todo lo entregado está importado',
  totals: (chats: number, messages: number) => `${n(messages, 'mensaje', 'mensajes')} en ${n(chats, 'chat', 'chats')}`,
  known: (count: number) => `${n(count, 'mensaje ya estaba', 'mensajes ya estaban')}`,
  left: 'No se importó',
  skipped: {
    groups: (count: number) => n(count, 'mensaje de grupos', 'mensajes de grupos'),
    lists: (count: number) => n(count, 'mensaje de estados y difusiones', 'mensajes de estados y difusiones'),
    channels: (count: number) => n(count, 'mensaje de canales', 'mensajes de canales'),
    own: (count: number) => n(count, 'mensaje del número consigo mismo', 'mensajes del número consigo mismo'),
    older: (count: number) => n(count, 'mensaje más antiguo', 'mensajes más antiguos'),
    notices: (count: number) => n(count, 'aviso de WhatsApp', 'avisos de WhatsApp'),
    changes: (count: number) => n(count, 'cambio suelto', 'cambios sueltos'),
    deleted: (count: number) => n(count, 'mensaje eliminado', 'mensajes eliminados'),
    unsent: (count: number) => n(count, 'mensaje que nunca salió', 'mensajes que nunca salieron'),
    broken: (count: number) => n(count, 'mensaje ilegible', 'mensajes ilegibles'),
  },
  lost: (pieces: number) =>
    `${n(pieces, 'parte no se pudo leer', 'partes no se pudieron leer')}: WhatsApp las guarda cerca de un mes.`,
  gaps: 'Buscar mensajes que falten',
  gapsHelp: 'Pregunta al teléfono por los chats recientes, uno por uno.',
  gapsAsking: (done: number, all: number) => `Preguntando al teléfono: ${done} de ${all} chats`,
  gapsDone: (found: number, chats: number) =>
    found === 0
      ? `Se revisaron ${n(chats, 'chat', 'chats')}: no faltaba nada.`
      : `Se revisaron ${n(chats, 'chat', 'chats')}: ${n(found, 'mensaje recuperado', 'mensajes recuperados')}.`,
  gapsSilent: (chats: number) =>
    `El teléfono no respondió por ${n(chats, 'chat', 'chats')}: revise que esté encendido y con internet.`,
  fetchAgain: 'Traer de nuevo',
  fetch: 'Traer el archivo',
  contacts: {
    title: 'Contactos del teléfono',
    help: 'La agenda del teléfono del número.',
    way: '¿Qué se hace con ella?',
    ways: {
      propose: 'Proponer: usted decide cuáles',
      direct: 'Crear y nombrar contactos de inmediato',
      off: 'No usarla',
    },
    toClients: 'También en la base de clientes',
    toClientsHelp: 'Lo aceptado se agrega en la base de su empresa si allí no está.',
    waiting: (count: number) => n(count, 'propuesta por revisar', 'propuestas por revisar'),
    nothing: 'Nada por revisar',
    conflicts: (count: number) => `${n(count, 'nombre difiere', 'nombres difieren')} de los suyos: no se cambian sin usted.`,
    settled: (taken: number, left: number) => `${n(taken, 'aceptado', 'aceptados')} · ${n(left, 'descartado', 'descartados')}`,
    clients: (counts: Partial<Record<'due' | 'added' | 'changed' | 'same' | 'conflict' | 'failed', number>>) =>
      `Base de clientes: ${[
        counts.due && `${counts.due} por enviar`,
        counts.added && n(counts.added, 'agregado', 'agregados'),
        counts.changed && n(counts.changed, 'actualizado', 'actualizados'),
        counts.same && `${counts.same} ya estaban`,
        counts.conflict && `${counts.conflict} con otro nombre allí`,
        counts.failed && `${counts.failed} no se pudieron escribir`,
      ]
        .filter(Boolean)
        .join(' · ')}`,
    review: 'Revisar',
    read: 'Leer otra vez',
    reading: 'Agenda leída.',
    away: 'El número no está conectado. Intente cuando lo esté.',
    kinds: { new: 'Nuevos', fill: 'Sin nombre aquí', conflict: 'Con otro nombre' },
    kindHelp: {
      new: 'Personas que aún no están en sus contactos.',
      fill: 'Ya escribieron, y aquí no tienen nombre.',
      conflict: 'Aquí tienen otro nombre. Si acepta, se cambia por el del teléfono.',
    },
    here: (name: string) => `Aquí: ${name}`,
    take: 'Aceptar',
    takeSome: (count: number) => `Aceptar ${count}`,
    leave: 'Descartar',
    takeAll: (count: number) => `Aceptar los ${count}`,
    sure: (count: number) => `¿Aceptar ${n(count, 'propuesta', 'propuestas')}?`,
    taken: (count: number) => n(count, 'contacto aceptado', 'contactos aceptados'),
    leftOut: (count: number) => n(count, 'propuesta descartada', 'propuestas descartadas'),
    failed: 'No se pudo leer la agenda',
  },
}
export type PastText = typeof pastEs
