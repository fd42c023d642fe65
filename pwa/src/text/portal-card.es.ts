/** The words of our tab in a card of Bitrix24, in Spanish. The other languages have the same shape. */
export const portalCardEs = {
  title: 'Chats de este cliente',
  reading: 'Buscando los números de este cliente…',
  failed: 'No se pudo leer esta ficha.',
  choose: 'Chats con este cliente',
  noChats: 'Todavía no hay chats con este cliente que usted pueda ver.',
  noNumbers: 'Esta ficha no tiene teléfono',
  noNumbersHelp: 'Escriba el número para empezar, o agréguelo a la ficha.',
  writeFirst: 'Escribir primero',
  mayNot: 'Su rol no permite empezar chats. Pídaselo a su supervisor.',
  number: 'Número del cliente',
  other: 'Otro número…',
  typed: 'Teléfono',
  from: 'Escribir desde',
  noChannels: 'Ningún número de su empresa está a su alcance. Pídaselo a su administrador.',
  template: 'Este número de la empresa empieza los chats con una plantilla: la elige en el siguiente paso.',
  answered: 'Nada por responder',
  all: 'Otros chats y números',
}
export type PortalCardText = typeof portalCardEs
