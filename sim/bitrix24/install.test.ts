import { expect, test } from 'vitest'
import { fieldsOf } from '../lib/fields.ts'
import { readPhpForm } from '../lib/php.ts'
import { aBitrix24, aChannel } from './testing.ts'

test('an installation opens the installer’s page by POST with everything a frame has', async () => {
  await using b24 = await aBitrix24()
  const portal = await b24.aPortal()
  const card = await b24.card()
  const told = await portal.does('install', { clientId: card.id, open: true })
  expect(fieldsOf(told.page)).toMatchObject({ status: 200, body: 'ok' })
  const { path, fields } = b24.app.got.find((one) => one.path.startsWith('/install')) ?? { path: '', fields: fieldsOf(null) }
  expect(readPhpForm(path.split('?')[1] ?? '')).toMatchObject({ DOMAIN: portal.domain, PROTOCOL: '0', LANG: 'la' })
  expect(fields).toMatchObject({
    ...{ AUTH_EXPIRES: '3600', SERVER_ENDPOINT: `${b24.oauth}/rest/`, member_id: portal.id, status: 'F' },
    ...{ PLACEMENT: 'DEFAULT', APPLICATION_TOKEN: fieldsOf(told.install).applicationToken },
  })
  expect(JSON.parse(String(fields.PLACEMENT_OPTIONS))).toEqual({ any: '6/' })
  expect(fieldsOf(told.frame).sid).not.toBe(fields.APPLICATION_TOKEN)
  expect((await portal.call(String(fields.AUTH_ID), 'profile')).result).toMatchObject({ ID: '1' })
})

test('ONAPPINSTALL brings full tokens as a form, early or late', async () => {
  await using b24 = await aBitrix24()
  const portal = await b24.aPortal()
  const card = await b24.card({ scope: ['crm', 'imconnector'] })
  await portal.does('install', { clientId: card.id })
  const [event] = await b24.events('ONAPPINSTALL')
  expect(event?.data).toEqual({ VERSION: '1', ACTIVE: 'Y', INSTALLED: 'Y', LANGUAGE_ID: 'la' })
  const auth = fieldsOf(event?.auth)
  expect(auth).toMatchObject({
    domain: portal.domain,
    scope: 'crm imconnector',
    member_id: portal.id,
    expires_in: '3600',
    user_id: '1',
  })
  expect([typeof auth.access_token, typeof auth.refresh_token, typeof auth.application_token]).toEqual([
    'string',
    'string',
    'string',
  ])
  await portal.settings({ installEventMs: 40 })
  const { install } = await portal.does('install', { clientId: card.id })
  await expect.poll(() => b24.events('ONAPPINSTALL'), { interval: 10, timeout: 5_000 }).toHaveLength(2)
  const late = (await portal.rows('told', '?event=ONAPPINSTALL')).at(-1)
  expect(Number(late?.at) - Number(fieldsOf(install).at)).toBeGreaterThanOrEqual(39)
})

test('before installFinish no event goes out and no widget is shown, though binding answers true', async () => {
  await using b24 = await aBitrix24()
  const portal = await b24.aPortal()
  const card = await b24.card()
  await portal.does('install', { clientId: card.id })
  const { access_token: auth } = await portal.does('tokens', { clientId: card.id })
  const bound = await portal.call(String(auth), 'event.bind', { event: 'onAppTest', handler: `${b24.app.origin}/events` })
  expect(bound.result).toBe(true)
  await portal.call(String(auth), 'event.test', { any: 'thing' })
  expect(await b24.events('ONAPPTEST')).toEqual([])
  await expect(portal.does('frame', { clientId: card.id, handler: `${b24.app.origin}/tab` })).rejects.toThrow('not finished')
  await portal.does('finish', { clientId: card.id })
  await portal.call(String(auth), 'event.test', { any: 'thing' })
  expect((await b24.events('ONAPPTEST')).map(({ data }) => data)).toEqual([{ QUERY: { any: 'thing' } }])
})

test('an update makes events, placements and robots vanish and brings a new application_token', async () => {
  await using b24 = await aBitrix24()
  const portal = await b24.aPortal()
  const card = await b24.card()
  const app = await portal.installed(card)
  await app.call('event.bind', { event: 'ONAPPTEST', handler: `${b24.app.origin}/events` })
  await portal.does('update', { clientId: app.clientId, version: 5 })
  expect((await app.call('event.get')).result).toEqual([])
  const [event] = await b24.events('ONAPPUPDATE')
  expect(event?.data).toEqual({ VERSION: '5', PREVIOUS_VERSION: '1', LANGUAGE_ID: 'la' })
  expect(fieldsOf(event?.auth).application_token).not.toBe(app.applicationToken)
  expect((await app.call('app.info')).result).toMatchObject({ VERSION: 5, INSTALLED: false })
})

test('an uninstallation kills the tokens first; only application_token tells where the event is from', async () => {
  await using b24 = await aBitrix24()
  const portal = await b24.aPortal()
  const card = await b24.card()
  const app = await portal.installed(card)
  await aChannel(app)
  await portal.does('uninstall', { clientId: app.clientId, clean: true })
  const [event] = await b24.events('ONAPPUNINSTALL')
  expect(event).toMatchObject({
    data: { LANGUAGE_ID: 'la', CLEAN: '1' },
    auth: { application_token: app.applicationToken, member_id: portal.id },
  })
  expect(fieldsOf(event?.auth).access_token).toBeUndefined()
  expect((await app.call('profile')).status).toBe(401)
  expect([await portal.rows('connectors'), await portal.rows('channels'), await portal.rows('handlers')]).toEqual([[], [], []])
  const again = await portal.installed(card)
  expect(again.applicationToken).not.toBe(app.applicationToken)
  expect((await again.call('profile')).status).toBe(200)
})

test('a payment is told without application_token', async () => {
  await using b24 = await aBitrix24()
  const portal = await b24.aPortal()
  const app = await portal.installed(await b24.card())
  await portal.does('payment', { clientId: app.clientId, expired: true, daysLeft: -1 })
  const [event] = await b24.events('ONAPPPAYMENT')
  expect(event?.data).toMatchObject({ PAYMENT_EXPIRED: 'Y', DAYS: '-1', CODE: 'vendor.wab24' })
  expect(fieldsOf(event?.auth).application_token).toBeUndefined()
})

test('an application without pages is installed at once, and gets its tokens by the event alone', async () => {
  await using b24 = await aBitrix24()
  const portal = await b24.aPortal()
  const card = await b24.card({ kind: 'local', hasUi: false, events: null })
  const told = await portal.does('install', { clientId: card.id })
  expect(told.install).toMatchObject({ isFinished: true, status: 'L' })
  await b24.control('POST', '/quiet')
  expect(b24.app.got.map(({ path, fields }) => [path, fields.event])).toEqual([['/install', 'ONAPPINSTALL']])
})

test('the addresses of a card are asked by HEAD', async () => {
  await using b24 = await aBitrix24()
  const { items } = await b24.control('POST', '/apps/check', {
    addresses: [`${b24.app.origin}/app`, 'http://127.0.0.1:9/nothing'],
  })
  expect(items).toMatchObject([
    { status: 200, isGood: true },
    { status: 0, isGood: false },
  ])
})
