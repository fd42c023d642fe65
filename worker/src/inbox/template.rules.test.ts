import { expect, test } from 'vitest'
import { MediaId } from '#contract/ids.ts'
import type { TemplateContent } from '#contract/templates.ts'
import { fillTemplate } from './template.rules.ts'

const content = (more: Partial<TemplateContent> = {}): TemplateContent => ({
  ...{ format: 'positional', header: null, body: 'Hola {{1}}, debe {{2}}.', examples: [], footer: 'Gracias', buttons: [] },
  unsupported: null,
  ...more,
})
const known = (more: Partial<TemplateContent> = {}, status = 'approved') => ({
  providerId: 'p-1',
  status,
  content: content(more),
})
const asked = (more: object = {}) => ({ name: 'aviso', language: 'es', params: ['Rosa', '$ 10'], ...more })
const FILE = MediaId.parse('019aa5d0-7c00-7000-8000-00000000a123')

test('the chat shows the provider’s own words, filled; the provider gets name, id and values', () => {
  const header = { kind: 'text', text: 'Pedido {{1}}' } as const
  const buttons = [{ kind: 'url', text: 'Ver', url: 'https://e.com/{{1}}' } as const]
  const given = asked({ headerText: ' A-1 ', buttons: [{ index: 0, text: 'x7' }] })
  expect(fillTemplate(known({ header, buttons }), given)).toEqual({
    text: 'Hola Rosa, debe $ 10.',
    mediaId: undefined,
    extra: {
      template: {
        ...{ name: 'aviso', language: 'es', params: ['Rosa', '$ 10'], providerId: 'p-1', headerText: 'A-1', headerName: '1' },
        buttons: [{ index: 0, kind: 'url', text: 'x7' }],
        shown: { header: 'Pedido A-1', footer: 'Gracias', buttons: ['Ver'] },
      },
    },
  })
})

test('named variables go with their names; a file of the header is a file of the message', () => {
  const named = known({ format: 'named', body: 'Hola {{cliente}}, debe {{saldo}}.', header: { kind: 'document' } })
  expect(fillTemplate(named, asked({ headerMediaId: FILE }))).toMatchObject({
    ...{ text: 'Hola Rosa, debe $ 10.', mediaId: FILE },
    extra: { template: { names: ['cliente', 'saldo'], headerMediaId: FILE } },
  })
})

test.each([
  ['template_not_approved', known({}, 'paused'), asked()],
  ['template_unsupported', known({ unsupported: 'CAROUSEL' }), asked()],
  ['template_incomplete', known(), asked({ params: ['Rosa'] })],
  ['template_incomplete', known(), asked({ params: ['Rosa', ' '] })],
  ['template_incomplete', known(), asked({ params: ['Rosa', '1', '2'] })],
  ['template_value', known(), asked({ params: ['Rosa\nPaz', '1'] })],
  ['template_header', known({ header: { kind: 'image' } }), asked()],
  ['template_header', known(), asked({ headerMediaId: FILE })],
] as const)('%s before anything leaves', (code, template, given) => {
  expect(() => fillTemplate(template, { ...given, params: [...given.params] })).toThrow(expect.objectContaining({ code }))
})

test('what is missing is named', () => {
  const named = known({ format: 'named', body: 'Hola {{cliente}}, debe {{saldo}}.' })
  expect(() => fillTemplate(named, asked({ params: ['', ''] }))).toThrow(
    expect.objectContaining({ details: { missing: 'cliente, saldo' } }),
  )
})
