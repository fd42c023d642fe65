import { expect, test } from 'vitest'
import { fieldsOf } from '../lib/fields.ts'
import { aBitrix24, ask } from './testing.ts'

const refreshing = (clientId: string, secret: unknown, refresh: string) => ({
  ...{ grant_type: 'refresh_token', client_id: clientId, client_secret: String(secret), refresh_token: refresh },
})

test('a refresh token gives a new pair once: reusing it is invalid_grant', async () => {
  await using b24 = await aBitrix24()
  const portal = await b24.aPortal()
  const card = await b24.card()
  const app = await portal.installed(card)
  const first = await b24.token(refreshing(app.clientId, card.secret, app.refresh))
  expect(first).toMatchObject({ status: 200, body: { member_id: portal.id, expires_in: 3600, user_id: 1, status: 'F' } })
  expect(first.body.domain).toBe(new URL(b24.oauth).host)
  expect(first.body.client_endpoint).toBe(portal.rest)
  expect(first.body.server_endpoint).toBe(`${b24.oauth}/rest/`)
  expect(await b24.token(refreshing(app.clientId, card.secret, app.refresh))).toMatchObject({
    status: 400,
    body: { error: 'invalid_grant' },
  })
  expect((await b24.token(refreshing(app.clientId, card.secret, String(first.body.refresh_token)))).status).toBe(200)
  expect((await portal.call(String(first.body.access_token), 'profile')).result).toMatchObject({ ID: '1', ADMIN: true })
})

test('who asks wrongly for tokens is told how wrong he is', async () => {
  await using b24 = await aBitrix24()
  const portal = await b24.aPortal()
  const card = await b24.card()
  const other = await b24.card({ clientId: 'other' })
  const app = await portal.installed(card)
  const error = async (params: Record<string, string>) => (await b24.token(params)).body.error
  expect(await error({ grant_type: 'password' })).toBe('invalid_request')
  expect(await error(refreshing(app.clientId, 'no', app.refresh))).toBe('invalid_client')
  expect(await error(refreshing('other', other.secret, app.refresh))).toBe('wrong_client')
  expect(await error(refreshing(app.clientId, card.secret, 'unknown'))).toBe('invalid_grant')
  await portal.does('payment', { clientId: app.clientId, expired: true, daysLeft: -3 })
  expect(await error(refreshing(app.clientId, card.secret, app.refresh))).toBe('PAYMENT_REQUIRED')
  await portal.does('uninstall', { clientId: app.clientId })
  expect(await error(refreshing(app.clientId, card.secret, app.refresh))).toBe('invalid_grant')
})

test('a refresh token dies after 180 days, an access token after an hour or what was set', async () => {
  await using b24 = await aBitrix24()
  const portal = await b24.aPortal()
  await portal.settings({ tokenLifeS: 60 })
  const card = await b24.card()
  const app = await portal.installed(card)
  expect((await app.call('profile')).status).toBe(200)
  await b24.control('PUT', '/clock', { aheadMs: 61_000 })
  expect(await app.call('profile')).toMatchObject({ status: 401, body: { error: 'expired_token' } })
  await b24.control('PUT', '/clock', { aheadMs: 181 * 86_400_000 })
  expect((await b24.token(refreshing(app.clientId, card.secret, app.refresh))).body.error).toBe('invalid_grant')
})

test('the code of the code flow lives 30 seconds, and is shown nowhere when the application is not installed', async () => {
  await using b24 = await aBitrix24()
  const portal = await b24.aPortal()
  const card = await b24.card({ kind: 'local', redirect: `${b24.app.origin}/back` })
  const authorize = `http://${portal.domain}/oauth/authorize/?client_id=${String(card.id)}&state=s1`
  const missing = await fetch(authorize, { redirect: 'manual' })
  expect([missing.status, missing.headers.get('location')]).toEqual([400, null])
  const app = await portal.installed(card)
  const codeFrom = async () => {
    const back = new URL((await fetch(authorize, { redirect: 'manual' })).headers.get('location') ?? '')
    expect(Object.fromEntries(back.searchParams)).toMatchObject({
      state: 's1',
      member_id: portal.id,
      domain: portal.domain,
      scope: 'app',
    })
    return back.searchParams.get('code') ?? ''
  }
  const given = { grant_type: 'authorization_code', client_id: app.clientId, client_secret: String(card.secret) }
  const code = await codeFrom()
  expect((await b24.token({ ...given, code })).status).toBe(200)
  expect((await b24.token({ ...given, code })).body.error).toBe('invalid_grant')
  const late = await codeFrom()
  await b24.control('PUT', '/clock', { aheadMs: 31_000 })
  expect((await b24.token({ ...given, code: late })).body.error).toBe('invalid_grant')
})

test('app.info at the authorization server is the truth on installation and payment', async () => {
  await using b24 = await aBitrix24()
  const portal = await b24.aPortal()
  const card = await b24.card()
  await portal.does('install', { clientId: card.id })
  const { access_token: auth } = await portal.does('tokens', { clientId: card.id })
  const info = async () => (await ask(`${b24.oauth}/rest/app.info`, { auth })).result
  expect(await info()).toMatchObject({
    INSTALLED: false,
    STATUS: 'F',
    PAYMENT_EXPIRED: 'N',
    LICENSE: 'la_pro100',
    LICENSE_FAMILY: 'pro',
  })
  await portal.does('finish', { clientId: card.id })
  await portal.does('payment', { clientId: card.id, expired: true, daysLeft: -2, status: 'P' })
  expect(await info()).toMatchObject({ INSTALLED: true, STATUS: 'P', PAYMENT_EXPIRED: 'Y', DAYS: -2 })
  expect(await ask(`${b24.oauth}/rest/app.info`, { auth: 'stolen' })).toMatchObject({
    status: 401,
    body: { error: 'invalid_token' },
  })
})

test('the tokens of a dismissed employee are dead, and those of one who may not use the application are refused', async () => {
  await using b24 = await aBitrix24()
  const portal = await b24.aPortal()
  const card = await b24.card()
  const app = await portal.installed(card)
  const { access_token: luis } = await portal.does('tokens', { clientId: app.clientId, userId: 2 })
  expect((await portal.call(String(luis), 'profile')).result).toMatchObject({ ID: '2', ADMIN: false })
  await b24.control('PUT', `/portals/${portal.id}/users/2`, { active: false })
  expect(await portal.call(String(luis), 'profile')).toMatchObject({ status: 401, body: { error: 'invalid_token' } })
})

test('the answer of a refresh may be lost after it was worked on: the old token is used up', async () => {
  await using b24 = await aBitrix24()
  const portal = await b24.aPortal()
  const card = await b24.card()
  const app = await portal.installed(card)
  const mine = refreshing(app.clientId, card.secret, app.refresh)
  await b24.control('POST', '/mischief', { where: 'oauth', dropAnswer: true, next: 1 })
  await expect(b24.token(mine)).rejects.toThrow('fetch failed')
  expect((await b24.token(mine)).body.error).toBe('invalid_grant')
  await b24.control('POST', '/mischief', { where: 'oauth', status: 502, next: 1 })
  expect((await b24.token(mine)).status).toBe(502)
  expect((await portal.rows('got')).map(({ status, answered }) => [status, answered])).toEqual([
    [200, false],
    [400, true],
    [502, true],
  ])
})

test('a portal that keeps its data goes on where it was, on the same host', async () => {
  const { mkdtempSync, rmSync } = await import('node:fs')
  const { join } = await import('node:path')
  const { tmpdir } = await import('node:os')
  const dataDir = mkdtempSync(join(tmpdir(), 'b24-'))
  try {
    const first = await aBitrix24({ dataDir })
    const portal = await first.aPortal({ id: 'm1' })
    const app = await portal.installed(await first.card())
    await first[Symbol.asyncDispose]()
    await using again = await aBitrix24({ dataDir })
    const same = await again.aPortal({ id: 'm1' })
    expect(same.domain).toBe(portal.domain)
    expect((await same.call(app.auth, 'profile')).result).toMatchObject({ ID: '1' })
    expect(fieldsOf(await same.row()).name).toBe('Andina')
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
})
