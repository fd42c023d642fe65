/// <reference types="@cloudflare/vitest-plugin/types" />
import { SELF } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import * as z from 'zod'
import type { Check } from '#contract/portal-lines.ts'
import { settingsOf } from '../lib/env.ts'
import { seal } from '../lib/seal.ts'
import { aPortal, chooseIn, control, owner } from './a-portal.ts'

const Line = z.looseObject({ id: z.string(), state: z.string(), line: z.number(), problem: z.nullable(z.string()) })

/** A portal of a company that began with it, its administrator's page, and a way to add numbers. */
async function company() {
  const portal = await aPortal()
  await chooseIn((await portal.install()).text, { begins: true })
  await portal.finish()
  const token = /"token":"([^"]+)"/.exec((await portal.open(1)).text)?.[1] ?? ''
  const [row] = await owner.query('select id, account_id from portal where member_id = $1', [portal.id])
  const portalId = String(row?.['id'])
  const api = async (method: string, path: string, body?: object) => {
    const response = await SELF.fetch(`http://app.test/api${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    })
    const json: unknown = await response.json()
    return { status: response.status, json, code: z.looseObject({ code: z.optional(z.string()) }).parse(json).code }
  }
  return {
    ...{ portal, portalId, api },
    accountId: String(row?.['account_id']),
    number: async (name: string) => {
      const id = crypto.randomUUID()
      const place = `channel|sealed|${id}|${String(row?.['account_id'])}`
      const sealed = await seal('{"kind":"session"}', place, settingsOf(env).keyring)
      await owner.query(
        "insert into channel (id, account_id, kind, name, key, phone, line, sealed) values ($1, $2, 'session', $3, $4, '51987000111', $4, $5)",
        [id, row?.['account_id'], name, id, sealed],
      )
      return id
    },
    bind: (channelId: string, line: number) => api('PUT', `/channels/${channelId}/portal-line`, { portalId, line }),
    newLine: async (name: string) => {
      const made = await api('POST', `/portals/${portalId}/open-lines`, { name, queue: [{ kind: 'user', id: '1' }], hours: null })
      return z.object({ line: z.number() }).parse(made.json).line
    },
    bound: async () => z.object({ items: z.array(Line) }).parse((await api('GET', '/portal-lines')).json).items,
    /** What the portal says of its connectors: which are ready, on which line. */
    ready: async () => {
      const { items } = z
        .object({ items: z.array(z.looseObject({ connector: z.string(), line: z.number(), active: z.boolean() })) })
        .parse(await control('GET', `/portals/${portal.id}/rows/channels`))
      return items.filter(({ active }) => active).map(({ line }) => line)
    },
  }
}

const checksOf = (json: unknown) =>
  Object.fromEntries(
    z
      .object({ checks: z.array(z.looseObject({ name: z.string(), state: z.string(), code: z.nullable(z.string()) })) })
      .parse(json)
      .checks.map((check) => [check.name as Check['name'], check.code ?? check.state]),
  )

test('a number is bound to a line that was made for it, moved to another, and taken off; the portal agrees each time', async () => {
  const { api, bind, bound, newLine, number, portal, portalId, ready } = await company()
  const hours = { from: '09:00', to: '18:00', timeZone: 'America/Lima', off: ['SA', 'SU'] }
  const queue = [{ kind: 'user', id: '1' }]
  const made = await api('POST', `/portals/${portalId}/open-lines`, { name: 'Ventas Lima', queue, hours })
  const { line } = z.object({ line: z.number() }).parse(made.json)
  const sales = await number('Ventas')
  expect(await bind(sales, line)).toMatchObject({ status: 200, json: { line, lineName: 'Ventas Lima', state: 'active' } })
  expect(await ready()).toEqual([line])
  expect((await portal.got('imconnector.register')).every(({ error }) => error === null)).toBe(true)
  // The line has one number; the number has one line.
  expect(await bind(await number('Otro'), line)).toMatchObject({ status: 409, code: 'line_taken' })

  const other = await newLine('Cobranzas')
  expect((await bind(sales, other)).status).toBe(200)
  expect(await ready()).toEqual([other])
  const lines = await bound()
  expect(lines).toMatchObject([{ line: other }])

  expect((await api('DELETE', `/portal-lines/${lines[0]?.id}`)).status).toBe(200)
  expect(await ready()).toEqual([])
  expect(await bound()).toEqual([])
})

test('what the portal refuses changes nothing, and says why', async () => {
  const { bind, bound, newLine, number, portal, api, portalId } = await company()
  const line = await newLine('Ventas')
  const sales = await number('Ventas')
  await bind(sales, line)
  expect(await bind(sales, 99_999)).toMatchObject({
    status: 422,
    code: 'portal_refused',
    json: { details: { reason: 'line_deleted' } },
  })
  await portal.settings({ confirm: { 'imconnector.activate': 'waiting' } })
  expect(await bind(sales, await newLine('Otra'))).toMatchObject({ status: 422, code: 'portal_refused' })
  expect(await bound()).toMatchObject([{ line, state: 'active' }])
  expect(await api('GET', `/portals/${portalId}/colleagues?q=zzz`)).toMatchObject({ status: 200, json: { items: [] } })
})

test('somebody takes the connector off its line: the binding says so, the test names it, and repairing brings it back', async () => {
  const { accountId, api, bind, bound, newLine, number, portal, ready } = await company()
  const line = await newLine('Ventas')
  await bind(await number('Ventas'), line)
  const [binding] = await bound()
  const connector = z.looseObject({ connector: z.string() }).parse(binding).connector
  const well = await api('POST', `/portal-lines/${binding?.id}/test`, {})
  expect(checksOf(well.json)).toMatchObject({
    ...{ access: 'pass', application: 'pass', events: 'pass', line: 'pass', queue: 'pass', connector: 'pass' },
    configured: 'pass',
  })
  await portal.does('disconnect', { connector, line })
  expect(await portal.bring('ONIMCONNECTORSTATUSDELETE')).toBe(200)
  await expect.poll(async () => (await bound())[0]).toMatchObject({ state: 'broken', problem: 'detached' })
  expect(
    await owner.query("select kind from alarm where account_id = $1 and kind = 'portal_disconnected' and over_at is null", [
      accountId,
    ]),
  ).toHaveLength(1)

  const ill = await api('POST', `/portal-lines/${binding?.id}/test`, {})
  expect(checksOf(ill.json)).toMatchObject({ configured: 'not_configured', line: 'pass' })
  const repaired = await api('POST', `/portal-lines/${binding?.id}/test`, { repair: true })
  expect(checksOf(repaired.json)).toMatchObject({ configured: 'pass' })
  expect(repaired.json).toMatchObject({ shown: { state: 'active', problem: null } })
  expect(await ready()).toEqual([line])
})

test('a new installation takes connectors away; what was bound is bound again, and a paused one stays paused', async () => {
  const { api, bind, bound, newLine, number, portal, ready } = await company()
  const line = await newLine('Ventas')
  await bind(await number('Ventas'), line)
  const [binding] = await bound()
  await api('PATCH', `/portal-lines/${binding?.id}`, { paused: true })
  await portal.does('uninstall')
  expect(await portal.bring('ONAPPUNINSTALL')).toBe(200)
  await expect.poll(async () => (await portal.row())?.['state']).toBe('uninstalled')
  await portal.install()
  await portal.finish()
  await expect.poll(ready, { timeout: 10_000 }).toEqual([line])
  const [row] = await owner.query('select state, problem from portal_line where id = $1', [binding?.id])
  expect(row).toEqual({ state: 'paused', problem: null })
})
