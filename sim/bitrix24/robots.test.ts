import { expect, test } from 'vitest'
import { fieldsOf } from '../lib/fields.ts'
import { aBitrix24 } from './testing.ts'

async function anApp() {
  const b24 = await aBitrix24()
  const portal = await b24.aPortal()
  const app = await portal.installed(await b24.card())
  const at = (path: string) => `${b24.app.origin}/${path}`
  const posted = async (path: string) => {
    await b24.control('POST', '/quiet')
    return b24.app.got.filter((one) => one.path === `/${path}`).map(({ fields }) => fields)
  }
  return { b24, portal, app, at, posted, [Symbol.asyncDispose]: () => b24[Symbol.asyncDispose]() }
}

test('a robot gets its card and its properties, and its answer is taken once', async () => {
  await using made = await anApp()
  const { app, portal, at, posted } = made
  const robot = {
    CODE: 'wab24_send',
    HANDLER: at('robot'),
    NAME: { es: 'Enviar WhatsApp' },
    USE_SUBSCRIPTION: 'Y',
    AUTH_USER_ID: 2,
  }
  expect((await app.call('bizproc.robot.add', robot)).result).toBe(true)
  expect((await app.call('bizproc.robot.add', robot)).body.error).toBe('ERROR_ACTIVITY_ALREADY_INSTALLED')
  expect((await app.call('bizproc.robot.add', { ...robot, CODE: 'x', HANDLER: 'http://other.test/' })).body.error).toBe(
    'ERROR_WRONG_HANDLER_URL',
  )
  expect((await app.call('bizproc.robot.list')).result).toEqual(['wab24_send'])
  await portal.does('item', { typeId: 2, fields: { title: 'Pedido' } })
  await portal.does('robot', { code: 'wab24_send', id: '2:540', properties: { template: 'pedido_listo|es', files: ['a', 'b'] } })
  const [got] = await posted('robot')
  expect(got).toMatchObject({
    ...{
      code: 'wab24_send',
      document_id: ['crm', 'CCrmDocumentDeal', 'DEAL_540'],
      document_type: ['crm', 'CCrmDocumentDeal', 'DEAL'],
    },
    ...{
      properties: { template: 'pedido_listo|es', files: ['a', 'b'] },
      use_subscription: 'Y',
      auth: { user_id: '2', member_id: portal.id },
    },
  })
  const answer = { event_token: got?.event_token, return_values: { status: 'sent' }, log_message: 'Enviado' }
  expect((await app.call('bizproc.activity.log', { event_token: got?.event_token, log_message: 'En camino' })).result).toBe(true)
  expect((await app.call('bizproc.event.send', answer)).result).toBe(true)
  expect(await app.call('bizproc.event.send', answer)).toMatchObject({ status: 403, body: { error: 'ACCESS_DENIED' } })
  expect(await portal.rows('robotRuns')).toMatchObject([{ answer: { status: 'sent' }, log: ['En camino', 'Enviado'] }])
})

test('the same start of a robot may be told twice, with one token', async () => {
  await using made = await anApp()
  const { app, portal, at, posted, b24 } = made
  await app.call('bizproc.robot.add', { CODE: 'r', HANDLER: at('robot'), NAME: 'R' })
  await portal.does('item', { typeId: 1, fields: {} })
  await b24.control('POST', '/mischief', { where: 'events', what: 'robot', duplicate: 1, next: 1 })
  await portal.does('robot', { code: 'r', id: '1:1205' })
  const [one, two] = await posted('robot')
  expect(one?.event_token).toBe(two?.event_token)
})

test('a sender gets what the card sends, and tells how it went', async () => {
  await using made = await anApp()
  const { app, portal, at, posted } = made
  const sender = { CODE: 'wab24.k3', TYPE: 'SMS', HANDLER: at('sms'), NAME: 'WhatsApp Lima' }
  expect((await app.call('messageservice.sender.add', { ...sender, TYPE: 'MAIL' })).body.error).toBe(
    'ERROR_SENDER_VALIDATION_FAILURE',
  )
  expect((await app.call('messageservice.sender.add', sender)).result).toBe(true)
  expect((await app.call('messageservice.sender.add', sender)).body.error).toBe('ERROR_SENDER_ALREADY_INSTALLED')
  await portal.does('item', { typeId: 3, fields: { name: 'Rosa', fm: [{ typeId: 'PHONE', value: '+51987000111' }] } })
  const { id } = await portal.does('sms', { sender: 'wab24.k3', id: '3:88', text: 'Su pedido está listo' })
  const [got] = await posted('sms')
  expect(got).toMatchObject({
    ...{
      module_id: 'crm',
      code: 'wab24.k3',
      type: 'SMS',
      message_id: id,
      message_to: '+51987000111',
      message_body: 'Su pedido está listo',
    },
    ...{ bindings: [{ OWNER_TYPE_ID: '3', OWNER_ID: '88' }], properties: { phone_number: '+51987000111' } },
  })
  const status = (STATUS: string, MESSAGE_ID: unknown = id) =>
    app.call('messageservice.message.status.update', { CODE: 'wab24.k3', MESSAGE_ID, STATUS })
  expect((await status('read')).body.error).toBe('ERROR_MESSAGE_STATUS_INCORRECT')
  expect((await status('sent', 'none')).body.error).toBe('ERROR_MESSAGE_NOT_FOUND')
  expect((await status('delivered')).result).toBe(true)
  expect(await portal.rows('sms')).toMatchObject([{ status: 'delivered' }])
})

test('placements refuse with status 200, and are shown with what their page needs', async () => {
  await using made = await anApp()
  const { app, portal, at, b24 } = made
  const bind = (PLACEMENT: string, more: object = {}) => app.call('placement.bind', { PLACEMENT, HANDLER: at('tab'), ...more })
  expect((await bind('CRM_DEAL_DETAIL_TAB', { LANG_ALL: { es: { TITLE: 'WhatsApp' } } })).result).toBe(true)
  expect(await app.call('placement.bind', { PLACEMENT: 'IM_SIDEBAR' })).toMatchObject({
    status: 200,
    body: { error: 'ERROR_ARGUMENT', argument: 'HANDLER' },
  })
  expect(await bind('NO_SUCH')).toMatchObject({ status: 400, body: { error: 'ERROR_PLACEMENT_NOT_FOUND' } })
  expect(await bind('CRM_LEAD_DETAIL_TAB', { USER_ID: 2 })).toMatchObject({
    status: 200,
    body: { error: 'ERROR_PLACEMENT_USER_MODE' },
  })
  expect((await bind('REST_APP_URI')).result).toBe(true)
  expect((await bind('REST_APP_URI', { HANDLER: at('other') })).body.error).toBe('ERROR_PLACEMENT_MAX_COUNT')
  expect((await bind('PAGE_BACKGROUND_WORKER')).body.error).toBe('EMPTY_ERROR_HANDLER_URL')
  expect((await app.call('placement.get')).result).toMatchObject([
    { placement: 'CRM_DEAL_DETAIL_TAB', title: 'WhatsApp', options: [] },
    { langAll: [] },
  ])
  const shown = await portal.does('frame', {
    clientId: app.clientId,
    handler: at('tab'),
    placement: 'CRM_DEAL_DETAIL_TAB',
    options: { ID: '540' },
    userId: 2,
    open: true,
  })
  expect(fieldsOf(shown.page).status).toBe(200)
  expect(b24.app.got.at(-1)?.fields).toMatchObject({ PLACEMENT: 'CRM_DEAL_DETAIL_TAB', PLACEMENT_OPTIONS: '{"ID":"540"}' })
  expect((await app.call('placement.unbind', { PLACEMENT: 'REST_APP_URI' })).result).toEqual({ count: 1 })
})

test('the same call within half an hour is one call; finished, it stands in the card', async () => {
  await using made = await anApp()
  const { app, portal, b24 } = made
  await portal.does('item', { typeId: 3, fields: { name: 'Rosa', fm: [{ typeId: 'PHONE', value: '+51987000111' }] } })
  const call = { USER_ID: 2, PHONE_NUMBER: '+51987000111', TYPE: 2, SHOW: 0, CRM_CREATE: 0 }
  const register = async (more: object = {}) =>
    fieldsOf((await app.call('telephony.externalCall.register', { ...call, ...more })).result)
  const first = await register()
  expect(first).toMatchObject({ CRM_ENTITY_TYPE: 'CONTACT', CRM_ENTITY_ID: 88 })
  expect((await register()).CALL_ID).toBe(first.CALL_ID)
  expect((await register({ EXTERNAL_CALL_ID: 'wa-1' })).CALL_ID).not.toBe(first.CALL_ID)
  await b24.control('PUT', '/clock', { aheadMs: 31 * 60_000 })
  expect((await register()).CALL_ID).not.toBe(first.CALL_ID)
  const finish = { CALL_ID: first.CALL_ID, USER_ID: 2, DURATION: 65, STATUS_CODE: '200' }
  expect((await app.call('telephony.externalCall.finish', finish)).result).toMatchObject({
    CRM_ACTIVITY_ID: 999,
    CALL_DURATION: '65',
  })
  expect((await app.call('telephony.externalCall.finish', finish)).body.error).toBe('ERROR_CORE')
  expect((await app.call('telephony.externalCall.attachRecord', { CALL_ID: first.CALL_ID, FILENAME: 'a.ogg' })).body.error).toBe(
    'ERROR_CORE',
  )
})

test('a notice with the same tag takes the place of the earlier one', async () => {
  await using made = await anApp()
  const { app, portal } = made
  const add = (more: object) =>
    app.call('im.notify.system.add', { USER_ID: 2, MESSAGE: 'Rosa escribió', TAG: 'wab24|c_81', ...more })
  expect((await add({ USER_ID: undefined })).body.error).toBe('USER_ID_EMPTY')
  expect((await add({ MESSAGE: '' })).body.error).toBe('MESSAGE_EMPTY')
  expect((await add({ USER_ID: 99 })).result).toBe(false)
  await add({})
  await add({ MESSAGE: 'Rosa volvió a escribir' })
  expect((await portal.rows('notices')).map(({ text }) => text)).toEqual(['Rosa volvió a escribir'])
  expect((await app.call('im.notify.delete', { TAG: 'wab24|c_81' })).result).toBe(true)
  expect(await portal.rows('notices')).toEqual([])
})
