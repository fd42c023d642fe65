import { expect, test } from 'vitest'
import { fieldsOf, listOf } from '../lib/fields.ts'
import { aBitrix24, aChannel } from './testing.ts'

async function aLine(more: object = {}) {
  const b24 = await aBitrix24()
  const portal = await b24.aPortal()
  const card = await b24.card()
  const app = await portal.installed(card)
  const channel = await aChannel(app, more)
  return { b24, portal, card, app, channel, [Symbol.asyncDispose]: () => b24[Symbol.asyncDispose]() }
}

const EVENTS = 'MESSAGEADD MESSAGEUPDATE MESSAGEDELETE STATUSDELETE LINEDELETE DIALOGSTART DIALOGFINISH'
  .split(' ')
  .map((name) => `ONIMCONNECTOR${name}`)

async function aBoundLine(more: object = {}) {
  const made = await aLine(more)
  for (const event of EVENTS) await made.app.call('event.bind', { event, handler: `${made.b24.app.origin}/events` })
  return made
}

test('a connector is registered in small letters; what is missing is told with status 200', async () => {
  await using b24 = await aBitrix24()
  const portal = await b24.aPortal()
  const app = await portal.installed(await b24.card())
  const good = { ID: 'WAB24_K3', NAME: 'WhatsApp', ICON: { DATA_IMAGE: 'data:x' }, PLACEMENT_HANDLER: 'http://app.test/c' }
  const register = async (change: object) => (await app.call('imconnector.register', { ...good, ...change })).body.result
  expect(await register({})).toEqual({ result: true })
  expect((await app.call('imconnector.list')).result).toEqual({ wab24_k3: 'WhatsApp', livechat: 'Live Chat' })
  expect(await register({ NAME: 'Lima' })).toEqual({ result: true })
  for (const [change, error] of [
    [{ ID: 'wab24.k3' }, 'APPLICATION_REGISTRATION_ERROR_POINT'],
    [{ ID: '' }, 'CONNECTOR_ID_REQUIRED'],
    [{ NAME: '' }, 'NAME_REQUIRED'],
    [{ ICON: {} }, 'ICON_REQUIRED'],
    [{ PLACEMENT_HANDLER: '' }, 'NO_PLACEMENT_HANDLER'],
  ] as const)
    expect(await register(change)).toMatchObject({ result: false, error })
  expect((await app.call('imconnector.unregister', { ID: 'wab24_k3' })).body.result).toMatchObject({
    error: 'APPLICATION_UNREGISTRATION_ERROR',
  })
})

test('a channel is ready when it is on, connected and registered; without a line it answers for line 0', async () => {
  await using b24 = await aBitrix24()
  const portal = await b24.aPortal()
  const app = await portal.installed(await b24.card())
  const icon = { DATA_IMAGE: 'data:x' }
  await app.call('imconnector.register', { ID: 'wab24_k3', NAME: 'W', ICON: icon, PLACEMENT_HANDLER: 'http://app.test/c' })
  const status = async (more: object) => (await app.call('imconnector.status', { CONNECTOR: 'WAB24_K3', ...more })).result
  expect(await app.call('imconnector.activate', { CONNECTOR: 'wab24_k3', LINE: 7, ACTIVE: '' })).toMatchObject({
    status: 400,
    body: { error: 'ERROR_ARGUMENT', error_description: "Argument 'ACTIVE' is null or empty" },
  })
  expect((await app.call('imconnector.activate', { CONNECTOR: 'wab24_k3', LINE: 7, ACTIVE: 'N' })).result).toBe(true)
  expect(await status({ LINE: 7 })).toEqual({ LINE: 7, CONNECTOR: 'wab24_k3', ERROR: false, CONFIGURED: false, STATUS: false })
  await app.call('imconnector.connector.data.set', { CONNECTOR: 'wab24_k3', LINE: 7, DATA: { NAME: 'W' } })
  expect(await status({ LINE: 7 })).toMatchObject({ CONFIGURED: true, STATUS: true })
  expect(await status({})).toMatchObject({ LINE: 0, STATUS: false })
  await app.call('imconnector.set.error', { CONNECTOR: 'wab24_k3', LINE: 7 })
  expect(await status({ LINE: 7 })).toMatchObject({ ERROR: true, STATUS: false })
})

test('a client’s message opens a chat and a session; each item is answered by itself', async () => {
  await using made = await aLine()
  const { channel, portal } = made
  const told = await channel.send(
    channel.item('Hola'),
    channel.item('Mal', {}, { name: 'Rosa 51987' }),
    channel.item('', { text: '' }),
  )
  expect(told).toMatchObject({ status: 200, result: { SUCCESS: true } })
  const items = listOf(fieldsOf(fieldsOf(told.result).DATA).RESULT).map(fieldsOf)
  expect(items.map(({ SUCCESS }) => SUCCESS)).toEqual([true, false, false])
  expect(items[0]).toMatchObject({
    user: '585',
    message: { id: 'wamid.Hola', date: {}, files: [] },
    chat: { name: 'Rosa Quispe' },
    extra: [],
    session: { ID: '321', CHAT_ID: '1767' },
  })
  expect(listOf(items[1]?.ERRORS)).toHaveLength(1)
  const [bubble] = await portal.rows('bubbles', '?from=client')
  expect(bubble).toMatchObject({ text: 'Hola', externalIds: ['wamid.Hola'] })
  // The time that was given is not the time of the bubble.
  expect(Number(bubble?.at)).toBeGreaterThan(1_772_700_123_000)
})

test('the same message again is another bubble, and another user id another client with his own chat', async () => {
  await using made = await aLine()
  const { channel, portal } = made
  const first = await channel.rosa('Hola')
  const again = await channel.rosa('Hola')
  const other = await channel.rosa('Hola', {}, { id: 'wa-51987000111:2' })
  expect(again.chat).toBe(first.chat)
  expect(other.chat).not.toBe(first.chat)
  expect(await portal.rows('bubbles', '?from=client')).toHaveLength(3)
})

test('a line that is off, a stranger’s connector and a wrong shape are refused as a whole', async () => {
  await using made = await aLine()
  const { app, channel } = made
  const send = async (more: object) =>
    (await app.call('imconnector.send.messages', { CONNECTOR: 'wab24_k3', LINE: 7, MESSAGES: [channel.item('Hola')], ...more }))
      .body
  expect(await send({ LINE: 8 })).toMatchObject({ error: 'NOT_ACTIVE_LINE' })
  expect(await send({ CONNECTOR: 'other' })).toMatchObject({ error: 'IMCONNECTOR_NO_CORRECT_PROVIDER' })
  expect(await send({ MESSAGES: [] })).toMatchObject({
    error: 'ERROR_ARGUMENT',
    error_description: "Argument 'MESSAGES' is null or empty",
  })
  expect(await send({ MESSAGES: 'x' })).toMatchObject({
    error_description: "The value of an argument 'MESSAGES' must be of type array",
  })
  expect(await send({ MESSAGES: ['x'] })).toMatchObject({
    error_description: "The value of an argument 'MESSAGES' must be an array of messages (arrays)",
  })
  expect(await send({ MESSAGES: [{ user: {} }] })).toMatchObject({ error_description: 'Incorrect structure of a message' })
  await app.call('imconnector.activate', { CONNECTOR: 'wab24_k3', LINE: 7, ACTIVE: '0' })
  expect(await send({})).toMatchObject({ error: 'NOT_ACTIVE_LINE' })
})

test('a file that cannot be had is dropped without a word; a message of nothing else fails', async () => {
  await using made = await aLine()
  const { b24, channel, portal } = made
  const good = { url: `${b24.app.origin}/file.png`, name: 'foto.png' }
  const bad = { url: 'http://127.0.0.1:9/no', name: 'no.png' }
  await channel.rosa('Mire', { files: [good, bad] })
  const { answer } = await channel.rosa('', { text: '', files: [bad] })
  expect(answer).toMatchObject({ SUCCESS: false })
  expect((await portal.rows('files')).map(({ name, kind }) => [name, kind])).toEqual([['foto.png', 'image']])
})

test('an operator’s answer is a form: text for every value, no empty lists, the name before the words', async () => {
  await using made = await aBoundLine()
  const { b24, channel, portal, app } = made
  const { chat } = await channel.rosa('Hola')
  await portal.does('write', { chat, text: 'Buenas tardes' })
  const [event] = await b24.events('ONIMCONNECTORMESSAGEADD')
  const [bubble] = await portal.rows('bubbles', '?from=operator')
  expect(event).toMatchObject({
    data: {
      CONNECTOR: 'wab24_k3',
      LINE: '7',
      MESSAGES: [{ im: { chat_id: chat, message_id: String(bubble?.id) }, chat: { id: 'wa-51987000111' } }],
    },
    auth: { member_id: portal.id, application_token: app.applicationToken, user_id: '2' },
  })
  const message = fieldsOf(fieldsOf(listOf(fieldsOf(event?.data).MESSAGES)[0]).message)
  expect(message.user_id).toBe('2')
  expect(message.text).toMatch(/^\[b\]Luis Paz:\[\/b\] ?\[br\] ?Buenas tardes$/)
  expect(Object.keys(message)).toEqual(['user_id', 'text'])
  expect(fieldsOf(event?.auth).refresh_token).toBeUndefined()
})

test('an operator’s picture comes behind two redirects and with #img.jpg; without a User-Agent there is nothing', async () => {
  await using made = await aBoundLine({ NEED_SIGNATURE: false })
  const { b24, channel, portal } = made
  const { chat } = await channel.rosa('Hola')
  await portal.does('write', { chat, files: [{ sample: 'image' }, { sample: 'document' }] })
  const [event] = await b24.events('ONIMCONNECTORMESSAGEADD')
  const message = fieldsOf(fieldsOf(listOf(fieldsOf(event?.data).MESSAGES)[0]).message)
  const [picture, paper] = listOf(message.files).map(fieldsOf)
  expect(picture).toMatchObject({ name: 'foto.png', type: 'image', width: '320', height: '200' })
  expect(paper).toMatchObject({ name: 'comprobante.pdf', type: 'file' })
  const link = String(picture?.link)
  expect(link).toMatch(/\/~[\w-]{5}#img\.jpg$/)
  const hop = await fetch(link, { redirect: 'manual' })
  expect([hop.status, hop.headers.get('location')]).toEqual([302, expect.stringContaining('/pub/im.file.php?FILE_ID=')])
  const second = await fetch(new URL(hop.headers.get('location') ?? '', link), { redirect: 'manual' })
  expect(second.status).toBe(302)
  const bytes = await fetch(link)
  expect([bytes.headers.get('content-type'), (await bytes.arrayBuffer()).byteLength]).toEqual([
    'image/png',
    Number(picture?.size),
  ])
})

test('edits and deletions are told only for what status.delivery gave an id in a list; a deletion’s id is text', async () => {
  await using made = await aBoundLine({ NEED_SIGNATURE: false })
  const { b24, channel, portal, app } = made
  const { chat } = await channel.rosa('Hola')
  const write = async (text: string) => String((await portal.does('write', { chat, text })).id)
  const deliver = (message: string, id: unknown) =>
    app.call('imconnector.send.status.delivery', {
      ...{ CONNECTOR: 'wab24_k3', LINE: 7 },
      MESSAGES: [
        { im: { chat_id: Number(chat), message_id: Number(message) }, message: { id, date: 1 }, chat: { id: 'wa-51987000111' } },
      ],
    })
  const silent = await write('uno')
  const told = await write('dos')
  expect((await deliver(silent, 'wamid.OUT1')).result).toEqual({ SUCCESS: true, DATA: [] })
  await deliver(told, ['wamid.OUT2', 'wamid.OUT3'])
  expect((await portal.rows('bubbles', '?from=operator')).map(({ delivery }) => delivery)).toEqual(['waiting', 'delivered'])
  for (const message of [silent, told]) {
    await portal.does('edit', { message, text: 'corregido' })
    await portal.does('delete', { message })
  }
  const [update, ...more] = await b24.events('ONIMCONNECTORMESSAGEUPDATE')
  expect(more).toEqual([])
  expect(update?.data).toMatchObject({
    MESSAGES: [{ im: { message_id: told }, message: { id: ['wamid.OUT2', 'wamid.OUT3'], text: 'corregido' } }],
  })
  const deleted = await b24.events('ONIMCONNECTORMESSAGEDELETE')
  expect(deleted.map(({ data }) => data)).toMatchObject([{ MESSAGES: [{ message: { id: 'wamid.OUT2' } }] }])
  const { result } = await app.call('imopenlines.session.history.get', { CHAT_ID: chat })
  expect(fieldsOf(fieldsOf(result).message)[silent]).toBeUndefined()
})

test('the history of a session tells which of the operator’s messages have an id outside', async () => {
  await using made = await aBoundLine()
  const { channel, portal, app } = made
  const { chat, session } = await channel.rosa('Hola')
  const message = String((await portal.does('write', { chat, text: 'uno' })).id)
  const params = async () => {
    const { result } = await app.call('imopenlines.session.history.get', { SESSION_ID: session })
    return fieldsOf(fieldsOf(fieldsOf(result).message)[message]).params
  }
  expect(await params()).toEqual([])
  const item = { im: { chat_id: chat, message_id: message }, message: { id: ['wamid.OUT9'] }, chat: { id: 'wa-51987000111' } }
  await app.call('imconnector.send.status.delivery', { CONNECTOR: 'wab24_k3', LINE: 7, MESSAGES: [item] })
  expect(await params()).toEqual({ connectorMid: ['wamid.OUT9'] })
  await app.call('imconnector.send.status.reading', { CONNECTOR: 'wab24_k3', LINE: 7, MESSAGES: [item] })
})

test('a message in an employee’s name comes back as an event, unless echoes are off', async () => {
  await using made = await aBoundLine({ NEED_SIGNATURE: false })
  const { b24, channel, portal } = made
  await channel.rosa('Ya le escribo', { user_id: 2, disable_crm: 'Y' })
  const [event, ...more] = await b24.events('ONIMCONNECTORMESSAGEADD')
  expect(more).toEqual([])
  expect(event?.data).toMatchObject({ MESSAGES: [{ message: { user_id: '2', text: 'Ya le escribo' } }] })
  await portal.settings({ echo: false })
  await channel.rosa('Otra', { user_id: 2 })
  expect(await b24.events('ONIMCONNECTORMESSAGEADD')).toHaveLength(1)
})

test('the client edits and deletes what he wrote, found by its id outside', async () => {
  await using made = await aLine()
  const { channel, portal, app } = made
  await channel.rosa('Hola')
  const parts = { CONNECTOR: 'wab24_k3', LINE: 7 }
  const item = channel.item('Hola')
  await app.call('imconnector.update.messages', {
    ...parts,
    MESSAGES: [{ ...item, message: { ...item.message, text: 'Hola, buenas' } }],
  })
  const unknown = await app.call('imconnector.update.messages', {
    ...parts,
    MESSAGES: [{ ...item, message: { id: 'no', text: 'x' } }],
  })
  expect(fieldsOf(listOf(fieldsOf(fieldsOf(unknown.result).DATA).RESULT)[0]).SUCCESS).toBe(false)
  await app.call('imconnector.delete.messages', {
    ...parts,
    MESSAGES: [{ user: item.user, message: { id: 'wamid.Hola' }, chat: item.chat }],
  })
  expect(await portal.rows('bubbles', '?from=client')).toMatchObject([{ text: 'Hola, buenas', deletedAt: expect.any(Number) }])
})

test('sessions start and end, a line that goes tells its bare number, a connector that leaves tells it in small letters', async () => {
  await using made = await aBoundLine()
  const { b24, channel, portal } = made
  const { chat, session } = await channel.rosa('Hola')
  await portal.does('close', { chat })
  const data = async (name: string) => (await b24.events(name)).map((event) => event.data)
  expect(await data('ONIMCONNECTORDIALOGSTART')).toMatchObject([
    { CONNECTOR: 'wab24_k3', LINE: '7', DATA: [{ session: { id: session, closed: 'N' } }] },
  ])
  expect(await data('ONIMCONNECTORDIALOGFINISH')).toMatchObject([
    { DATA: [{ session: { id: session, closed: 'Y' }, connector: { chat_id: 'wa-51987000111' } }] },
  ])
  await portal.does('disconnect', { connector: 'wab24_k3', line: 7 })
  expect(await data('ONIMCONNECTORSTATUSDELETE')).toEqual([{ connector: 'wab24_k3', line: '7' }])
  await portal.does('delete-line', { line: 7 })
  expect(await data('ONIMCONNECTORLINEDELETE')).toEqual(['7'])
})

test('a handler that fails or is too slow never hears of it again; how long it took is noted', async () => {
  await using made = await aBoundLine()
  const { b24, channel, portal } = made
  const { chat } = await channel.rosa('Hola')
  await b24.events()
  b24.app.answers.push(500)
  await portal.does('write', { chat, text: 'uno' })
  await b24.events()
  const told = await portal.rows('told', '?event=ONIMCONNECTORMESSAGEADD')
  expect(told).toMatchObject([{ status: 500, ms: expect.any(Number) }])
  expect(await b24.events('ONIMCONNECTORMESSAGEADD')).toHaveLength(1)
})

test('on command events are lost, doubled, reordered, or come with holes in their lists', async () => {
  await using made = await aBoundLine({ NEED_SIGNATURE: false })
  const { b24, channel, portal } = made
  const { chat } = await channel.rosa('Hola')
  const what = 'ONIMCONNECTORMESSAGEADD'
  await b24.control('POST', '/mischief', { where: 'events', what, lose: true, next: 1 })
  await portal.does('write', { chat, text: 'perdido' })
  await b24.control('POST', '/mischief', { where: 'events', what, duplicate: 1, next: 1 })
  await portal.does('write', { chat, text: 'doble' })
  await b24.control('POST', '/mischief', { where: 'events', what, reorder: true, next: 1 })
  await portal.does('write', { chat, text: 'primero' })
  await portal.settings({ gaps: true })
  await portal.does('write', { chat, text: 'segundo' })
  const texts = (await b24.events(what)).map(({ data }) => {
    const messages = fieldsOf(data).MESSAGES
    return fieldsOf(fieldsOf(Array.isArray(messages) ? messages[0] : fieldsOf(messages)['1']).message).text
  })
  expect(texts).toEqual(['doble', 'doble', 'segundo', 'primero'])
})

test('the same handler is bound once; another one of the same event tells everything twice', async () => {
  await using made = await aBoundLine()
  const { b24, channel, portal, app } = made
  const bind = { event: 'ONIMCONNECTORMESSAGEADD', handler: `${b24.app.origin}/events` }
  expect((await app.call('event.bind', bind)).status).toBe(400)
  await app.call('event.bind', { ...bind, handler: `${b24.app.origin}/events2` })
  const { chat } = await channel.rosa('Hola')
  await portal.does('write', { chat, text: 'uno' })
  expect(await b24.events('ONIMCONNECTORMESSAGEADD')).toHaveLength(2)
  expect((await app.call('event.unbind', { event: bind.event })).result).toEqual({ count: 2 })
  expect(await app.call('event.bind', { event: 'ONNOTHING', handler: bind.handler })).toMatchObject({
    status: 400,
    body: { error: 'ERROR_EVENT_NOT_FOUND' },
  })
  expect((await app.call('event.unbind')).result).toEqual({ count: EVENTS.length - 1 })
})
