/** What a push says, in the language of whoever it is for. The app's own words live in pwa/src/text. */
import type { Language } from '#contract/ids.ts'

type MediaKind = 'image' | 'document' | 'audio' | 'voice' | 'video' | 'sticker' | 'location' | 'contacts'
export type PushWords = {
  somebody: string
  message: string
  messages: (n: number) => string
  media: Record<MediaKind, string>
  queue: (name: string) => string
  assignedBy: (who: string) => string
  assigned: string
  asked: (who: string | null, to: string | null) => string
  askedTitle: (name: string | null) => string
  answered: Record<'approved' | 'denied' | 'expired', string>
  answeredTitle: (name: string | null) => string
  mention: (who: string | null) => string
  channel: (name: string) => string
  channelHelp: string
  channelBack: (name: string) => string
  channelBackHelp: string
  ack: string
  alert: string
  alertHelp: Record<
    'send' | 'other' | 'audit_broken' | 'portal_disconnected' | 'balance_empty' | 'balance_fill_stopped',
    string
  > &
    Record<
      'backlog_old' | 'dead_letters_growing' | 'portal_queue_old' | 'balance_low' | 'balance_fill_ceiling' | 'operator_work',
      (figure: number) => string
    > &
    Record<'subscription_trial' | 'subscription_grace', (name: string, days: number) => string> &
    Record<'subscription_stopped', (name: string) => string>
  test: string
  testHelp: string
  reply: string
  replyHere: string
  settle: string
  approve: string
  deny: string
  failed: string
}

/** In how many days. */
const soon: Record<Language, (days: number) => string> = {
  es: (days) => (days > 1 ? `en ${days} días` : days === 1 ? 'en menos de un día' : 'hoy'),
  en: (days) => (days > 1 ? `in ${days} days` : days === 1 ? 'in less than a day' : 'today'),
  pt: (days) => (days > 1 ? `em ${days} dias` : days === 1 ? 'em menos de um dia' : 'hoje'),
}

const es: PushWords = {
  somebody: 'Un cliente',
  message: 'Mensaje nuevo',
  messages: (n) => `${n} mensajes sin responder`,
  media: {
    image: 'Foto',
    document: 'Documento',
    audio: 'Audio',
    voice: 'Nota de voz',
    video: 'Video',
    sticker: 'Sticker',
    location: 'Ubicación',
    contacts: 'Contacto',
  },
  queue: (name) => `${name} · sin asignar`,
  assignedBy: (who) => `${who} le asignó este chat`,
  assigned: 'Este chat ahora es suyo',
  askedTitle: (name) => (name ? `Traspaso por decidir: ${name}` : 'Traspaso por decidir'),
  asked: (who, to) => `${who ?? 'Alguien'} lo pide${to ? ` para ${to}` : ''}`,
  answeredTitle: (name) => (name ? `Su traspaso de ${name}` : 'Su traspaso'),
  answered: { approved: 'Aprobado', denied: 'Denegado', expired: 'Venció sin respuesta' },
  mention: (who) => `${who ?? 'Alguien'} le mencionó`,
  channel: (name) => `Número detenido: ${name}`,
  channelHelp: 'No puede enviar. Toque para ver la causa y qué hacer.',
  channelBack: (name) => `Funciona otra vez: ${name}`,
  channelBackHelp: 'Lo que esperaba ya se envía.',
  ack: 'Enterado',
  alert: 'Hay algo por resolver',
  alertHelp: {
    send: 'Un mensaje no se pudo enviar. Toque para decidir.',
    other: 'Algo no se pudo completar. Toque para verlo.',
    audit_broken: 'La cadena de auditoría no coincide: alguien cambió la historia. Toque para ver dónde.',
    backlog_old: (minutes) => `Hay trabajo sin hacer desde hace ${minutes} minutos. Toque para ver el registro.`,
    dead_letters_growing: (count) => `Los envíos fallidos aumentan: ${count} por decidir.`,
    portal_queue_old: (minutes) => `Hay mensajes de Bitrix24 que esperan desde hace ${minutes} minutos. Toque para ver la causa.`,
    portal_disconnected: 'Un portal de Bitrix24 quedó sin conexión. Toque para volver a conectarlo.',
    balance_low: (figure) => `Queda poco saldo: menos de ${figure + 1}. Toque para recargar.`,
    balance_empty: 'El saldo se agotó. Toque para recargar.',
    operator_work: (count) => `Pagos que necesitan una decisión: ${count}. Toque para abrir la consola.`,
    balance_fill_stopped: 'La recarga automática se detuvo. Toque para pagar o reanudarla.',
    balance_fill_ceiling: (figure) => `La recarga automática llegó al tope del mes (${figure}). Toque para recargar.`,
    subscription_trial: (name, days) => `La prueba de ${name} termina ${soon.es(days)}. Toque para ver su plan.`,
    subscription_grace: (name, days) => `El pago de ${name} falló: dejará de enviar ${soon.es(days)}. Toque para pagar.`,
    subscription_stopped: (name) => `${name} recibe mensajes, pero no envía. Toque para pagar su suscripción.`,
  },
  test: 'Los avisos funcionan',
  testHelp: 'Así le avisaremos en este equipo.',
  reply: 'Responder',
  replyHere: 'Escriba su respuesta',
  settle: 'No requiere respuesta',
  approve: 'Aprobar',
  deny: 'Denegar',
  failed: 'No se pudo. Toque para hacerlo en la aplicación.',
}

const en: PushWords = {
  somebody: 'A customer',
  message: 'New message',
  messages: (n) => `${n} unanswered messages`,
  media: {
    image: 'Photo',
    document: 'Document',
    audio: 'Audio',
    voice: 'Voice note',
    video: 'Video',
    sticker: 'Sticker',
    location: 'Location',
    contacts: 'Contact',
  },
  queue: (name) => `${name} · unassigned`,
  assignedBy: (who) => `${who} assigned you this chat`,
  assigned: 'This chat is yours now',
  askedTitle: (name) => (name ? `Transfer to decide: ${name}` : 'Transfer to decide'),
  asked: (who, to) => `${who ?? 'Somebody'} asks for it${to ? `, for ${to}` : ''}`,
  answeredTitle: (name) => (name ? `Your transfer of ${name}` : 'Your transfer'),
  answered: { approved: 'Approved', denied: 'Denied', expired: 'Expired without an answer' },
  mention: (who) => `${who ?? 'Somebody'} mentioned you`,
  channel: (name) => `Number stopped: ${name}`,
  channelHelp: 'It cannot send. Tap to see why and what to do.',
  channelBack: (name) => `Working again: ${name}`,
  channelBackHelp: 'What was waiting is being sent.',
  ack: 'Got it',
  alert: 'Something needs you',
  alertHelp: {
    send: 'A message could not be sent. Tap to decide.',
    other: 'Something could not be completed. Tap to see it.',
    audit_broken: 'The audit chain does not hold: somebody has changed history. Tap to see where.',
    backlog_old: (minutes) => `Work has waited for ${minutes} minutes. Tap to see the log.`,
    dead_letters_growing: (count) => `Failures are growing: ${count} to decide.`,
    portal_queue_old: (minutes) => `Messages of Bitrix24 have waited for ${minutes} minutes. Tap to see why.`,
    portal_disconnected: 'A Bitrix24 portal is not connected any more. Tap to connect it again.',
    balance_low: (figure) => `The balance is low: less than ${figure + 1}. Tap to top up.`,
    balance_empty: 'The balance is used up. Tap to top up.',
    operator_work: (count) => `Payments that need a decision: ${count}. Tap to open the console.`,
    balance_fill_stopped: 'Automatic top-up has stopped. Tap to pay or to resume it.',
    balance_fill_ceiling: (figure) => `Automatic top-up has reached the month’s ceiling (${figure}). Tap to top up.`,
    subscription_trial: (name, days) => `The trial of ${name} ends ${soon.en(days)}. Tap to see its plan.`,
    subscription_grace: (name, days) => `The payment of ${name} failed: it will stop sending ${soon.en(days)}. Tap to pay.`,
    subscription_stopped: (name) => `${name} receives messages but does not send. Tap to pay its subscription.`,
  },
  test: 'Notifications work',
  testHelp: 'This is how we will tell you on this device.',
  reply: 'Reply',
  replyHere: 'Write your reply',
  settle: 'No answer needed',
  approve: 'Approve',
  deny: 'Deny',
  failed: 'That did not work. Tap to do it in the app.',
}

const pt: PushWords = {
  somebody: 'Um cliente',
  message: 'Mensagem nova',
  messages: (n) => `${n} mensagens sem resposta`,
  media: {
    image: 'Foto',
    document: 'Documento',
    audio: 'Áudio',
    voice: 'Mensagem de voz',
    video: 'Vídeo',
    sticker: 'Figurinha',
    location: 'Localização',
    contacts: 'Contato',
  },
  queue: (name) => `${name} · sem responsável`,
  assignedBy: (who) => `${who} passou esta conversa para você`,
  assigned: 'Esta conversa agora é sua',
  askedTitle: (name) => (name ? `Transferência por decidir: ${name}` : 'Transferência por decidir'),
  asked: (who, to) => `${who ?? 'Alguém'} pede${to ? ` para ${to}` : ''}`,
  answeredTitle: (name) => (name ? `Sua transferência de ${name}` : 'Sua transferência'),
  answered: { approved: 'Aprovada', denied: 'Negada', expired: 'Venceu sem resposta' },
  mention: (who) => `${who ?? 'Alguém'} mencionou você`,
  channel: (name) => `Número parado: ${name}`,
  channelHelp: 'Não pode enviar. Toque para ver a causa e o que fazer.',
  channelBack: (name) => `Voltou a funcionar: ${name}`,
  channelBackHelp: 'O que esperava já está sendo enviado.',
  ack: 'Ciente',
  alert: 'Há algo por resolver',
  alertHelp: {
    send: 'Uma mensagem não pôde ser enviada. Toque para decidir.',
    other: 'Algo não pôde ser concluído. Toque para ver.',
    audit_broken: 'A cadeia de auditoria não confere: alguém mudou a história. Toque para ver onde.',
    backlog_old: (minutes) => `Há trabalho parado há ${minutes} minutos. Toque para ver o registro.`,
    dead_letters_growing: (count) => `As falhas aumentam: ${count} por decidir.`,
    portal_queue_old: (minutes) => `Há mensagens do Bitrix24 esperando há ${minutes} minutos. Toque para ver a causa.`,
    portal_disconnected: 'Um portal do Bitrix24 ficou sem conexão. Toque para conectá-lo de novo.',
    balance_low: (figure) => `Resta pouco saldo: menos de ${figure + 1}. Toque para recarregar.`,
    balance_empty: 'O saldo acabou. Toque para recarregar.',
    operator_work: (count) => `Pagamentos que precisam de uma decisão: ${count}. Toque para abrir o console.`,
    balance_fill_stopped: 'A recarga automática parou. Toque para pagar ou retomá-la.',
    balance_fill_ceiling: (figure) => `A recarga automática chegou ao teto do mês (${figure}). Toque para recarregar.`,
    subscription_trial: (name, days) => `O teste de ${name} termina ${soon.pt(days)}. Toque para ver o plano.`,
    subscription_grace: (name, days) => `O pagamento de ${name} falhou: deixará de enviar ${soon.pt(days)}. Toque para pagar.`,
    subscription_stopped: (name) => `${name} recebe mensagens, mas não envia. Toque para pagar a assinatura.`,
  },
  test: 'Os avisos funcionam',
  testHelp: 'É assim que avisaremos neste aparelho.',
  reply: 'Responder',
  replyHere: 'Escreva sua resposta',
  settle: 'Não precisa de resposta',
  approve: 'Aprovar',
  deny: 'Negar',
  failed: 'Não foi possível. Toque para fazer no aplicativo.',
}

const WORDS: Record<Language, PushWords> = { es, en, pt }

export function wordsOf(language: Language): PushWords {
  return WORDS[language]
}
