/// <reference types="@cloudflare/vitest-plugin/types" />
import { expect, test } from 'vitest'
import * as z from 'zod'
import type { Check } from '#contract/portal-lines.ts'
import { company } from './a-company.ts'
import { owner } from './a-portal.ts'

const soon = { timeout: 20_000, interval: 50 }

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
  await expect.poll(async () => (await bound())[0], soon).toMatchObject({ state: 'broken', problem: 'detached' })
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
  await expect.poll(async () => (await portal.row())?.['state'], soon).toBe('uninstalled')
  await portal.install()
  await portal.finish()
  await expect.poll(ready, soon).toEqual([line])
  const stands = () => owner.query('select state, problem from portal_line where id = $1', [binding?.id])
  await expect.poll(stands, soon).toEqual([{ state: 'paused', problem: null }])
})

test('what a line makes for an unknown client is read with the pipelines of the CRM, and set there; one that the CRM does not have stays out', async () => {
  const { api, bind, bound, newLine, number, portal } = await company()
  await bind(await number('Ventas'), await newLine('Ventas'))
  const [line] = await bound()
  const at = `/portal-lines/${line?.id}/client-rule`
  const pipelines = [
    { id: 0, name: 'General' },
    { id: 4, name: 'Cobranza' },
  ]
  expect((await api('GET', at)).json).toEqual({
    rule: { creates: 'lead', pipeline: 0, turns: 'evenly' },
    hasLeads: true,
    pipelines,
  })
  expect((await api('PUT', at, { creates: 'deal', pipeline: 4, turns: 'all' })).json).toMatchObject({
    rule: { creates: 'deal', pipeline: 4, turns: 'all' },
  })
  await portal.settings({ crmMode: 2 })
  expect((await api('GET', at)).json).toMatchObject({ rule: { creates: 'deal', pipeline: 4 }, hasLeads: false })
  expect((await api('PUT', at, { creates: 'none', pipeline: 0, turns: 'strictly' })).json).toMatchObject({
    rule: { creates: 'none', turns: 'strictly' },
  })
  const audited = await owner.query(
    "select after from audit where object_id = $1 and action = 'portal_line.client_rule' order by n",
    [line?.id],
  )
  expect(audited.map(({ after }) => after)).toMatchObject([
    { creates: 'deal', pipeline: 'Cobranza', turns: 'all' },
    { creates: 'none', turns: 'strictly' },
  ])
})

test('a plan that is used up is said in our words: lines, automation, and a free plan that lets nobody in until it is a paid one', async () => {
  const { api, portal, portalId } = await company('basic')
  const queue = [{ kind: 'user', id: '1' }]
  const more = await api('POST', `/portals/${portalId}/open-lines`, { name: 'Una más', queue, hours: null })
  expect(more).toMatchObject({ status: 422, code: 'portal_refused', json: { details: { reason: 'plan_lines' } } })
  const now = async () =>
    z.looseObject({ now: z.looseObject({}) }).parse((await api('GET', `/portals/${portalId}/health`)).json).now
  await portal.object().register()
  expect(await now()).toMatchObject({ missing: [], lacking: [] })
  await portal.settings({ modules: { imconnector: true, bizproc: false } })
  await portal.object().register()
  // No fault of the installation: nothing of it is asked again and again.
  expect(await now()).toMatchObject({ missing: [], lacking: [{ what: 'robots', code: 'ERROR_METHOD_NOT_FOUND' }] })
  await portal.settings({ isFree: true })
  await portal.object().check()
  const stands = async () => (await owner.query('select state, problem from portal where id = $1', [portalId]))[0]
  expect(await stands()).toEqual({ state: 'payment_required', problem: 'plan_without_rest' })
  await portal.settings({ isFree: false })
  await portal.object().call({ method: 'profile', params: {}, priority: 'status' })
  await expect.poll(stands, soon).toEqual({ state: 'active', problem: null })
})
