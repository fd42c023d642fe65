import { expect, test } from 'vitest'
import { fieldsOf } from '../lib/fields.ts'
import { aBitrix24, aChannel } from './testing.ts'

async function aLine() {
  const b24 = await aBitrix24()
  const portal = await b24.aPortal()
  const app = await portal.installed(await b24.card())
  for (const event of ['ONIMCONNECTORMESSAGEADD', 'ONCRMLEADADD', 'ONCRMLEADUPDATE'])
    await app.call('event.bind', { event, handler: `${b24.app.origin}/events` })
  return { b24, portal, app, channel: await aChannel(app), [Symbol.asyncDispose]: () => b24[Symbol.asyncDispose]() }
}

test('a line is made, changed and deleted over REST; one that is not there is false', async () => {
  await using b24 = await aBitrix24()
  const portal = await b24.aPortal()
  const app = await portal.installed(await b24.card())
  const PARAMS = {
    LINE_NAME: 'Ventas',
    QUEUE: [
      { ENTITY_TYPE: 'user', ENTITY_ID: '3' },
      { ENTITY_TYPE: 'department', ENTITY_ID: '2' },
    ],
    CRM_CREATE: 'deal',
  }
  const { result: id } = await app.call('imopenlines.config.add', { PARAMS })
  expect(id).toBe(8)
  const { result } = await app.call('imopenlines.config.get', { CONFIG_ID: id })
  expect(result).toMatchObject({ ID: '8', LINE_NAME: 'Ventas', ACTIVE: 'Y', CRM_CREATE: 'deal', CRM: 'Y', DATE_CREATE: {} })
  expect(fieldsOf(result).QUEUE).toContain('3')
  await app.call('imopenlines.config.update', { CONFIG_ID: id, PARAMS: { ACTIVE: 'N' } })
  const list = await app.call('imopenlines.config.list.get', {
    PARAMS: { filter: { ACTIVE: 'N' } },
    OPTIONS: { CONFIG_QUEUE: 'Y' },
  })
  expect(list.result).toMatchObject([
    { ID: '8', CONFIG_QUEUE: [{ ENTITY_ID: '3', ENTITY_TYPE: 'user' }, { ENTITY_TYPE: 'department' }] },
  ])
  await app.call('imopenlines.config.delete', { CONFIG_ID: id })
  expect((await app.call('imopenlines.config.get', { CONFIG_ID: id })).result).toBe(false)
})

test('a dialog tells its user code, its card and its session in the places where the portal puts them', async () => {
  await using made = await aLine()
  const { chat, session } = await made.channel.rosa('Hola')
  const get = async (by: object) => fieldsOf((await made.app.call('imopenlines.dialog.get', by)).result)
  const dialog = await get({ CHAT_ID: chat })
  expect(dialog).toMatchObject({ entity_id: 'wab24_k3|7|wa-51987000111|585', dialog_id: `chat${chat}`, entity_type: 'LINES' })
  expect(String(dialog.entity_data_1).split('|').slice(0, 6)).toEqual(['Y', 'LEAD', '1205', 'N', 'N', session])
  expect(dialog.entity_data_2).toBe('LEAD|1205|COMPANY|0|CONTACT|0|DEAL|0')
  for (const by of [{ DIALOG_ID: `chat${chat}` }, { SESSION_ID: session }, { USER_CODE: 'wab24_k3|7|wa-51987000111|585' }])
    expect((await get(by)).id).toBe(dialog.id)
  expect((await made.app.call('imopenlines.session.open', { USER_CODE: 'wab24_k3|7|wa-51987000111|585' })).result).toEqual({
    chatId: chat,
  })
  expect((await made.app.call('imopenlines.session.open', { USER_CODE: 'none' })).body.error).toBe('ACCESS_DENIED')
})

test('a new client makes a lead once; without his phone every new user id makes another one', async () => {
  await using made = await aLine()
  const { b24, channel, portal } = made
  await channel.rosa('Hola')
  await channel.rosa('¿Hay alguien?')
  // The same phone under another id is recognised.
  await channel.rosa('Hola', {}, { id: 'wa-51987000111@lid' })
  expect(await portal.rows('items')).toHaveLength(1)
  await channel.rosa('Hola', {}, { id: 'x1', phone: '' })
  await channel.rosa('Hola', {}, { id: 'x2', phone: '' })
  const items = await portal.rows('items')
  expect(items.map(({ typeId }) => typeId)).toEqual([1, 1, 1])
  expect(items[0]).toMatchObject({
    fields: { title: 'Rosa Quispe - Atención al cliente', sourceId: '7|WAB24_K3', assignedById: 2 },
  })
  expect((await b24.events('ONCRMLEADADD')).map(({ data }) => data)).toMatchObject([
    { FIELDS: { ID: '1205' } },
    { FIELDS: { ID: '1206' } },
    { FIELDS: { ID: '1207' } },
  ])
})

test('a client whose phone a contact has is attached to him and to his open deal; disable_crm keeps the tracker out', async () => {
  await using made = await aLine()
  const { channel, portal } = made
  const fm = [{ typeId: 'PHONE', valueType: 'WORK', value: '51 987-000-111' }]
  await portal.does('item', { typeId: 3, fields: { name: 'Rosa', fm } })
  await portal.does('item', { typeId: 2, fields: { title: 'Pedido', contactId: 88 } })
  await channel.rosa('Nota', { disable_crm: 'Y' })
  expect((await portal.rows('dialogs'))[0]?.crm).toEqual({ LEAD: 0, DEAL: 0, CONTACT: 0, COMPANY: 0 })
  await channel.rosa('Hola')
  expect((await portal.rows('dialogs'))[0]?.crm).toEqual({ LEAD: 0, DEAL: 540, CONTACT: 88, COMPANY: 0 })
  expect(await portal.rows('items')).toHaveLength(2)
})

test('a transfer hands over the dialog and the card with it', async () => {
  await using made = await aLine()
  const { app, channel, portal, b24 } = made
  const { chat } = await channel.rosa('Hola')
  expect((await app.call('imopenlines.operator.transfer', { CHAT_ID: chat })).body.error).toBe('TRANSFER_ID_EMPTY')
  expect((await app.call('imopenlines.operator.transfer', { CHAT_ID: chat, USER_ID: 99 })).body.error).toBe('OPERATOR_WRONG')
  expect((await app.call('imopenlines.operator.transfer', { CHAT_ID: chat, TRANSFER_ID: 3 })).result).toBe(true)
  expect((await portal.rows('dialogs'))[0]).toMatchObject({ ownerId: 3, members: [2, 3] })
  expect((await portal.rows('items'))[0]).toMatchObject({ fields: { assignedById: 3 } })
  expect(await b24.events('ONCRMLEADUPDATE')).toHaveLength(1)
})

test('after a dialog is finished the next word opens another session with the card’s responsible employee', async () => {
  await using made = await aLine()
  const { app, channel, portal } = made
  await portal.does('line', { line: 7, queue: [2, 3] })
  const first = await channel.rosa('Hola')
  await app.call('imopenlines.operator.transfer', { CHAT_ID: first.chat, TRANSFER_ID: 3 })
  await app.call('imopenlines.operator.finish', { CHAT_ID: first.chat })
  const second = await channel.rosa('Hola otra vez')
  expect([second.chat, second.session]).toEqual([first.chat, '322'])
  expect((await portal.rows('sessions')).map(({ status, operatorId }) => [status, operatorId])).toEqual([
    ['closed', 3],
    ['new', 3],
  ])
})

test('while a rating is awaited, a text that is 1 or 0 is the rating; the line’s own words have no author', async () => {
  await using made = await aLine()
  const { b24, channel, portal } = made
  await portal.does('line', { line: 7, params: { VOTE_MESSAGE: 'Y' } })
  const { chat } = await channel.rosa('Hola')
  await portal.does('close', { chat })
  await channel.rosa('1')
  expect((await portal.rows('sessions')).map(({ vote }) => vote)).toEqual(['like'])
  const next = await channel.rosa('1 kilo de arroz')
  expect(next.session).toBe('322')
  const told = await b24.events('ONIMCONNECTORMESSAGEADD')
  expect(told).toHaveLength(2)
  expect(told.every(({ data }) => !JSON.stringify(data).includes('user_id'))).toBe(true)
})

test('two portals with the same client stay apart', async () => {
  await using b24 = await aBitrix24()
  const card = await b24.card()
  const [one, two] = [await b24.aPortal(), await b24.aPortal({ name: 'Otra' })]
  const [first, second] = [await one.installed(card), await two.installed(card)]
  await (await aChannel(first)).rosa('Hola')
  await (await aChannel(second)).rosa('Buenas')
  expect([await one.rows('bubbles', '?from=client'), await two.rows('bubbles', '?from=client')]).toMatchObject([
    [{ text: 'Hola' }],
    [{ text: 'Buenas' }],
  ])
  expect((await two.call(first.auth, 'profile')).body.error).toBe('invalid_token')
})
