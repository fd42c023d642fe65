import { expect, test } from 'vitest'
import * as z from 'zod'
import type { TemplateContent } from '#contract/templates.ts'
import type { TemplateDraft } from '../channel.ts'
import { aFile, aMetaLine, fakeWire, fetchFailed, says, type Say } from '../fake-wire.ts'
import samples from './samples/templates.json'
import { metaChannel } from './meta-channel.ts'

const WABA = '102290129340398'
const LINE = aMetaLine({ wabaId: WABA })
const HEAD = 'https://graph.facebook.com/v25.0'
const { templates } = metaChannel

const CONTENT: TemplateContent = {
  format: 'positional',
  header: { kind: 'text', text: 'Pedido {{1}}', example: 'A-123' },
  body: 'Hola {{1}}, su pedido {{2}} está listo.',
  examples: ['Ana', 'A-123'],
  footer: 'Gracias',
  buttons: [
    { kind: 'quick_reply', text: 'Gracias' },
    { kind: 'url', text: 'Ver', url: 'https://example.com/p/{{1}}', example: 'https://example.com/p/A-123' },
  ],
  unsupported: null,
}
const DRAFT: TemplateDraft = { name: 'pedido', language: 'es', category: 'utility', content: CONTENT, sample: null }

async function listed(...pages: unknown[]) {
  let page = 0
  const { wire, asked } = fakeWire(() => says(200, pages[page++]))
  return { read: await templates.list(LINE, wire), asked }
}

test('the list is read page by page, in our words', async () => {
  const { read, asked } = await listed(samples['first-page'], samples['last-page'])
  expect(asked.map(({ url }) => url.searchParams.get('after'))).toEqual([null, 'MTAw'])
  expect(read).toMatchObject({
    ok: true,
    templates: [
      { providerId: '1689556908129832', name: 'pedido_listo', status: 'approved', quality: 'green', reason: null },
      { name: 'cita_confirmada', category: 'utility', content: { format: 'named', examples: ['Rosa', 'lunes 10:00'] } },
      { name: 'aviso_rechazado', status: 'rejected', reason: 'PROMOTIONAL', quality: 'unknown' },
    ],
  })
})

test('what is written as a template is read back as it was; a carousel is shown and not sent', async () => {
  const asked = await created(DRAFT)
  const { components } = z.object({ components: z.array(z.unknown()) }).parse(asked.at(-1)?.body)
  const { read } = await listed({
    data: [{ id: '1', name: 'x', language: 'es', status: 'APPROVED', category: 'UTILITY', components }],
  })
  expect(read).toMatchObject({ templates: [{ content: CONTENT }] })
  expect((await listed(samples['last-page'])).read).toMatchObject({ templates: [{ content: { unsupported: null } }] })
  expect((await listed(samples.carousel)).read).toMatchObject({ templates: [{ content: { unsupported: 'CAROUSEL' } }] })
})

async function created(draft: TemplateDraft, say: Say = () => says(200, { id: '77', status: 'PENDING', category: 'UTILITY' })) {
  const { wire, asked } = fakeWire(say)
  expect(await templates.create(draft, LINE, wire)).toEqual({ ok: true, providerId: '77', status: 'pending' })
  return asked
}

test('a new template goes with a sample of each variable', async () => {
  const [asked] = await created(DRAFT)
  expect(`${asked?.url}`).toBe(`${HEAD}/${WABA}/message_templates`)
  expect(asked?.body).toEqual({
    ...{ name: 'pedido', language: 'es', category: 'UTILITY', parameter_format: 'POSITIONAL' },
    components: [
      { type: 'HEADER', format: 'TEXT', text: 'Pedido {{1}}', example: { header_text: ['A-123'] } },
      { type: 'BODY', text: CONTENT.body, example: { body_text: [['Ana', 'A-123']] } },
      { type: 'FOOTER', text: 'Gracias' },
      {
        type: 'BUTTONS',
        buttons: [
          { type: 'QUICK_REPLY', text: 'Gracias' },
          { type: 'URL', text: 'Ver', url: 'https://example.com/p/{{1}}', example: ['https://example.com/p/A-123'] },
        ],
      },
    ],
  })
})

test('the sample of a header in pictures is uploaded first, and named by its handle', async () => {
  const content = { ...CONTENT, header: { kind: 'image' as const } }
  const asked = await created({ ...DRAFT, content, sample: aFile('image/png', 'foto.png') }, ({ url }) => {
    if (url.pathname.endsWith('/app/uploads')) return says(200, { id: 'upload:abc?sig=x' })
    return url.pathname.includes('upload:') ? says(200, { h: '4::aW1hZ2U=' }) : says(200, { id: '77', status: 'PENDING' })
  })
  expect(asked.map(({ url }) => url.pathname)).toEqual([
    '/v25.0/app/uploads',
    '/v25.0/upload:abc',
    `/v25.0/${WABA}/message_templates`,
  ])
  expect(asked[1]?.headers.get('authorization')).toBe('OAuth EAAG-token')
  expect(asked[2]?.body).toMatchObject({
    components: [{ type: 'HEADER', format: 'IMAGE', example: { header_handle: ['4::aW1hZ2U='] } }, {}, {}, {}],
  })
})

test('a change goes to the template itself; deleting names one language only', async () => {
  const { wire, asked } = fakeWire(() => says(200, { success: true }))
  expect(await templates.edit('77', DRAFT, LINE, wire)).toEqual({ ok: true })
  expect(await templates.remove('77', 'pedido', LINE, wire)).toEqual({ ok: true })
  expect(asked.map(({ method, url }) => `${method} ${url}`)).toEqual([
    `POST ${HEAD}/77`,
    `DELETE ${HEAD}/${WABA}/message_templates?name=pedido&hsm_id=77`,
  ])
  expect(asked[0]?.body).not.toHaveProperty('category')
})

test('a refusal comes in Meta’s own words; a name that is taken is told apart; a lost answer leaves it open', async () => {
  const refused = (body: unknown, status = 400) => templates.create(DRAFT, LINE, fakeWire(() => says(status, body)).wire)
  expect(await refused(samples.refused)).toMatchObject({
    ok: false,
    lost: false,
    error: { detail: 'Mensaje no válido. Faltan ejemplos de las variables' },
  })
  expect(await refused(samples.taken)).toMatchObject({ ok: false, where: 'taken' })
  const broken = fakeWire(() => {
    throw fetchFailed('ECONNRESET')
  })
  expect(await templates.create(DRAFT, LINE, broken.wire)).toMatchObject({ ok: false, lost: true })
})

test('without the account’s id nothing is asked, and it is said', async () => {
  const { wire, asked } = fakeWire(() => says(200, {}))
  expect(await templates.list(aMetaLine(), wire)).toMatchObject({ ok: false, where: 'account_id' })
  expect(asked).toEqual([])
})
