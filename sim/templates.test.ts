import { expect, test } from 'vitest'
import { fieldsOf, listOf } from './lib/fields.ts'
import { aWorld, valuesOf } from './testing.ts'
import type { Hooked } from './testing.ts'

const body = (text: string) => ({
  ...{ name: 'aviso', language: 'es', category: 'UTILITY', parameter_format: 'POSITIONAL' },
  components: [{ type: 'BODY', text, example: { body_text: [['Rosa']] } }],
})
const events = (got: readonly Hooked[]) => got.flatMap(valuesOf).map(({ event }) => event)

test('at Meta a template is handed in, approved by webhook, listed, changed and deleted', async () => {
  await using world = await aWorld()
  const number = await world.metaNumber()
  const path = `/meta/v25.0/${number.wabaId}/message_templates`
  const made = await world.ask('POST', path, body('Hola {{1}}, buenos días.'), number.auth)
  expect(made.body).toMatchObject({ status: 'PENDING' })
  expect((await world.ask('POST', path, body('Hola {{1}}, otra vez.'), number.auth)).body).toMatchObject({
    error: { error_subcode: 2388024 },
  })
  const hook = await world.app.until((got) => got.find((each) => events([each]).includes('APPROVED')))
  expect(number.isSigned(hook)).toBe(true)
  const listed = async () =>
    listOf((await number.get(`${number.wabaId}/message_templates?name=aviso&limit=100`)).body.data)
      .map(fieldsOf)
      .filter(({ name }) => name === 'aviso')
  expect(await listed()).toMatchObject([{ status: 'APPROVED', rejected_reason: 'NONE' }])
  await world.ask(
    'POST',
    `/meta/v25.0/${String(made.body.id)}`,
    { components: body('Gane dinero, {{1}}.').components },
    number.auth,
  )
  await world.app.until((got) => events(got).includes('REJECTED'))
  expect(await listed()).toMatchObject([{ status: 'REJECTED', rejected_reason: 'PROMOTIONAL' }])
  await world.ask('DELETE', `${path}?name=aviso`, undefined, number.auth)
  expect(await listed()).toEqual([])
})

test('variables without samples are refused in words', async () => {
  await using world = await aWorld()
  const number = await world.metaNumber()
  const bare = { ...body('Hola {{1}}.'), components: [{ type: 'BODY', text: 'Hola {{1}}.' }] }
  const answer = await world.ask('POST', `/meta/v25.0/${number.wabaId}/message_templates`, bare, number.auth)
  expect(answer).toMatchObject({ status: 400, body: { error: { error_user_msg: expect.stringContaining('sample') } } })
})

test('at Gupshup a partner does the same by form, and hears of it in the second format', async () => {
  await using world = await aWorld()
  const number = await world.gupshupNumber()
  const form = { elementName: 'aviso', languageCode: 'es', category: 'UTILITY', templateType: 'TEXT', vertical: 'aviso' }
  const text = { content: 'Hola {{1}}, buenos días.', example: 'Hola [Rosa], buenos días.' }
  const headers = { authorization: number.token, 'content-type': 'application/x-www-form-urlencoded' }
  const path = `/gupshup-partner/partner/app/${number.id}/templates`
  const made = await world.ask('POST', path, new URLSearchParams({ ...form, ...text }).toString(), headers)
  expect(made.body).toMatchObject({ status: 'success', template: { status: 'PENDING', elementName: 'aviso' } })
  const news = await world.app.until((got) => got.find((each) => each.body.type === 'template-event'))
  expect(news.body).toMatchObject({ payload: { type: 'status-update', status: 'approved', elementName: 'aviso' } })
})

test('WhatsApp changes its mind when it is told to', async () => {
  await using world = await aWorld()
  const number = await world.metaNumber()
  await world.control('PUT', '/templates', { number: number.id, name: 'pedido_listo', status: 'PAUSED', quality: 'RED' })
  const got = await world.app.until((all) => (all.flatMap(valuesOf).length >= 2 ? all : undefined))
  expect(got.flatMap(valuesOf)).toMatchObject([{ event: 'PAUSED' }, { new_quality_score: 'RED' }])
})

test('a header in pictures needs the handle of an upload', async () => {
  await using world = await aWorld()
  const number = await world.metaNumber()
  const about = 'file_length=3&file_type=image%2Fpng&file_name=a.png'
  const opened = await world.ask('POST', `/meta/v25.0/app/uploads?${about}`, undefined, number.auth)
  const taken = await world.ask('POST', `/meta/v25.0/${String(opened.body.id)}`, 'abc', { ...number.auth, file_offset: '0' })
  const withHeader = (handles: unknown[]) => ({
    ...body('Hola {{1}}, mire.'),
    components: [
      { type: 'HEADER', format: 'IMAGE', example: { header_handle: handles } },
      { type: 'BODY', text: 'Hola {{1}}, mire.', example: { body_text: [['Rosa']] } },
    ],
  })
  const path = `/meta/v25.0/${number.wabaId}/message_templates`
  expect((await world.ask('POST', path, withHeader([]), number.auth)).status).toBe(400)
  expect((await world.ask('POST', path, withHeader([taken.body.h]), number.auth)).body).toMatchObject({ status: 'PENDING' })
})
