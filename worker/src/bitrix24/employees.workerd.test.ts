/// <reference types="@cloudflare/vitest-plugin/types" />
import { SELF } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { Employees } from '#contract/employees.ts'
import { settingsOf } from '../lib/env.ts'
import { seal } from '../lib/seal.ts'
import { aPortal, chooseIn, control, owner } from './a-portal.ts'

const Read = z.object({ list: Employees, added: z.number(), dismissed: z.number() })
type Change = { userId: string; from: string; to: string }

/** A portal with so many employees, and its administrator in the frame. */
async function installed(employees: number, app: Parameters<typeof aPortal>[0] = null) {
  const portal = await aPortal(app, 'pro100', employees)
  const page = await portal.install()
  if (!app) {
    // Two seconds later the list would be read by itself.
    await portal.hold()
    await chooseIn(page.text, { begins: true })
  }
  await portal.finish()
  const portalId = String((await portal.row())?.['id'])
  const tokenOf = async (userId: number) => /"token":"([^"]+)"/.exec((await portal.open(userId)).text)?.[1] ?? ''
  const ask = async (token: string, method: string, path: string, body?: object) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const init = { method, headers, ...(body && { body: JSON.stringify(body) }) }
    const response = await SELF.fetch(`http://app.test/api/portals/${portalId}/employees${path}`, init)
    return { status: response.status, json: await response.json() }
  }
  const admin = await tokenOf(1)
  return {
    ...{ portal, portalId, tokenOf, ask },
    read: async () => Read.parse((await ask(admin, 'POST', '/reading', {})).json),
    readRaw: () => ask(admin, 'POST', '/reading', {}),
    list: async () => Employees.parse((await ask(admin, 'GET', '')).json),
    apply: (...changes: Change[]) => ask(admin, 'PUT', '/roles', { changes }),
  }
}

test('two thousand employees are read in a few calls, as the portal has them, and each may be given a role', async () => {
  const company = await installed(2_000)
  expect((await company.list()).readAt).toBeNull()
  const before = (await company.portal.got('batch')).length
  const { list, added } = await company.read()
  expect(list.items).toHaveLength(2_000)
  // The administrator was known already.
  expect(added).toBe(1_999)
  expect((await company.portal.got('batch')).length - before).toBeLessThanOrEqual(4)
  expect(list.departments.map(({ name }) => name)).toContain('Red Digital')
  expect(list.items.every(({ departments }) => departments.length > 0)).toBe(true)
  expect(await company.apply({ userId: '2', from: 'none', to: 'quality' })).toMatchObject({ status: 200 })
  expect(await company.tokenOf(2)).not.toBe('')
  expect(await company.tokenOf(3)).toBe('')
})

test('a dismissed employee is out as soon as the list is read again, in whatever is open of theirs', async () => {
  const { portal, read, apply, tokenOf, ask } = await installed(3)
  await read()
  await apply({ userId: '2', from: 'none', to: 'head' })
  const token = await tokenOf(2)
  const me = () => SELF.fetch('http://app.test/api/session', { headers: { authorization: `Bearer ${token}` } })
  expect((await me()).status).toBe(200)
  // A head is no administrator: the list of employees is not theirs.
  expect((await ask(token, 'GET', '')).status).toBe(403)
  await portal.user(2, { active: false })
  expect((await read()).dismissed).toBe(1)
  expect((await me()).status).toBe(401)
  expect(await portal.open(2)).toMatchObject({ status: 403 })
})

test('somebody who is hired is in the list without anybody asking, where the card asks to hear of it', async () => {
  const [account] = await owner.query("insert into account (name) values ('Local') returning id", [])
  const [role] = await owner.query('select roles_begin($1) as id', [account?.['id']])
  const [person] = await owner.query(
    "insert into person (account_id, email, name, role_id) values ($1, $2, 'Ana', $3) returning id",
    [account?.['id'], `${crypto.randomUUID()}@example.com`, role?.['id']],
  )
  const app = { key: crypto.randomUUID(), clientId: `local.${crypto.randomUUID()}`, secret: 'secret-of-a-local-app' }
  const sealed = await seal(app.secret, `portal_app|sealed|${app.key}`, settingsOf(env).keyring)
  await owner.query('insert into portal_app (id, account_id, client_id, sealed, made_by) values ($1, $2, $3, $4, $5)', [
    ...[app.key, account?.['id'], app.clientId, sealed, person?.['id']],
  ])
  const at = 'http://app.test/bitrix24/'
  const scope = ['user', 'department', 'crm', 'imconnector', 'imopenlines']
  await control('POST', '/apps', {
    clientId: app.clientId,
    scope,
    handler: `${at}app`,
    installer: `${at}install`,
    events: `${at}events`,
  })
  const { portal, read, list } = await installed(3, app)
  await read()
  await control('POST', `/portals/${portal.id}/employees`, { count: 4 })
  await control('POST', '/quiet')
  expect(await portal.told('ONUSERADD')).not.toEqual([])
  expect(await portal.bring('ONUSERADD')).toBe(200)
  await expect.poll(async () => (await list()).items.length, { timeout: 15_000 }).toBe(4)
})

test('a portal that does not answer takes nobody’s access away, and the screen says why', async () => {
  const { portal, portalId, read, readRaw, apply, list, tokenOf } = await installed(3)
  await read()
  await apply({ userId: '2', from: 'none', to: 'sales' })
  await control('POST', '/mischief', {
    where: 'rest',
    what: 'batch',
    error: 'insufficient_scope',
    status: 403,
    next: 1,
    portal: portal.id,
  })
  expect(await readRaw()).toMatchObject({ status: 422, json: { code: 'portal_refused' } })
  await control('DELETE', `/mischief?portal=${portal.id}`)
  expect((await list()).problem).toBe('insufficient_scope')
  expect((await list()).items.find(({ userId }) => userId === '2')?.access).toBe('sales')
  expect(await tokenOf(2)).not.toBe('')
  expect(
    await owner.query('select count(*)::int as n from portal_person where portal_id = $1 and is_active', [portalId]),
  ).toEqual([{ n: 3 }])
})
