/** La página de los avisos por correo. */
export const alertsEs = {
  title: 'Avisos por correo',
  help: 'Cada aviso de dinero (poco saldo, recarga automática, suscripciones) se envía a la dirección que usted dé, con el asunto y el texto listos para un correo. Sirve con Zapier, Make, n8n o un servidor propio.',
  loadFailed: 'No se pudo leer la dirección de los avisos',

  url: 'Dirección que recibe los avisos',
  urlHint: 'Pública y con https',
  language: 'Idioma de los avisos',
  isOn: 'Enviar avisos',
  isOnHelp: 'Apagado, no se envía nada y lo que esperaba se descarta.',
  save: 'Guardar',
  saved: 'Avisos guardados',

  secretTitle: 'Secreto de la firma',
  secretHelp: 'Guárdelo ahora: no se mostrará otra vez. Con él comprueba que el aviso es nuestro.',
  secretCopy: 'Copiar el secreto',
  secretChange: 'Cambiar el secreto',
  secretChangeTitle: '¿Cambiar el secreto?',
  secretChangeHelp: 'Durante un día los avisos van firmados con los dos, para que tenga tiempo de cambiarlo en su lado.',
  bothUntil: (at: string) => `El secreto anterior también sirve hasta el ${at}.`,

  test: 'Enviar prueba',
  testHelp: 'Se envía ahora mismo y aquí se ve la respuesta.',
  verify: 'Qué se envía y cómo comprobarlo',
  verifyHelp:
    'Un POST con JSON. La firma es HMAC-SHA256, en hexadecimal, del texto «t.cuerpo» (el número de t, un punto y el cuerpo tal como llegó) con su secreto. Rechace lo que tenga más de 5 minutos. El mismo aviso puede llegar dos veces: lleva el mismo identificador. Responda con un estado 2xx antes de 10 segundos; si no, se intenta otra vez durante un día.',

  deliveries: 'Últimos envíos',
  none: 'Todavía no se ha enviado nada',
  kinds: {
    'balance.low': 'Poco saldo',
    'balance.very_low': 'Muy poco saldo',
    'balance.empty': 'Saldo agotado',
    'topup.failed': 'Recarga automática sin cobrar',
    'topup.stopped': 'Recarga automática detenida',
    'topup.ceiling': 'Tope de recargas del mes',
    'subscription.trial_ends': 'Prueba por terminar',
    'subscription.payment_failed': 'Suscripción sin cobrar',
    'subscription.stopped': 'Número detenido',
    test: 'Prueba',
  },
  states: { due: 'En camino', delivered: 'Entregado', dead: 'No entregado' },
  problems: {
    unreachable: 'No se pudo conectar. Revise la dirección y que el servicio esté en marcha.',
    timeout: 'No respondió en 10 segundos. Haga que responda primero y trabaje después.',
    redirected: 'Responde con una redirección, que no seguimos. Ponga la dirección final.',
    refused: 'Respondió con un error: vea el estado y la respuesta.',
    address_refused: 'La dirección ya no se permite: use una pública con https.',
    turned_off: 'Se descartó al apagar los avisos.',
    internal: 'Algo falló de nuestro lado; lo revisamos.',
  },
  answered: (status: number, ms: number) => `Estado ${status} en ${ms} ms`,
  answer: 'Respuesta',
  tries: (count: number) => (count === 1 ? '1 intento' : `${count} intentos`),
  nextTry: (at: string) => `Se intenta otra vez: ${at}`,
  resend: 'Reenviar',
  resendOf: (kind: string, at: string) => `Reenviar: ${kind}, ${at}`,
  id: 'Identificador',
}

export type AlertsText = typeof alertsEs
