import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  fieldsOfTemplate,
  filledTemplate,
  isPlainValue,
  missingInTemplate,
  paramsOf,
  problemsOfTemplate,
  unsendable,
  valuesOfParams,
} from './template-rules.ts'
import type { TemplateContent } from './templates.ts'

const content = (more: Partial<TemplateContent> = {}): TemplateContent => ({
  ...{
    format: 'positional',
    header: null,
    body: 'Hola {{1}}, debe {{2}} hoy.',
    examples: ['Rosa', '$ 10'],
    footer: null,
    buttons: [],
  },
  unsupported: null,
  ...more,
})
const codes = (more: Partial<TemplateContent>, name = 'aviso') => problemsOfTemplate(name, content(more)).map(({ code }) => code)
const url = (address: string, example?: string) => ({
  kind: 'url' as const,
  text: 'Ver',
  url: address,
  ...(example ? { example } : {}),
})

test('its fields are those of header, body and buttons, in the order in which they are read', () => {
  const whole = content({
    header: { kind: 'text', text: 'Pedido {{1}}' },
    buttons: [
      { kind: 'quick_reply', text: 'Sí' },
      url('https://e.com/{{1}}'),
      { kind: 'copy_code', text: 'Copiar', example: 'X1' },
    ],
  })
  expect(fieldsOfTemplate(whole).map(({ key }) => key)).toEqual(['header', 'body:1', 'body:2', 'button:1', 'button:2'])
  expect(
    missingInTemplate(whole, { header: 'A', 'body:1': ' ', 'body:2': '1', 'button:1': 'x', 'button:2': 'y' }).map(
      ({ name }) => name,
    ),
  ).toEqual(['1'])
})

test('a variable that stands twice is asked once and filled everywhere; a value that looks like one stays as it is', () => {
  const twice = content({ body: '{{1}} y {{1}}: {{2}}.' })
  expect(fieldsOfTemplate(twice)).toHaveLength(2)
  expect(filledTemplate(twice, { 'body:1': '{{2}}', 'body:2': 'B' }).body).toBe('{{2}} y {{2}}: B.')
})

test('what is given to the provider tells which field each value was of', () => {
  const whole = content({ header: { kind: 'text', text: 'N.º {{1}}' }, buttons: [url('https://e.com/{{1}}')] })
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 4, maxLength: 4 }), ([h, a, b, u]) => {
      const values = { header: h, 'body:1': a, 'body:2': b, 'button:0': u }
      expect(valuesOfParams(whole, paramsOf(whole, values))).toEqual(values)
    }),
  )
})

test('a value is one line without long gaps', () => {
  expect(['Rosa', '$ 184,20', 'a   b'].map(isPlainValue)).toEqual([true, true, true])
  expect(['a\nb', 'a\tb', 'a    b'].map(isPlainValue)).toEqual([false, false, false])
})

test('what WhatsApp takes has no problems', () => {
  const buttons = [{ kind: 'quick_reply' as const, text: 'Sí' }, url('https://e.com/{{1}}', 'https://e.com/7')]
  expect(codes({ header: { kind: 'text', text: 'Aviso' }, footer: 'Gracias', buttons })).toEqual([])
  expect(codes({ body: 'Hola {{cliente}}, buenos días.', format: 'named', examples: ['Rosa'] })).toEqual([])
  expect(codes({ body: 'x'.repeat(2_000), examples: [] })).toEqual([])
})

test.each<[string, Partial<TemplateContent>]>([
  ['body_missing', { body: ' ' }],
  ['body_edge', { body: '{{1}} hola', examples: ['a'] }],
  ['body_edge', { body: 'Hola {{1}}', examples: ['a'] }],
  ['body_adjacent', { body: 'Hola {{1}} {{2}}.' }],
  ['body_too_long', { body: 'x'.repeat(1_025), examples: [], footer: 'y' }],
  ['variables_order', { body: 'Hola {{1}} y {{3}}.' }],
  ['variables_mixed', { body: 'Hola {{1}} y {{nombre}}.' }],
  ['example_missing', { examples: ['Rosa', ''] }],
  ['header_missing', { header: { kind: 'text', text: '' } }],
  ['header_too_long', { header: { kind: 'text', text: 'x'.repeat(61) } }],
  ['header_variables', { header: { kind: 'text', text: '{{1}} y {{2}}', example: 'a' } }],
  ['header_example', { header: { kind: 'text', text: 'N.º {{1}}' } }],
  ['header_sample', { header: { kind: 'image' } }],
  ['footer_too_long', { footer: 'x'.repeat(61) }],
  ['footer_variables', { footer: 'Hola {{1}}' }],
  ['button_text', { buttons: [{ kind: 'quick_reply', text: '' }] }],
  ['button_too_long', { buttons: [{ kind: 'quick_reply', text: 'x'.repeat(26) }] }],
  ['buttons_too_many', { buttons: Array.from({ length: 11 }, () => ({ kind: 'quick_reply' as const, text: 'Sí' })) }],
  ['urls_too_many', { buttons: [url('https://a.com'), url('https://b.com'), url('https://c.com')] }],
  ['url_invalid', { buttons: [url('ejemplo.com')] }],
  ['url_variable', { buttons: [url('https://a.com/{{1}}/x', 'https://a.com/1/x')] }],
  ['url_example', { buttons: [url('https://a.com/{{1}}')] }],
  ['phone_invalid', { buttons: [{ kind: 'phone', text: 'Llamar', phone: '123' }] }],
  ['code_missing', { buttons: [{ kind: 'copy_code', text: 'Copiar' }] }],
  ['buttons_mixed', { buttons: [{ kind: 'quick_reply', text: 'A' }, url('https://a.com'), { kind: 'quick_reply', text: 'B' }] }],
])('%s is found before WhatsApp finds it', (code, more) => {
  expect(codes(more)).toEqual([code])
})

test('a name is small letters, digits and underscores', () => {
  expect(['Aviso', 'aviso pago', 'avisó', ''].flatMap((name) => codes({}, name))).toEqual([...'1234'].map(() => 'name_pattern'))
})

test('a carousel and a place cannot be filled in here', () => {
  expect(unsendable(content({ unsupported: 'CAROUSEL' }))).toBe('CAROUSEL')
  expect(unsendable(content({ header: { kind: 'location' } }))).toBe('LOCATION')
  expect(unsendable(content())).toBeNull()
})
