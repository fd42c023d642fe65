import { expect, test } from 'vitest'
import type { TemplateContent } from '#contract/templates.ts'
import type { TemplateDraft } from '../channel.ts'
import { aFile, aGupshupLine, fakeWire, says } from '../fake-wire.ts'
import { gupshupChannel } from './gupshup-channel.ts'
import samples from './samples/templates.json'

const { templates } = gupshupChannel
const PARTNER = aGupshupLine({ access: 'partner', apiKey: 'sk_app' })
const APP = 'https://partner.gupshup.io/partner/app/2fa1c7de-5a0b-4c7e-9a44-0d5b1c0e7f10'

const CONTENT: TemplateContent = {
  format: 'positional',
  header: null,
  body: 'Hola {{1}}, su pedido {{2}} está listo.',
  examples: ['Ana', 'A-123'],
  footer: null,
  buttons: [{ kind: 'quick_reply', text: 'Gracias' }],
  unsupported: null,
}
const DRAFT: TemplateDraft = { name: 'pedido', language: 'es', category: 'utility', content: CONTENT, sample: null }

test('the list comes in our words, its samples taken out of the sample text', async () => {
  const { wire, asked } = fakeWire(() => says(200, samples.list))
  const read = await templates.list(aGupshupLine(), wire)
  expect(`${asked[0]?.url}`).toBe('https://api.gupshup.io/wa/app/2fa1c7de-5a0b-4c7e-9a44-0d5b1c0e7f10/template')
  expect(read).toMatchObject({
    ok: true,
    templates: [
      {
        providerId: 'c6aecef6-bcb0-4fb1-8100-28c094e3bc6b',
        ...{ name: 'pedido_listo', status: 'approved', category: 'utility', quality: 'unknown' },
        content: {
          body: 'Hola {{1}}, su pedido {{2}} está listo.',
          examples: ['Rosa', 'A-123'],
          buttons: [{ kind: 'quick_reply' }],
        },
      },
      { name: 'promo', status: 'rejected', reason: 'PROMOTIONAL', content: { header: { kind: 'image' }, unsupported: null } },
      { name: 'sin_meta', content: { body: 'Hola, buenos días', examples: [] } },
      { name: 'carrusel', content: { unsupported: 'CAROUSEL' } },
    ],
  })
})

test('a partner makes, changes and deletes templates by form, with the text filled with its samples', async () => {
  const { wire, asked } = fakeWire(({ method }) =>
    says(200, method === 'POST' ? { status: 'success', template: { id: 'u-1', status: 'PENDING' } } : { status: 'success' }),
  )
  expect(await templates.create(DRAFT, PARTNER, wire)).toEqual({ ok: true, providerId: 'u-1', status: 'pending' })
  expect(await templates.edit('u-1', DRAFT, PARTNER, wire)).toEqual({ ok: true })
  expect(await templates.remove('u-1', 'pedido', PARTNER, wire)).toEqual({ ok: true })
  expect(asked.map(({ method, url }) => `${method} ${url}`)).toEqual([
    `POST ${APP}/templates`,
    `PUT ${APP}/templates/u-1`,
    `DELETE ${APP}/template/pedido`,
  ])
  expect(Object.fromEntries(new URLSearchParams(asked[0]?.text))).toMatchObject({
    ...{ elementName: 'pedido', languageCode: 'es', category: 'UTILITY', templateType: 'TEXT', enableSample: 'true' },
    content: CONTENT.body,
    example: 'Hola [Ana], su pedido [A-123] está listo.',
    buttons: '[{"type":"QUICK_REPLY","text":"Gracias"}]',
  })
})

test('the sample of a header is uploaded first', async () => {
  const content: TemplateContent = { ...CONTENT, header: { kind: 'document' } }
  const { wire, asked } = fakeWire(({ url }) =>
    url.pathname.endsWith('/upload/media')
      ? says(200, { status: 'success', handleId: { message: '4::abc' } })
      : says(200, { status: 'success', template: { id: 'u-1' } }),
  )
  await templates.create({ ...DRAFT, content, sample: aFile('application/pdf', 'a.pdf') }, PARTNER, wire)
  expect(asked[0]?.form?.get('file_type')).toBe('application/pdf')
  expect(new URLSearchParams(asked[1]?.text).get('exampleMedia')).toBe('4::abc')
})

test('who is no partner is sent to Gupshup’s own pages, and nothing is asked', async () => {
  const { wire, asked } = fakeWire(() => says(200, {}))
  const line = aGupshupLine()
  for (const answer of [
    await templates.create(DRAFT, line, wire),
    await templates.edit('u-1', DRAFT, line, wire),
    await templates.remove('u-1', 'pedido', line, wire),
  ]) {
    expect(answer).toMatchObject({ ok: false, where: 'elsewhere' })
  }
  expect(asked).toEqual([])
})

test('a name that is taken is told apart from other refusals', async () => {
  const refused = (message: string) =>
    templates.create(DRAFT, PARTNER, fakeWire(() => says(400, { status: 'error', message })).wire)
  const taken = 'Template Already exists with same namespace and elementName and languageCode'
  expect(await refused(taken)).toMatchObject({ ok: false, where: 'taken' })
  expect(await refused('Invalid example')).toMatchObject({ ok: false, error: { detail: 'Invalid example' } })
})
