import { expect, test } from 'vitest'
import { MediaId, TemplateId, ChannelId } from '#contract/ids.ts'
import type { Template, TemplateContent } from '#contract/templates.ts'
import { BLANK, contentOf, formOf, nextPlace, type Form } from './form.rules.ts'

const ID = '019aa5d0-7c00-7000-8000-00000000a123'
const template = (content: Partial<TemplateContent>): Template => ({
  ...{ id: TemplateId.parse(ID), channelId: ChannelId.parse(ID), name: 'aviso', language: 'es', category: 'utility' },
  ...{ status: 'draft', reason: null, quality: 'unknown', syncedAt: null, rev: 1 },
  content: {
    ...{ format: 'positional', header: null, body: 'Hola {{1}}.', examples: ['Rosa'], footer: null, buttons: [] },
    unsupported: null,
    ...content,
  },
})
const form = (more: Partial<Form>): Form => ({ ...BLANK, ...more })

test.each<Partial<TemplateContent>>([
  {},
  { header: { kind: 'text', text: 'N.º {{1}}', example: '7' }, footer: 'Gracias' },
  { header: { kind: 'image', sampleMediaId: MediaId.parse(ID) } },
  { format: 'named', body: 'Hola {{cliente}}.', examples: ['Rosa'] },
  { buttons: [{ kind: 'url', text: 'Ver', url: 'https://e.com/{{1}}', example: 'https://e.com/7' }] },
])('what is opened and not touched is what was there', (content) => {
  const opened = template(content)
  expect(contentOf(formOf(opened))).toEqual(opened.content)
})

test('an example stays with its variable while the text around it changes', () => {
  const examples = { 1: 'Rosa', 2: '$ 10' }
  expect(contentOf(form({ body: 'Debe {{2}}, {{1}}.', examples })).examples).toEqual(['$ 10', 'Rosa'])
  expect(contentOf(form({ body: 'Hola {{1}}.', examples })).examples).toEqual(['Rosa'])
})

test('another kind of header forgets nothing that was typed, and sends nothing of it', () => {
  const typed = form({ body: 'Hola.', headerKind: 'none', headerText: 'Aviso' })
  expect(contentOf(typed).header).toBeNull()
  expect(contentOf({ ...typed, headerKind: 'text' }).header).toEqual({ kind: 'text', text: 'Aviso' })
})

test('the next variable has the next number', () => {
  expect([nextPlace(''), nextPlace('Hola {{1}} y {{3}}'), nextPlace('Hola {{cliente}}')]).toEqual(['1', '4', '1'])
})
