import { expect, test } from 'vitest'
import { fieldsOf, listOf } from './lib/fields.ts'
import { aWorld, itemsOf, statusesOf, valuesOf, wamidIn } from './testing.ts'

test("a customer's message comes signed over its raw bytes, escaped as Meta escapes", async () => {
  await using world = await aWorld()
  const number = await world.metaNumber()
  await world.rosaWrites(number.id, { kind: 'text', text: 'Mañana a/b 😀' })
  const hook = await world.app.until((got) => got[0])
  expect(hook.path).toBe('/hooks/meta/k')
  expect(number.isSigned(hook)).toBe(true)
  expect(hook.raw).toContain('Ma\\u00f1ana a\\/b \\ud83d\\ude00')
  const [value] = valuesOf(hook)
  expect(value).toMatchObject({
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: '593900000001', phone_number_id: number.id },
    contacts: [{ profile: { name: 'Rosa Huamán' }, wa_id: '593987654321', user_id: expect.stringMatching(/^EC\.\d+$/) }],
    messages: [
      { from: '593987654321', timestamp: expect.stringMatching(/^\d{10}$/), type: 'text', text: { body: 'Mañana a/b 😀' } },
    ],
  })
})

test('every kind that a customer can send has the shape of the reference', async () => {
  await using world = await aWorld()
  const { id } = await world.metaNumber()
  const asked = [
    'image',
    'document',
    'voice',
    'location',
    'contacts',
    'button_reply',
    'list_reply',
    'template_reply',
    'form_reply',
    'order',
    'unsupported',
    'number_change',
    'request_welcome',
  ]
  for (const kind of asked)
    await world.rosaWrites(id, { kind, text: 'x', replyId: 'r1', newPhone: '593911111111', formJson: '{"a":1}' })
  const messages = await world.app.until((got) => itemsOf(got, 'messages').length === asked.length && itemsOf(got, 'messages'))
  expect(messages.map(({ type }) => type)).toEqual([
    'image',
    'document',
    'audio',
    'location',
    'contacts',
    'interactive',
    'interactive',
    'button',
    'interactive',
    'order',
    'unsupported',
    'system',
    'request_welcome',
  ])
  expect(messages[2]).toMatchObject({ audio: { voice: true, mime_type: 'audio/ogg; codecs=opus' } })
  expect(messages[5]).toMatchObject({ interactive: { type: 'button_reply', button_reply: { id: 'r1', title: 'x' } } })
  expect(messages[11]).toMatchObject({ from: '593987654321', system: { type: 'user_changed_number', wa_id: '593911111111' } })
  expect(world.app.got.map(valuesOf)[11]?.[0]).not.toHaveProperty('contacts')
})

test('a reaction, an edit and a deletion point at the message; a quotation names its author', async () => {
  await using world = await aWorld()
  const { id } = await world.metaNumber()
  const { id: target } = await world.rosaWrites(id, { kind: 'text', text: 'hola' })
  await world.rosaWrites(id, { kind: 'reaction', target, emoji: '👍' })
  await world.rosaWrites(id, { kind: 'edit', target, text: 'hola a todos' })
  await world.rosaWrites(id, { kind: 'text', text: 'esto', quoted: target })
  await world.rosaWrites(id, { kind: 'revoke', target })
  const messages = await world.app.until((got) => itemsOf(got, 'messages').length === 5 && itemsOf(got, 'messages'))
  expect(messages[1]).toMatchObject({ type: 'reaction', reaction: { message_id: target, emoji: '👍' } })
  expect(messages[2]).toMatchObject({
    type: 'edit',
    edit: { original_message_id: target, message: { text: { body: 'hola a todos' } } },
  })
  expect(messages[3]).toMatchObject({ context: { from: '593987654321', id: target } })
  expect(messages[4]).toMatchObject({ type: 'revoke', revoke: { original_message_id: target } })
})

test('a customer who hides his phone is known by his user id, and can be written to by it', async () => {
  await using world = await aWorld()
  const number = await world.metaNumber()
  await world.rosaWrites(number.id, { kind: 'text', text: 'hola', hidePhone: true, bsuid: 'EC.Rosa1' })
  const hook = await world.app.until((got) => got[0])
  expect(hook.raw).not.toContain('593987654321"')
  expect(itemsOf([hook], 'messages')[0]).toMatchObject({ from_user_id: 'EC.Rosa1' })
  const answer = await number.send({ to: undefined, recipient: 'EC.Rosa1', type: 'text', text: { body: 'hola' } })
  expect(answer.body).toMatchObject({ contacts: [{ input: 'EC.Rosa1', user_id: 'EC.Rosa1' }] })
})

test('an answer is taken, sent, delivered, and read when the customer reads; our id comes back each time', async () => {
  await using world = await aWorld()
  const number = await world.metaNumber()
  await world.rosaWrites(number.id, { kind: 'text', text: 'hola' })
  const answer = await number.text('buenas', { biz_opaque_callback_data: 'ours-1' })
  expect(answer.body).toMatchObject({
    messaging_product: 'whatsapp',
    contacts: [{ input: '+593987654321', wa_id: '593987654321' }],
  })
  const id = wamidIn(answer)
  await world.app.until((got) => statusesOf(got, id).includes('delivered'))
  await world.control('POST', '/customers/593987654321/read', { number: number.id })
  await world.app.until((got) => statusesOf(got, id).includes('read'))
  expect(statusesOf(world.app.got, id)).toEqual(['sent', 'delivered', 'read'])
  expect(itemsOf(world.app.got, 'statuses').every((status) => status.biz_opaque_callback_data === 'ours-1')).toBe(true)
})

test('outside the 24-hour window a free text is taken and fails with 131047; a template passes', async () => {
  await using world = await aWorld()
  const number = await world.metaNumber()
  await world.rosaWrites(number.id, { kind: 'text', text: 'hola' })
  await world.control('POST', '/customers/593987654321/window', { number: number.id, hoursAgo: 25 })
  const late = await number.text('¿sigue ahí?')
  expect(late.status).toBe(200)
  const failed = await world.app.until((got) => itemsOf(got, 'statuses').find(({ status }) => status === 'failed'))
  expect(failed).toMatchObject({ id: wamidIn(late), errors: [{ code: 131047, title: 'Re-engagement message' }] })
  const body = [
    {
      type: 'body',
      parameters: [
        { type: 'text', text: 'Rosa' },
        { type: 'text', text: 'A-1' },
      ],
    },
  ]
  const template = await number.send({
    type: 'template',
    template: { name: 'pedido_listo', language: { code: 'es' }, components: body },
  })
  expect(template.body).toMatchObject({ messages: [{ message_status: 'accepted' }] })
  await world.app.until((got) => statusesOf(got, wamidIn(template)).includes('delivered'))
})

test.each([
  ['no text', { type: 'text', text: {} }, 100],
  ['a text that is too long', { type: 'text', text: { body: 'x'.repeat(4097) } }, 100],
  ['a field that does not exist', { type: 'text', text: { body: 'x', colour: 'red' } }, 100],
  ['a type that does not exist', { type: 'telegram' }, 100],
  ['both an id and a link', { type: 'image', image: { id: '1', link: 'https://a/b.png' } }, 100],
  ['a file that is not there', { type: 'image', image: { id: '123' } }, 100],
  [
    'four buttons',
    {
      type: 'interactive',
      interactive: {
        type: 'button',
        body: { text: 'x' },
        action: { buttons: Array.from({ length: 4 }, (_, index) => ({ type: 'reply', reply: { id: `${index}`, title: 'x' } })) },
      },
    },
    100,
  ],
  ['a template that does not exist', { type: 'template', template: { name: 'nada', language: { code: 'es' } } }, 132001],
  [
    'too few parameters',
    { type: 'template', template: { name: 'pedido_listo', language: { code: 'es' }, components: [] } },
    132000,
  ],
  ['a paused template', { type: 'template', template: { name: 'oferta_pausada', language: { code: 'es' } } }, 132015],
  [
    'a header without its file',
    {
      type: 'template',
      template: {
        name: 'comprobante',
        language: { code: 'es' },
        components: [{ type: 'body', parameters: [{ type: 'text', text: 'x' }] }],
      },
    },
    132012,
  ],
  ['a reaction to nothing', { type: 'reaction', reaction: { message_id: 'wamid.x', emoji: '👍' } }, 131009],
  ['a wrong phone', { to: 'Rosa', type: 'text', text: { body: 'x' } }, 131009],
  ['oneself', { to: '593900000001', type: 'text', text: { body: 'x' } }, 131021],
])('Graph refuses %s', async (_what, body, code) => {
  await using world = await aWorld()
  const number = await world.metaNumber()
  const answer = await number.send(body)
  expect(answer.status).toBeGreaterThanOrEqual(400)
  expect(answer.body.error).toMatchObject({ code, type: 'OAuthException', fbtrace_id: expect.any(String) })
  expect(await world.received('?processed=true')).toEqual([])
})

test('a wrong token is 190, and a number of somebody else does not exist', async () => {
  await using world = await aWorld()
  const number = await world.metaNumber()
  const other = await world.metaNumber({ phone: '593900000003' })
  const wrong = await world.ask('GET', `${number.base}`, undefined, { authorization: 'Bearer no' })
  expect(wrong.status).toBe(401)
  expect(wrong.body.error).toMatchObject({ code: 190 })
  const foreign = await world.ask(
    'POST',
    `${other.base}/messages`,
    { messaging_product: 'whatsapp', to: '593987654321', text: { body: 'x' } },
    number.auth,
  )
  expect(foreign.body.error).toMatchObject({ code: 100, error_subcode: 33 })
})

test('a file goes up and comes down: the address is good with the token alone, and for five minutes', async () => {
  let now = Date.now()
  await using world = await aWorld({ now: () => now })
  const number = await world.metaNumber()
  const form = new FormData()
  form.set('messaging_product', 'whatsapp')
  form.set('file', new Blob(['%PDF-1.4 hola'], { type: 'application/pdf' }), 'hola.pdf')
  const uploaded = await world.ask('POST', `${number.base}/media`, form, number.auth)
  const described = await number.get(`${String(uploaded.body.id)}?phone_number_id=${number.id}`)
  expect(described.body).toMatchObject({
    mime_type: 'application/pdf',
    file_size: 13,
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
  })
  const path = String(described.body.url).replace(world.sim.origin, '')
  expect((await world.ask('GET', path, undefined, number.auth)).raw).toBe('%PDF-1.4 hola')
  expect((await world.ask('GET', path)).status).toBe(401)
  now += 6 * 60_000
  expect((await world.ask('GET', path, undefined, number.auth)).status).toBe(404)
  const other = await world.metaNumber({ phone: '593900000003' })
  expect((await world.ask('GET', `/meta/v25.0/${String(uploaded.body.id)}`, undefined, other.auth)).body.error).toMatchObject({
    code: 100,
  })
})

test('a picture that the customer sent is read by its id, as many bytes as it had', async () => {
  await using world = await aWorld()
  const number = await world.metaNumber()
  const bytes = Buffer.from('not really a jpeg')
  await world.rosaWrites(number.id, { kind: 'image', mediaBase64: bytes.toString('base64'), mime: 'image/jpeg', text: 'mire' })
  const [message] = await world.app.until((got) => itemsOf(got, 'messages').length === 1 && itemsOf(got, 'messages'))
  const image = fieldsOf(message?.image)
  expect(image).toMatchObject({ caption: 'mire', mime_type: 'image/jpeg' })
  const { url } = (await number.get(String(image.id))).body
  expect((await world.ask('GET', String(url).replace(world.sim.origin, ''), undefined, number.auth)).raw).toBe(
    'not really a jpeg',
  )
})

test('marking as read colours the ticks of everything before, and shows typing', async () => {
  await using world = await aWorld()
  const number = await world.metaNumber()
  await world.rosaWrites(number.id, { kind: 'text', text: 'uno' })
  const { id } = await world.rosaWrites(number.id, { kind: 'text', text: 'dos' })
  const answer = await number.send({ to: undefined, status: 'read', message_id: id, typing_indicator: { type: 'text' } })
  expect(answer.body).toEqual({ success: true })
  const { items } = await world.control('GET', `/conversations/${number.id}/593987654321`)
  expect(listOf(items).map((item) => fieldsOf(item).progress)).toEqual(['read', 'read'])
  const chats = await world.ask('GET', '/phone/api/chats?customer=593987654321')
  expect(fieldsOf(listOf(chats.body.items)[0]).typingUntil).toBeGreaterThan(Date.now() + 20_000)
})

test('the number, its account and its templates can be asked about', async () => {
  await using world = await aWorld()
  const number = await world.metaNumber({ name: 'Crédito Loja' })
  expect((await number.get(`${number.id}?fields=verified_name,status`)).body).toEqual({
    verified_name: 'Crédito Loja',
    status: 'CONNECTED',
    id: number.id,
  })
  expect(listOf((await number.get(`${number.wabaId}/phone_numbers`)).body.data)).toHaveLength(1)
  const templates = listOf((await number.get(`${number.wabaId}/message_templates?limit=100`)).body.data).map(fieldsOf)
  expect(templates.find(({ name }) => name === 'pedido_listo')).toMatchObject({
    status: 'APPROVED',
    components: expect.arrayContaining([expect.objectContaining({ type: 'BODY' })]),
  })
})

test('subscribing with an address asks it for the challenge first', async () => {
  await using world = await aWorld()
  const number = await world.metaNumber({ hookUrl: null })
  const body = { override_callback_uri: `${world.app.origin}/hooks/meta/new`, verify_token: 'v1' }
  expect((await world.ask('POST', `/meta/v25.0/${number.wabaId}/subscribed_apps`, body, number.auth)).body).toEqual({
    success: true,
  })
  expect(world.app.got[0]?.path).toContain('hub.verify_token=v1')
  await world.rosaWrites(number.id, { kind: 'text', text: 'hola' })
  expect((await world.app.until((got) => got.find(({ raw }) => raw !== ''))).path).toBe('/hooks/meta/new')
})
