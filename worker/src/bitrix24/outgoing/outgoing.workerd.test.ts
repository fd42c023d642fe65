/// <reference types="@cloudflare/vitest-plugin/types" />
import { abortAllDurableObjects, runDurableObjectAlarm } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, expect, test } from 'vitest'
import * as z from 'zod'
import { databaseOf } from '../../lib/sql.ts'
import { aPortal, chooseIn, control, owner } from '../a-portal.ts'

afterEach(async () => {
  await control('DELETE', '/mischief')
  await control('PUT', '/clock', { aheadMs: 0 })
})

const Rows = z.object({ items: z.array(z.record(z.string(), z.unknown())) })
const db = databaseOf(env)

/** A portal in which one of our numbers is connected to the open line 7; Ana, its administrator, is the employee 1. */
async function aLine() {
  const portal = await aPortal()
  const page = await portal.install()
  expect((await chooseIn(page.text, { begins: true })).status).toBe(200)
  await portal.finish()
  await portal.open(1)
  const row = await portal.row()
  const [portalId, accountId] = [String(row?.['id']), String(row?.['account_id'])]
  const channelId = crypto.randomUUID()
  const connector = `wab24_${channelId.slice(0, 8)}`
  await owner.query(
    "insert into channel (id, account_id, kind, name, key, phone, line, sealed) values ($1, $2, 'meta', 'Ventas', $3, '1', $3, '')",
    [channelId, accountId, channelId],
  )
  await owner.query(
    "insert into portal_line (account_id, portal_id, channel_id, connector, line, line_name) values ($1, $2, $3, $4, 7, 'Ventas')",
    [accountId, portalId, channelId, connector],
  )
  const call = async (method: string, params: Record<string, unknown>) =>
    expect(await portal.object().call({ method, params, priority: 'status' })).toMatchObject({ ok: true })
  const icon = { DATA_IMAGE: 'data:image/svg+xml,x' }
  await call('imconnector.register', { ID: connector, NAME: 'WhatsApp', ICON: icon, PLACEMENT_HANDLER: 'http://app.test/c' })
  await call('imconnector.activate', { CONNECTOR: connector, LINE: 7, ACTIVE: '1' })
  await call('imconnector.connector.data.set', { CONNECTOR: connector, LINE: 7, DATA: { NAME: 'WhatsApp' } })
  let n = 0
  const says = (phone: string, text: string, more: object = {}) => {
    n += 1
    return {
      ...{ op: 'in', channelId, objectKey: `p:${phone}`, traceId: 't', hops: [], at: new Date(Date.now() + n).toISOString() },
      ...{ messageId: crypto.randomUUID(), contactId: crypto.randomUUID(), chatId: crypto.randomUUID(), origin: 'customer' },
      ...{ providerId: `wamid.${crypto.randomUUID()}`, customer: { phone }, profileName: 'Rosa Quispe', kind: 'text', text, ...more },
    }
  }
  const ingest = (...entries: object[]) => db.query('select ingest($1, $2)', [accountId, JSON.stringify(entries)], 20_000)
  const rows = async (table: string) => Rows.parse(await control('GET', `/portals/${portal.id}/rows/${table}`)).items
  const texts = async () => (await rows('bubbles')).filter(({ from }) => from !== 'system').map(({ text }) => text)
  const waiting = async () =>
    owner.query("select kind, code from portal_delivery where portal_id = $1 and state in ('waiting', 'leased') order by n", [portalId])
  const deliveries = () =>
    owner.query('select kind, state, code, explanation from portal_delivery where portal_id = $1 order by n', [portalId])
  const hops = async () =>
    (await owner.query("select what, code from trace where account_id = $1 and place = 'bitrix24' order by id", [accountId])).map(
      ({ what, code }) => (code === null ? what : `${String(what)} ${String(code)}`),
    )
  /** What waits longer than its pause is due now. */
  const later = () => owner.query("update portal_delivery set next_at = now() where portal_id = $1 and state in ('waiting', 'leased')", [portalId])
  return { portal, portalId, accountId, channelId, connector, says, ingest, rows, texts, waiting, deliveries, hops, later, wake: () => portal.object().wake() }
}

const soon = { timeout: 20_000, interval: 50 }

test('what a customer writes stands in the open line, with name, phone and number of the chat, and its way is told', async () => {
  const line = await aLine()
  await line.ingest(line.says('51987000111', 'Hola *señor*'), line.says('51987000111', '[b]no[/b]'))
  await line.wake()
  await expect.poll(line.texts, soon).toEqual(['Hola [b]señor[/b]', '[⁠b]no[⁠/b]'])
  expect(await line.portal.got('imconnector.send.messages')).toHaveLength(1)
  expect(await line.rows('guests')).toMatchObject([
    { externalId: 'wa-51987000111', name: 'Rosa', lastName: 'Quispe', phone: '+51987000111' },
  ])
  await expect.poll(line.hops, soon).toEqual(['portal_send', 'portal_send'])
  const [dialog] = await line.rows('dialogs')
  expect(await owner.query('select im_chat_id, session_id, line from portal_chat where portal_id = $1', [line.portalId])).toEqual([
    { im_chat_id: String(dialog?.['id']), session_id: String(dialog?.['sessionId']), line: 7 },
  ])
})

test('a thousand messages of forty customers in a burst: none is lost, none is doubled, each chat in its order, in few requests', async () => {
  const line = await aLine()
  const phones = Array.from({ length: 40 }, (_, n) => String(51_987_000_000 + n))
  const all = Array.from({ length: 1_000 }, (_, n) => line.says(phones[n % 40] ?? '', `m${n}`))
  const wakes: Promise<void>[] = []
  for (let n = 0; n < all.length; n += 100) {
    await line.ingest(...all.slice(n, n + 100))
    wakes.push(line.wake())
  }
  await Promise.all(wakes)
  await expect.poll(async () => (await line.waiting()).length, { timeout: 60_000, interval: 200 }).toBe(0)
  const bubbles = await line.rows('bubbles')
  const ofClient = bubbles.filter(({ from }) => from === 'client')
  expect(new Set(ofClient.map(({ text }) => text)).size).toBe(1_000)
  expect(ofClient).toHaveLength(1_000)
  for (const chat of Map.groupBy(ofClient, ({ chatId }) => chatId).values()) {
    const order = chat.map(({ text }) => Number(String(text).slice(1)))
    expect(order).toEqual(order.toSorted((a, b) => a - b))
  }
  expect((await line.portal.got('imconnector.send.messages')).length).toBeLessThan(120)
})
