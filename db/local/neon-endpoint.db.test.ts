import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client, neon, neonConfig, NeonDbError, Pool, type NeonQueryFunction } from '@neondatabase/serverless'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startNeonEndpoint, type NeonEndpoint } from './neon-endpoint.ts'
import { startPostgres, type LocalPostgres } from './postgres.ts'

const folder = mkdtempSync(join(tmpdir(), 'wb24-neon-'))
let postgres: LocalPostgres
let endpoint: NeonEndpoint
let sql: NeonQueryFunction<false, false>
let url: string

beforeAll(async () => {
  postgres = await startPostgres({ dataDir: join(folder, 'data') })
  endpoint = await startNeonEndpoint({ postgresPort: postgres.port })
  neonConfig.fetchEndpoint = () => endpoint.url
  neonConfig.wsProxy = () => `127.0.0.1:${endpoint.port}/v2`
  neonConfig.useSecureWebSocket = false
  neonConfig.pipelineConnect = false
  url = postgres.url.replace('postgres@', 'postgres:local@')
  sql = neon(url)
  await sql`create table word (id int primary key, text text not null, about jsonb, at timestamptz default now())`
  await sql.query('create role reader login password $$local$$')
  await sql`grant select on word to reader`
})

afterAll(async () => {
  await endpoint.close()
  await postgres.stop()
  rmSync(folder, { recursive: true, force: true })
})

beforeEach(async () => {
  endpoint.fault(null)
  await sql`truncate word`
})

const failureOf = (query: Promise<unknown>): Promise<NeonDbError> =>
  query.then(
    () => {
      throw new Error('it should have failed')
    },
    (error) => {
      if (error instanceof NeonDbError) return error
      throw error
    },
  )

test('values come back as the driver reads them from raw text', async () => {
  await sql`insert into word (id, text, about) values (1, 'ñandú', ${JSON.stringify({ legs: 2 })})`
  const [row] = await sql`select id, text, about, at, null as nothing, array[1,2] as list, 12.50::numeric as price from word`
  expect(row).toMatchObject({ id: 1, text: 'ñandú', about: { legs: 2 }, nothing: null, list: [1, 2], price: '12.50' })
  expect(row?.['at']).toBeInstanceOf(Date)
})

test('a full result tells the command, the count and the columns', async () => {
  const result = await neon(url, { fullResults: true })`insert into word (id, text) values (1, 'a'), (2, 'b') returning id`
  expect(result).toMatchObject({ command: 'INSERT', rowCount: 2, rows: [{ id: 1 }, { id: 2 }] })
  expect(result.fields[0]).toMatchObject({ name: 'id', dataTypeID: 23 })
})

test("an error carries PostgreSQL's own code, constraint and detail", async () => {
  await sql`insert into word (id, text) values (1, 'a')`
  const error = await failureOf(sql`insert into word (id, text) values (${1}, 'b')`)
  expect(error).toMatchObject({ code: '23505', constraint: 'word_pkey', table: 'word', severity: 'ERROR' })
  expect(error.detail).toContain('(id)=(1)')
})

test('a query is one statement', async () => {
  expect(await failureOf(sql.query('select 1; select 2'))).toMatchObject({ code: '42601' })
})

test('a batch is one transaction: all or nothing', async () => {
  const error = await failureOf(sql.transaction([sql`insert into word (id, text) values (1, 'a')`, sql`select 1/0`]))
  expect(error.code).toBe('22012')
  expect(await sql`select id from word`).toEqual([])
  const [, rows] = await sql.transaction([
    sql`select set_config('app.account', 'mine', true)`,
    sql`select current_setting('app.account') as account`,
  ])
  expect(rows).toEqual([{ account: 'mine' }])
  // What a transaction set is gone for whoever comes next on the connection.
  expect(await sql`select current_setting('app.account', true) as account`).not.toEqual([{ account: 'mine' }])
})

test('a batch keeps its isolation level and may be read only', async () => {
  const [rows] = await sql.transaction([sql`show transaction_isolation`], { isolationLevel: 'Serializable' })
  expect(rows).toEqual([{ transaction_isolation: 'serializable' }])
  const error = await failureOf(sql.transaction([sql`insert into word (id, text) values (1, 'a')`], { readOnly: true }))
  expect(error.code).toBe('25006')
})

test('whoever signs in has only their own rights', async () => {
  const reader = neon(url.replace('postgres:local@', 'reader:local@'))
  expect(await reader`select current_user as me`).toEqual([{ me: 'reader' }])
  expect(await failureOf(reader`insert into word (id, text) values (1, 'a')`)).toMatchObject({ code: '42501' })
  expect(await failureOf(neon(url.replace('postgres:local@', 'nobody:local@'))`select 1`)).toMatchObject({ code: '28000' })
})

test('a hundred queries at once are all answered, each with its own', async () => {
  const answers = await Promise.all(Array.from({ length: 100 }, (_, n) => sql`select ${n}::int as n`))
  expect(answers.map(([row]) => row?.['n'])).toEqual(Array.from({ length: 100 }, (_, n) => n))
})

test('an answer above the size of the real proxy is refused', async () => {
  await expect(sql`select repeat('x', 11000000) as much`).rejects.toThrow('507')
})

test('WebSocket mode has sessions: a transaction that reads, decides and rolls back', async () => {
  const client = new Client(url)
  await client.connect()
  await client.query('begin')
  await client.query("insert into word (id, text) values (1, 'a')")
  expect((await client.query('select count(*)::int as n from word')).rows).toEqual([{ n: 1 }])
  await expect(client.query('select 1/0')).rejects.toMatchObject({ code: '22012' })
  await client.query('rollback')
  expect((await client.query('select count(*)::int as n from word')).rows).toEqual([{ n: 0 }])
  await client.end()
})

test('WebSocket mode has pools', async () => {
  const pool = new Pool({ connectionString: url, max: 3 })
  const answers = await Promise.all(Array.from({ length: 12 }, (_, n) => pool.query('select $1::int as n', [n])))
  expect(answers.map(({ rows }) => rows[0].n)).toEqual(Array.from({ length: 12 }, (_, n) => n))
  await pool.end()
})

test('a server that is away is a server error, and it is found again when it returns', async () => {
  await postgres.stop('immediate')
  await expect(sql`select 1`).rejects.toThrow('Server error (HTTP status 500)')
  await postgres.start()
  expect(await sql`select 1 as one`).toEqual([{ one: 1 }])
})

test('a connection that breaks in the middle of a query has an empty code, as at the real proxy', async () => {
  const sleeping = failureOf(sql`select pg_sleep(30)`)
  await expect
    .poll(async () => (await sql`select 1 from pg_stat_activity where query like 'select pg_sleep%' and state = 'active'`).length)
    .toBe(1)
  await postgres.kill9()
  await postgres.start()
  expect((await sleeping).code).toBe('')
})

test('faults: refused, answered never, committed without an answer', async () => {
  endpoint.fault('refuse', 1)
  await expect(sql`select 1`).rejects.toThrow('500')
  endpoint.fault('hang', 1)
  const signal = AbortSignal.timeout(100)
  await expect(sql.query('select 1', [], { fetchOptions: { signal } })).rejects.toThrow('Error connecting to database')
  endpoint.fault('cut', 1)
  await expect(sql`insert into word (id, text) values (7, 'kept')`).rejects.toThrow('Error connecting to database')
  expect(await sql`select id from word`).toEqual([{ id: 7 }])
})
