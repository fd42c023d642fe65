/** A few templates that every simulated number has. The same ones, under other ids, at Meta and at Gupshup. */
import { createHash } from 'node:crypto'
import type { Choice, Template } from './model.ts'

const usual = {
  language: 'es',
  category: 'UTILITY',
  status: 'APPROVED',
  format: 'POSITIONAL',
  header: null,
  footer: null,
  buttons: [],
} as const

export const TEMPLATES: readonly Template[] = [
  {
    ...usual,
    name: 'pedido_listo',
    body: 'Hola {{1}}, su pedido {{2}} está listo para retirar.',
    samples: ['Rosa', 'A-123'],
    footer: 'Atendemos de lunes a viernes',
  },
  {
    ...usual,
    name: 'recordatorio_pago',
    header: { format: 'TEXT', text: 'Recordatorio de pago' },
    body: 'Buenos días, {{1}}. Su cuota de {{2}} vence el {{3}}. ¿Le ayudamos con algo?',
    samples: ['Rosa', '$ 184,20', '30 de noviembre'],
    buttons: [
      { id: 'pagado', title: 'Ya pagué' },
      { id: 'ayuda', title: 'Necesito ayuda' },
    ],
  },
  {
    ...usual,
    name: 'comprobante',
    header: { format: 'DOCUMENT' },
    body: 'Hola {{1}}, le enviamos su comprobante.',
    samples: ['Rosa'],
  },
  {
    ...usual,
    name: 'promocion_mes',
    category: 'MARKETING',
    header: { format: 'IMAGE' },
    body: 'Este mes tenemos {{1}} de descuento en todos los planes.',
    samples: ['20 %'],
    footer: 'Responda BAJA para no recibir más avisos',
    buttons: [{ id: 'ver', title: 'Ver planes', url: 'https://example.com/planes' }],
  },
  {
    ...usual,
    name: 'cita_confirmada',
    format: 'NAMED',
    body: 'Hola {{cliente}}, su cita es el {{fecha}}.',
    samples: ['Rosa', 'lunes 10:00'],
  },
  {
    ...usual,
    name: 'hello_world',
    language: 'en_US',
    body: 'Welcome and congratulations! This message shows that you can send.',
    samples: [],
  },
  {
    ...usual,
    name: 'oferta_pausada',
    category: 'MARKETING',
    status: 'PAUSED',
    body: 'Hola {{1}}, tenemos una oferta.',
    samples: ['Rosa'],
  },
  {
    ...usual,
    name: 'aviso_rechazado',
    status: 'REJECTED',
    reason: 'PROMOTIONAL',
    body: 'Gane dinero ya, {{1}}.',
    samples: ['Rosa'],
  },
]

/** The names of a body's variables in order: `['1', '2']` or `['cliente']`. */
export function variablesOf(body: string): string[] {
  return [...body.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? '')
}

/** The text as the customer sees it. */
export function rendered(body: string, values: ReadonlyMap<string, string>): string {
  return body.replaceAll(/\{\{(\w+)\}\}/g, (whole, name: string) => values.get(name) ?? whole)
}

export function metaTemplateId(wabaId: string, { name, language }: Template): string {
  return BigInt(`0x1${digest(wabaId, name, language).slice(0, 13)}`)
    .toString()
    .slice(0, 16)
}

export function gupshupTemplateId(appId: string, { name, language }: Template): string {
  const hex = digest(appId, name, language)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

function digest(...parts: string[]): string {
  return createHash('sha256').update(parts.join('|')).digest('hex')
}

/** Meta's components of a template: reference/meta-cloud-api.md §14. */
export function componentsOf({ header, body, samples, footer, buttons, format }: Template): object[] {
  const names = variablesOf(body)
  const example =
    format === 'NAMED'
      ? { body_text_named_params: names.map((name, index) => ({ param_name: name, example: samples[index] })) }
      : { body_text: [samples] }
  const head = header && {
    type: 'HEADER',
    format: header.format,
    ...(header.format === 'TEXT' ? { text: header.text } : { example: { header_handle: ['4::aW1hZ2U='] } }),
  }
  return [
    ...(head ? [head] : []),
    { type: 'BODY', text: body, ...(samples.length > 0 && { example }) },
    ...(footer === null ? [] : [{ type: 'FOOTER', text: footer }]),
    ...(buttons.length === 0 ? [] : [{ type: 'BUTTONS', buttons: buttons.map(buttonOf) }]),
  ]
}

function buttonOf({ title, url }: Choice): object {
  return url === undefined ? { type: 'QUICK_REPLY', text: title } : { type: 'URL', text: title, url }
}
