import type { ProblemTexts } from './problems.ts'

/** What a "no" means and what to do, one sentence each, per code of contract/errors.ts and of the wire. */
export const problemsEs: ProblemTexts = {
  bad_request: {
    cause: 'El servidor no entendió el pedido.',
    nextStep: 'Revise los datos. Si sigue igual, envíenos la referencia.',
  },
  id_reused: { cause: 'Este mensaje ya existe con otro contenido.', nextStep: 'Cópielo y escríbalo de nuevo.' },
  not_json: { cause: 'El servidor no entendió el pedido.', nextStep: 'Actualice la aplicación.' },
  body_too_large: { cause: 'Lo que envía es demasiado grande.', nextStep: 'Envíe un archivo más liviano.' },
  body_too_slow: {
    cause: 'La conexión es muy lenta y el envío se cortó.',
    nextStep: 'Se intentará de nuevo; una red mejor ayuda.',
  },
  signed_out: { cause: 'Su sesión terminó.', nextStep: 'Entre de nuevo. Lo que escribió está guardado.' },
  wrong_credentials: { cause: 'Correo o clave incorrectos.', nextStep: 'Revíselos y pruebe otra vez.' },
  too_many_tries: { cause: 'Hubo demasiados intentos.', nextStep: 'Espere unos minutos y pruebe otra vez.' },
  rate_limited: { cause: 'Hay demasiados pedidos seguidos.', nextStep: 'Espere un momento.' },
  forbidden: { cause: 'Su rol no permite hacer esto.', nextStep: 'Pídalo a quien administra la cuenta.' },
  origin_refused: {
    cause: 'El pedido vino de una página que no es la nuestra.',
    nextStep: 'Abra la aplicación en su dirección habitual.',
  },
  not_found: { cause: 'Esto ya no está o no es suyo.', nextStep: 'Vuelva a la lista y búsquelo.' },
  window_closed: {
    cause: 'Pasaron 24 horas desde el último mensaje del cliente.',
    nextStep: 'WhatsApp solo deja texto libre cuando el cliente escriba de nuevo. Su texto está guardado.',
  },
  opted_out: {
    cause: 'Este cliente pidió no recibir mensajes.',
    nextStep: 'No se le envían plantillas. Si él escribe, puede responderle durante 24 horas; si escribe ALTA, vuelve a aceptar.',
  },
  marketing_stopped: {
    cause: 'Este cliente no quiere publicidad.',
    nextStep: 'Use una plantilla que no sea de marketing, o espere a que le escriba.',
  },
  consent_by_provider: {
    cause: 'El cliente lo pidió dentro de WhatsApp.',
    nextStep: 'Solo él puede volver a aceptar, en los datos de este chat en su WhatsApp.',
  },
  notice_missing: {
    cause: 'No hay aviso de privacidad que enviar, o la frase no lo nombra.',
    nextStep: 'Publique el aviso, y escriba {aviso_privacidad} en la frase.',
  },
  date_to_come: { cause: 'Esa fecha todavía no llega.', nextStep: 'Elija hoy o un día anterior.' },
  words_invalid: {
    cause: 'Las palabras de alta y baja no sirven así.',
    nextStep: 'Deje al menos una de baja, y que ninguna esté en las dos listas.',
  },
  profile_refused: {
    cause: 'El proveedor no aceptó el perfil.',
    nextStep: 'Corrija lo que señala y guarde otra vez. Lo que escribió sigue aquí.',
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
  price_missing: {
    cause: 'Este tipo de mensaje no tiene tarifa para ese país.',
    nextStep: 'Avise a quien administra WhatsappB24. Lo que escribió está guardado.',
  },
  subscription_live: {
    cause: 'Este número ya tiene una suscripción.',
    nextStep: 'Cámbiele el plan, o cancélela antes de empezar otra.',
  },
  plan_not_sold: { cause: 'Este plan o este precio ya no se vende.', nextStep: 'Vuelva a la lista y elija otro.' },
  same_text_limit: {
    cause: 'El mismo texto ya fue a demasiadas personas en una hora.',
    nextStep: 'Cambie el texto para cada persona, o espere un rato.',
  },
  not_changeable: {
    cause: 'Este mensaje no se puede cambiar.',
    nextStep: 'Solo se editan o eliminan los mensajes de su empresa que ya salieron.',
  },
  change_too_late: {
    cause: 'Ya pasó el tiempo que WhatsApp da para cambiar un mensaje.',
    nextStep: 'Escriba otro mensaje que lo aclare.',
  },
  limit_reached: {
    cause: 'Este número ya empezó todas las conversaciones que WhatsApp le permite en 24 horas.',
    nextStep: 'Espere a que pasen las primeras, o use otro número. A quien le escriba usted puede responder siempre.',
  },
  text_missing: { cause: 'El mensaje está vacío.', nextStep: 'Escriba un texto.' },
  text_too_long: { cause: 'El texto es demasiado largo.', nextStep: 'Divídalo en dos mensajes.' },
  video_not_allowed: { cause: 'No se permite enviar videos desde este número.', nextStep: 'Envíe una foto o un PDF.' },
  link_not_allowed: { cause: 'No se permite enviar enlaces desde este número.', nextStep: 'Edite el mensaje y quite el enlace.' },
  media_kind_not_allowed: { cause: 'WhatsApp no acepta este tipo de archivo.', nextStep: 'Use una foto, un PDF o un audio.' },
  media_too_large: { cause: 'El archivo pesa más de lo que WhatsApp permite.', nextStep: 'Envíe uno más liviano.' },
  media_mismatch: {
    cause: 'El contenido del archivo no corresponde a su tipo.',
    nextStep: 'Ábralo en su equipo y guárdelo de nuevo.',
  },
  media_not_found: { cause: 'El archivo ya no está.', nextStep: 'Adjúntelo otra vez.' },
  upload_incomplete: { cause: 'Al archivo le falta una parte.', nextStep: 'Envíelo otra vez: sigue desde donde quedó.' },
  forward_gone: {
    cause: 'El mensaje que reenvía ya no está o ya no lo puede ver.',
    nextStep: 'Descártelo, o escriba el texto.',
  },
  note_not_forwarded: {
    cause: 'Una nota interna es solo para su equipo.',
    nextStep: 'Escriba al cliente con sus palabras.',
  },
  quoted_not_found: { cause: 'El mensaje al que responde no está en este chat.', nextStep: 'Envíelo sin citar.' },
  template_incomplete: { cause: 'A la plantilla le faltan datos.', nextStep: 'Complete todos los campos.' },
  mention_unseen: {
    cause: 'Esa persona no ve este chat, así que no se la puede mencionar.',
    nextStep: 'Quite la mención o elija a otra persona.',
  },
  template_unknown: {
    cause: 'El número no tiene esa plantilla en ese idioma.',
    nextStep: 'Elija otra de la lista o actualice las plantillas en Ajustes.',
  },
  template_not_approved: {
    cause: 'WhatsApp no tiene aprobada esta plantilla.',
    nextStep: 'Elija una aprobada. En Ajustes, Plantillas se ve su estado.',
  },
  template_value: {
    cause: 'Un dato de la plantilla tiene saltos de línea o muchos espacios seguidos.',
    nextStep: 'Escríbalo en una sola línea.',
  },
  template_unsupported: {
    cause: 'Esta plantilla tiene una parte que aquí no se puede completar.',
    nextStep: 'Elija otra plantilla.',
  },
  template_header: {
    cause: 'El archivo no corresponde con lo que pide la plantilla.',
    nextStep: 'Agregue el archivo que pide su encabezado, o ninguno si no lo pide.',
  },
  template_taken: {
    cause: 'Este número ya tiene una plantilla con ese nombre e idioma.',
    nextStep: 'Use otro nombre o cambie la que existe.',
  },
  template_invalid: {
    cause: 'WhatsApp no aceptaría la plantilla como está.',
    nextStep: 'Corrija lo que se indica en el formulario y envíela otra vez.',
  },
  template_refused: {
    cause: 'El proveedor no aceptó la plantilla.',
    nextStep: 'Su borrador está guardado. Corrija lo que dice el proveedor y envíela otra vez.',
  },
  template_elsewhere: {
    cause: 'Su cuenta de Gupshup no permite hacer plantillas desde aquí.',
    nextStep: 'Hágalo en la página de Gupshup y después pulse Actualizar.',
  },
  account_id_missing: {
    cause: 'Falta el identificador de la cuenta de WhatsApp de este número.',
    nextStep: 'Agréguelo en Ajustes, Canales, Cambiar la clave.',
  },
  provider_unreachable: {
    cause: 'El proveedor no responde ahora.',
    nextStep: 'Espere un momento y pruebe otra vez.',
  },
  kind_not_supported: { cause: 'Este número no puede enviar este tipo de mensaje.', nextStep: 'Envíelo como texto.' },
  channel_archived: { cause: 'El número está archivado.', nextStep: 'Escriba desde otro número.' },
  nodes_full: { cause: 'Ya hay veinte equipos autorizados.', nextStep: 'Quite el acceso a uno que ya no use.' },
  node_revoked: { cause: 'Ese equipo ya no tiene acceso.', nextStep: 'Elija otro equipo o nuestros servidores.' },
  backup_not_one: {
    cause: 'El archivo no es una copia de respaldo de un número, o está dañado.',
    nextStep: 'Elija el archivo tal como se descargó.',
  },
  backup_passphrase: {
    cause: 'La frase no abre esta copia, o el archivo fue alterado.',
    nextStep: 'Revise mayúsculas y espacios, e intente otra vez.',
  },
  backup_other_number: {
    cause: 'La copia es de otro número.',
    nextStep: 'Elija la copia de este número, o agregue un número nuevo para ella.',
  },
  backup_old: {
    cause: 'El número siguió trabajando después de esta copia: restaurarla dañaría su sesión.',
    nextStep: 'Use una copia más reciente o vincule el número otra vez con el teléfono.',
  },
  session_is_up: {
    cause: 'El número está conectado.',
    nextStep: 'Solo se restaura una copia en un número sin vincular o sin conexión.',
  },
  session_has_no_keys: {
    cause: 'El número no está vinculado: no hay nada que copiar.',
    nextStep: 'Vincúlelo primero con el teléfono.',
  },
  phone_invalid: {
    cause: 'El número no es válido.',
    nextStep: 'Escríbalo con el código del país, por ejemplo +593 98 765 4321.',
  },
  not_retryable: {
    cause: 'Este mensaje ya no está en un estado que se pueda repetir.',
    nextStep: 'Mire su estado actual en los detalles.',
  },
  reaction_target_unknown: {
    cause: 'WhatsApp no conoce el mensaje al que quiere reaccionar.',
    nextStep: 'Espere a que esté entregado y pruebe otra vez.',
  },
  channel_taken: { cause: 'Este número ya está conectado.', nextStep: 'Búsquelo en Números.' },
  credentials_refused: {
    cause: 'El proveedor no aceptó la clave o el número.',
    nextStep: 'Cópielos de nuevo desde el proveedor.',
  },
  address_refused: { cause: 'Esa dirección no está permitida.', nextStep: 'Use la dirección oficial del proveedor.' },
  database_unavailable: {
    cause: 'La base de datos no responde.',
    nextStep: 'Nada se pierde. Se intentará de nuevo en unos segundos.',
  },
  overloaded: { cause: 'El servicio está muy ocupado.', nextStep: 'Se intentará de nuevo en unos segundos.' },
  internal: { cause: 'Algo falló en el servidor.', nextStep: 'Pruebe otra vez. Si sigue igual, envíenos la referencia.' },
  code_needed: {
    cause: 'Falta el código de su segundo factor.',
    nextStep: 'Escriba el código de su aplicación, o uno de recuperación.',
  },
  code_wrong: {
    cause: 'Ese código no sirve o ya se usó.',
    nextStep: 'Espere el siguiente y escríbalo, o use uno de recuperación.',
  },
  passkey_refused: { cause: 'No se pudo comprobar esa llave de acceso.', nextStep: 'Pruebe otra vez, o entre con su clave.' },
  link_spent: {
    cause: 'Este enlace ya se usó, venció o fue reemplazado.',
    nextStep: 'Pida uno nuevo a quien administra su empresa.',
  },
  password_common: {
    cause: 'Esa clave es muy conocida o fácil de adivinar.',
    nextStep: 'Elija otra: tres palabras sueltas sirven bien.',
  },
  sign_up_refused: {
    cause: 'No se pudo crear la empresa con ese correo.',
    nextStep: 'Si ya tiene una cuenta, entre con su clave; si no, use otro correo.',
  },
  email_taken: { cause: 'Ese correo ya pertenece a otra persona.', nextStep: 'Use otro correo.' },
  name_taken: { cause: 'Ya existe otro con ese nombre.', nextStep: 'Elija otro nombre.' },
  beyond_own_rights: { cause: 'No puede dar ni cambiar lo que usted no tiene.', nextStep: 'Pídalo a quien tiene ese permiso.' },
  permission_locked: { cause: 'Ese permiso no se puede cambiar en ese rol.', nextStep: 'Vea la explicación en la casilla.' },
  last_administrator: {
    cause: 'Sería la última persona que administra la empresa.',
    nextStep: 'Dé antes ese rol a otra persona.',
  },
  not_yourself: { cause: 'Eso no se puede hacer con la propia cuenta.', nextStep: 'Pídalo a otra persona que administre.' },
  role_in_use: { cause: 'Hay personas con ese rol.', nextStep: 'Deles antes otro rol.' },
  changed_meanwhile: { cause: 'Otra persona lo cambió antes.', nextStep: 'Revise lo nuevo y aplique otra vez.' },
  chat_with_somebody: {
    cause: 'Otra persona atiende a este cliente.',
    nextStep: 'Si debe atenderlo usted, pídalo a su supervisor.',
  },
  standard_role: {
    cause: 'Los tres roles de base no se renombran ni se archivan.',
    nextStep: 'Cree un rol propio a partir de uno de ellos.',
  },
  number_mismatch: {
    cause: 'El proveedor dice que esa clave es de otro número.',
    nextStep: 'Revise el número y el identificador, y pruebe otra vez.',
  },
  hours_invalid: {
    cause: 'Revise los horarios: un tramo se cruza con otro o termina antes de empezar.',
    nextStep: 'Corrija las horas y guarde otra vez.',
  },
  variable_unknown: {
    cause: 'El texto usa un dato que aquí no existe.',
    nextStep: 'Use solo los datos que aparecen debajo del texto.',
  },
  time_zone_unknown: { cause: 'Esa zona horaria no existe.', nextStep: 'Elija una de la lista.' },
  shortcut_taken: { cause: 'Otra respuesta rápida ya usa este atajo.', nextStep: 'Elija otro.' },
  rule_taken: {
    cause: 'Ya hay una regla para ese número y ese departamento.',
    nextStep: 'Cambie esa, o elija otro número o departamento.',
  },
  label_inactive: { cause: 'Esa etiqueta está inactiva.', nextStep: 'Elija otra, o pida que la activen de nuevo.' },
  contact_taken: {
    cause: 'Ese número ya es de un contacto que usted no ve.',
    nextStep: 'Pida a su supervisor que lo atienda o se lo asigne.',
  },
  contact_number_in_use: {
    cause: 'Ya hay un chat con este número, así que no se cambia a mano.',
    nextStep: 'Cree otro contacto o pida unir los dos.',
  },
  import_undone: { cause: 'Esta importación ya se deshizo.', nextStep: 'Actualice la lista para verlo.' },
  clients_not_connected: {
    cause: 'La base de clientes no está conectada.',
    nextStep: 'Pida a la administración que la conecte en Ajustes.',
  },
  portal_not_there: {
    cause: 'La aplicación ya no está en ese portal de Bitrix24.',
    nextStep: 'Instálela otra vez en Bitrix24 y vuelva aquí.',
  },
  portal_away: {
    cause: 'Bitrix24 no responde ahora o está ocupado. No se cambió nada.',
    nextStep: 'Espere un minuto y pruebe otra vez.',
  },
  portal_reconnect: {
    cause: 'Bitrix24 ya no nos deja entrar en ese portal.',
    nextStep:
      'Un administrador del portal debe abrir WhatsappB24 en el menú de Bitrix24; revise también que la aplicación esté pagada.',
  },
  portal_refused: {
    cause: 'Bitrix24 no aceptó el pedido.',
    nextStep: 'Revise que quien conectó el portal sea administrador y que el plan lo permita.',
  },
  portal_unsure: {
    cause: 'Bitrix24 no contestó: puede que el canal abierto ya exista.',
    nextStep: 'Actualice la lista antes de crear otro.',
  },
  line_taken: {
    cause: 'Ese canal abierto ya tiene otro número.',
    nextStep: 'Elija otro canal abierto o desvincule antes ese número.',
  },
  card_over: { cause: 'Esta ficha lleva abierta demasiado tiempo.', nextStep: 'Ciérrela y ábrala otra vez en Bitrix24.' },
  gateway_not_here: { cause: 'Esa forma de pago no está disponible aquí.', nextStep: 'Elija otra.' },
  gateway_away: { cause: 'La pasarela de pago no respondió a tiempo.', nextStep: 'Toque otra vez: no se cobra dos veces.' },
  gateway_refused: {
    cause: 'La pasarela de pago no aceptó la operación.',
    nextStep: 'Inténtelo de nuevo o use otra forma de pago.',
  },
  amount_out_of_range: {
    cause: 'Ese monto no se puede usar.',
    nextStep: 'Escriba un monto dentro de los límites que se indican.',
  },
  balance_too_low: { cause: 'El saldo disponible no alcanza.', nextStep: 'Escriba un monto menor.' },
  balance_frozen: {
    cause: 'El saldo está en pausa porque se disputa un pago.',
    nextStep: 'Espere a que se resuelva la disputa.',
  },
  refund_too_much: { cause: 'De ese pago ya no queda tanto por devolver.', nextStep: 'Escriba un monto menor.' },
  refund_whole: {
    cause: 'Ese pago llegó en otra moneda: solo se devuelve completo.',
    nextStep: 'Devuelva todo lo que queda de él.',
  },
  method_missing: {
    cause: 'No hay una tarjeta guardada que se pueda cobrar.',
    nextStep: 'Recargue con tarjeta y marque que se guarde.',
  },
  automatic_crossed: {
    cause: 'Esos montos no se llevan bien.',
    nextStep: 'Recargue hasta al menos 5 más que el mínimo, y con un tope del mes que alcance para eso.',
  },
  hook_address_refused: {
    cause: 'Esa dirección no sirve para avisos.',
    nextStep:
      'Use una dirección https pública, como la que da Zapier, Make o n8n: sin usuario, sin otro puerto y que no sea de esta aplicación.',
  },
  alert_hook_off: {
    cause: 'No hay una dirección para avisos, o está desactivada.',
    nextStep: 'Escríbala y actívela en Ajustes → Saldo → Avisos por correo.',
  },
  levels_crossed: {
    cause: 'El segundo aviso no puede ser mayor que el primero.',
    nextStep: 'Escriba un monto menor en el segundo.',
  },
  paper_waits: {
    cause: 'Se están haciendo muchos recibos a la vez y este todavía no tiene número.',
    nextStep: 'Pídalo otra vez en unos minutos.',
  },
  seller_in_the_past: {
    cause: 'Quién vendió hasta ahora ya está en los recibos: no se puede cambiar hacia atrás.',
    nextStep: 'Elija un día desde mañana, o deje la fecha vacía para que valga desde ahora.',
  },
  portal_denied: {
    cause: 'Bitrix24 no deja leer esta ficha.',
    nextStep: 'Revise con el administrador del portal su permiso en el CRM.',
  },
  portal_app_taken: {
    cause: 'Esa aplicación local ya está guardada, aquí o en otra empresa.',
    nextStep: 'Revise el client_id; si la aplicación es de otra empresa, quítela allí primero.',
  },
  clients_unreachable: {
    cause: 'La base de clientes de su empresa no responde. No se guardó el cambio.',
    nextStep: 'Inténtelo de nuevo en un momento.',
  },
  clients_refused: {
    cause: 'La base de clientes de su empresa no aceptó el pedido.',
    nextStep: 'Revise los datos o avise a quien administra esa base.',
  },
  transfer_open: {
    cause: 'Ya hay un pedido de traspaso para este chat.',
    nextStep: 'Espere la decisión, o cancele el pedido que hay.',
  },
  transfer_decided: { cause: 'Otra persona ya decidió este pedido.', nextStep: 'Vea el resultado en el historial.' },
  transfer_own: { cause: 'No se decide un pedido propio.', nextStep: 'Lo decide otra persona que pueda.' },
  person_unavailable: { cause: 'Esa persona ya no está activa.', nextStep: 'Elija a otra.' },
  push_endpoint_refused: {
    cause: 'Esa dirección no es de un servicio de avisos.',
    nextStep: 'Use Chrome, Safari, Firefox o Edge al día y actívelos de nuevo.',
  },
  push_not_set_up: { cause: 'Los avisos no están configurados en esta instalación.', nextStep: 'Avise a quien la administra.' },
  no_network: { cause: 'No hay conexión.', nextStep: 'Se intentará de nuevo cuando vuelva.' },
  timed_out: { cause: 'El servidor no respondió a tiempo.', nextStep: 'Se intentará de nuevo.' },
  bad_answer: { cause: 'La respuesta no vino de nuestro servidor.', nextStep: 'Revise si su red pide una clave de acceso.' },
}
