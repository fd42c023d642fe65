import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import type { PoolClient } from 'pg'
import { anAccount, doors, leave, type AnAccount } from './local/an-account.ts'

afterAll(leave)

/** An account with a row in every table that belongs to accounts. */
async function aFullAccount(): Promise<AnAccount & { chatId: unknown; messageId: unknown }> {
  const account = await anAccount()
  const hola = account.entry({ kind: 'image', mediaId: randomUUID(), media: { mime: 'image/jpeg', ref: { id: '1' } } })
  const [received] = await account.ingest({ ...hola, hops: [{ at: hola['at'], level: 'info', place: 'hook', what: 'received' }] })
  const chatId = received?.['chatId']
  const out = account.entry({
    op: 'out',
    chatId,
    author: { kind: 'person', id: account.personId },
    token: randomUUID(),
    bodyHash: 'h',
  })
  await account.ingest(
    out,
    account.entry({
      op: 'outcome',
      messageId: out['messageId'],
      status: 'failed',
      code: 'x',
      attempts: 1,
      dead: true,
      stopsChannel: false,
    }),
    account.entry({ op: 'edit', target: hola['providerId'], text: 'Hola.' }),
    account.entry({ op: 'status', providerId: 'nobody', status: 'read' }),
    account.entry({ op: 'news', field: 'f', level: 'info', raw: {}, fingerprint: 'f' }),
  )
  await doors().owner.query(
    `with d as (insert into department (account_id, name) values ($1, 'Cobranzas') returning id),
       dp as (insert into department_person (account_id, department_id, person_id) select $1, id, $2 from d),
       cp as (insert into channel_person (account_id, channel_id, person_id) values ($1, $3, $2)),
       l as (insert into person_link (account_id, person_id, kind, token_hash, expires_at) values ($1, $2, 'reset', sha256($1::text::bytea), now())),
       r as (insert into recovery_code (account_id, person_id, hash) values ($1, $2, '\\x00')),
       p as (insert into passkey (account_id, person_id, credential_id, public_key, name) values ($1, $2, $1::text, '\\x00', 'Teléfono')),
       h as (insert into channel_hours (channel_id, account_id, time_zone, week) values ($3, $1, 'America/Guayaquil', '[]')),
       ht as (insert into department_texts (department_id, account_id) select id, $1 from d),
       v as (insert into saved_view (account_id, person_id, name, query) values ($1, $2, 'Míos', 'tray=mine')),
       q as (insert into quick_reply (account_id, shortcut, name, text) values ($1, 'hola', 'Hola', 'Hola, {cliente}')),
       ar as (insert into assignment_rule (account_id, way) values ($1, 'round_robin')),
       t as (insert into transfer (account_id, chat_id, asked_by, to_person_id, reason, expires_at) values ($1, $4, $2, $2, 'Otra zona', now())),
       e as (insert into label (account_id, name, color) values ($1, 'Mora', 'mora') returning id),
       ce as (insert into chat_label (account_id, chat_id, label_id) select $1, $4, id from e),
       me as (insert into message_label (account_id, message_id, label_id) select $1, $5, id from e),
       tp as (insert into template (account_id, channel_id, name, language, category, components) values ($1, $3, 'hola', 'es', 'utility', '{}')),
       tr as (insert into template_read (account_id, channel_id, at) values ($1, $3, now())),
       mn as (insert into mention (account_id, chat_id, message_id, person_id) values ($1, $4, $5, $2)),
       dr as (insert into draft (account_id, chat_id, person_id) values ($1, $4, $2)),
       al as (insert into alarm (account_id, kind, figure) values ($1, 'backlog_old', 20)),
       de as (insert into deed (account_id, id, person_id, fn, asked, result) values ($1, $2, $2, 'api_x', '', '{}')),
       cn as (insert into consent (account_id, contact_id, state, source, at) select $1, c.contact_id, 'in', 'person', now() from chat c where c.id = $4),
       ps as (insert into privacy_setting (account_id, key, sentence) values ($1, $1::text, '{aviso_privacidad}')),
       pn as (insert into privacy_notice (account_id, version, fields, texts) values ($1, 1, '{}', '{}')),
       py as (insert into privacy_delivery (account_id, contact_id, version, chat_id, message_id) select $1, c.contact_id, 1, c.id, $5 from chat c where c.id = $4),
       pq as (insert into privacy_request (account_id, contact_id, kind, asked, received_on, due_on) select $1, c.contact_id, 'access', 'Qué guardan', now(), now() from chat c where c.id = $4),
       cp2 as (insert into channel_report (channel_id, account_id, asked_at) values ($3, $1, now())),
       cc as (insert into channel_consent (channel_id, account_id, out_words, in_words) values ($3, $1, '{BAJA}', '{ALTA}')),
       cs as (insert into client_source (account_id, settings) values ($1, '{"fields":[]}')),
       cr as (insert into client_record (account_id, client_id, data, texts, read_at) values ($1, 'D-1', '{}', '{}', now())),
       ci as (insert into contact_import (account_id, file_name) values ($1, 'a.csv') returning id),
       cw as (insert into contact_import_row (account_id, import_id, n, contact_id, outcome, rev) select $1, ci.id, 0, c.contact_id, 'created', 1 from ci, chat c where c.id = $4),
       ph as (insert into phone_contact (account_id, channel_id, phone, name) values ($1, $3, '593987000001', 'Rosa')),
       pd as (insert into push_device (account_id, person_id, session_id, install_id, endpoint, p256dh, auth) values ($1, $2, $2, $2, $2::text, 'k', 'a') returning id),
       pc as (insert into push_choice (account_id, person_id) values ($1, $2)),
       pv as (insert into push_delivery (account_id, job_id, device_id, person_id, kind, tag) select $1, id, id, $2, 'message', 'c:1' from pd),
       rd as (insert into chat_read (account_id, person_id, chat_id, upto) values ($1, $2, $4, now())),
       up as (insert into upload (id, account_id, person_id, mime, size) values (new_id(), $1, $2, 'image/jpeg', 1)),
       co as (insert into channel_outage (account_id, channel_id, problem) values ($1, $3, 'token_invalid') returning id),
       sn as (insert into session_node (account_id, name, token_hash) values ($1, 'Oficina', sha256($2::text::bytea))),
       cz as (insert into channel_rest (account_id, channel_id, what) values ($1, $3, 'archived')),
       ct as (insert into channel_outage_told (account_id, outage_id, person_id) select $1, id, $2 from co),
       pa as (insert into portal_app (account_id, client_id, sealed) values ($1, $1::text, 's')),
       po as (insert into portal (account_id, member_id, domain) values ($1, $1::text, 'acme.bitrix24.es') returning id),
       pp as (insert into portal_person (portal_id, user_id, account_id, name) select id, '31', $1, 'Rosa' from po),
       prd as (insert into portal_role_draft (account_id, portal_id, person_id, changes) select $1, id, $2, '[]' from po),
       pe as (insert into portal_department (portal_id, department_id, account_id, name) select id, '1', $1, 'Ventas' from po),
       pl as (insert into portal_line (account_id, portal_id, channel_id, connector, line, line_name) select $1, id, $3, 'wab24_' || $1::text, 7, 'Ventas' from po),
       px as (insert into portal_chat (account_id, portal_id, chat_id, connector, external_id) select $1, id, $4, 'wab24_1', 'wa-1' from po returning id, portal_id),
       py2 as (insert into portal_delivery (account_id, portal_id, portal_chat_id, kind) select $1, portal_id, id, 'send' from px),
       pz as (insert into portal_message (account_id, portal_id, message_id, portal_chat_id, direction) select $1, portal_id, $5, id, 'to' from px),
       pev as (insert into portal_event (account_id, portal_id, key, name, body, at) select $1, id, 'k', 'ONIMCONNECTORMESSAGEADD', '{}', now() from po),
       pde as (insert into portal_deed (account_id, portal_id, kind, key, code, body) select $1, id, 'robot', 'k', 'wab24_send', '{}' from po),
       pac as (insert into portal_activity (account_id, portal_id, chat_id, kind, began_at) select $1, id, $4, 'session', now() from po),
       pex as (insert into portal_exit (account_id, person_id, code_hash, expires_at) values ($1, $2, sha256($1::text::bytea), now())),
       pk as (insert into portal_code (account_id, person_id, code_hash, expires_at) values ($1, $2, sha256($1::text::bytea), now())),
       sl as (insert into selling (account_id, is_on) values ($1, true)),
       pn2 as (insert into plan (code, name) values ('p' || left(md5($1::text), 24), 'Básico') on conflict do nothing returning id),
       pv2 as (insert into plan_price (plan_id, version, minor, currency, every) select id, 1, 1500, 'USD', 'month' from pn2 returning id),
       su as (insert into subscription (account_id, channel_id, plan_price_id, gateway, state) select $1, $3, id, 'gift', 'active' from pv2 returning id),
       iu as (insert into included_use (account_id, subscription_id, period_until) select $1, id, now() from su),
       mc as (insert into message_charge (account_id, message_id, channel_id, provider, market, category, currency, rate_id, state, held)
         select $1, $5, $3, 'meta', 'EC', 'utility', 'USD', r.id, 'held', 0 from rate r limit 1),
       sv as (insert into subscription_event (account_id, subscription_id, kind) select $1, id, 'active' from su),
       tup as (insert into topup (account_id, gateway, amount, currency, person_id) values ($1, 'stripe', 5000000, 'USD', $2) returning id),
       pmt as (insert into payment (account_id, gateway, ref, topup_id, amount, currency, at) select $1, 'stripe', $1::text, id, 5000000, 'USD', now() from tup returning id),
       rf as (insert into refund (account_id, payment_id, gateway, amount, currency) select $1, id, 'stripe', 1, 'USD' from pmt),
       ds as (insert into dispute (account_id, payment_id, gateway, ref, amount, currency, state, taken, given_back, fee, seen_at)
         select $1, id, 'stripe', $1::text, 1, 'USD', 'inquiry', 0, 0, 0, now() from pmt),
       fd as (insert into fiscal_data (account_id, name, tax_number, address, email, person_id) values ($1, 'Ana', '1', '', '', $2)),
       gcu as (insert into gateway_customer (account_id, gateway, ref) values ($1, 'stripe', $1::text)),
       ahk as (insert into alert_hook (account_id, url, language, sealed) values ($1, 'https://hooks.example.com/', 'es', 's')),
       adl as (insert into alert_delivery (account_id, subject, kind, facts) values ($1, 'test:1', 'test', '{}')),
       bch as (insert into balance_choice (account_id, currency) values ($1, 'USD')),
       k as (insert into api_key (account_id, name, ending, token_hash, grants) values ($1, 'Guion', 'abcd', sha256($2::text::bytea), '{}'))
     select audit_add($1, 'account.created', 'person', $2, 'Ana', 'account', $1::text, 'Prueba', null, null)`,
    [account.id, account.personId, account.channelId, chatId, hola['messageId']],
  )
  await doors().owner.query("select ledger_open($1, 'USD')", [account.id])
  await doors().owner.query("select ledger_settle_topup($1, 'stripe', $2, 5000000, 'USD')", [account.id, account.id])
  await doors().owner.query(
    "insert into seller (name, tax_number, address, email, valid_from) values ('Hilo', '1', '', '', now())",
  )
  await doors().owner.query('select papers_issue(500)')
  return { ...account, chatId, messageId: hola['messageId'] }
}

/** What the Worker's role may not do at all, to anybody's rows. */
async function mayUpdate(table: string): Promise<boolean> {
  const { rows } = await doors().owner.query("select has_table_privilege('app_rw', $1, 'update') as may", [table])
  return rows[0].may === true
}

async function tenantTables(): Promise<{ name: string; owner: string; columns: string[] }[]> {
  const { rows } = await doors().owner.query(
    `select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attidentity = '' and a.attgenerated = ''
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
     group by c.relname having c.relname = 'account' or 'account_id' = any (array_agg(a.attname::text))`,
  )
  return rows.map(({ name, columns }) => ({ name, columns, owner: name === 'account' ? 'id' : 'account_id' }))
}

/** Does something as the Worker's role in the name of one account, and takes it back. */
async function as<T>(accountId: string | null, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await doors().app.connect()
  try {
    await client.query('begin')
    if (accountId) await client.query('select act_for($1)', [accountId])
    return await work(client)
  } finally {
    await client.query('rollback')
    client.release()
  }
}

test("no table shows, changes or takes another account's rows", async () => {
  const [mine, theirs] = await Promise.all([aFullAccount(), aFullAccount()])
  const tables = await tenantTables()
  expect(tables.length).toBeGreaterThan(12)
  for (const { name, owner, columns } of tables) {
    const there = await doors().owner.query(`select 1 from ${name} where ${owner} = $1`, [theirs.id])
    expect(there.rowCount, `${name} has a row to look for`).toBeGreaterThan(0)

    const seen = (who: string | null) => as(who, (client) => client.query(`select ${owner} as owner from ${name}`))
    expect(
      (await seen(theirs.id)).rows.every((row) => row.owner === theirs.id),
      `${name}: one's own`,
    ).toBe(true)
    expect((await seen(theirs.id)).rowCount, `${name}: one's own`).toBe(there.rowCount)
    expect((await seen(null)).rowCount, `${name}: signed out`).toBe(0)

    if (!(await mayUpdate(name))) continue
    const changed = await as(mine.id, (client) =>
      client.query(`update ${name} set ${owner} = ${owner} where ${owner} = $1`, [theirs.id]),
    )
    expect(changed.rowCount, `${name}: changed`).toBe(0)

    // A copy of their own row, written in our name: whatever else is wrong with it, the wall is asked first.
    const row = await doors().owner.query(`select to_jsonb(t) as row from ${name} t where ${owner} = $1 limit 1`, [theirs.id])
    const list = columns.map((column) => `"${column}"`).join(', ')
    const copy = as(mine.id, (client) =>
      client.query(`insert into ${name} (${list}) select ${list} from jsonb_populate_record(null::${name}, $1)`, [
        row.rows[0].row,
      ]),
    )
    await expect(copy, `${name}: planted`).rejects.toThrow('row-level security')

    // And nobody gives a row of theirs away.
    const given = as(mine.id, (client) => client.query(`update ${name} set ${owner} = $1`, [theirs.id]))
    await expect(given, `${name}: given away`).rejects.toThrow('row-level security')
  }
})

test("whatever one asks the API for with another account's ids, it knows nothing of them", async () => {
  const [mine, theirs] = await Promise.all([aFullAccount(), aFullAccount()])
  const { rows } = await doors().owner.query(
    `select proname as name from pg_proc where pronamespace = 'public'::regnamespace and proname like 'api\\_%'
       and pg_get_function_identity_arguments(oid) = 'args jsonb' and provolatile = 's' order by 1`,
  )
  const { chatId, messageId, channelId, personId } = theirs
  const media = await doors().owner.query('select id from media where account_id = $1', [theirs.id])
  const letter = await doors().owner.query('select id from dead_letter where account_id = $1', [theirs.id])
  const ids = {
    chatId,
    messageId,
    channelId,
    mediaId: media.rows[0].id,
    deadLetterId: letter.rows[0].id,
    channel: channelId,
    assignee: personId,
    replyTo: messageId,
  }
  const secrets = [theirs.id, ...Object.values(ids)].map(String)
  expect(rows.length).toBeGreaterThan(10)
  for (const { name } of rows) {
    const answer = JSON.stringify(await mine.api(name, ids))
    expect(
      secrets.filter((secret) => answer.includes(secret)),
      name,
    ).toEqual([])
  }
})

test("changes that are asked for with another account's ids change nothing", async () => {
  const [mine, theirs] = await Promise.all([aFullAccount(), aFullAccount()])
  const { channelId } = theirs
  expect(await mine.api('api_channel_change', { channelId, name: 'Mío', archived: true })).toBeNull()
  const letters = await doors().owner.query('select id from dead_letter where account_id = $1', [theirs.id])
  expect(await mine.api('api_dead_letter_settle', { deadLetterId: letters.rows[0].id, decision: 'discard' })).toBeNull()
  expect(await theirs.api('api_channel', { channelId })).toMatchObject({ name: 'Ventas', state: 'active' })
  expect(await theirs.api('api_dead_letters', {})).toMatchObject({ items: [{ settled: null }] })
})

test('without a session nothing is run', async () => {
  const { rows } = await doors().app.query("select me, result from call_as('\\x00', 'chats.read', 'api_chats', '{}')")
  expect(rows).toEqual([{ me: null, result: null }])
})
