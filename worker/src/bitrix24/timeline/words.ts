/** What our entries in a card's timeline say. */
import type { Language } from '#contract/ids.ts'

type Words = {
  waits: (n: number) => string
  answered: string
  over: string
  began: (when: string) => string
  ended: (when: string) => string
  count: (said: number, answered: number) => string
  by: (names: string) => string
  nobody: string
  missed_call: string
  missed_video_call: string
  calledAt: (when: string) => string
  open: string
  openApp: string
  /** On the badge of the kanban. */
  waiting: string
}

const ES: Words = {
  waits: (n) => (n === 1 ? '1 mensaje sin responder' : `${n} mensajes sin responder`),
  answered: 'Respondido',
  over: 'Cerrado',
  began: (when) => `Comenzó: ${when}`,
  ended: (when) => `Se cerró: ${when}`,
  count: (said, answered) => `Mensajes: ${said} del cliente, ${answered} nuestros`,
  by: (names) => `Atendió: ${names}`,
  nobody: 'Nadie ha respondido',
  missed_call: 'Llamada perdida por WhatsApp',
  missed_video_call: 'Videollamada perdida por WhatsApp',
  calledAt: (when) => `El cliente llamó: ${when}. Devuélvale la llamada desde el teléfono del número.`,
  open: 'Abrir chat',
  openApp: 'Abrir en WhatsappB24',
  waiting: 'Sin responder',
}

const EN: Words = {
  waits: (n) => (n === 1 ? '1 unanswered message' : `${n} unanswered messages`),
  answered: 'Answered',
  over: 'Closed',
  began: (when) => `Began: ${when}`,
  ended: (when) => `Closed: ${when}`,
  count: (said, answered) => `Messages: ${said} from the client, ${answered} from us`,
  by: (names) => `Answered by: ${names}`,
  nobody: 'Nobody has answered',
  missed_call: 'Missed WhatsApp call',
  missed_video_call: 'Missed WhatsApp video call',
  calledAt: (when) => `The client called: ${when}. Call back from the number's phone.`,
  open: 'Open chat',
  openApp: 'Open in WhatsappB24',
  waiting: 'Unanswered',
}

const PT: Words = {
  waits: (n) => (n === 1 ? '1 mensagem sem resposta' : `${n} mensagens sem resposta`),
  answered: 'Respondido',
  over: 'Encerrado',
  began: (when) => `Começou: ${when}`,
  ended: (when) => `Encerrado: ${when}`,
  count: (said, answered) => `Mensagens: ${said} do cliente, ${answered} nossas`,
  by: (names) => `Atendeu: ${names}`,
  nobody: 'Ninguém respondeu',
  missed_call: 'Chamada perdida pelo WhatsApp',
  missed_video_call: 'Videochamada perdida pelo WhatsApp',
  calledAt: (when) => `O cliente ligou: ${when}. Retorne do telefone do número.`,
  open: 'Abrir conversa',
  openApp: 'Abrir no WhatsappB24',
  waiting: 'Sem resposta',
}

const WORDS: Record<Language, Words> = { es: ES, en: EN, pt: PT }

export const timelineWords = (language: Language): Words => WORDS[language]
