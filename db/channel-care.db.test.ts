/** Numbers that fail, who is told, how much at risk they are, and several changed at once: CRM-52, CRM-55, CRM-87. */
import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import * as z from 'zod'
import { aColleague } from './local/a-colleague.ts'
import { anAccount, doors, leave, type AnAccount } from './local/an-account.ts'

afterAll(leave)

const Outages = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      problem: z.string(),
      endedAt: z.nullable(z.string()),
      told: z.optional(z.array(z.object({ name: z.string(), seenAt: z.nullable(z.string()) }))),
    }),
  ),
})
const Health = z.object({
  items: z.array(
    z.looseObject({ channelId: z.string(), risk: z.string(), reasons: z.array(z.looseObject({ code: z.string() })) }),
  ),
})
const Each = z.object({
  items: z.array(z.object({ channelId: z.string(), outcome: z.string() })),
  channels: z.array(z.looseObject({ id: z.string() })),
})

const sql = (text: string, ...params: unknown[]) => doors().owner.query(text, params)
/** People with a password: the others have not arrived yet, and nobody tells them anything. */
const arrive = (account: AnAccount) => sql("update person set password_hash = 'x' where account_id = $1", account.id)
const outages = async (account: AnAccount) => Outages.parse(await account.api('api_outages', {})).items
const verdict = (account: AnAccount, problem: string | null) =>
  doors().app.query('select channel_verdict($1, $2, $3)', [account.id, account.channelId, problem])
const codes = async (account: AnAccount) =>
  Health.parse(await account.api('api_channel_health', {})).items[0]?.reasons.map(({ code }) => code)

async function aNumber(account: AnAccount, name: string, more: { archived?: boolean } = {}): Promise<string> {
  const id = randomUUID()
  await sql(
    "insert into channel (id, account_id, kind, name, key, phone, line, sealed, archived_at) values ($1, $2, 'meta', $3, $4, '593900000001', $4, '', $5)",
    ...[id, account.id, name, id, more.archived ? new Date() : null],
  )
  return id
}

test('a number that fails tells whoever looks after it, once, in that very transaction; its end is written', async () => {
  const account = await anAccount()
  const [boss, other] = [await aColleague(account, 'supervisor'), await aColleague(account, 'supervisor')]
  await aColleague(account, 'agent')
  await arrive(account)
  await sql("update person set name = 'Alexandra' where id = $1", boss.id)
  const place = await sql("insert into department (account_id, name) values ($1, 'Loja'), ($1, 'Quito') returning id", account.id)
  const [loja, quito] = place.rows.map(({ id }) => String(id))
  await sql('update channel set department_id = $2 where id = $1', account.channelId, loja)
  await sql(
    'insert into department_person (account_id, department_id, person_id) values ($1, $2, $3), ($1, $4, $5)',
    ...[account.id, loja, boss.id, quito, other.id],
  )

  await verdict(account, 'token_invalid')
  const [first] = await outages(account)
  expect(first).toMatchObject({ problem: 'token_invalid', endedAt: null })
  expect(first?.told).toEqual(['Alexandra', 'Ana'].map((name) => ({ name, seenAt: null })))
  // Another cause of the same outage tells nobody again.
  await verdict(account, 'number_blocked')
  expect(await outages(account)).toMatchObject([{ id: first?.id, problem: 'number_blocked' }])

  const unseen = async () => Outages.parse(await boss.api('api_outages_unseen', {}, 'dashboard.read')).items.map(({ id }) => id)
  expect(await unseen()).toEqual([first?.id])
  expect(Outages.parse(await other.api('api_outages_unseen', {}, 'dashboard.read')).items).toEqual([])
  await boss.api('api_outages_seen', { outageIds: [first?.id] }, 'dashboard.read')
  expect(await unseen()).toEqual([])
  expect((await outages(account))[0]?.told?.map(({ seenAt }) => seenAt !== null)).toEqual([true, false])

  await verdict(account, null)
  expect((await outages(account))[0]?.endedAt).not.toBeNull()
  await verdict(account, 'token_invalid')
  expect(await outages(account)).toHaveLength(2)
})

test('a send that stops the number begins the outage, too, and another company knows of none', async () => {
  const [account, stranger] = [await anAccount(), await anAccount()]
  const [received] = await account.ingest(account.entry())
  const out = account.entry({
    op: 'out',
    chatId: received?.['chatId'],
    author: { kind: 'person', id: account.personId },
    token: randomUUID(),
    bodyHash: 'h',
  })
  const failed = {
    op: 'outcome',
    messageId: out['messageId'],
    status: 'failed',
    code: 'token_invalid',
    attempts: 1,
    dead: true,
    stopsChannel: true,
  }
  await account.ingest(out, account.entry(failed))
  expect(await outages(account)).toMatchObject([{ problem: 'token_invalid', endedAt: null }])
  expect(await outages(stranger)).toEqual([])
})

test('the risk of a number follows from what is known of it, each reason by itself', async () => {
  const account = await anAccount()
  const now = (hoursAgo: number) => new Date(Date.now() - hoursAgo * 3_600_000).toISOString()
  expect(await codes(account)).toEqual([])
  await sql("update channel set created_at = now() - interval '1 day' where id = $1", account.channelId)
  expect(await codes(account)).toEqual(['never_heard'])
  await sql('update channel set last_hook_at = now() where id = $1', account.channelId)

  // Six of ten of today's messages failed.
  const [received] = await account.ingest(account.entry({ at: now(3) }))
  for (let n = 0; n < 10; n += 1) {
    const id = randomUUID()
    await sql(
      `insert into message (id, account_id, chat_id, channel_id, direction, kind, author_kind, status, at) values ($1, $2, $3, $4, 'out', 'text', 'person', $5, now() - interval '1 hour')`,
      ...[id, account.id, received?.['chatId'], account.channelId, n < 6 ? 'failed' : 'sent'],
    )
  }
  expect(Health.parse(await account.api('api_channel_health', {})).items).toMatchObject([
    { risk: 'high', failed: 6, sent: 10, reasons: [{ code: 'failing', level: 'high', failed: 6, sent: 10 }] },
  ])
  await sql("update message set status = 'sent' where account_id = $1 and direction = 'out'", account.id)

  // Taken by the provider, and not a word since.
  await sql("update message set status = 'sending' where account_id = $1 and direction = 'out'", account.id)
  await sql("update channel set last_hook_at = now() - interval '2 hours' where id = $1", account.channelId)
  expect(await codes(account)).toEqual(['hook_silent'])
  await sql('update channel set last_hook_at = now() where id = $1', account.channelId)
  await sql("update message set status = 'sent' where account_id = $1 and direction = 'out'", account.id)

  // Busy at this hour yesterday and a week ago, and nothing today.
  for (const hoursAgo of [25, 24 * 7 + 1])
    for (let n = 0; n < 5; n += 1) await account.ingest(account.entry({ at: now(hoursAgo) }))
  expect(await codes(account)).toEqual(['silent'])
  await account.ingest(account.entry({ at: now(0) }))
  expect(await codes(account)).toEqual([])

  await doors().app.query('select channel_reported($1, $2, $3)', [
    account.id,
    account.channelId,
    '{"number":{"quality":"medium"},"points":"here"}',
  ])
  expect(await codes(account)).toEqual(['quality_medium'])
  const flag = {
    op: 'news',
    field: 'phone_number_quality_update',
    level: 'warn',
    raw: { value: { event: 'FLAGGED' } },
    fingerprint: randomUUID(),
  }
  await account.ingest(account.entry({ ...flag, at: new Date(Date.now() + 1000).toISOString() }))
  expect(await codes(account)).toEqual(['quality_low'])
  await verdict(account, 'token_invalid')
  expect(await codes(account)).toEqual(['problem', 'quality_low'])
})

test('several numbers are paused, put away and taken back, each with its own answer', async () => {
  const [account, stranger] = [await anAccount(), await anAccount()]
  const second = await aNumber(account, 'Quito')
  const away = await aNumber(account, 'Vieja', { archived: true })
  const channelIds = [second, stranger.channelId, account.channelId, away]
  const outcomes = async (fn: string, args: object) =>
    Each.parse(await account.api(fn, { channelIds, ...args })).items.map(({ outcome }) => outcome)
  expect(await outcomes('api_channels_pause', { sending: true, receiving: false })).toEqual([
    'done',
    'not_found',
    'done',
    'forbidden',
  ])
  expect(await outcomes('api_channels_pause', { sending: true, receiving: false })).toEqual([
    'same',
    'not_found',
    'same',
    'forbidden',
  ])
  expect(await outcomes('api_channels_archive', { archived: true })).toEqual(['done', 'not_found', 'done', 'same'])
  // Its number was added anew meanwhile: that one does not come back, the others do.
  await sql(
    "insert into channel (account_id, kind, name, key, phone, line, sealed) values ($1, 'meta', 'Otra', $2, '593900000009', $3, '')",
    account.id,
    randomUUID(),
    second,
  )
  expect(await outcomes('api_channels_archive', { archived: false })).toEqual(['taken', 'not_found', 'done', 'done'])
  const { rows } = await sql("select action from audit where account_id = $1 and object_kind = 'channel'", account.id)
  expect(rows).toHaveLength(6)
})

test('a supervisor pauses the numbers of their departments, and not those of others', async () => {
  const account = await anAccount()
  const boss = await aColleague(account, 'supervisor')
  const place = await sql("insert into department (account_id, name) values ($1, 'Loja'), ($1, 'Quito') returning id", account.id)
  const [loja, quito] = place.rows.map(({ id }) => String(id))
  const second = await aNumber(account, 'Quito')
  await sql('insert into department_person (account_id, department_id, person_id) values ($1, $2, $3)', account.id, loja, boss.id)
  await sql('update channel set department_id = $2 where id = $1', account.channelId, loja)
  await sql('update channel set department_id = $2 where id = $1', second, quito)
  const told = await boss.api(
    'api_channels_pause',
    { channelIds: [second, account.channelId], sending: true, receiving: true },
    'channels.pause',
  )
  expect(Each.parse(told).items.map(({ outcome }) => outcome)).toEqual(['forbidden', 'done'])
  expect(await boss.api('api_channels_archive', { channelIds: [second], archived: true }, 'channels.manage')).toBeNull()
})

test('several numbers get a department and people, in addition to who is there', async () => {
  const account = await anAccount()
  const [luis, eva] = [await aColleague(account, 'agent'), await aColleague(account, 'agent')]
  const second = await aNumber(account, 'Quito')
  const { rows } = await sql("insert into department (account_id, name) values ($1, 'Loja') returning id", account.id)
  const [received] = await account.ingest(account.entry())
  const channelIds = [account.channelId, second]
  const outcomes = async (fn: string, args: object) =>
    Each.parse(await account.api(fn, { channelIds, ...args })).items.map(({ outcome }) => outcome)
  expect(await outcomes('api_channels_move', { departmentId: rows[0].id })).toEqual(['done', 'done'])
  expect(await outcomes('api_channels_move', { departmentId: rows[0].id })).toEqual(['same', 'same'])
  // Chats that stood nowhere come along.
  expect(await account.api('api_chat', { chatId: received?.['chatId'] })).toMatchObject({ departmentId: rows[0].id })
  await sql('insert into channel_person (account_id, channel_id, person_id) values ($1, $2, $3)', account.id, second, luis.id)
  expect(await outcomes('api_channels_staff', { people: [luis.id] })).toEqual(['done', 'same'])
  expect(await outcomes('api_channels_staff', { people: [eva.id] })).toEqual(['done', 'done'])
  const staff = await sql(
    'select count(*)::int as n from channel_person where channel_id = any($1) and ended_at is null',
    channelIds,
  )
  expect(staff.rows[0].n).toBe(4)
  expect(await account.api('api_channels_staff', { channelIds, people: [randomUUID()] })).toBeNull()
  expect(await account.api('api_channels_move', { channelIds, departmentId: randomUUID() })).toBeNull()
})
