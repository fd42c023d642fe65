/** Our robot and our senders in a portal: what one chooses there from follows the company's numbers and templates. */
import * as z from 'zod'
import { asList } from '../rest/answers.ts'
import type { Command } from '../rest/batch.ts'
import { PARAMS } from './deed.ts'

export const Choices = z.object({
  channels: z.array(z.object({ id: z.string(), name: z.string(), code: z.string() })),
  /** `file`: the kind that its header needs. */
  templates: z.array(z.object({ name: z.string(), language: z.string(), file: z.nullable(z.string()) })),
})
export type Choices = z.infer<typeof Choices>

export const ROBOT = 'wab24_send'
/** Lists in a portal are for choosing by eye. */
const MAX_TEMPLATES = 100

const said = (es: string, en: string, br: string) => ({ es, en, br, la: es })

function robotFields({ channels, templates }: Choices, handler: string): Record<string, unknown> {
  const options = templates
    .slice(0, MAX_TEMPLATES)
    .map(({ name, language, file }) => [`${name}|${language}`, `${name} (${language})${file === null ? '' : ' 📎'}`])
  const variables = PARAMS.map((param, n) => [
    param,
    {
      Name: said(`Variable ${n + 1} de la plantilla`, `Template variable ${n + 1}`, `Variável ${n + 1} do modelo`),
      Type: 'string',
    },
  ])
  return {
    HANDLER: handler,
    NAME: said('Enviar WhatsApp', 'Send WhatsApp', 'Enviar WhatsApp'),
    DESCRIPTION: said(
      'Envía una plantilla o un texto al cliente de la ficha y dice qué pasó con el mensaje.',
      "Sends a template or a text to the card's client and tells what became of it.",
      'Envia um modelo ou um texto ao cliente da ficha e diz o que aconteceu.',
    ),
    PROPERTIES: {
      channel: {
        Name: said('Enviar desde', 'Send from', 'Enviar de'),
        ...{ Type: 'select', Required: 'Y', Options: Object.fromEntries(channels.map(({ id, name }) => [id, name])) },
        ...(channels[0] ? { Default: channels[0].id } : {}),
      },
      template: { Name: said('Plantilla', 'Template', 'Modelo'), Type: 'select', Options: Object.fromEntries(options) },
      ...Object.fromEntries(variables),
      file: {
        Name: said(
          'Enlace del archivo (plantillas con 📎)',
          'Link to the file (templates with 📎)',
          'Link do arquivo (modelos com 📎)',
        ),
        Type: 'string',
      },
      text: {
        Name: said('Texto, si no hay plantilla', 'Text, without a template', 'Texto, se não houver modelo'),
        Type: 'text',
      },
      phone: {
        Name: said('Teléfono (vacío: el de la ficha)', "Phone (empty: the card's)", 'Telefone (vazio: o da ficha)'),
        Type: 'string',
      },
    },
    RETURN_PROPERTIES: {
      status: { Name: said('Estado', 'Status', 'Estado'), Type: 'string' },
      message_id: { Name: said('Número del mensaje', 'Message id', 'Número da mensagem'), Type: 'string' },
      error: { Name: said('Motivo si no salió', 'Why it was not sent', 'Motivo se não saiu'), Type: 'string' },
    },
  }
}

const codesIn = (known: unknown): string[] => asList(known).filter((code) => typeof code === 'string')

/** Written each time: what may be chosen follows the company, and the portal does not tell what it has. */
export function robotChanges(known: unknown, choices: Choices, handler: string): Command[] {
  const fields = robotFields(choices, handler)
  if (codesIn(known).includes(ROBOT)) return [{ method: 'bizproc.robot.update', params: { CODE: ROBOT, FIELDS: fields } }]
  return [{ method: 'bizproc.robot.add', params: { CODE: ROBOT, ...fields } }]
}

/** One for each number; those of numbers that are put away go. */
export function senderChanges(known: unknown, { channels }: Choices, handler: string): Command[] {
  const codes = codesIn(known)
  const gone = codes.filter((code) => code.startsWith('wab24_') && !channels.some((channel) => channel.code === code))
  const writes = channels.map(({ code, name }) => {
    const params = { CODE: code, HANDLER: handler, NAME: `WhatsApp ${name}` }
    if (codes.includes(code)) return { method: 'messageservice.sender.update', params }
    return { method: 'messageservice.sender.add', params: { ...params, TYPE: 'SMS' } }
  })
  return [...gone.map((code) => ({ method: 'messageservice.sender.delete', params: { CODE: code } })), ...writes]
}
