/** The words of what few messages are, and of sending places, people and stickers, in Spanish. Apart from the first load. */
export const cardsEs = {
  /** By the name that the message's kind has (session-node/src/readable.rules.ts). */
  strange: {
    poll: 'Encuesta. Se vota desde el teléfono del número.',
    event: 'Evento. Se responde desde el teléfono del número.',
    event_canceled: 'Evento cancelado',
    group_invite: 'Invitación a un grupo. Se acepta desde el teléfono del número.',
    channel_invite: 'Invitación a un canal de WhatsApp',
    view_once: 'Foto, video o audio para ver una sola vez: solo se abre en el teléfono del número.',
    waiting_for_phone:
      'Este mensaje no se pudo leer todavía. Se mostrará aquí cuando el teléfono del cliente lo envíe otra vez; si tarda, pida que lo repita.',
    product: 'Producto de un catálogo',
    payment: 'Pago de WhatsApp. Se ve en el teléfono del número.',
    sticker_pack: 'Paquete de stickers',
    request_phone_number: 'El cliente pide el número de teléfono.',
  } as Record<string, string>,
  unknown:
    'Mensaje que esta aplicación no conoce. Ábralo en el teléfono del número, o pida al cliente que lo envíe de otra forma.',
  kind: (name: string) => `Tipo: ${name}`,
  live: 'Ubicación en vivo: este es el punto de partida. Se sigue en el teléfono del número.',
  typing: 'escribiendo…',
  recording: 'grabando un audio…',
  location: 'Ubicación',
  contact: 'Contacto',
  sticker: 'Sticker',
  send: 'Enviar',
  link: 'El nombre o la dirección llevan un enlace, y este número no permite enlaces.',
  notStored: 'No se pudo guardar en este equipo. Libere espacio e intente otra vez.',
  place: {
    title: 'Enviar una ubicación',
    here: 'Usar dónde estoy ahora',
    finding: 'Buscando…',
    hereFailed: 'Este equipo no dio su ubicación. Péguela abajo.',
    where: 'Enlace del mapa o coordenadas',
    whereHelp: 'Por ejemplo -2.9001, -79.0059 o un enlace de Google Maps',
    whereWrong: 'No hay coordenadas en lo que pegó. Ábralo en el mapa y copie los dos números.',
    name: 'Nombre del lugar (opcional)',
    address: 'Dirección (opcional)',
  },
  person: {
    title: 'Enviar un contacto',
    find: 'Buscar en los contactos',
    name: 'Nombre',
    nameMissing: 'Escriba el nombre.',
    phone: 'Teléfono',
    phoneWrong: 'Escriba el número completo, con código de país.',
    org: 'Empresa (opcional)',
    noPhone: 'Sin número a la vista',
  },
  stickers: {
    title: 'Enviar un sticker',
    pick: 'Elegir una imagen',
    help: 'Se recorta al centro, a 512 por 512. El fondo transparente se conserva.',
    failed: 'No se pudo hacer un sticker de esta imagen. Pruebe con otra, o en Chrome.',
    alt: 'Así se verá',
  },
}

export type CardsText = typeof cardsEs
