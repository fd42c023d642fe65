/** A company with one person and one number, made new for a test, and the two ways to ask the database as the Worker does. */
import { randomBytes, randomUUID } from 'node:crypto'
import pg from 'pg'
import { testWorld } from './test-world.ts'

type Row = Record<string, unknown>
export type AnAccount = {
  id: string
  personId: string
  channelId: string
  /** Writes entries as the Desk does; what became of each, in order. */
  ingest(...entries: Row[]): Promise<Row[]>
  /** Runs one function of the API as this account's person. Null where the function knows nothing. `deed`: the request's own id. */
  api(fn: string, args: Row, deed?: string): Promise<Row | null>
  /** An entry of this account's number; without `changes` a customer's first "Hola". */
  entry(changes?: Row): Row
}

let pools: { owner: pg.Pool; app: pg.Pool } | null = null

/** Signed in as the owner (sees all accounts) and as the Worker's role. Ends with the test file: call {@link leave}. */
export function doors(): { owner: pg.Pool; app: pg.Pool } {
  const { ownerUrl, appUrl } = testWorld()
  pools ??= { owner: new pg.Pool({ connectionString: ownerUrl, max: 4 }), app: new pg.Pool({ connectionString: appUrl, max: 4 }) }
  return pools
}

export async function leave(): Promise<void> {
  await Promise.all([pools?.owner.end(), pools?.app.end()])
  pools = null
}

/** What customers write is of yesterday: their 24 hours are over, whatever day the tests run on. */
const ENTRIES_AGO_MS = 27 * 3_600_000

export async function anAccount(): Promise<AnAccount> {
  const { owner, app } = doors()
  const id = randomUUID()
  const personId = randomUUID()
  const channelId = randomUUID()
  const token = randomBytes(32)
  await owner.query('insert into account (id, name) values ($1, $2)', [id, 'Prueba'])
  await owner.query("insert into person (id, account_id, email, name, role_id) values ($1, $2, $3, 'Ana', roles_begin($2))", [
    personId,
    id,
    `${personId}@test.example`,
  ])
  await owner.query(
    "insert into session (account_id, person_id, token_hash, expires_at) values ($1, $2, $3, now() + interval '1 day')",
    [id, personId, token],
  )
  await owner.query(
    "insert into channel (id, account_id, kind, name, key, phone, line, sealed) values ($1, $2, 'meta', 'Ventas', $3, '593900000000', $3, '')",
    [channelId, id, channelId],
  )
  let minute = 0
  const began = Date.now() - ENTRIES_AGO_MS
  return {
    id,
    personId,
    channelId,
    async ingest(...entries) {
      const { rows } = await app.query('select ingest($1, $2) as written', [id, JSON.stringify(entries)])
      return rows[0].written.results
    },
    async api(fn, args, deed) {
      const given = [token, fn, JSON.stringify(args), deed ?? null]
      const { rows } = await app.query('select result from call_as($1, null, $2, $3, $4)', given)
      return rows[0].result === null ? null : JSON.parse(rows[0].result)
    },
    entry(changes = {}) {
      minute += 1
      return {
        op: 'in',
        channelId,
        objectKey: 'p:593987654321',
        traceId: 't',
        hops: [],
        at: new Date(began + minute * 60_000).toISOString(),
        messageId: randomUUID(),
        contactId: randomUUID(),
        chatId: randomUUID(),
        origin: 'customer',
        providerId: `wamid.${randomUUID()}`,
        customer: { phone: '593987654321' },
        kind: 'text',
        text: 'Hola',
        ...changes,
      }
    },
  }
}
