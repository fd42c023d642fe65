/** What each step of a message's way means, for the person who has to explain it. `{…}` come from the hop's data. */
export const es = {
  received: 'El proveedor nos entregó el mensaje del cliente.',
  stored: 'Guardado en la base de datos.',
  repeated: 'El proveedor lo entregó otra vez. Ya lo teníamos, así que no se duplicó.',
  asked_again: 'La aplicación lo pidió otra vez con el mismo identificador. No se duplicó.',
  parked: 'Llegó un aviso de entrega antes de que supiéramos de qué mensaje era. Se guardó y se aplicó después.',
  written: 'Lo escribió {person}.',
  note_written: '{person} escribió una nota interna. Las notas no salen por WhatsApp.',
  chat_opened: '{person} abrió la conversación.',
  sent_to_provider: 'Se entregó al proveedor (intento {attempt}).',
  accepted_by_provider: 'El proveedor lo aceptó en {ms} ms. Ahora lo lleva a WhatsApp.',
  refused_by_provider: 'El proveedor lo rechazó.',
  will_retry: 'El proveedor no lo tomó todavía. Se intentará otra vez a las {at}.',
  answer_lost: 'El pedido salió, pero la respuesta del proveedor no llegó. Puede que el cliente lo haya recibido.',
  retries_exhausted: 'Se intentó {attempts} veces sin éxito.',
  status_accepted: 'El proveedor lo tiene en su cola.',
  status_sent: 'WhatsApp lo envió.',
  status_delivered: 'Llegó al teléfono del cliente.',
  status_read: 'El cliente lo leyó.',
  status_played: 'El cliente escuchó el audio.',
  status_failed: 'WhatsApp no pudo entregarlo.',
  media_stored: 'El archivo se copió a nuestro almacén ({bytes} bytes).',
  media_lost: 'El archivo no se pudo traer del proveedor.',
  reaction_sent: 'Se envió la reacción.',
  retried: '{person} decidió enviarlo otra vez.',
  discarded: '{person} lo descartó.',
  channel_pause: 'Alguien cambió la pausa del número.',
  retention: 'Se borraron registros antiguos según la política de conservación.',
  other: 'Paso «{what}».',
} as const

/** Every language has a sentence for every step. */
export type Words = Record<keyof typeof es, string>
