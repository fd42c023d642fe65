import { createServer } from 'node:http'
import { expect, test } from 'vitest'
import { fieldsOf, listOf } from './lib/fields.ts'
import { sampleFile } from './samples.ts'
import { aWorld, itemsOf } from './testing.ts'
import type { Hooked } from './testing.ts'

const eventsOf = (got: readonly Hooked[], type: string) =>
  got
    .map(({ body }) => body)
    .filter((body) => body.type === type)
    .map(({ payload }) => fieldsOf(payload))

test("a customer's message comes in the second format, unsigned, with his name", async () => {
  await using world = await aWorld()
  const number = await world.gupshupNumber()
  await world.rosaWrites(number.id, { kind: 'text', text: 'Mañana' })
  const hook = await world.app.until((got) => got[0])
  expect(hook.headers).not.toHaveProperty('x-hub-signature-256')
  expect(hook.body).toMatchObject({
    app: number.appName,
    version: 2,
    type: 'message',
    payload: {
      source: '593987654321',
      type: 'text',
      payload: { text: 'Mañana' },
      sender: { phone: '593987654321', name: 'Rosa Huamán', country_code: '593', dial_code: '987654321' },
    },
  })
})

test('an answer is enqueued, sent and delivered, with the ids moving as the reference tells', async () => {
  await using world = await aWorld()
  const number = await world.gupshupNumber()
  await world.rosaWrites(number.id, { kind: 'text', text: 'hola' })
  const answer = await number.send({ type: 'text', text: 'buenas' })
  expect(answer.status).toBe(202)
  const { messageId } = answer.body
  await world.app.until((got) => eventsOf(got, 'billing-event').length === 1)
  const [enqueued, sent, delivered] = eventsOf(world.app.got, 'message-event')
  expect(enqueued).toMatchObject({ type: 'enqueued', id: messageId, destination: '593987654321' })
  const waId = fieldsOf(enqueued?.payload).whatsappMessageId
  expect(sent).toMatchObject({ type: 'sent', gsId: messageId, id: waId, pricing: { category: 'service' } })
  expect(delivered).toMatchObject({ type: 'delivered', gsId: messageId, id: waId })
})

test('with version 3 the same things come in the words of Meta, with the ids of Gupshup beside', async () => {
  await using world = await aWorld()
  const number = await world.gupshupNumber({ callbackVersion: 3 })
  await world.rosaWrites(number.id, { kind: 'image' })
  const answer = await number.send({ type: 'text', text: 'buenas' })
  await world.app.until((got) => itemsOf(got, 'statuses').some(({ status }) => status === 'delivered'))
  expect(world.app.got[0]?.body).toMatchObject({ object: 'whatsapp_business_account', gs_app_id: number.id })
  const [message] = itemsOf(world.app.got, 'messages')
  expect(String(fieldsOf(message?.image).url)).toContain('/gupshup/filemanager/')
  const statuses = itemsOf(world.app.got, 'statuses')
  expect(statuses.map(({ status }) => status)).toEqual(['enqueued', 'sent', 'delivered'])
  expect(statuses.every((status) => status.gs_id === answer.body.messageId)).toBe(true)
})

test('a file is fetched from the address in the message and reaches the customer', async () => {
  await using world = await aWorld()
  const number = await world.gupshupNumber()
  await world.rosaWrites(number.id, { kind: 'text', text: 'hola' })
  const picture = Buffer.from(sampleFile('image')?.bytes ?? [])
  const files = createServer((request, response) =>
    response
      .writeHead(request.url === '/foto.png' ? 200 : 404, { 'content-type': 'image/png' })
      .end(request.url === '/foto.png' ? picture : ''),
  )
  await new Promise<void>((resolve) => files.listen(0, '127.0.0.1', resolve))
  const address = files.address()
  const base = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
  const image = (name: string) => ({ type: 'image', originalUrl: `${base}/${name}`, previewUrl: `${base}/${name}`, caption: '' })
  await number.send(image('foto.png'))
  await world.app.until((got) => eventsOf(got, 'message-event').some(({ type }) => type === 'delivered'))
  const seen = await world.ask('GET', `/phone/api/messages?customer=593987654321&number=${number.id}`)
  expect(fieldsOf(listOf(seen.body.items)[1]).media).toMatchObject({ mime: 'image/png', size: picture.byteLength })
  await number.send(image('nada.png'))
  const failed = await world.app.until((got) => eventsOf(got, 'message-event').find(({ type }) => type === 'failed'))
  expect(failed.payload).toMatchObject({ code: 1010 })
  await new Promise((resolve) => files.close(resolve))
})

test.each([
  ['a wrong key', { headers: { apikey: 'no' } }, 401, 'Authentication Failed'],
  ['a wrong source', { source: '111111111' }, 400, 'Invalid App Details'],
  ['a destination with a plus sign', { destination: '+593987654321' }, 400, 'Invalid Destination'],
  [
    'a caption that is null',
    { message: JSON.stringify({ type: 'image', originalUrl: 'https://a/b', caption: null }) },
    400,
    /Invalid message/,
  ],
  ['a type that does not exist', { message: JSON.stringify({ type: 'poll' }) }, 400, 'Invalid Message Type'],
  ['a message that is no JSON', { message: 'hola' }, 400, /not JSON/],
])(
  'Gupshup refuses %s',
  async (_what, { headers, ...fields }: { headers?: Record<string, string>; [name: string]: unknown }, status, message) => {
    await using world = await aWorld()
    const number = await world.gupshupNumber()
    const form = new URLSearchParams({
      channel: 'whatsapp',
      source: number.phone,
      destination: '593987654321',
      'src.name': number.appName,
      message: JSON.stringify({ type: 'text', text: 'x' }),
      ...fields,
    })
    const answer = await world.ask('POST', '/gupshup/wa/api/v1/msg', form.toString(), {
      ...number.key,
      'content-type': 'application/x-www-form-urlencoded',
      ...headers,
    })
    expect(answer.status).toBe(status)
    expect(answer.body.message).toMatch(message)
    expect(await world.received('?processed=true')).toEqual([])
  },
)

test('a template goes by its Gupshup id; a wrong number of parameters fails later', async () => {
  await using world = await aWorld()
  const number = await world.gupshupNumber()
  const list = await world.ask('GET', `/gupshup/wa/app/${number.id}/template`, undefined, number.key)
  const template = listOf(list.body.templates)
    .map(fieldsOf)
    .find(({ elementName }) => elementName === 'pedido_listo')
  await number.template({ template: JSON.stringify({ id: template?.id, params: ['Rosa', 'A-1'] }) })
  await number.template({ template: JSON.stringify({ id: template?.id, params: ['Rosa'] }) })
  const failed = await world.app.until((got) => eventsOf(got, 'message-event').find(({ type }) => type === 'failed'))
  expect(failed.payload).toMatchObject({ code: 132000 })
  const { items } = await world.control('GET', `/conversations/${number.id}/593987654321`)
  expect(fieldsOf(listOf(items)[0])).toMatchObject({
    text: 'Hola Rosa, su pedido A-1 está listo para retirar.',
    category: 'utility',
  })
})

test('read, wallet, account and partner calls answer as the reference tells', async () => {
  await using world = await aWorld()
  const number = await world.gupshupNumber({ name: 'Telar' })
  const { id } = await world.rosaWrites(number.id, { kind: 'text', text: 'hola' })
  const read = await world.ask(
    'PUT',
    `/gupshup/wa/app/${number.id}/msg/${encodeURIComponent(String(id))}/read`,
    undefined,
    number.key,
  )
  expect([read.status, read.raw]).toEqual([202, ''])
  const partner = `/gupshup-partner/partner/app/${number.id}`
  const login = await world.ask('POST', '/gupshup-partner/partner/account/login', 'email=a&password=b', {
    'content-type': 'application/x-www-form-urlencoded',
  })
  const token = await world.ask('GET', `${partner}/token`, undefined, { authorization: String(login.body.token) })
  expect(token.body).toMatchObject({ token: { token: number.token, active: true } })
  const auth = { authorization: number.token }
  expect((await world.ask('GET', `${partner}/wallet/balance`, undefined, auth)).body).toMatchObject({
    walletResponse: { currency: 'USD' },
  })
  expect((await world.ask('GET', `${partner}/waba/info`, undefined, auth)).body).toMatchObject({
    wabaInfo: { verifiedName: 'Telar', canSendMessage: 'AVAILABLE' },
  })
  expect((await world.ask('GET', `${partner}/waba/info`, undefined, { authorization: 'no' })).status).toBe(401)
  expect((await number.partnerSend({ type: 'text', text: 'hola' })).body).toMatchObject({ status: 'submitted' })
})

test('a subscription gets only the modes that it asked for, with its own header, after a probe', async () => {
  await using world = await aWorld()
  const number = await world.gupshupNumber({ hookUrl: null })
  const fields = {
    modes: 'MESSAGE,READ',
    tag: 'desk',
    url: `${world.app.origin}/hooks/gupshup/sub`,
    version: '2',
    doCheck: 'true',
    meta: JSON.stringify({ headers: { 'X-Hook-Key': 'k1' } }),
  }
  const added = await number.form('POST', `/wa/app/${number.id}/subscription`, fields)
  expect(added.body).toMatchObject({ subscription: { tag: 'desk', modes: ['MESSAGE', 'READ'] } })
  expect(world.app.got[0]?.body).toMatchObject({ type: 'user-event', payload: { type: 'sandbox-start' } })
  await world.rosaWrites(number.id, { kind: 'text', text: 'hola' })
  await number.send({ type: 'text', text: 'buenas' })
  await world.control('POST', '/customers/593987654321/read', { number: number.id })
  await world.app.until((got) => eventsOf(got, 'message-event').some(({ type }) => type === 'read'))
  expect(eventsOf(world.app.got, 'message-event').map(({ type }) => type)).toEqual(['read'])
  expect(world.app.got.at(-1)?.headers['x-hook-key']).toBe('k1')
})
