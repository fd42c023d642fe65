import type { CallFailure, FailureText, PolicyFailure } from '../failures.ts'

/** What our own rules refuse, in Spanish. */
export const POLICY_ES: Record<PolicyFailure, FailureText> = {
  not_changeable: {
    cause: 'Este mensaje ya no se puede cambiar en WhatsApp.',
    nextStep: 'Escriba la corrección en un mensaje nuevo.',
  },
  change_too_late: {
    cause: 'Pasó el tiempo en que WhatsApp deja cambiar un mensaje.',
    nextStep: 'Escriba la corrección en un mensaje nuevo.',
  },
  channel_archived: {
    cause: 'El número está archivado.',
    nextStep: 'Escriba desde otro número.',
  },
  text_too_long: {
    cause: 'El texto es demasiado largo para WhatsApp.',
    nextStep: 'Divídalo en dos mensajes.',
  },
  link_not_allowed: {
    cause: 'No se permite enviar enlaces desde este número.',
    nextStep: 'Quite el enlace y escríbalo otra vez.',
  },
  video_not_allowed: {
    cause: 'No se permite enviar videos desde este número.',
    nextStep: 'Envíe una foto o un PDF.',
  },
  media_mismatch: {
    cause: 'El contenido del archivo no corresponde a su tipo.',
    nextStep: 'Ábralo en su equipo, guárdelo de nuevo y envíelo otra vez.',
  },
  media_too_large: {
    cause: 'El archivo pesa más de lo que WhatsApp permite.',
    nextStep: 'Envíe uno más liviano.',
  },
  media_kind_not_allowed: {
    cause: 'WhatsApp no acepta este tipo de archivo.',
    nextStep: 'Use una foto, un PDF o un audio.',
  },
  sender_not_allowed: {
    cause: 'El rol de esta persona en WhatsappB24 no permite escribir a clientes.',
    nextStep: 'Pida a quien administra la cuenta que se lo permita, o que escriba otra persona.',
  },
  first_contact_off: {
    cause: 'Este número solo contesta: no escribe primero a quien nunca le escribió.',
    nextStep: 'Espere a que el cliente escriba, use un número oficial con plantilla, o active «Escribir primero» en el número.',
  },
  first_contact_limit: {
    cause: 'Este número ya escribió primero a todas las personas que puede hoy.',
    nextStep: 'Mañana puede seguir. A quien le escriba usted puede responder siempre.',
  },
  first_contact_frozen: {
    cause: 'WhatsApp no deja que este número escriba primero por ahora.',
    nextStep: 'Espere un día y siga respondiendo a quien escriba. Insistir puede bloquear el número.',
  },
  first_contact_stopped: {
    cause: 'Casi nadie responde a los primeros mensajes de este número: seguir lo pone en riesgo de bloqueo.',
    nextStep: 'Escriba solo a quien lo espera, o use un número oficial con plantilla.',
  },
  subscription_ended: {
    cause: 'La suscripción de este número venció: recibe mensajes, pero no envía.',
    nextStep: 'Renuévela en Ajustes, Suscripciones, o pídalo a quien administra la cuenta. Lo que escribió está guardado.',
  },
  balance_empty: {
    cause: 'No hay saldo para pagar este mensaje.',
    nextStep:
      'Recargue en Ajustes, Saldo, o pídalo a quien administra la cuenta; después envíelo de nuevo. Lo que escribió está guardado.',
  },
  balance_frozen: {
    cause: 'El saldo está en pausa porque se disputa un pago: este mensaje no se puede pagar.',
    nextStep: 'Espere a que se resuelva la disputa, o pregunte a quien administra la cuenta. Lo que escribió está guardado.',
  },
  price_missing: {
    cause: 'Este tipo de mensaje no tiene tarifa para ese país.',
    nextStep: 'Avise a quien administra WhatsappB24. Lo que escribió está guardado.',
  },
  same_text_limit: {
    cause: 'El mismo texto ya fue a demasiadas personas en una hora.',
    nextStep: 'Cambie el texto para cada persona, o espere un rato.',
  },
  deed_no_number: {
    cause: 'No se eligió desde qué número enviar, o ese número está archivado.',
    nextStep: 'Elija otro número en el robot, o revise los números en WhatsappB24.',
  },
  deed_no_phone: {
    cause: 'La ficha no tiene un teléfono que se pueda leer.',
    nextStep: 'Escríbalo en la ficha con el código del país, por ejemplo +593.',
  },
  deed_portal_away: {
    cause: 'Bitrix24 no respondió a tiempo.',
    nextStep: 'Inténtelo de nuevo en unos minutos.',
  },
  deed_file_missing: {
    cause: 'La plantilla lleva un archivo y el robot no tiene su enlace.',
    nextStep: 'Escriba en el robot un enlace https que cualquiera pueda abrir, sin contraseña.',
  },
  deed_file_unread: {
    cause: 'El archivo del enlace del robot no se pudo traer.',
    nextStep: 'Compruebe que el enlace empiece con https, abra el archivo mismo y no pida entrar. Después reintente.',
  },
  deed_file_kind: {
    cause: 'El archivo del enlace no es del tipo que pide la plantilla.',
    nextStep: 'Dé al robot una imagen, un video o un PDF, según lo que la plantilla lleva arriba.',
  },
}

/** Calls, and who is blocked, in Spanish. */
export const CALLS_ES: Record<CallFailure, FailureText> = {
  call_refused: {
    cause: 'WhatsApp no permitió la llamada.',
    nextStep: 'Revise que las llamadas estén activadas en el número y escriba al cliente mientras tanto.',
  },
  call_permission_missing: {
    cause: 'El cliente no ha dado permiso para que su empresa lo llame.',
    nextStep: 'Pídale permiso para llamarlo desde el chat y espere su respuesta.',
  },
  block_list_failed: {
    cause: 'WhatsApp no pudo cambiar la lista de bloqueados.',
    nextStep: 'Intente otra vez. Solo se puede bloquear a quien escribió en las últimas 24 horas.',
  },
}
