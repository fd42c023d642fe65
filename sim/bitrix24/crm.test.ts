import { expect, test } from 'vitest'
import { fieldsOf, listOf } from '../lib/fields.ts'
import { aBitrix24, aChannel } from './testing.ts'

async function anApp() {
  const b24 = await aBitrix24()
  const portal = await b24.aPortal()
  const app = await portal.installed(await b24.card())
  return { b24, portal, app, [Symbol.asyncDispose]: () => b24[Symbol.asyncDispose]() }
}

const PHONE = [{ typeId: 'PHONE', valueType: 'MOBILE', value: '+51987000111' }]

test('something is added, read, changed and deleted; each touch is told by its number alone', async () => {
  await using made = await anApp()
  const { app, b24 } = made
  for (const event of ['ONCRMCONTACTADD', 'ONCRMCONTACTUPDATE', 'ONCRMCONTACTDELETE'])
    await app.call('event.bind', { event, handler: `${b24.app.origin}/events` })
  const added = await app.call('crm.item.add', { entityTypeId: 3, fields: { name: 'Rosa', fm: PHONE } })
  expect(added.result).toMatchObject({
    item: { id: 88, name: 'Rosa', assignedById: 1, hasPhone: 'Y', fm: [{ value: '+51987000111' }] },
  })
  const [{ id: fm = 0 } = {}] = listOf(fieldsOf(fieldsOf(added.result).item).fm).map(fieldsOf)
  const update = { fm: { [String(fm)]: { value: '' }, n0: { typeId: 'PHONE', value: '+51999000222' } } }
  const changed = await app.call('crm.item.update', { entityTypeId: 3, id: 88, fields: update })
  expect(changed.result).toMatchObject({ item: { fm: [{ value: '+51999000222' }] } })
  expect((await app.call('crm.item.get', { entityTypeId: 3, id: 99 })).body.error).toBe('NOT_FOUND')
  expect((await app.call('crm.item.delete', { entityTypeId: 3, id: 88 })).result).toEqual([])
  const told = await b24.events()
  expect(told.slice(-3).map(({ event, data }) => [event, data])).toEqual(
    ['ADD', 'UPDATE', 'DELETE'].map((did) => [`ONCRMCONTACT${did}`, { FIELDS: { ID: '88' } }]),
  )
})

test('a list is filtered by prefixes, lists and OR, ordered, and paged; fm comes with "*" alone', async () => {
  await using made = await anApp()
  const { app, portal } = made
  await portal.does('item', { typeId: 3, fields: { name: 'Rosa', fm: PHONE } })
  for (const [title, stageId, opportunity] of [
    ['Uno', 'NEW', 100],
    ['Dos', 'WON', 250],
    ['Tres', 'C4:NEW', 900],
  ])
    await portal.does('item', { typeId: 2, fields: { title, stageId, opportunity, contactId: 88 } })
  const titles = async (filter: object, more: object = {}) => {
    const { result, body } = await app.call('crm.item.list', { entityTypeId: 2, select: ['id', 'title'], filter, ...more })
    return [listOf(fieldsOf(result).items).map((one) => fieldsOf(one).title), body.total]
  }
  expect(await titles({ contactId: 88, '!@stageId': ['WON', 'LOSE'] }, { order: { id: 'DESC' } })).toEqual([['Tres', 'Uno'], 2])
  expect(await titles({ '>opportunity': 100, '<=opportunity': 900 })).toEqual([['Dos', 'Tres'], 2])
  expect(await titles({ '%title': 'o' })).toEqual([['Uno', 'Dos'], 2])
  expect(await titles({ 0: { logic: 'OR', 0: { title: 'Uno' }, 1: { title: 'Tres' } } })).toEqual([['Uno', 'Tres'], 2])
  const contacts = async (select: string[]) => (await app.call('crm.item.list', { entityTypeId: 3, select })).result
  expect(await contacts(['id', 'fm'])).toEqual({ items: [{ id: 88 }] })
  expect(await contacts(['*'])).toMatchObject({ items: [{ id: 88, fm: [{ value: '+51987000111' }] }] })
})

test('who has a phone is found by its digits; nobody is an empty list, and errors are sentences', async () => {
  await using made = await anApp()
  const { app, portal } = made
  await portal.does('item', { typeId: 3, fields: { name: 'Rosa', fm: PHONE } })
  await portal.does('item', { typeId: 1, fields: { title: 'Rosa', fm: PHONE } })
  const find = (params: object) => app.call('crm.duplicate.findbycomm', params)
  expect((await find({ type: 'PHONE', values: ['51 987-000-111 ext 5'] })).result).toEqual({ LEAD: [1205], CONTACT: [88] })
  expect((await find({ type: 'PHONE', values: ['+51987000111'], entity_type: 'CONTACT' })).result).toEqual({ CONTACT: [88] })
  expect((await find({ type: 'PHONE', values: ['987000111'] })).result).toEqual([])
  expect((await find({ values: ['1'] })).body).toMatchObject({
    error: '',
    error_description: 'Communication type is not defined',
  })
})

test('funnels, stages, sources and the mode of the CRM', async () => {
  await using made = await anApp()
  const { app, portal } = made
  expect((await app.call('crm.category.list', { entityTypeId: 2 })).result).toMatchObject({
    categories: [
      { id: 0, isDefault: 'Y' },
      { id: 4, isDefault: 'N' },
    ],
  })
  const stages = listOf((await app.call('crm.status.list', { filter: { ENTITY_ID: 'DEAL_STAGE_4' } })).result).map(fieldsOf)
  expect(stages.map((one) => [one.STATUS_ID, one.SEMANTICS])).toEqual([
    ['C4:NEW', null],
    ['C4:PAYMENT', null],
    ['C4:WON', 'S'],
    ['C4:LOSE', 'F'],
  ])
  const source = { fields: { ENTITY_ID: 'SOURCE', STATUS_ID: 'WAB24', NAME: 'WhatsApp' } }
  expect((await app.call('crm.status.add', source)).status).toBe(200)
  expect((await app.call('crm.status.add', source)).status).toBe(400)
  expect((await app.call('crm.settings.mode.get')).result).toBe(1)
  await portal.settings({ crmMode: 2 })
  const { rosa } = await aChannel(app)
  await rosa('Hola')
  // Without leads the line makes a contact and a deal only where its rule says deal.
  expect((await portal.rows('items')).map(({ typeId }) => typeId)).toEqual([3, 2])
  expect((await app.call('crm.type.list')).result).toMatchObject({ types: [{ entityTypeId: 177 }] })
})

const LAYOUT = {
  icon: { code: 'info' },
  header: { title: 'WhatsApp +51 987 000 111', tags: { w: { type: 'warning', title: 'Sin responder' } } },
  body: { logo: { code: 'document' }, blocks: { t: { type: 'text', properties: { value: 'Buenas tardes' } } } },
  footer: {
    buttons: {
      open: { title: 'Abrir chat', type: 'primary', action: { type: 'openRestApp', actionParams: { conversation: 'c_81' } } },
    },
  },
}

test('a configurable activity is strict about its layout, and belongs to who made it', async () => {
  await using made = await anApp()
  const { app, portal, b24 } = made
  await portal.does('item', { typeId: 3, fields: { name: 'Rosa' } })
  const add = (layout: object, fields: object = {}) =>
    app.call('crm.activity.configurable.add', {
      ownerTypeId: 3,
      ownerId: 88,
      fields: { isIncomingChannel: 'Y', completed: 'N', ...fields },
      layout,
    })
  const good = await add(LAYOUT)
  expect(good.result).toEqual({ activity: { id: 999 } })
  for (const [layout, error] of [
    [{}, 'ERROR_EMPTY_LAYOUT'],
    [{ ...LAYOUT, more: 1 }, 'FIELD_IS_REDUNDANT'],
    [{ ...LAYOUT, icon: { code: 'no-such' } }, 'ENUM_FIELD'],
    [{ ...LAYOUT, header: {} }, 'FIELD_IS_REQUIRED'],
    [{ ...LAYOUT, header: { title: 'x', tags: { a: {}, b: {}, c: {} } } }, 'TOO_MANY_ITEMS'],
    [{ ...LAYOUT, body: { blocks: { 'a b': { type: 'text' } } } }, 'KEY_CONTAIN_WRONG_SYMBOLS'],
  ] as const)
    expect((await add(layout)).body.error).toBe(error)
  expect((await add(LAYOUT, { deadline: '2026-12-01' })).body.error).toBe('INCOMING_ACTIVITY_CAN_NOT_BE_WITH_DEADLINE')
  expect((await add(LAYOUT, { badgeCode: 'none' })).body.error).toBe('WRONG_FIELD_VALUE')
  await app.call('crm.activity.configurable.update', { id: 999, fields: { completed: 'Y' } })
  expect(await portal.rows('activities')).toMatchObject([{ completed: true, incoming: true, title: 'WhatsApp +51 987 000 111' }])
  const other = await portal.installed(await b24.card({ clientId: 'other' }))
  expect((await other.call('crm.activity.configurable.update', { id: 999, fields: {} })).body.error).toBe(
    'ERROR_WRONG_APPLICATION',
  )
})

test('comments with files and log entries stand in the timeline', async () => {
  await using made = await anApp()
  const { app, portal } = made
  await portal.does('item', { typeId: 2, fields: { title: 'Pedido' } })
  const comment = {
    ENTITY_ID: 540,
    ENTITY_TYPE: 'deal',
    COMMENT: 'Pagó',
    FILES: [['a.txt', Buffer.from('hola').toString('base64')]],
  }
  expect((await app.call('crm.timeline.comment.add', { fields: comment })).result).toBe(999)
  const log = { entityTypeId: 2, entityId: 540, title: 'WhatsApp', text: 'Enviado', iconCode: 'info' }
  expect((await app.call('crm.timeline.logmessage.add', { fields: log })).result).toMatchObject({ logMessage: { id: 1000 } })
  expect((await app.call('crm.timeline.logmessage.add', { fields: { ...log, iconCode: '' } })).body.error).toBe('100')
  expect((await portal.rows('activities')).map(({ kind, text }) => [kind, text])).toEqual([
    ['comment', 'Pagó'],
    ['log', 'Enviado'],
  ])
})

test('offline events keep the last state of each object, reserved until they are cleared', async () => {
  await using made = await anApp()
  const { app, portal } = made
  await app.call('event.bind', { event: 'ONCRMDEALUPDATE', event_type: 'offline' })
  await portal.does('item', { typeId: 2, fields: { title: 'Pedido' } })
  for (const title of ['a', 'b']) await portal.does('item', { id: '2:540', fields: { title } })
  const get = async (params: object) => fieldsOf((await app.call('event.offline.get', params)).result)
  const taken = await get({ clear: 0 })
  const events = listOf(taken.events).map(fieldsOf)
  expect(events).toMatchObject([{ EVENT_NAME: 'ONCRMDEALUPDATE', EVENT_DATA: { FIELDS: { ID: '540' } } }])
  expect((await get({})).events).toEqual([])
  await app.call('event.offline.clear', { process_id: taken.process_id, message_id: [events[0]?.MESSAGE_ID] })
  expect((await get({ process_id: taken.process_id })).events).toEqual([])
  expect((await app.call('feature.get', { CODE: 'rest_offline_extended' })).result).toEqual({ value: 'Y' })
})

test('the chats of a card are found; what is written from it returns the number that comes back as an event', async () => {
  await using made = await anApp()
  const { app, b24 } = made
  await app.call('event.bind', { event: 'ONIMCONNECTORMESSAGEADD', handler: `${b24.app.origin}/events` })
  const { chat } = await (await aChannel(app)).rosa('Hola')
  const lead = { CRM_ENTITY_TYPE: 'lead', CRM_ENTITY: 1205 }
  expect((await app.call('imopenlines.crm.chat.get', lead)).result).toEqual([
    { CHAT_ID: chat, CONNECTOR_ID: 'wab24_k3', CONNECTOR_TITLE: 'WhatsApp Lima' },
  ])
  expect((await app.call('imopenlines.crm.chat.getLastId', lead)).result).toBe(Number(chat))
  expect((await app.call('imopenlines.crm.chat.getLastId', { ...lead, CRM_ENTITY: 9 })).body.error).toBe(
    'CRM_CHAT_EMPTY_CRM_DATA',
  )
  const message = { ...lead, CHAT_ID: chat, MESSAGE: 'Buenas' }
  expect((await app.call('imopenlines.crm.message.add', { ...message, USER_ID: 3 })).body.error).toBe('ACCESS_DENIED')
  await app.call('imopenlines.crm.chat.user.add', { ...lead, USER_ID: 3, CHAT_ID: chat })
  const { result } = await app.call('imopenlines.crm.message.add', { ...message, USER_ID: 3 })
  const [event] = await b24.events('ONIMCONNECTORMESSAGEADD')
  expect(event?.data).toMatchObject({ MESSAGES: [{ im: { message_id: String(result) }, message: { user_id: '3' } }] })
})

test('an employee writes into a line’s chat by im.message; what the system says stays inside; a chat stands in its card', async () => {
  await using made = await anApp()
  const { app, b24, portal } = made
  for (const did of ['ADD', 'UPDATE', 'DELETE'])
    await app.call('event.bind', { event: `ONIMCONNECTORMESSAGE${did}`, handler: `${b24.app.origin}/events` })
  const { chat } = await (await aChannel(app, { NEED_SIGNATURE: false })).rosa('Hola')
  const write = (more: object) => app.call('im.message.add', { DIALOG_ID: `chat${chat}`, MESSAGE: 'Buenas', ...more })
  expect((await write({ DIALOG_ID: '' })).body.error).toBe('DIALOG_ID_EMPTY')
  await write({ SYSTEM: 'Y' })
  const { result: message } = await write({})
  const item = { im: { chat_id: chat, message_id: message }, message: { id: ['w1'] }, chat: { id: 'wa-51987000111' } }
  await app.call('imconnector.send.status.delivery', { CONNECTOR: 'wab24_k3', LINE: 7, MESSAGES: [item] })
  await app.call('im.message.update', { MESSAGE_ID: message, MESSAGE: 'Buenas tardes' })
  await app.call('im.message.delete', { MESSAGE_ID: message })
  expect((await b24.events()).slice(-3).map(({ event }) => event)).toEqual(
    ['ADD', 'UPDATE', 'DELETE'].map((did) => `ONIMCONNECTORMESSAGE${did}`),
  )
  expect((await portal.rows('activities')).map(({ kind, typeId, number }) => [kind, typeId, number])).toEqual([['chat', 1, 1205]])
})
