/** For tests in workerd: a portal with a number of ours on one of its open lines. */
import { env } from 'cloudflare:workers'
import { expect } from 'vitest'
import * as z from 'zod'
import { databaseOf } from '../lib/sql.ts'
import { aPortal, control, owner } from './a-portal.ts'

const Rows = z.object({ items: z.array(z.record(z.string(), z.unknown())) })
const db = databaseOf(env)

/** A portal in which one of our numbers is connected to the open line 7; Ana, its administrator, is the employee 1. */
export async function aLine(license = 'pro100') {
  const portal = await aPortal(null, license)
  await portal.begin()
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
      ...{
        providerId: `wamid.${crypto.randomUUID()}`,
        customer: { phone },
        profileName: 'Rosa Quispe',
        kind: 'text',
        text,
        ...more,
      },
    }
  }
  const ingest = (...entries: object[]) => db.query('select ingest($1, $2)', [accountId, JSON.stringify(entries)], 20_000)
  const rows = async (table: string) => Rows.parse(await control('GET', `/portals/${portal.id}/rows/${table}`)).items
  const texts = async () => (await rows('bubbles')).filter(({ from }) => from !== 'system').map(({ text }) => text)
  const waiting = async () =>
    owner.query("select kind, code from portal_delivery where portal_id = $1 and state in ('waiting', 'leased') order by n", [
      portalId,
    ])
  const deliveries = () =>
    owner.query('select kind, state, code, explanation from portal_delivery where portal_id = $1 order by n', [portalId])
  const hops = async () =>
    (await owner.query("select what, code from trace where account_id = $1 and place = 'bitrix24' order by id", [accountId])).map(
      ({ what, code }) => (code === null ? what : `${String(what)} ${String(code)}`),
    )
  /** What waits longer than its pause is due, by a second: clocks of two connections may differ. */
  const later = () =>
    owner.query(
      "update portal_delivery set next_at = now() - interval '1 second' where portal_id = $1 and state in ('waiting', 'leased')",
      [portalId],
    )
  /** No pause lasts any longer; then `look` at what came of it. */
  const goOn = async <T>(look: () => Promise<T>): Promise<T> => {
    await later()
    await portal.object().wake()
    return look()
  }
  return {
    portal,
    portalId,
    accountId,
    channelId,
    connector,
    says,
    goOn,
    ingest,
    rows,
    texts,
    waiting,
    deliveries,
    hops,
    later,
    wake: () => portal.object().wake(),
  }
}
