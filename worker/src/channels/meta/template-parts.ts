/** Components of a template in Meta's words, and in ours: reference/meta-cloud-api.md §14. */
import { placesIn } from '#contract/template-rules.ts'
import type { TemplateButton, TemplateContent, TemplateHeader } from '#contract/templates.ts'
import { fieldsOf, idOf, listOf, textOf } from '../../lib/untrusted.ts'
import type { Fields } from '../../lib/untrusted.ts'

const wordsOf = (value: unknown): string => textOf(value) ?? ''
const typeOf = (part: Fields): string => (idOf(part.type, 60) ?? '').toUpperCase()

/** Meta's components as our content. A part that we do not know makes the template one that is shown and not sent. */
export function contentOf(components: unknown, parameterFormat: unknown): TemplateContent {
  const parts = listOf(components, 20).map(fieldsOf)
  const part = (type: string) => parts.find((one) => typeOf(one) === type)
  const body = wordsOf(part('BODY')?.text)
  const buttons = listOf(part('BUTTONS')?.buttons, 20).map(fieldsOf)
  const footer = part('FOOTER')
  const strange =
    parts.map(typeOf).find((type) => !['HEADER', 'BODY', 'FOOTER', 'BUTTONS'].includes(type)) ??
    buttons.map(typeOf).find((type) => NEEDS_MORE.has(type)) ??
    (part('BODY') && body === '' ? 'BODY' : undefined)
  return {
    format: idOf(parameterFormat) === 'NAMED' ? 'named' : 'positional',
    header: headerOf(part('HEADER')),
    body,
    examples: examplesOf(body, fieldsOf(part('BODY')?.example)),
    footer: footer ? wordsOf(footer.text) || null : null,
    buttons: buttons.map(buttonOf),
    unsupported: strange ?? null,
  }
}

/** Buttons that ask for a parameter which only another system knows. */
const NEEDS_MORE = new Set(['FLOW', 'CATALOG', 'MPM', 'SPM', 'OTP'])

function headerOf(part: Fields | undefined): TemplateHeader | null {
  if (!part) return null
  switch (idOf(part.format, 20)) {
    case 'TEXT': {
      const example = fieldsOf(part.example)
      const sample =
        wordsOf(listOf(example.header_text)[0]) || wordsOf(fieldsOf(listOf(example.header_text_named_params)[0]).example)
      return { kind: 'text', text: wordsOf(part.text), ...(sample ? { example: sample } : {}) }
    }
    case 'IMAGE':
      return { kind: 'image' }
    case 'VIDEO':
      return { kind: 'video' }
    case 'DOCUMENT':
      return { kind: 'document' }
    case 'LOCATION':
      return { kind: 'location' }
    default:
      return null
  }
}

function examplesOf(body: string, example: Fields): string[] {
  const named = listOf(example.body_text_named_params).map(fieldsOf)
  if (named.length > 0) {
    return placesIn(body).map((place) => wordsOf(named.find((one) => idOf(one.param_name) === place)?.example))
  }
  return listOf(listOf(example.body_text)[0], 100).map(wordsOf)
}

function buttonOf(button: Fields): TemplateButton {
  const text = wordsOf(button.text)
  const example = wordsOf(Array.isArray(button.example) ? button.example[0] : button.example)
  const sample = example ? { example } : {}
  switch (typeOf(button)) {
    case 'QUICK_REPLY':
      return { kind: 'quick_reply', text }
    case 'URL':
      return { kind: 'url', text, url: wordsOf(button.url), ...sample }
    case 'PHONE_NUMBER':
      return { kind: 'phone', text, phone: wordsOf(button.phone_number) }
    case 'COPY_CODE':
      return { kind: 'copy_code', text: text || 'COPY_CODE', ...sample }
    default:
      return { kind: 'other', text: text || typeOf(button) }
  }
}

/** Our content as Meta takes it. `handle`: what the resumable upload gave for the header's sample. */
export function componentsOf(content: TemplateContent, handle: string | null): object[] {
  const { body, examples, footer, buttons, format } = content
  const places = placesIn(body)
  const samples =
    format === 'named'
      ? { body_text_named_params: places.map((place, i) => ({ param_name: place, example: examples[i] })) }
      : { body_text: [examples.slice(0, places.length)] }
  return [
    ...headerComponent(content, handle),
    { type: 'BODY', text: body, ...(places.length > 0 && { example: samples }) },
    ...(footer ? [{ type: 'FOOTER', text: footer }] : []),
    ...(buttons.length > 0 ? [{ type: 'BUTTONS', buttons: buttons.map(buttonComponent) }] : []),
  ]
}

function headerComponent({ header, format }: TemplateContent, handle: string | null): object[] {
  if (!header) return []
  if (header.kind === 'location') return [{ type: 'HEADER', format: 'LOCATION' }]
  if (header.kind !== 'text') {
    return [{ type: 'HEADER', format: header.kind.toUpperCase(), example: { header_handle: handle ? [handle] : [] } }]
  }
  const [place] = placesIn(header.text)
  const example =
    format === 'named'
      ? { header_text_named_params: [{ param_name: place, example: header.example }] }
      : { header_text: [header.example] }
  return [{ type: 'HEADER', format: 'TEXT', text: header.text, ...(place !== undefined && { example }) }]
}

function buttonComponent({ kind, text, url, phone, example }: TemplateButton): object {
  switch (kind) {
    case 'url':
      return { type: 'URL', text, url, ...(placesIn(url ?? '').length > 0 && { example: [example] }) }
    case 'phone':
      return { type: 'PHONE_NUMBER', text, phone_number: phone }
    case 'copy_code':
      return { type: 'COPY_CODE', example }
    case 'other':
      return { type: text }
    default:
      return { type: 'QUICK_REPLY', text }
  }
}
