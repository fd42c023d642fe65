/// <reference types="@cloudflare/vitest-plugin/types" />
import { runDurableObjectAlarm, runInDurableObject, SELF } from 'cloudflare:test'
import { expect, test, vi } from 'vitest'
import { env } from 'cloudflare:workers'
import { seal } from '../lib/seal.ts'
import { settingsOf } from '../lib/env.ts'
import { sha256, toHex } from '../lib/bytes.ts'
import { EVENTS } from './registration.ts'
import { aPortal, chooseIn, knock, owner, tell } from './a-portal.ts'

const bound = async (portal: { got: (method: string) => Promise<{ error: string | null }[]> }) =>
  (await portal.got('event.bind')).filter(({ error }) => error === null).length

test('the addresses of the card answer, whoever asks', async () => {
  for (const path of ['install', 'app', 'connector', 'events']) {
    expect((await SELF.fetch(`http://app.test/bitrix24/${path}`, { method: 'HEAD' })).status, path).toBe(200)
  }
})

test('from the card to the app: who installs says whose the portal is, and is signed in in its frame', async () => {
  const portal = await aPortal()
  const page = await portal.install()
  expect(page.status).toBe(200)
  expect(page.text).toContain('Empezar con una cuenta nueva')
  expect(page.text).not.toMatch(/secret|refresh/i)
  expect(page.headers.get('content-security-policy')).toContain(`frame-ancestors 'self' http://${portal.domain};`.slice(0, -1))
  expect(page.headers.get('x-frame-options')).toBeNull()
  expect(await (await chooseIn(page.text, { begins: true })).json()).toEqual({ complete: true })
  await portal.finish()

  const app = await portal.open(1)
  expect(app.status).toBe(200)
  expect(app.headers.get('set-cookie')).toBeNull()
  const token = /"token":"([^"]+)"/.exec(app.text)?.[1] ?? ''
  const me = await SELF.fetch('http://app.test/api/session', { headers: { authorization: `Bearer ${token}` } })
  expect(await me.json()).toMatchObject({ person: { role: 'administrator' }, account: { name: portal.domain } })

  const listed = await SELF.fetch('http://app.test/api/portals', { headers: { authorization: `Bearer ${token}` } })
  expect(await listed.json()).toMatchObject({ items: [{ domain: portal.domain, state: 'active', isLocal: false }] })
  expect((await portal.open(3)).status).toBe(403)

  // Pictures travel without a header: the page's ticket opens them for this session, and one that was changed opens nothing.
  const ticket = /"ticket":"([^"]+)"/.exec(app.text)?.[1] ?? ''
  const picture = async (t: string) => (await SELF.fetch(`http://app.test/api/media/${crypto.randomUUID()}?t=${t}`)).status
  expect(await picture(ticket)).toBe(404)
  expect(await picture(`${ticket}x`)).toBe(401)
  expect((await SELF.fetch(`http://app.test/api/session?t=${ticket}`)).status).toBe(401)
})

test('each event is bound once, and again after an update; twice changes nothing', async () => {
  const portal = await aPortal()
  const page = await portal.install()
  await chooseIn(page.text, { begins: true })
  await portal.finish()
  expect(await bound(portal)).toBe(EVENTS.length)
  await portal.object().register()
  expect(await bound(portal)).toBe(EVENTS.length)
  await portal.does('update')
  expect(await portal.bring('ONAPPUPDATE')).toBe(200)
  await expect.poll(() => bound(portal), { timeout: 10_000 }).toBe(2 * EVENTS.length)
  expect(await portal.row()).toMatchObject({ last_event: 'ONAPPUPDATE' })
})

test('ONAPPINSTALL may come before the page or after it, and takes nothing away', async () => {
  const early = await aPortal()
  await early.does('install')
  expect(await early.bring('ONAPPINSTALL')).toBe(200)
  expect(await early.row()).toBeUndefined()
  const page = await early.install()
  await chooseIn(page.text, { begins: true })
  await early.finish()
  expect(await early.bring('ONAPPINSTALL')).toBe(200)
  expect((await early.open(1)).status).toBe(200)
})

test('a portal joins a company that exists by its code', async () => {
  const [account] = await owner.query("insert into account (name) values ('Cobranzas') returning id", [])
  const accountId = String(account?.['id'])
  const [role] = await owner.query('select roles_begin($1) as id', [accountId])
  const [person] = await owner.query(
    "insert into person (account_id, email, name, role_id) values ($1, $2, 'Ana', $3) returning id",
    [...[accountId, `${crypto.randomUUID()}@example.com`, role?.['id']]],
  )
  const code = `\\x${toHex(await sha256('ABCD2345'))}`
  await owner.query('delete from portal_code where code_hash = $1', [code])
  await owner.query(
    "insert into portal_code (account_id, person_id, code_hash, expires_at) values ($1, $2, $3, now() + interval '1 hour')",
    [...[accountId, person?.['id'], code]],
  )
  const portal = await aPortal()
  const page = await portal.install()
  expect((await chooseIn(page.text, { code: 'ZZZZ2345' })).status).toBe(410)
  expect((await chooseIn(page.text, { code: ' abcd-2345 ' })).status).toBe(200)
  await portal.finish()
  expect(await portal.row()).toMatchObject({ account_id: accountId, begins: false })
  const app = await portal.open(1)
  const token = /"token":"([^"]+)"/.exec(app.text)?.[1] ?? ''
  const me = await SELF.fetch('http://app.test/api/session', { headers: { authorization: `Bearer ${token}` } })
  expect(await me.json()).toMatchObject({ person: { name: 'Ana' } })
})

test('a local application has its own id and secret, and needs no choice', async () => {
  const [account] = await owner.query("insert into account (name) values ('Local') returning id", [])
  const accountId = String(account?.['id'])
  const [role] = await owner.query('select roles_begin($1) as id', [accountId])
  const [person] = await owner.query(
    "insert into person (account_id, email, name, role_id) values ($1, $2, 'Ana', $3) returning id",
    [...[accountId, `${crypto.randomUUID()}@example.com`, role?.['id']]],
  )
  const app = { key: crypto.randomUUID(), clientId: `local.${crypto.randomUUID()}`, secret: 'secret-of-a-local-app' }
  const sealed = await seal(app.secret, `portal_app|sealed|${app.key}`, settingsOf(env).keyring)
  await owner.query('insert into portal_app (id, account_id, client_id, sealed, made_by) values ($1, $2, $3, $4, $5)', [
    ...[app.key, accountId, app.clientId, sealed, person?.['id']],
  ])
  const portal = await aPortal(app)
  const page = await portal.install()
  expect(page.text).toContain('Listo')
  await portal.finish()
  expect(await portal.row()).toMatchObject({ account_id: accountId, app_id: app.key, state: 'active' })
  expect((await portal.open(1)).status).toBe(200)
})

test('what is not what it says is shown a sentence and does nothing', async () => {
  const portal = await aPortal()
  const page = await portal.install()
  await chooseIn(page.text, { begins: true })
  await portal.finish()
  const other = await aPortal()
  await other.install()
  await other.finish()
  const frame = await other.frame(1)
  // Good tokens of another portal, in the name of the first one.
  expect((await knock({ ...frame, fields: { ...frame.fields, member_id: portal.id } })).status).toBe(403)
  expect((await knock({ ...frame, fields: { ...frame.fields, REFRESH_ID: 'guessed' } })).status).toBe(403)
  expect((await knock({ ...frame, fields: { ...frame.fields, SERVER_ENDPOINT: 'https://evil.example/rest/' } })).status).toBe(403)
  const inner = { ...frame, action: frame.action.replace(/DOMAIN=[^&]+/, 'DOMAIN=10.0.0.5') }
  expect((await knock(inner)).status).toBe(400)
  expect((await knock({ ...frame, fields: {} })).status).toBe(400)
})

test('an event that does not prove where it comes from has no effect', async () => {
  const portal = await aPortal()
  const page = await portal.install()
  await chooseIn(page.text, { begins: true })
  await portal.finish()
  expect(await tell(`event=ONAPPUNINSTALL&auth[member_id]=${portal.id}&auth[application_token]=guessed`)).toBe(403)
  expect(await tell(`event=ONAPPUNINSTALL&auth[member_id]=${portal.id}`)).toBe(403)
  expect(await tell('event=ONAPPUNINSTALL&auth[member_id]=nobody&auth[application_token]=x')).toBe(403)
  expect(await tell('__proto__[x]=1')).toBe(400)
  expect(await portal.row()).toMatchObject({ state: 'active' })
})

test('taken out, its tokens are gone at once; installed again it is the same portal', async () => {
  const portal = await aPortal()
  const page = await portal.install()
  await chooseIn(page.text, { begins: true })
  await portal.finish()
  await portal.open(1)
  await portal.does('uninstall')
  expect(await portal.bring('ONAPPUNINSTALL')).toBe(200)
  await expect.poll(async () => (await portal.row())?.['state'], { timeout: 10_000 }).toBe('uninstalled')
  const before = await portal.row()
  const again = await portal.install()
  expect(again.text).toContain('Listo')
  await portal.finish()
  const after = await portal.row()
  expect(after).toMatchObject({ id: before?.['id'], account_id: before?.['account_id'], state: 'active', uninstalled_at: null })
  expect((await portal.open(1)).status).toBe(200)
})

/** The database does not hear that a portal has left: `answer` says what becomes of the word. Gives whether it was said. */
function whileLeaving(portalId: unknown, answer: (request: () => Promise<Response>) => Promise<Response>) {
  const real = globalThis.fetch
  const word = { wasSaid: false }
  const spy = vi.spyOn(globalThis, 'fetch').mockImplementation(async (...request) => {
    const body = String(request[1]?.body)
    if (!body.includes('portal_leaves(') || !body.includes(String(portalId))) return real(...request)
    word.wasSaid = true
    return answer(() => real(...request))
  })
  return { wasSaid: () => word.wasSaid, over: () => spy.mockRestore() }
}

const soon = { timeout: 10_000 }
const profile = { method: 'profile', params: {}, priority: 'status' } as const

test('installed again while the database cannot be told that it had left: what comes late takes nothing away', async () => {
  const portal = await aPortal()
  await portal.begin()
  const away = whileLeaving((await portal.row())?.['id'], async () => {
    throw new TypeError('the database is away')
  })
  await portal.does('uninstall')
  expect(await portal.bring('ONAPPUNINSTALL')).toBe(200)
  await expect.poll(away.wasSaid, soon).toBe(true)
  await portal.install()
  await portal.finish()
  away.over()
  // The event is tried again until it is settled.
  const waiting = () =>
    runInDurableObject(portal.object(), (_, { storage }) =>
      storage.sql.exec('select name from event where done_at is null').toArray(),
    )
  const tried = async () => (await runDurableObjectAlarm(portal.object()), waiting())
  await expect.poll(tried, soon).toEqual([])
  expect(await portal.row()).toMatchObject({ state: 'active', uninstalled_at: null })
  expect(await portal.object().call(profile)).toMatchObject({ ok: true })
})

test('installed again while the database is told that it has left: it is there', async () => {
  const portal = await aPortal()
  await portal.begin()
  const gate = { isOpen: false }
  const slow = whileLeaving((await portal.row())?.['id'], async (request) => {
    const answer = await request()
    while (!gate.isOpen) await scheduler.wait(5)
    return answer
  })
  await portal.does('uninstall')
  expect(await portal.bring('ONAPPUNINSTALL')).toBe(200)
  await expect.poll(async () => (await portal.row())?.['state'], soon).toBe('uninstalled')
  const page = portal.install()
  // Whoever did not wait would be in by then, and forgotten with the rest.
  await Promise.race([page, scheduler.wait(500)])
  gate.isOpen = true
  expect((await page).text).toContain('Listo')
  await portal.finish()
  expect(await portal.row()).toMatchObject({ state: 'active', uninstalled_at: null })
  expect(await portal.object().call(profile)).toMatchObject({ ok: true })
  slow.over()
})
