/** Portals of Bitrix24, in Spanish. */
import type { FailureText, PortalFailure } from '../failures.ts'

export const PORTALS_ES: Record<PortalFailure, FailureText> = {
  portal_unreachable: {
    cause: 'El portal de Bitrix24 no responde.',
    nextStep: 'No hay que hacer nada: se entrega en orden cuando vuelva. Si dura, revise que el portal abra en el navegador.',
  },
  portal_busy: {
    cause: 'El portal de Bitrix24 recibe más pedidos de los que admite su plan.',
    nextStep: 'No hay que hacer nada: se entrega en orden, poco a poco.',
  },
  portal_overloaded: {
    cause: 'Bitrix24 detuvo los pedidos a este portal por exceso de carga.',
    nextStep: 'Se prueba cada pocos minutos. Si dura más de una hora, escriba al soporte de Bitrix24.',
  },
  portal_method_limit: {
    cause: 'Bitrix24 da a cada método un tiempo de trabajo cada diez minutos, y el de este pedido se gastó.',
    nextStep: 'No hay que hacer nada: se entrega en orden cuando Bitrix24 lo permita otra vez.',
  },
  portal_earlier: {
    cause: 'Espera a que se entregue un mensaje anterior del mismo chat.',
    nextStep: 'Lea la causa del primero que espera en ese chat: los demás van detrás, en orden.',
  },
  portal_line_inactive: {
    cause: 'El canal abierto no está activo o no tiene conectado este número.',
    nextStep:
      'Revise el número en Ajustes › Bitrix24 y el canal abierto en el Contact Center. Lo que espera se entrega en cuanto funcione.',
  },
  portal_access: {
    cause: 'El portal de Bitrix24 no deja entrar a la aplicación.',
    nextStep: 'Un administrador del portal debe abrir WhatsappB24 en Bitrix24. Lo que espera se entrega después.',
  },
  portal_unpaid: {
    cause: 'El plan del portal de Bitrix24 no permite aplicaciones, o venció.',
    nextStep: 'Renueve el plan en Bitrix24. Lo que espera se entrega después.',
  },
  portal_gone: {
    cause: 'El portal de Bitrix24 está cerrado.',
    nextStep: 'Compruebe con Bitrix24 si el portal existe todavía.',
  },
  portal_refused: {
    cause: 'El canal abierto no aceptó el mensaje.',
    nextStep: 'Lea lo que dijo el portal. El mensaje está completo en WhatsappB24.',
  },
  portal_answer_lost: {
    cause: 'El pedido salió hacia el portal, pero la respuesta no llegó.',
    nextStep: 'Se mira en el portal si el mensaje está, y solo se repite si falta.',
  },
  portal_unconfirmed: {
    cause: 'El pedido salió hacia el portal y nadie respondió: no se puede saber si lo tomó.',
    nextStep: 'Mírelo en Bitrix24 y decida: sí llegó, enviar otra vez o descartar. Nunca se repite solo.',
  },
  portal_paused: {
    cause: 'Llevar los mensajes a Bitrix24 está en pausa en este número.',
    nextStep: 'Reanúdelo en Ajustes › Bitrix24 › Salud: se entrega en orden.',
  },
  portal_event_missed: {
    cause: 'Lo escribió un operador en Bitrix24, el portal no nos avisó y, al encontrarlo, ya era tarde para enviarlo solo.',
    nextStep: 'Abra el chat y escríbalo otra vez si todavía hace falta.',
  },
  portal_file_pending: {
    cause: 'Su archivo todavía se está trayendo de WhatsApp.',
    nextStep: 'No hay que hacer nada. Si tarda más de un minuto, va primero el texto y después el archivo.',
  },
}
