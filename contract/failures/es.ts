import type { FailureCode, FailureText } from '../failures.ts'
import { PORTALS_ES } from './portals.es.ts'
import { CALLS_ES, POLICY_ES } from './policy.es.ts'
import { SESSIONS_ES } from './sessions.es.ts'

/** Lo que lee la persona que administra la empresa: qué pasó y qué puede hacer. */
export const FAILURES_ES: Record<FailureCode, FailureText> = {
  token_invalid: {
    cause: 'El proveedor ya no acepta la clave de acceso de este número: venció, se revocó o está mal escrita.',
    nextStep: 'Abra Números, elija el número y pegue una clave de acceso nueva. Los mensajes en espera saldrán después.',
  },
  permission_missing: {
    cause: 'La clave de acceso es válida, pero no tiene permiso para esta acción.',
    nextStep:
      'En la cuenta del proveedor, dé a la clave los permisos de mensajería y de administración de WhatsApp y vuelva a probar el número.',
  },
  app_mismatch: {
    cause:
      'El proveedor no reconoce la aplicación con los datos guardados: el nombre, el identificador o el número no coinciden.',
    nextStep: 'Compare el nombre y el identificador de la aplicación con los que muestra el proveedor y corríjalos en Números.',
  },
  account_blocked: {
    cause: 'WhatsApp bloqueó o restringió la cuenta o el número por sus políticas.',
    nextStep: 'Abra el administrador de WhatsApp de Meta, lea el motivo en Calidad de la cuenta y pida una revisión.',
  },
  number_not_registered: {
    cause: 'El número no está registrado o verificado en la plataforma de WhatsApp.',
    nextStep: 'Registre y verifique el número en la cuenta del proveedor y vuelva a probarlo en Números.',
  },
  number_pin_wrong: {
    cause: 'El PIN de verificación en dos pasos del número no es correcto.',
    nextStep: 'Revise el PIN o cámbielo en el administrador de WhatsApp y registre el número otra vez.',
  },
  number_registration_limit: {
    cause: 'Se intentó registrar el número demasiadas veces.',
    nextStep: 'Espere 72 horas antes de registrarlo otra vez.',
  },
  number_not_connected: {
    cause: 'El número no está conectado en WhatsApp: fue desconectado, movido a otra cuenta o eliminado.',
    nextStep: 'Revise el estado del número en la cuenta del proveedor y conéctelo otra vez.',
  },
  display_name_not_approved: {
    cause: 'WhatsApp no ha aprobado el nombre que muestra este número.',
    nextStep: 'Corrija el nombre en el administrador de WhatsApp y espere su aprobación.',
  },
  cloud_api_required: {
    cause: 'Esta acción solo existe para números que están en la API en la nube de WhatsApp.',
    nextStep: 'Pida al proveedor que pase el número a la API en la nube.',
  },
  terms_not_accepted: {
    cause: 'La empresa tiene condiciones de servicio pendientes de aceptar en la cuenta del proveedor.',
    nextStep: 'Entre en la cuenta del proveedor con una persona administradora y acepte las condiciones pendientes.',
  },
  hook_refused: {
    cause: 'El proveedor llamó a nuestra dirección y no recibió la respuesta que esperaba.',
    nextStep:
      'Compruebe que la dirección pública de este sistema se abre desde internet con https y que la palabra de verificación es la misma. Después pruebe otra vez.',
  },
  hook_slots_full: {
    cause: 'La aplicación ya tiene cinco direcciones, el máximo de Gupshup.',
    nextStep: 'Quite en Gupshup una que ya no use y pruebe otra vez. Aquí no se borra ninguna que no sea nuestra.',
  },
  username_refused: {
    cause: 'WhatsApp no aceptó el nombre de usuario pedido para la empresa.',
    nextStep: 'Elija otro nombre de usuario o una de las sugerencias del administrador de WhatsApp.',
  },
  hook_lost: {
    cause: 'El proveedor ya no envía los mensajes de este número a WhatsappB24: lo que escriban los clientes no llega.',
    nextStep: 'Abra el número en Ajustes, Números y toque Conectar y probar.',
  },
  credit_low: {
    cause: 'Queda poco saldo en la billetera del proveedor.',
    nextStep: 'Recárguela en la página del proveedor antes de que se acabe.',
  },
  credit_out: {
    cause: 'La billetera del proveedor no alcanza ni para un mensaje: no saldrán más.',
    nextStep: 'Recárguela en la página del proveedor y toque Probar en el número.',
  },
  quality_low: {
    cause: 'WhatsApp calificó este número con calidad baja: los clientes lo bloquean o lo reportan.',
    nextStep: 'Baje el ritmo de plantillas y revise a quién escribe; WhatsApp puede reducir el límite.',
  },
  account_limited: {
    cause: 'WhatsApp limitó lo que este número puede enviar.',
    nextStep: 'Mire en el administrador de WhatsApp de Meta qué pide y resuélvalo allí.',
  },
  billing_problem: {
    cause: 'La cuenta de WhatsApp tiene un problema de pago, por eso no salen las plantillas.',
    nextStep: 'Revise la forma de pago en el administrador de WhatsApp de Meta. Después reintente los mensajes.',
  },
  wallet_empty: {
    cause: 'El saldo de la cuenta en el proveedor no alcanza para enviar.',
    nextStep: 'Recargue el saldo en la cuenta del proveedor y reintente los mensajes.',
  },
  channel_paused: {
    cause: 'Los envíos de este número están en pausa.',
    nextStep: 'Reanude los envíos en Números cuando quiera que los mensajes salgan.',
  },
  app_rate_limited: {
    cause: 'La aplicación hizo demasiadas peticiones al proveedor en poco tiempo.',
    nextStep: 'No haga nada: el mensaje se intentará otra vez en unos minutos.',
  },
  number_rate_limited: {
    cause: 'Este número envió más mensajes por segundo de los que WhatsApp le permite.',
    nextStep: 'No haga nada: el mensaje se intentará otra vez en unos segundos.',
  },
  pair_rate_limited: {
    cause: 'Se enviaron demasiados mensajes seguidos a este cliente.',
    nextStep: 'No haga nada: el mensaje se intentará otra vez en unos segundos.',
  },
  spam_rate_limited: {
    cause: 'WhatsApp frena este número porque varios clientes bloquearon o denunciaron sus mensajes.',
    nextStep:
      'Detenga los envíos masivos, revise la calidad del número y escriba solo a quien lo espera. El mensaje se intentará más tarde.',
  },
  provider_maintenance: {
    cause: 'WhatsApp está cambiando la capacidad de este número. Suele durar un minuto.',
    nextStep: 'No haga nada: el mensaje se intentará otra vez.',
  },
  provider_unavailable: {
    cause: 'El servicio del proveedor tuvo un fallo y no tomó el mensaje.',
    nextStep: 'No haga nada: se intentará otra vez. Si sigue fallando, mire la página de estado del proveedor.',
  },
  provider_unreachable: {
    cause: 'No se pudo llegar al servidor del proveedor. El mensaje no ha salido.',
    nextStep: 'No haga nada: se intentará otra vez. Si dura, mire la página de estado del proveedor.',
  },
  answer_lost: {
    cause:
      'El mensaje salió hacia el proveedor, pero no llegó una respuesta clara. Puede que el cliente lo tenga y puede que no.',
    nextStep:
      'Espere unos minutos: si el proveedor confirma, el estado cambia solo. Si no, pregunte al cliente antes de enviarlo otra vez.',
  },
  send_interrupted: {
    cause: 'El sistema se reinició mientras enviaba este mensaje. Puede que el cliente lo tenga y puede que no.',
    nextStep:
      'Espere unos minutos: si el proveedor confirma, el estado cambia solo. Si no, pregunte al cliente antes de enviarlo otra vez.',
  },
  retries_exhausted: {
    cause: 'Se intentó enviar varias veces y el proveedor no lo aceptó ninguna.',
    nextStep: 'Lea el último motivo en el recorrido del mensaje. Cuando esté resuelto, reinténtelo o descártelo.',
  },
  waited_too_long: {
    cause: 'El mensaje esperó demasiado tiempo y ya no se envió para no llegar fuera de lugar.',
    nextStep: 'Si todavía hace falta, reinténtelo. Si no, descártelo.',
  },
  recipient_missing: {
    cause: 'No se conoce un número de teléfono al que este canal pueda escribir.',
    nextStep: 'Pida al cliente su número de teléfono y guárdelo en su ficha.',
  },
  recipient_invalid: {
    cause: 'El proveedor no acepta el número del cliente.',
    nextStep: 'Revise que el número tenga el código de país y que no le falten ni le sobren cifras.',
  },
  recipient_not_on_whatsapp: {
    cause: 'El número del cliente no tiene WhatsApp.',
    nextStep: 'Revise el número o comuníquese con el cliente por otro medio.',
  },
  recipient_unreachable: {
    cause: 'WhatsApp no pudo entregarlo: el cliente no tiene WhatsApp, usa una versión antigua o no aceptó sus condiciones.',
    nextStep: 'Revise el número y pida al cliente que actualice WhatsApp o que le escriba primero.',
  },
  recipient_is_sender: {
    cause: 'El destinatario es el mismo número que envía.',
    nextStep: 'Escriba a otro número.',
  },
  recipient_not_in_test_list: {
    cause: 'El número de prueba solo puede escribir a los teléfonos de su lista, y este no está en ella.',
    nextStep: 'Agregue el teléfono a la lista de destinatarios de prueba en Meta o use un número real.',
  },
  recipient_identity_changed: {
    cause: 'La identidad del cliente en WhatsApp cambió y la comprobación pedida no coincide.',
    nextStep: 'Confirme con el cliente que es la misma persona antes de seguir.',
  },
  country_restricted: {
    cause: 'WhatsApp no permite a esta cuenta escribir a clientes de este país.',
    nextStep: 'Comuníquese con el cliente por otro medio. Consulte en Meta las reglas de su rubro para ese país.',
  },
  consent_missing: {
    cause: 'El cliente no ha aceptado recibir mensajes de esta aplicación, o pidió no recibirlos.',
    nextStep: 'Espere a que el cliente le escriba o pídale su permiso por otro medio.',
  },
  opted_out: {
    cause: 'El cliente pidió no recibir mensajes y la plantilla no salió.',
    nextStep: 'Respete su pedido. Si él escribe, puede responderle; si escribe ALTA, vuelve a aceptar.',
  },
  consent_unknown: {
    cause: 'No se pudo consultar si el cliente acepta mensajes, y la plantilla espera.',
    nextStep: 'Se intenta de nuevo solo en unos segundos.',
  },
  window_closed: {
    cause: 'Pasaron más de 24 horas desde el último mensaje del cliente, y WhatsApp ya no admite texto libre.',
    nextStep: 'Envíe una plantilla aprobada. Cuando el cliente conteste podrá escribirle con libertad.',
  },
  marketing_limited: {
    cause: 'WhatsApp limita cuántos mensajes de publicidad recibe cada persona, y este cliente llegó a su límite.',
    nextStep: 'No lo reenvíe hoy. Espere al menos 24 horas o que el cliente le escriba.',
  },
  marketing_stopped: {
    cause: 'El cliente pidió no recibir publicidad de su empresa.',
    nextStep: 'No le envíe más publicidad. Puede contestarle cuando él le escriba.',
  },
  marketing_experiment: {
    cause: 'WhatsApp no entregó este mensaje de publicidad porque el cliente está en un grupo de prueba de Meta.',
    nextStep: 'No lo reenvíe: tampoco llegaría. Use otro medio si es importante. Este mensaje no se cobra.',
  },
  message_malformed: {
    cause: 'El proveedor dice que al mensaje le falta un dato o que un dato no es válido.',
    nextStep: 'Escriba el mensaje de otra forma. Si se repite, envíe a soporte el recorrido de este mensaje.',
  },
  message_unsupported: {
    cause: 'WhatsApp no permite ver o enviar este tipo de mensaje por este medio.',
    nextStep: 'Si es un mensaje del cliente, pídale que lo envíe de otra forma, por ejemplo como texto o foto.',
  },
  kind_not_supported: {
    cause: 'Este número no puede enviar este tipo de mensaje.',
    nextStep: 'Envíelo de otra forma o desde otro número.',
  },
  caption_not_supported: {
    cause: 'WhatsApp no admite texto junto a un audio.',
    nextStep: 'Envíe el audio y el texto en dos mensajes.',
  },
  flow_blocked: {
    cause: 'El formulario de WhatsApp que lleva este mensaje está bloqueado por su calidad.',
    nextStep: 'Corrija el formulario en el administrador de WhatsApp y publíquelo otra vez.',
  },
  flow_rate_limited: {
    cause: 'El formulario de WhatsApp que lleva este mensaje llegó a su límite de envíos.',
    nextStep: 'No haga nada: se intentará otra vez. Revise la calidad del formulario en el administrador de WhatsApp.',
  },
  media_download_failed: {
    cause: 'No se pudo descargar el archivo desde el proveedor.',
    nextStep: 'Se intenta varias veces. Si no aparece, pida al cliente que lo envíe otra vez, en un tamaño menor.',
  },
  media_upload_failed: {
    cause: 'WhatsApp no aceptó el archivo: su formato no es válido o está dañado.',
    nextStep: 'Conviértalo a un formato admitido (JPG, PNG, PDF, MP3, OGG) y envíelo otra vez.',
  },
  media_link_unreadable: {
    cause: 'El proveedor no pudo leer el archivo desde la dirección que se le dio.',
    nextStep: 'Reintente el mensaje. Si se repite, compruebe que la dirección pública del sistema se abra desde internet.',
  },
  media_over_limit: {
    cause: 'El archivo es más grande de lo que WhatsApp admite.',
    nextStep: 'Reduzca el archivo y envíelo otra vez. Una imagen puede tener 5 MB; un audio, 16 MB.',
  },
  media_gone: {
    cause: 'El archivo ya no está en el proveedor: venció o fue borrado.',
    nextStep: 'Pida al cliente que lo envíe otra vez.',
  },
  media_damaged: {
    cause: 'El archivo llegó dañado o cambiado por el camino, y no se muestra.',
    nextStep: 'Se intenta otra vez. Si no aparece, pida al cliente que lo envíe de nuevo.',
  },
  media_phone_away: {
    cause: 'WhatsApp ya no guarda el archivo, y el teléfono del número está apagado o sin internet.',
    nextStep: 'Encienda el teléfono del número y pulse Traer de nuevo.',
  },
  media_not_ready: {
    cause: 'El archivo todavía no se pudo leer de nuestro almacén.',
    nextStep: 'No haga nada: se intentará otra vez.',
  },
  media_host_refused: {
    cause: 'La dirección del archivo no pertenece al proveedor, por eso no se abrió.',
    nextStep: 'Pida al cliente que lo envíe otra vez. Si se repite, avise a soporte: alguien pudo falsificar el aviso.',
  },
  template_not_found: {
    cause: 'La plantilla no existe en la cuenta con ese nombre e idioma, o no coincide con la aprobada.',
    nextStep: 'Actualice la lista de plantillas y elija una aprobada en ese idioma.',
  },
  template_params_count: {
    cause: 'La cantidad de datos enviados no es la que la plantilla pide.',
    nextStep: 'Actualice la lista de plantillas y complete todos sus campos.',
  },
  template_params_format: {
    cause:
      'Un dato de la plantilla tiene un formato que WhatsApp no admite, por ejemplo un salto de línea o varios espacios seguidos.',
    nextStep: 'Escriba cada dato en una sola línea, sin tabulaciones ni espacios repetidos, y envíela otra vez.',
  },
  template_too_long: {
    cause: 'El texto de la plantilla con sus datos es demasiado largo.',
    nextStep: 'Acorte los datos y envíela otra vez.',
  },
  template_policy: {
    cause: 'El contenido de la plantilla no cumple las políticas de WhatsApp.',
    nextStep: 'Cambie el texto de la plantilla y pida su aprobación otra vez.',
  },
  template_paused: {
    cause: 'WhatsApp puso la plantilla en pausa porque varios clientes la bloquearon o denunciaron.',
    nextStep: 'Use otra plantilla. Mejore el texto de esta o espere a que termine la pausa.',
  },
  template_disabled: {
    cause: 'WhatsApp desactivó la plantilla después de varias pausas por mala calidad.',
    nextStep: 'Cree una plantilla nueva con otro texto y use esa.',
  },
  templates_off: {
    cause: 'El envío de plantillas está apagado en la aplicación del proveedor.',
    nextStep: 'Actívelo en la configuración de la aplicación del proveedor y envíela otra vez.',
  },
  template_needs_phone: {
    cause:
      'Esta plantilla de código de acceso solo se puede enviar a un número de teléfono, y del cliente solo se conoce su usuario.',
    nextStep: 'Pida al cliente su número de teléfono.',
  },
  ...CALLS_ES,
  ...POLICY_ES,
  ...SESSIONS_ES,
  ...PORTALS_ES,
  unknown_provider_error: {
    cause: 'El proveedor rechazó la acción con un código que todavía no conocemos.',
    nextStep: 'Busque el código en la ayuda del proveedor o envíe a soporte el recorrido de este mensaje.',
  },
}
