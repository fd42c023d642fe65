import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { generateDrizzleJson, generateMigration } from 'drizzle-kit/api'
import pg from 'pg'
import { expect, test } from 'vitest'
import { testWorld } from './local/test-world.ts'
import { migrate } from './migrate.ts'
import * as bitrix24 from './schema/bitrix24.ts'
import * as bitrix24Chats from './schema/bitrix24-chats.ts'
import * as bitrix24Deeds from './schema/bitrix24-deeds.ts'
import * as channels from './schema/channels.ts'
import * as clients from './schema/clients.ts'
import * as consents from './schema/consents.ts'
import * as plans from './schema/plans.ts'
import * as reconciliation from './schema/reconciliation.ts'
import * as privacy from './schema/privacy.ts'
import * as contacts from './schema/contacts.ts'
import * as desk from './schema/desk.ts'
import * as identity from './schema/identity.ts'
import * as inbox from './schema/inbox.ts'
import * as alerts from './schema/alerts.ts'
import * as billing from './schema/billing.ts'
import * as ledger from './schema/ledger.ts'
import * as operator from './schema/operator.ts'
import * as papers from './schema/papers.ts'
import * as deeds from './schema/deeds.ts'
import * as drafts from './schema/drafts.ts'
import * as mentions from './schema/mentions.ts'
import * as templates from './schema/templates.ts'
import * as push from './schema/push.ts'
import * as charges from './schema/charges.ts'
import * as rates from './schema/rates.ts'
import * as rules from './schema/rules.ts'
import * as trace from './schema/trace.ts'

async function ask(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

/** A database of its own on the tests' server, empty. */
async function aDatabase() {
  const { ownerUrl } = testWorld()
  const name = `t_${crypto.randomUUID().replaceAll('-', '')}`
  await ask(ownerUrl, `create database ${name}`)
  return {
    url: ownerUrl.replace(/postgres$/, name),
    [Symbol.asyncDispose]: async () => void (await ask(ownerUrl, `drop database ${name} with (force)`)),
  }
}

const FINGERPRINT = `select md5(string_agg(line, ',' order by line)) as md5 from (
  select table_name || '.' || column_name || ' ' || data_type as line from information_schema.columns where table_schema = 'public'
  union all select proname || pg_get_function_identity_arguments(oid) || xmin::text from pg_proc where pronamespace = 'public'::regnamespace) x`

test('two starts at once on an empty database: one migrates, the other waits, and a third changes nothing', async () => {
  await using database = await aDatabase()
  await Promise.all([migrate(database.url), migrate(database.url)])
  const before = await ask(database.url, FINGERPRINT)
  await migrate(database.url)
  expect(await ask(database.url, FINGERPRINT)).toEqual(before)
})

test('functions are written again when their text has changed', async () => {
  await using database = await aDatabase()
  await migrate(database.url)
  await ask(database.url, "update functions_written set fingerprint = 'older'; drop function link_read(bytea)")
  await migrate(database.url)
  expect(await ask(database.url, "select 1 as there from pg_proc where proname = 'link_read'")).toEqual([{ there: 1 }])
})

test('the migrations say what the schema says', async () => {
  const journal = JSON.parse(readFileSync(join(import.meta.dirname, 'migrations/meta/_journal.json'), 'utf8'))
  const last = String(journal.entries.length - 1).padStart(4, '0')
  const snapshot = JSON.parse(readFileSync(join(import.meta.dirname, `migrations/meta/${last}_snapshot.json`), 'utf8'))
  const schema = {
    ...identity,
    ...channels,
    ...clients,
    ...contacts,
    ...consents,
    ...privacy,
    ...inbox,
    ...alerts,
    ...billing,
    ...ledger,
    ...operator,
    ...papers,
    ...plans,
    ...reconciliation,
    ...desk,
    ...charges,
    ...rates,
    ...rules,
    ...templates,
    ...mentions,
    ...push,
    ...deeds,
    ...drafts,
    ...trace,
    ...bitrix24,
    ...bitrix24Chats,
    ...bitrix24Deeds,
  }
  // `npm run db:generate` writes what is missing.
  expect(await generateMigration(snapshot, generateDrizzleJson(schema))).toEqual([])
})

test('every table of an account is behind row-level security, for reading and for writing', async () => {
  const open = await ask(
    testWorld().ownerUrl,
    `select c.relname from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
       and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'account_id' and not a.attisdropped)
       and not (c.relrowsecurity and c.relforcerowsecurity
         and exists (select from pg_policy p where p.polrelid = c.oid and p.polqual is not null and p.polwithcheck is not null
           and (select oid from pg_roles where rolname = 'app_rw') = any (p.polroles))
         and not exists (select from pg_policy p where p.polrelid = c.oid and (p.polwithcheck is null or p.polqual is null)))`,
  )
  expect(open).toEqual([])
})

test("the Worker's role owns nothing, may not delete what people see, and passes no wall", async () => {
  const { appUrl, ownerUrl } = testWorld()
  const [role] = await ask(
    ownerUrl,
    `select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb,
       (select count(*)::int from pg_class where relowner = r.oid) + (select count(*)::int from pg_proc where proowner = r.oid) as owns
     from pg_roles r where rolname = 'app_rw'`,
  )
  expect(role).toEqual({ rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false, owns: 0 })
  for (const table of ['message', 'chat', 'contact', 'account', 'person']) {
    await expect(ask(appUrl, `delete from ${table}`)).rejects.toMatchObject({ code: '42501' })
    expect(await ask(appUrl, `select count(*)::int as n from ${table}`)).toEqual([{ n: 0 }])
  }
})

test('functions that see all accounts fix where they look names up', async () => {
  const loose = await ask(
    testWorld().ownerUrl,
    `select proname from pg_proc where pronamespace = 'public'::regnamespace and prosecdef
       and not exists (select from unnest(proconfig) c where c like 'search_path=%')`,
  )
  expect(loose).toEqual([])
})
