/** A database of its own for the ledger's figures: PostgreSQL as it runs at `npm start`, and companies with a number and money. */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startPostgres } from '../../db/local/postgres.ts'
import { migrate } from '../../db/migrate.ts'

const CONNECTIONS = 16

export type Company = { id: string; channelId: string; chatId: string }
export type World = { owner: pg.Pool; app: pg.Pool; stop(): Promise<void> }

export async function startWorld(): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'wb24-ledger-'))
  const postgres = await startPostgres({ dataDir: join(folder, 'postgres') })
  await migrate(postgres.url)
  const owner = new pg.Pool({ connectionString: postgres.url, max: 2 })
  const app = new pg.Pool({
    connectionString: `postgres://app_rw:local@127.0.0.1:${postgres.port}/postgres`,
    max: CONNECTIONS,
  })
  return {
    ...{ owner, app },
    async stop() {
      await Promise.all([owner.end(), app.end()])
      await postgres.stop('immediate')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A company with a number, a customer who has written long ago, a template, and money. `whoPays` as channel.who_pays. */
export async function aCompany({ owner, app }: World, whoPays: 'client' | 'us', isSold = false): Promise<Company> {
  const [id, channelId] = [randomUUID(), randomUUID()]
  await owner.query("insert into account (id, name) values ($1, 'Bench')", [id])
  await owner.query(
    "insert into channel (id, account_id, kind, name, key, phone, line, sealed, who_pays) values ($1, $2, 'meta', 'Ventas', $3, '1', $3, '', $4)",
    [channelId, id, channelId, whoPays],
  )
  await owner.query(
    "insert into template (account_id, channel_id, name, language, category, components) values ($1, $2, 'promo', 'es', 'marketing', '{}')",
    [id, channelId],
  )
  if (isSold) await sell(owner, id, channelId)
  await owner.query("select ledger_open($1, 'USD')", [id])
  await owner.query("select ledger_settle_topup($1, 'stripe', $2, 1000000000000, 'USD')", [id, randomUUID()])
  const [first] = await ingest(app, id, [entry(channelId, { op: 'in', origin: 'customer', kind: 'text', text: 'Hola' })])
  return { id, channelId, chatId: String(first?.['chatId']) }
}

async function sell(owner: pg.Pool, id: string, channelId: string): Promise<void> {
  await owner.query('insert into selling (account_id, is_on) values ($1, true)', [id])
  await owner.query(
    `with p as (insert into plan (code, name) values ('p' || left(md5($1::uuid::text), 20), 'Bench') returning id),
       v as (insert into plan_price (plan_id, version, minor, currency, every) select id, 1, 1500, 'USD', 'month' from p returning id)
     insert into subscription (account_id, channel_id, plan_price_id, gateway, state, paid_until, sends_until)
     select $1::uuid, $2, id, 'gift', 'active', now() + interval '9 days', now() + interval '9 days' from v`,
    [id, channelId],
  )
}

type Row = Record<string, unknown>

/** Writes entries as the Desk does, in one round trip. */
export async function ingest(app: pg.Pool, accountId: string, entries: Row[]): Promise<Row[]> {
  const { rows } = await app.query('select ingest($1, $2) as written', [accountId, JSON.stringify(entries)])
  return rows[0].written.results
}

function entry(channelId: string, more: Row): Row {
  return {
    ...{ channelId, objectKey: 'p:593987654321', traceId: 't', hops: [], at: new Date().toISOString() },
    ...{ messageId: randomUUID(), contactId: randomUUID(), chatId: randomUUID(), customer: { phone: '593987654321' } },
    ...more,
  }
}

/** A template on its way to the company's customer. */
export function promoOf({ channelId, chatId }: Company): Row {
  const template = { name: 'promo', language: 'es', params: [] }
  const author = { kind: 'person', id: null, name: 'Bench' }
  return entry(channelId, {
    ...{ op: 'out', chatId, kind: 'template', extra: { template }, author },
    ...{ token: randomUUID(), bodyHash: 'h' },
  })
}
