/** What stands in an open line for what WhatsApp shows in another way, and what our own lines say there. */
import { isFailureCode } from '#contract/failures.ts'
import { FAILURES_EN } from '#contract/failures/en.ts'
import { FAILURES_ES } from '#contract/failures/es.ts'
import { FAILURES_PT } from '#contract/failures/pt.ts'
import type { Language } from '#contract/ids.ts'

type Words = {
  customer: string
  phone: string
  automatic: string
  voice: string
  forwarded: string
  unsupported: string
  order: string
  filePending: string
  fileLost: string
  fileRefused: string
  fileLate: string
  reacted: string
  failed: string
  missed: string
  edit_failed: string
  delete_failed: string
  unknownCause: string
  kinds: Record<string, string>
}

const ES: Words = {
  customer: 'Cliente',
  phone: 'Desde el teléfono del número',
  automatic: 'Mensaje automático',
  voice: 'Mensaje de voz',
  forwarded: 'Reenviado',
  unsupported: 'El cliente envió algo que aquí no se puede mostrar. Véalo en el teléfono del número.',
  order: 'Pedido',
  filePending: 'El archivo todavía se está trayendo de WhatsApp. Llegará aquí en cuanto esté.',
  fileLost: 'El archivo no se pudo traer de WhatsApp. Pida al cliente que lo envíe otra vez.',
  fileRefused: 'Bitrix24 no pudo descargar el archivo. Ábralo en WhatsappB24.',
  fileLate: 'Archivo de un mensaje anterior',
  reacted: 'Reaccionó {emoji} a: «{text}»',
  edit_failed: 'El cliente sigue viendo el texto anterior de «{text}». {cause}',
  delete_failed: 'El cliente sigue viendo «{text}»: no se pudo eliminar. {cause}',
  missed: 'No llegó a WhatsApp: «{text}». Bitrix24 no nos avisó a tiempo. Si todavía hace falta, escríbalo otra vez.',
  failed: 'No se entregó a WhatsApp: «{text}». {cause}',
  unknownCause: 'WhatsApp no dijo por qué.',
  kinds: {
    image: 'Foto',
    video: 'Video',
    audio: 'Audio',
    voice: 'Mensaje de voz',
    document: 'Archivo',
    sticker: 'Sticker',
    location: 'Ubicación',
    contacts: 'Contacto',
  },
}

const EN: Words = {
  customer: 'Customer',
  phone: "From the number's phone",
  automatic: 'Automatic message',
  voice: 'Voice message',
  forwarded: 'Forwarded',
  unsupported: "The customer sent something that cannot be shown here. See it on the number's phone.",
  order: 'Order',
  filePending: 'The file is still being fetched from WhatsApp. It will come here as soon as it is there.',
  fileLost: 'The file could not be fetched from WhatsApp. Ask the customer to send it again.',
  fileRefused: 'Bitrix24 could not download the file. Open it in WhatsappB24.',
  fileLate: 'File of an earlier message',
  reacted: 'Reacted {emoji} to: “{text}”',
  edit_failed: 'The customer still sees the earlier text of “{text}”. {cause}',
  delete_failed: 'The customer still sees “{text}”: it could not be deleted. {cause}',
  missed: 'Not delivered to WhatsApp: “{text}”. Bitrix24 did not tell us in time. If it is still needed, write it again.',
  failed: 'Not delivered to WhatsApp: “{text}”. {cause}',
  unknownCause: 'WhatsApp did not say why.',
  kinds: {
    image: 'Photo',
    video: 'Video',
    audio: 'Audio',
    voice: 'Voice message',
    document: 'File',
    sticker: 'Sticker',
    location: 'Location',
    contacts: 'Contact',
  },
}

const PT: Words = {
  customer: 'Cliente',
  phone: 'Do telefone do número',
  automatic: 'Mensagem automática',
  voice: 'Mensagem de voz',
  forwarded: 'Encaminhada',
  unsupported: 'O cliente enviou algo que não pode ser mostrado aqui. Veja no telefone do número.',
  order: 'Pedido',
  filePending: 'O arquivo ainda está sendo buscado no WhatsApp. Chegará aqui assim que estiver pronto.',
  fileLost: 'Não foi possível buscar o arquivo no WhatsApp. Peça ao cliente que o envie de novo.',
  fileRefused: 'O Bitrix24 não conseguiu baixar o arquivo. Abra-o no WhatsappB24.',
  fileLate: 'Arquivo de uma mensagem anterior',
  reacted: 'Reagiu {emoji} a: «{text}»',
  edit_failed: 'O cliente ainda vê o texto anterior de «{text}». {cause}',
  delete_failed: 'O cliente ainda vê «{text}»: não foi possível apagar. {cause}',
  missed: 'Não chegou ao WhatsApp: «{text}». O Bitrix24 não nos avisou a tempo. Se ainda for preciso, escreva outra vez.',
  failed: 'Não foi entregue ao WhatsApp: «{text}». {cause}',
  unknownCause: 'O WhatsApp não disse por quê.',
  kinds: {
    image: 'Foto',
    video: 'Vídeo',
    audio: 'Áudio',
    voice: 'Mensagem de voz',
    document: 'Arquivo',
    sticker: 'Figurinha',
    location: 'Localização',
    contacts: 'Contato',
  },
}

const WORDS: Record<Language, Words> = { es: ES, en: EN, pt: PT }
const FAILURES = { es: FAILURES_ES, en: FAILURES_EN, pt: FAILURES_PT }

export function wordsIn(language: Language): Words {
  return WORDS[language]
}

/** Why a message did not arrive and what helps, as people read it. */
export function causeOf(code: string | null, language: Language): string {
  if (code === null || !isFailureCode(code)) return WORDS[language].unknownCause
  const { cause, nextStep } = FAILURES[language][code]
  return `${cause} ${nextStep}`
}

export function filled(sentence: string, data: Record<string, string>): string {
  return sentence.replaceAll(/\{(\w+)\}/g, (_, name: string) => data[name] ?? '')
}
