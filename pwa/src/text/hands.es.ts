const n = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`

export const handsEs = {
  forward: 'Reenviar',
  pick: 'Elegir varios',
  picked: (count: number) => n(count, 'mensaje elegido', 'mensajes elegidos'),
  endPick: 'Terminar de elegir',
  withPicked: (count: number) => `Con ${n(count, 'mensaje elegido', 'mensajes elegidos')}`,
  copy: 'Copiar',
  copied: (count: number) => n(count, 'mensaje copiado', 'mensajes copiados'),
  note: 'nota interna',
  unread: (count: number, isMore: boolean) => (isMore ? `Más de ${count} sin leer` : `${count} sin leer`),
  backToQuote: 'Volver a la respuesta',
  search: {
    open: 'Buscar en el chat',
    field: 'Buscar en este chat',
    close: 'Terminar la búsqueda',
    older: 'Resultado anterior, más antiguo',
    newer: 'Resultado siguiente, más nuevo',
    place: (at: number, all: number, isMore: boolean) => `${at} de ${all}${isMore ? '+' : ''}`,
    none: 'Sin resultados',
    offline: 'Sin conexión: solo lo guardado en este equipo',
    busy: 'Buscando…',
  },
  forwardTo: {
    title: (count: number) => (count === 1 ? 'Reenviar el mensaje' : `Reenviar ${count} mensajes`),
    search: 'Busque un chat por nombre o número',
    chats: 'Chats a los que se reenvía',
    most: (count: number) => `Hasta ${count} chats a la vez.`,
    notes: (count: number) =>
      count === 1 ? 'La nota interna no se reenvía: es solo para su equipo.' : `${count} notas internas no se reenvían.`,
    stay: (count: number) =>
      count === 1 ? 'Un mensaje no se puede reenviar y se queda.' : `${count} mensajes no se pueden reenviar y se quedan.`,
    nothing: 'Nada de lo elegido se puede reenviar.',
    none: 'Ningún chat coincide.',
    offline: 'Sin conexión: se busca en los chats guardados en este equipo. Lo que reenvíe saldrá al volver.',
    send: (count: number) => (count === 0 ? 'Reenviar' : `Reenviar a ${n(count, 'chat', 'chats')}`),
    sent: (count: number) => `Reenviado a ${n(count, 'chat', 'chats')}`,
    open: 'Abrir',
    failed: 'No se pudo guardar lo reenviado en este equipo. Libere espacio y pruebe otra vez.',
    why: {
      archived: 'Su número está archivado.',
      video: 'Este número no envía videos.',
      file: 'Este número solo envía fotos, PDF y audios.',
      link: 'Este número no envía enlaces.',
      'opted-out': 'No quiere recibir mensajes.',
      window: 'Pasaron 24 horas desde su último mensaje.',
      never: 'Aún no ha escrito a este número.',
    },
  },
}
export type HandsText = typeof handsEs
