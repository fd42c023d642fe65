import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { anAccount, doors, leave, type AnAccount } from './local/an-account.ts'

afterAll(leave)

type Row = Record<string, unknown>

/** An agent who is signed in; `more` says what is different about them. */
async function anAgent(
  account: AnAccount,
  name: string,
  more: { capacity?: number; seenMinutesAgo?: number } = {},
): Promise<string> {
  const { owner } = doors()
  const id = randomUUID()
  await owner.query(
    `insert into person (id, account_id, email, name, role_id, password_hash, capacity)
     select $1, $2, $3, $4, r.id, 'hash', $5 from role r where r.account_id = $2 and r.base = 'agent' and not r.is_own`,
    [id, account.id, `${id}@test.example`, name, more.capacity ?? 25],
  )
  await owner.query(
    `insert into session (account_id, person_id, token_hash, expires_at, last_seen_at)
     values ($1, $2, $3, now() + interval '1 day', now() - make_interval(mins => $4))`,
    [account.id, id, randomBytes(32), more.seenMinutesAgo ?? 0],
  )
  return id
}

const RULE = { channelId: null, departmentId: null, way: 'round_robin', roles: [], moveOnMinutes: null, isActive: true }

/** A new customer writes; whose chat it is then. */
async function arrives(account: AnAccount, phone: string, changes: Row = {}): Promise<{ chatId: unknown; of: unknown }> {
  const [result] = await account.ingest(account.entry({ objectKey: `p:${phone}`, customer: { phone }, ...changes }))
  return { chatId: result?.['chatId'], of: await holderOf(result?.['chatId']) }
}

async function holderOf(chatId: unknown): Promise<unknown> {
  const { rows } = await doors().owner.query(
    'select p.name from chat c left join person p on p.id = c.assignee_id where c.id = $1',
    [chatId],
  )
  return rows[0]?.name
}

/** The minute's turn of the company. */
async function aMinute(account: AnAccount): Promise<void> {
  await doors().app.query('select rules_run($1, $2)', [account.id, []])
}

const linesOf = async (chatId: unknown): Promise<unknown[]> => {
  const { rows } = await doors().owner.query(
    "select extra ->> 'system' as what from message where chat_id = $1 and kind = 'system' order by at",
    [chatId],
  )
  return rows.map(({ what }) => what)
}

test('without rules a chat waits in the queue; with one it is given away as the customer writes, in turns', async () => {
  const account = await anAccount()
  await anAgent(account, 'Ana')
  await anAgent(account, 'Beto')
  expect((await arrives(account, '593980000001')).of).toBeNull()
  await account.api('api_rule_save', RULE)
  const given = []
  for (const n of [2, 3, 4, 5]) given.push((await arrives(account, `59398000000${n}`)).of)
  expect(new Set(given.slice(0, 2))).toEqual(new Set(['Ana', 'Beto']))
  expect(given.slice(2)).toEqual(given.slice(0, 2))
  // The one that came before the rule goes with the minute.
  await aMinute(account)
  const { rows } = await doors().owner.query(
    'select count(*)::int as n from chat where account_id = $1 and assignee_id is null',
    [account.id],
  )
  expect(rows[0].n).toBe(0)
})

test('who is away, absent, full or deactivated gets nothing, and the chat waits until somebody can', async () => {
  const account = await anAccount()
  const ana = await anAgent(account, 'Ana', { capacity: 1 })
  await anAgent(account, 'Beto', { seenMinutesAgo: 11 })
  const carla = await anAgent(account, 'Carla')
  const dario = await anAgent(account, 'Darío')
  const { owner } = doors()
  await owner.query('update person set away_since = now() where id = $1', [carla])
  await owner.query('update person set deactivated_at = now() where id = $1', [dario])
  await account.api('api_rule_save', { ...RULE, way: 'least_loaded' })
  expect((await arrives(account, '593980000011')).of).toBe('Ana')
  const second = await arrives(account, '593980000012')
  expect(second.of).toBeNull()
  const trial = await account.api('api_rules_try', {})
  expect(trial).toMatchObject({ items: [{ chatId: second.chatId, to: null, why: 'full' }] })
  await owner.query('update person set capacity = 2 where id = $1', [ana])
  await aMinute(account)
  expect(await holderOf(second.chatId)).toBe('Ana')
  expect(await linesOf(second.chatId)).toEqual(['assigned_by_rule'])
})

test('the customer’s last agent gets the chat again, on another number too; else whoever has least to do', async () => {
  const account = await anAccount()
  const ana = await anAgent(account, 'Ana')
  await anAgent(account, 'Beto')
  const first = await arrives(account, '593980000021')
  await account.ingest(
    account.entry({
      ...{ op: 'out', chatId: first.chatId, objectKey: 'p:593980000021', text: 'Buenos días' },
      ...{ author: { kind: 'person', id: ana, name: 'Ana' }, token: randomUUID(), bodyHash: 'h' },
    }),
  )
  const channelId = randomUUID()
  await doors().owner.query(
    "insert into channel (id, account_id, kind, name, key, phone, line, sealed) values ($1, $2, 'meta', 'Cobros', $3, '593900000001', $3, '')",
    [channelId, account.id, channelId],
  )
  await account.api('api_rule_save', { ...RULE, way: 'last_agent' })
  expect((await arrives(account, '593980000021', { channelId })).of).toBe('Ana')
  // Ana has two now: a stranger goes to Beto.
  expect((await arrives(account, '593980000022')).of).toBe('Beto')
})

test('the narrowest rule holds, and one that is off gives nothing away', async () => {
  const account = await anAccount()
  await anAgent(account, 'Ana')
  await account.api('api_rule_save', RULE)
  const narrow = { ...RULE, channelId: account.channelId, isActive: false }
  const rule = await account.api('api_rule_save', narrow)
  expect((await arrives(account, '593980000031')).of).toBe('Ana')
  // A rule for nobody: the supervisors, of whom there are none.
  const { rows } = await doors().owner.query("select id from role where account_id = $1 and base = 'supervisor'", [account.id])
  await account.api('api_rule_save', { ...narrow, ruleId: rule?.['id'], rev: rule?.['rev'], isActive: true, roles: [rows[0].id] })
  expect((await arrives(account, '593980000032')).of).toBeNull()
  await expect(account.api('api_rule_save', narrow)).rejects.toThrow('rule_taken')
  await expect(account.api('api_rule_save', { ...narrow, ruleId: rule?.['id'], rev: 1 })).rejects.toThrow('changed_meanwhile')
})

test('an unanswered chat goes on to somebody else after its time, and stays where nobody else can take it', async () => {
  const account = await anAccount()
  await anAgent(account, 'Ana')
  await account.api('api_rule_save', { ...RULE, moveOnMinutes: 15 })
  const chat = await arrives(account, '593980000041')
  expect(chat.of).toBe('Ana')
  const { owner } = doors()
  const wait = (minutes: number) =>
    owner.query(
      'update chat set waiting_since = now() - make_interval(mins => $2), moved_at = now() - make_interval(mins => $2) where id = $1',
      [chat.chatId, minutes],
    )
  await wait(20)
  await aMinute(account)
  expect(await holderOf(chat.chatId)).toBe('Ana')
  await anAgent(account, 'Beto')
  await wait(10)
  await aMinute(account)
  expect(await holderOf(chat.chatId)).toBe('Ana')
  await wait(20)
  await aMinute(account)
  expect(await holderOf(chat.chatId)).toBe('Beto')
  expect(await linesOf(chat.chatId)).toEqual(['assigned_by_rule', 'moved_on'])
})

test('a trial says what the rule would do and changes nothing', async () => {
  const account = await anAccount()
  await anAgent(account, 'Ana')
  await anAgent(account, 'Beto')
  const chats = [await arrives(account, '593980000051'), await arrives(account, '593980000052')]
  const looks = async () => {
    const tables = ['chat', 'message', 'person', 'assignment_rule', 'audit']
    const { owner } = doors()
    const all = await Promise.all(
      tables.map((table) => owner.query(`select to_jsonb(x) as row from ${table} x where account_id = $1`, [account.id])),
    )
    return all.map(({ rows }) => rows.map(({ row }) => JSON.stringify(row)).toSorted())
  }
  const before = await looks()
  const trial = await account.api('api_rules_try', { rule: RULE })
  const items = trial?.['items']
  expect(items).toMatchObject(chats.map(({ chatId }) => ({ chatId, why: null })))
  expect(await looks()).toEqual(before)
  expect(await account.api('api_rules_try', {})).toMatchObject({ items: [{ why: 'no_rule' }, { why: 'no_rule' }] })
  // And it was the truth.
  await account.api('api_rule_save', RULE)
  await aMinute(account)
  const holders = await Promise.all(chats.map(({ chatId }) => holderOf(chatId)))
  expect(items).toMatchObject(holders.map((to) => ({ to })))
})

test('two customers at once never fill one place twice', async () => {
  const account = await anAccount()
  await anAgent(account, 'Ana', { capacity: 3 })
  await account.api('api_rule_save', { ...RULE, way: 'least_loaded' })
  const given = await Promise.all(Array.from({ length: 8 }, (_, n) => arrives(account, `59398000006${n}`)))
  expect(given.filter(({ of }) => of === 'Ana')).toHaveLength(3)
})
