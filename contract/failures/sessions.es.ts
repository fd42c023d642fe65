import type { FailureText, SessionFailure } from '../failures.ts'

/** Numbers linked like WhatsApp Web, and the history that phones share. */
export const SESSIONS_ES: Record<SessionFailure, FailureText> = {
  session_unlinked: {
    cause: 'El número no está vinculado con WhatsApp.',
    nextStep: 'Abra Números, elija el número y vincúlelo con el código QR o con un código de ocho letras.',
  },
  session_logged_out: {
    cause: 'WhatsApp cerró la sesión: alguien la quitó de Dispositivos vinculados, o el teléfono estuvo 14 días sin conexión.',
    nextStep: 'Vincule el número otra vez. Sus chats siguen aquí, y los mensajes nuevos esperan.',
  },
  session_blocked: {
    cause: 'WhatsApp bloqueó o restringió este número.',
    nextStep:
      'Abra WhatsApp en el teléfono y lea el aviso: ahí se pide la revisión. No lo vincule otra vez hasta que el teléfono funcione.',
  },
  session_replaced: {
    cause: 'Otro programa abrió esta misma sesión y WhatsApp cerró la nuestra.',
    nextStep: 'Cierre el otro programa y pulse Reconectar.',
  },
  session_refused: {
    cause: 'WhatsApp ya no acepta la versión de nuestro programa.',
    nextStep: 'No haga nada: se actualiza y se conecta solo. Si pasa de una hora, avise a soporte.',
  },
  session_away: {
    cause: 'El número perdió la conexión con WhatsApp y se está reconectando.',
    nextStep: 'Revise que el teléfono tenga internet. Los mensajes esperan y salen solos al volver.',
  },
  session_no_node: {
    cause: 'No hay ningún programa de sesiones en marcha que atienda este número.',
    nextStep: 'Inicie el programa de sesiones, o avise a soporte. Los mensajes esperan.',
  },
  session_number_taken: {
    cause: 'Ese WhatsApp está vinculado ahora en otra cuenta de esta plataforma; por eso aquí se desvinculó.',
    nextStep:
      'Si el teléfono es suyo, abra en él WhatsApp › Dispositivos vinculados, cierre la sesión anterior y escanee aquí otra vez. Si no, escriba a soporte.',
  },
  session_number_own: {
    cause: 'Ese WhatsApp ya es de otro número de su empresa; por eso aquí se desvinculó.',
    nextStep: 'Use ese número: ahí están sus chats. Si quiere empezar de nuevo en este, archive antes el otro en Números.',
  },
  session_other_number: {
    cause: 'Se escaneó con otro teléfono: los chats de este número son de otro WhatsApp.',
    nextStep: 'Escanee con el teléfono de este número, o añada un número nuevo para el otro.',
  },
  session_qr_over: {
    cause: 'Nadie escaneó el código a tiempo.',
    nextStep: 'Pida un código nuevo cuando tenga el teléfono a mano.',
  },
  session_link_refused: {
    cause: 'WhatsApp no aceptó vincular este dispositivo.',
    nextStep: 'Espere una hora y pruebe otra vez: demasiados intentos seguidos parecen abuso.',
  },
  session_first_contact: {
    cause: 'WhatsApp no deja que este número escriba primero a quien nunca le escribió.',
    nextStep: 'Espere a que el cliente escriba, o use un número oficial con una plantilla.',
  },
  history_limit: {
    cause: 'La sincronización del teléfono se pidió más veces de las permitidas.',
    nextStep: 'Desconecte el número y conéctelo otra vez para sincronizar de nuevo.',
  },
  history_too_late: {
    cause: 'La sincronización del teléfono solo se puede pedir en las primeras 24 horas.',
    nextStep: 'Desconecte el número y conéctelo otra vez para sincronizar de nuevo.',
  },
  history_declined: {
    cause: 'La empresa eligió no compartir el historial de su teléfono.',
    nextStep: 'No haga nada: los mensajes nuevos llegan igual. Para traer el historial hay que conectar el número otra vez.',
  },
}
