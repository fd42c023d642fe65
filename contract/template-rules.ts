/**
 * What a template asks for, how it reads when filled, and what WhatsApp would refuse in it: the same on the phone and at
 * the edge. The rules are those of reference/meta-cloud-api.md §14.
 */
import type { TemplateContent } from './templates.ts'

export const TEMPLATE_LIMITS = {
  name: 512,
  header: 60,
  body: 1024,
  bodyAlone: 32_768,
  footer: 60,
  buttons: 10,
  button: 25,
  urls: 2,
  url: 2000,
} as const

/** Something to fill in before the template goes. */
export type TemplateField = { key: string; where: 'header' | 'body' | 'button'; name: string; example: string | null }
/** By key of the field. */
export type TemplateValues = Readonly<Record<string, string | undefined>>
/** What goes to the provider beside the name: values in their order. */
export type TemplateParams = {
  params: string[]
  headerText?: string | undefined
  buttons?: { index: number; text: string }[] | undefined
}
export type FilledTemplate = { header: string | null; body: string; footer: string | null; buttons: string[] }

const PLACE = /\{\{\s*(\w+)\s*\}\}/g

/** The names of a text's variables, each once, in their order. */
export function placesIn(text: string): string[] {
  return [...new Set([...text.matchAll(PLACE)].map(([, name = '']) => name))]
}

function fill(text: string, valueOf: (name: string) => string | undefined): string {
  return text.replace(PLACE, (place, name: string) => valueOf(name)?.trim() || place)
}

/** The template's fields, in the order in which they are read. */
export function fieldsOfTemplate({ header, body, examples, buttons }: TemplateContent): TemplateField[] {
  const inHeader = header?.kind === 'text' ? placesIn(header.text).slice(0, 1) : []
  return [
    ...inHeader.map((name) => ({
      key: 'header',
      where: 'header' as const,
      name,
      example: header?.kind === 'text' ? (header.example ?? null) : null,
    })),
    ...placesIn(body).map((name, i) => ({ key: `body:${name}`, where: 'body' as const, name, example: examples[i] ?? null })),
    ...buttons.flatMap((button, i) =>
      isFilledIn(button)
        ? [{ key: `button:${i}`, where: 'button' as const, name: button.text, example: button.example ?? null }]
        : [],
    ),
  ]
}

function isFilledIn({ kind, url }: TemplateContent['buttons'][number]): boolean {
  return kind === 'copy_code' || (kind === 'url' && placesIn(url ?? '').length > 0)
}

/** Does it go out with a file of its own? */
export function fileOfTemplate({ header }: TemplateContent): 'image' | 'video' | 'document' | null {
  return header && header.kind !== 'text' && header.kind !== 'location' ? header.kind : null
}

/** Why it cannot be filled in here: the provider's name of the part; null when it can. */
export function unsendable({ header, unsupported }: TemplateContent): string | null {
  return unsupported ?? (header?.kind === 'location' ? 'LOCATION' : null)
}

/** The template as the customer reads it. What has no value yet stays in its braces. */
export function filledTemplate({ header, body, footer, buttons }: TemplateContent, values: TemplateValues): FilledTemplate {
  return {
    header: header?.kind === 'text' ? fill(header.text, () => values['header']) : null,
    body: fill(body, (name) => values[`body:${name}`]),
    footer,
    buttons: buttons.map(({ text }) => text),
  }
}

/** Fields without a value. */
export function missingInTemplate(content: TemplateContent, values: TemplateValues): TemplateField[] {
  return fieldsOfTemplate(content).filter(({ key }) => !values[key]?.trim())
}

/** WhatsApp takes no line break, tab or long gap in a value. */
export function isPlainValue(value: string): boolean {
  return !/[\n\r\t]| {4,}/.test(value)
}

/** The values in the order in which the provider takes them. */
export function paramsOf(content: TemplateContent, values: TemplateValues): TemplateParams {
  const value = (key: string) => values[key]?.trim() ?? ''
  const fields = fieldsOfTemplate(content)
  const buttons = content.buttons.flatMap((_, index) =>
    fields.some(({ key }) => key === `button:${index}`) ? [{ index, text: value(`button:${index}`) }] : [],
  )
  return {
    params: placesIn(content.body).map((name) => value(`body:${name}`)),
    ...(fields.some(({ key }) => key === 'header') ? { headerText: value('header') } : {}),
    ...(buttons.length > 0 ? { buttons } : {}),
  }
}

/** The other way round: which field each value belongs to. */
export function valuesOfParams(content: TemplateContent, given: TemplateParams): Record<string, string | undefined> {
  return Object.fromEntries([
    ['header', given.headerText],
    ...placesIn(content.body).map((name, i): [string, string | undefined] => [`body:${name}`, given.params[i]]),
    ...(given.buttons ?? []).map(({ index, text }): [string, string | undefined] => [`button:${index}`, text]),
  ])
}

export const TEMPLATE_PROBLEMS = [
  'name_pattern',
  'header_missing',
  'header_too_long',
  'header_variables',
  'header_example',
  'header_sample',
  'body_missing',
  'body_too_long',
  'body_edge',
  'body_adjacent',
  'variables_mixed',
  'variables_order',
  'example_missing',
  'footer_too_long',
  'footer_variables',
  'buttons_too_many',
  'button_text',
  'button_too_long',
  'buttons_mixed',
  'urls_too_many',
  'url_invalid',
  'url_variable',
  'url_example',
  'phones_too_many',
  'phone_invalid',
  'code_missing',
  'codes_too_many',
] as const
export type TemplateProblem = {
  code: (typeof TEMPLATE_PROBLEMS)[number]
  where: 'name' | 'header' | 'body' | 'footer' | 'buttons'
  what?: string
}

/** Everything that WhatsApp would refuse for certain, in the order of the form. */
export function problemsOfTemplate(name: string, content: TemplateContent): TemplateProblem[] {
  return [
    ...(/^[a-z0-9_]{1,512}$/.test(name) ? [] : [{ code: 'name_pattern', where: 'name' } as const]),
    ...headerProblems(content),
    ...bodyProblems(content),
    ...footerProblems(content.footer),
    ...buttonProblems(content.buttons),
  ]
}

function headerProblems({ header }: TemplateContent): TemplateProblem[] {
  const problem = (code: TemplateProblem['code']): TemplateProblem => ({ code, where: 'header' })
  if (!header || header.kind === 'location') return []
  if (header.kind !== 'text') return header.sampleMediaId ? [] : [problem('header_sample')]
  if (header.text.trim() === '') return [problem('header_missing')]
  const places = placesIn(header.text)
  return [
    ...(header.text.length > TEMPLATE_LIMITS.header ? [problem('header_too_long')] : []),
    ...(places.length > 1 ? [problem('header_variables')] : []),
    ...(places.length === 1 && !header.example?.trim() ? [problem('header_example')] : []),
  ]
}

function bodyProblems({ header, body, examples, footer, buttons }: TemplateContent): TemplateProblem[] {
  const problem = (code: TemplateProblem['code'], what?: string): TemplateProblem => ({
    code,
    where: 'body',
    ...(what ? { what } : {}),
  })
  const text = body.trim()
  if (text === '') return [problem('body_missing')]
  const isAlone = !header && !footer && buttons.length === 0
  const places = placesIn(text)
  const numbers = places.filter((place) => /^\d+$/.test(place))
  const isMixed = numbers.length > 0 && numbers.length < places.length
  const inOrder = numbers.every((_, i) => numbers.includes(String(i + 1)))
  return [
    ...(text.length > (isAlone ? TEMPLATE_LIMITS.bodyAlone : TEMPLATE_LIMITS.body) ? [problem('body_too_long')] : []),
    ...(/^\{\{\s*\w+\s*\}\}|\{\{\s*\w+\s*\}\}$/.test(text) ? [problem('body_edge')] : []),
    ...(/\{\{\s*\w+\s*\}\}\s*\{\{\s*\w+\s*\}\}/.test(text) ? [problem('body_adjacent')] : []),
    ...(isMixed ? [problem('variables_mixed')] : []),
    ...(!isMixed && !inOrder ? [problem('variables_order')] : []),
    ...places.flatMap((place, i) => (examples[i]?.trim() ? [] : [problem('example_missing', place)])),
  ]
}

function footerProblems(footer: string | null): TemplateProblem[] {
  if (!footer) return []
  return [
    ...(footer.length > TEMPLATE_LIMITS.footer ? [{ code: 'footer_too_long', where: 'footer' } as const] : []),
    ...(placesIn(footer).length > 0 ? [{ code: 'footer_variables', where: 'footer' } as const] : []),
  ]
}

function buttonProblems(buttons: TemplateContent['buttons']): TemplateProblem[] {
  const problem = (code: TemplateProblem['code'], what?: string): TemplateProblem => ({
    code,
    where: 'buttons',
    ...(what ? { what } : {}),
  })
  const count = (kind: string) => buttons.filter((button) => button.kind === kind).length
  const replies = buttons.map(({ kind }) => kind === 'quick_reply')
  // Quick replies stand together: once they have ended, none comes again.
  const turns = replies.filter((isReply, i) => i > 0 && isReply !== replies[i - 1]).length
  return [
    ...(buttons.length > TEMPLATE_LIMITS.buttons ? [problem('buttons_too_many')] : []),
    ...(turns > 1 ? [problem('buttons_mixed')] : []),
    ...(count('url') > TEMPLATE_LIMITS.urls ? [problem('urls_too_many')] : []),
    ...(count('phone') > 1 ? [problem('phones_too_many')] : []),
    ...(count('copy_code') > 1 ? [problem('codes_too_many')] : []),
    ...buttons.flatMap((button) => oneButton(button).map((code) => problem(code, button.text))),
  ]
}

function oneButton({
  kind,
  text,
  url = '',
  phone = '',
  example = '',
}: TemplateContent['buttons'][number]): TemplateProblem['code'][] {
  const words: TemplateProblem['code'][] =
    text.trim() === '' ? ['button_text'] : text.length > TEMPLATE_LIMITS.button ? ['button_too_long'] : []
  switch (kind) {
    case 'url': {
      const places = placesIn(url)
      const plain = url.replace(PLACE, '1')
      if (!/^https?:\/\/\S+$/.test(plain) || url.length > TEMPLATE_LIMITS.url) return [...words, 'url_invalid']
      if (places.length === 0) return words
      if (places.length > 1 || places[0] !== '1' || !/\{\{\s*1\s*\}\}$/.test(url)) return [...words, 'url_variable']
      return /^https?:\/\/\S+$/.test(example) ? words : [...words, 'url_example']
    }
    case 'phone':
      return /^\+?\d{7,20}$/.test(phone.replaceAll(/[\s-]/g, '')) ? words : [...words, 'phone_invalid']
    case 'copy_code':
      return example.trim() ? words : [...words, 'code_missing']
    default:
      return words
  }
}
