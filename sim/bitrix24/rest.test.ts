import { expect, test } from 'vitest'
import { fieldsOf, listOf } from '../lib/fields.ts'
import { aBitrix24, ask } from './testing.ts'

test('a method takes JSON, a form and a .json suffix, and every answer tells its time', async () => {
  await using b24 = await aBitrix24()
  const portal = await b24.aPortal()
  const app = await portal.installed(await b24.card())
  const told = await ask(`${portal.rest}user.current.json`, new URLSearchParams({ auth: app.auth }))
  expect(told.result).toMatchObject({ ID: '1', ACTIVE: true, UF_DEPARTMENT: [1] })
  expect(told.body.time).toMatchObject({ operating: expect.any(Number), operating_reset_at: expect.any(Number) })
  const form = new URLSearchParams({ auth: app.auth, 'FILTER[ID][0]': '2', 'FILTER[ID][1]': '3' })
  expect(listOf((await ask(`${portal.rest}user.get`, form)).result).map((one) => fieldsOf(one).ID)).toEqual(['2', '3'])
})

test('what is refused is refused with the portal’s own status and code', async () => {
  await using b24 = await aBitrix24()
  const portal = await b24.aPortal()
  const narrow = await portal.installed(await b24.card({ clientId: 'narrow', scope: ['im'] }))
  expect(await ask(`${portal.rest}profile`, {})).toMatchObject({ status: 401, body: { error: 'NO_AUTH_FOUND' } })
  expect(await portal.call('x', 'profile')).toMatchObject({ status: 401, body: { error: 'invalid_token' } })
  expect(await narrow.call('no.such.method')).toMatchObject({ status: 404, body: { error: 'ERROR_METHOD_NOT_FOUND' } })
  expect(await narrow.call('imconnector.list')).toMatchObject({ status: 403, body: { error: 'insufficient_scope' } })
  const card = await b24.card({ clientId: 'full' })
  await portal.installed(card)
  const { access_token: luis } = await portal.does('tokens', { clientId: card.id, userId: 2 })
  expect(await portal.call(String(luis), 'imopenlines.config.add', { PARAMS: {} })).toMatchObject({
    status: 403,
    body: { error: 'ACCESS_DENIED' },
  })
  const refusal = async (settings: object) => {
    await portal.settings(settings)
    const { status, body } = await narrow.call('profile')
    return [status, body.error]
  }
  expect(await refusal({ isFree: true })).toEqual([403, 'ACCESS_DENIED'])
  expect(await refusal({ isFree: false, isOverloaded: true })).toEqual([503, 'OVERLOAD_LIMIT'])
  expect(await refusal({ isOverloaded: false, isDeleted: true })).toEqual([500, 'PORTAL_DELETED'])
  expect(await refusal({ isDeleted: false, modules: { imconnector: false, bizproc: true } })).toEqual([200, undefined])
})

test('the bucket holds 50 and drains 2 a second: beyond it is 503', async () => {
  await using b24 = await aBitrix24()
  const portal = await b24.aPortal()
  const app = await portal.installed(await b24.card())
  await portal.settings({ bucketDrainPerS: 0 })
  const statuses = (await Promise.all(Array.from({ length: 52 }, () => app.call('server.time')))).map(({ status }) => status)
  expect(statuses.filter((status) => status === 503)).toHaveLength(2)
  expect((await app.call('server.time')).body.error).toBe('QUERY_LIMIT_EXCEEDED')
  await portal.settings({ bucketDrainPerS: 2 })
  await b24.control('PUT', '/clock', { aheadMs: 3_000 })
  expect((await app.call('server.time')).status).toBe(200)
})

test('a method that has worked too long is blocked alone, until the time that it tells; inside a batch it counts too', async () => {
  await using b24 = await aBitrix24()
  const portal = await b24.aPortal()
  const app = await portal.installed(await b24.card())
  await portal.settings({ operatingLimitS: 2, operatingCosts: { 'user.current': 1 } })
  await app.call('user.current')
  await app.call('batch', { cmd: { me: 'user.current' } })
  const blocked = await app.call('user.current')
  expect(blocked).toMatchObject({ status: 429, body: { error: 'OPERATION_TIME_LIMIT' } })
  const until = Number(fieldsOf(blocked.body.time).operating_reset_at) * 1000
  expect(until - Date.now()).toBeGreaterThan(8 * 60_000)
  expect((await app.call('profile')).status).toBe(200)
  await b24.control('PUT', '/clock', { aheadMs: until - Date.now() + 60_000 })
  expect(
    (await portal.call(String((await portal.does('tokens', { clientId: app.clientId })).access_token), 'user.current')).status,
  ).toBe(200)
})

test('a batch uses earlier results, tells failures beside them, and writes empty maps as lists', async () => {
  await using b24 = await aBitrix24()
  const portal = await b24.aPortal()
  const app = await portal.installed(await b24.card())
  const batch = async (cmd: object, more: object = {}) => fieldsOf((await app.call('batch', { cmd, ...more })).result)
  const good = await batch({ u: 'user.current', d: 'department.get?ID=$result[u][UF_DEPARTMENT][0]' })
  expect(good).toMatchObject({
    result: { u: { ID: '1' }, d: [{ ID: '1' }] },
    result_error: [],
    result_next: [],
    result_total: { d: 1 },
  })
  const mixed = await batch({ a: 'nothing', b: 'batch?cmd[x]=profile', c: 'profile' })
  expect(mixed).toMatchObject({
    result: { c: { ID: '1' } },
    result_error: { a: { error: 'ERROR_METHOD_NOT_FOUND' }, b: { error: 'ERROR_BATCH_METHOD_NOT_ALLOWED' } },
  })
  const halted = await batch({ a: 'nothing', c: 'profile' }, { halt: 1 })
  expect(halted).toMatchObject({ result: [], result_error: { a: { error: 'ERROR_METHOD_NOT_FOUND' } }, result_time: [] })
  const many = await batch(Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`c${index}`, 'server.time'])))
  expect(many.result_error).toMatchObject({ c50: { error: 'ERROR_BATCH_LENGTH_EXCEEDED' } })
})

test('2,000 employees come by pages of 50; start -1 does not count them', async () => {
  await using b24 = await aBitrix24()
  const portal = await b24.aPortal({ employees: 2000 })
  const app = await portal.installed(await b24.card())
  const first = await app.call('user.get', { FILTER: { ACTIVE: true } })
  expect(first.body).toMatchObject({ total: 2000, next: 50 })
  expect((await app.call('user.get', { start: 1950 })).body.next).toBeUndefined()
  const bulk = await app.call('user.get', { FILTER: { '>ID': 100 }, start: -1 })
  expect([fieldsOf(listOf(bulk.result)[0]).ID, bulk.body.total]).toEqual(['101', undefined])
  const found = listOf((await app.call('user.search', { FILTER: { FIND: 'ros qui' } })).result).map(fieldsOf)
  expect(found[0]).toMatchObject({ ID: '3', NAME: 'Rosa', LAST_NAME: 'Quispe' })
})

test('a renamed portal answers 302 at its old address, and works at the new one', async () => {
  await using b24 = await aBitrix24()
  const portal = await b24.aPortal()
  const app = await portal.installed(await b24.card())
  const { domain } = await portal.does('rename', {})
  const old = await app.call('profile')
  expect([old.status, old.location]).toEqual([302, `http://${String(domain)}/rest/profile`])
  expect((await ask(String(old.location), { auth: app.auth })).result).toMatchObject({ ID: '1' })
})

test('a method may ask the administrator first: waiting, then denied or allowed, and the application is told', async () => {
  await using b24 = await aBitrix24()
  const portal = await b24.aPortal()
  const app = await portal.installed(await b24.card())
  await app.call('event.bind', { event: 'ONAPPMETHODCONFIRM', handler: `${b24.app.origin}/events` })
  await portal.settings({ confirm: { profile: 'waiting' } })
  expect(await app.call('profile')).toMatchObject({ status: 401, body: { error: 'METHOD_CONFIRM_WAITING' } })
  await portal.does('confirm', { clientId: app.clientId, method: 'profile', yes: false })
  expect(await app.call('profile')).toMatchObject({ status: 403, body: { error: 'METHOD_CONFIRM_DENIED' } })
  await portal.does('confirm', { clientId: app.clientId, method: 'profile', yes: true })
  expect((await app.call('profile')).status).toBe(200)
  expect((await b24.events('ONAPPMETHODCONFIRM')).map(({ data }) => fieldsOf(data).CONFIRMED)).toEqual(['0', '0', '1'])
})

test('on command it is away, slow, breaks, or loses the answer of what it did', async () => {
  await using b24 = await aBitrix24()
  const portal = await b24.aPortal()
  const app = await portal.installed(await b24.card())
  await portal.settings({ isAway: true })
  await expect(app.call('profile')).rejects.toThrow('fetch failed')
  await portal.settings({ isAway: false })
  await b24.control('POST', '/mischief', { what: 'profile', error: 'QUERY_LIMIT_EXCEEDED', next: 1 })
  expect(await app.call('profile')).toMatchObject({ status: 503, body: { error: 'QUERY_LIMIT_EXCEEDED' } })
  await b24.control('POST', '/mischief', { what: 'imopenlines.config.add', dropAnswer: true, next: 1 })
  await expect(app.call('imopenlines.config.add', { PARAMS: { LINE_NAME: 'Dos' } })).rejects.toThrow('fetch failed')
  expect((await portal.rows('lines')).map(({ name }) => name)).toEqual(['Atención al cliente', 'Dos'])
  await b24.control('POST', '/mischief', { slowMs: 30, next: 1 })
  const started = performance.now()
  await app.call('profile')
  expect(performance.now() - started).toBeGreaterThan(25)
  expect((await portal.rows('got', '?method=profile')).map(({ status }) => status)).toEqual([503, 200])
})

test('an incoming webhook acts for its owner, and never for an application', async () => {
  await using b24 = await aBitrix24()
  const portal = await b24.aPortal()
  const hook = (method: string, secret = 's3cret') => ask(`${portal.rest}1/${secret}/${method}`, {})
  expect(await hook('profile')).toMatchObject({ status: 401, body: { error: 'INVALID_CREDENTIALS' } })
  await portal.settings({ webhook: 's3cret' })
  expect((await hook('profile')).result).toMatchObject({ ID: '1' })
  expect(await hook('profile', 'other')).toMatchObject({ status: 401, body: { error: 'INVALID_CREDENTIALS' } })
  for (const method of ['imconnector.list', 'placement.get', 'event.get', 'bizproc.robot.list', 'messageservice.sender.list'])
    expect(await hook(method)).toMatchObject({ status: 403, body: { error: 'WRONG_AUTH_TYPE' } })
})

test('an application may be for some employees only, and a new employee is told of', async () => {
  await using b24 = await aBitrix24()
  const portal = await b24.aPortal()
  const app = await portal.installed(await b24.card({ scope: ['user', 'im'] }))
  await app.call('event.bind', { event: 'ONUSERADD', handler: `${b24.app.origin}/events` })
  await portal.does('allow', { clientId: app.clientId, users: [2] })
  const as = async (userId: number) => {
    const { access_token: auth } = await portal.does('tokens', { clientId: app.clientId, userId })
    return (await portal.call(String(auth), 'profile')).body.error
  }
  expect([await as(1), await as(2), await as(3)]).toEqual([undefined, undefined, 'user_access_error'])
  await portal.does('employees', { count: 7 })
  expect((await b24.events('ONUSERADD')).map(({ data }) => fieldsOf(data).ID)).toEqual(['7'])
})
