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
  fetch: 'Traer el archivo',
}
export type PastText = typeof pastEs
