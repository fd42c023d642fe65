import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import * as z from 'zod'
import { doors, leave } from './local/an-account.ts'

afterAll(leave)

type Row = Record<string, unknown>
const owner = async (text: string, ...values: unknown[]): Promise<Row[]> => (await doors().owner.query(text, values)).rows

const Listed = z.looseObject({
  readAt: z.nullable(z.string()),
  departments: z.array(z.looseObject({ id: z.string(), name: z.string() })),
  items: z.array(
    z.looseObject({ userId: z.string(), name: z.string(), access: z.string(), isActive: z.boolean(), isYou: z.boolean() }),
  ),
})
const Applied = z.object({
  list: Listed,
  requeued: z.number(),
  chats: z.array(z.looseObject({ id: z.string() })),
  facts: z.unknown(),
})

const employee = (id: number, more: object = {}) => ({
  id: String(id),
  name: `Empleado ${id}`,
  position: 'Asesor',
  departments: ['2'],
  isActive: true,
  ...more,
})
const ROOMS = [
  { id: '1', name: 'Andina', parentId: null, sort: 100 },
  { id: '2', name: 'Red Digital', parentId: '1', sort: 200 },
]

/** A company that began with its portal, and its administrator's way to call. */
async function aPortal(employees: object[] = [employee(31), employee(32), employee(33)]) {
  const arrive = { memberId: randomUUID(), domain: 'acme.bitrix24.es', userId: '31', name: 'Rosa Vera', language: 'es' }
  const args = JSON.stringify({ ...arrive, timeZone: 'America/Lima', country: 'PE', facts: {}, begins: true })
  const [row] = await owner('select portal_arrives($1) as a', args)
  const { portalId, accountId } = z.object({ portalId: z.string(), accountId: z.string() }).parse(row?.['a'])
  const enter = async (userId: string, more: object = {}) => {
    const hash = randomBytes(32)
    const user = JSON.stringify({ id: userId, name: `Empleado ${userId}`, isAdmin: false, language: 'es', ...more })
    const { rows } = await doors().app.query('select portal_enters($1, $2, $3, $4) as e', [portalId, user, hash, 'Firefox'])
    return { hash, ...z.object({ personId: z.optional(z.string()), refusal: z.optional(z.string()) }).parse(rows[0].e) }
  }
  const rosa = await enter('31', { isAdmin: true })
  const as = async (hash: Buffer, fn: string, given: object, permission = 'people.manage') => {
    const { rows } = await doors().app.query('select allowed, result from call_as($1, $2, $3, $4)', [hash, permission, fn, given])
    return { allowed: rows[0].allowed, json: JSON.parse(rows[0].result ?? 'null') }
  }
  const reads = async (users: object[], departments: object[] = ROOMS) => {
    const read = JSON.stringify({ users, departments })
    return (await doors().app.query('select portal_people_read($1, $2) as r', [portalId, read])).rows[0].r
  }
  await reads(employees)
  const apply = async (...changes: [string, string, string][]) => {
    const staged = changes.map(([userId, from, to]) => ({ userId, from, to }))
    return Applied.parse((await as(rosa.hash, 'api_portal_roles_apply', { portalId, changes: staged })).json)
  }
  const list = async () => Listed.parse((await as(rosa.hash, 'api_portal_people', { portalId })).json)
  const accesses = async () => Object.fromEntries((await list()).items.map(({ userId, access }) => [userId, access]))
  return { portalId, accountId, rosa, enter, as, reads, apply, list, accesses }
}

/** What a session may do. */
async function grantsOf(hash: Buffer): Promise<Record<string, string>> {
  const { rows } = await doors().app.query("select me from call_as($1, 'chats.read', null, '{}')", [hash])
  return rows[0].me?.sight.grants
}

test('everybody is listed by name with no access, and who connected the portal is left to Personas', async () => {
  const portal = await aPortal()
  const { items, departments, readAt } = await portal.list()
  expect(items.map(({ userId, access, isYou }) => [userId, access, isYou])).toEqual([
    ['31', 'other', true],
    ['32', 'none', false],
    ['33', 'none', false],
  ])
  expect(departments.map(({ name }) => name)).toEqual(['Andina', 'Red Digital'])
  expect(readAt).not.toBeNull()
})

test('the three roles: quality control reads all and cannot write, sales has their own, a head has all', async () => {
  const portal = await aPortal([31, 32, 33, 34, 35].map((id) => employee(id)))
  const { list } = await portal.apply(
    ['32', 'none', 'quality'],
    ['33', 'none', 'sales'],
    ['34', 'none', 'head'],
    ['35', 'none', 'quality_sales'],
  )
  expect(list.items.map(({ access }) => access)).toEqual(['other', 'quality', 'sales', 'head', 'quality_sales'])
  const quality = await grantsOf((await portal.enter('32')).hash)
  expect(quality['chats.read']).toBe('all')
  for (const writes of [
    'messages.send',
    'messages.resend',
    'notes.write',
    'chats.open',
    'templates.send',
    'chats.close',
    'contacts.write',
  ]) {
    expect(quality[writes], writes).toBeUndefined()
  }
  const sales = await grantsOf((await portal.enter('33')).hash)
  expect([sales['chats.read'], sales['messages.send']]).toEqual(['own', 'own'])
  const head = await grantsOf((await portal.enter('34')).hash)
  expect([head['chats.read'], head['messages.send'], head['people.manage']]).toEqual(['all', 'all', undefined])
  const both = await grantsOf((await portal.enter('35')).hash)
  expect([both['chats.read'], both['messages.send']]).toEqual(['all', 'own'])
})

test('without a role the way in is closed at once; with one again they are the same person', async () => {
  const portal = await aPortal()
  await portal.apply(['32', 'none', 'sales'])
  const luis = await portal.enter('32')
  expect(await grantsOf(luis.hash)).toBeDefined()
  await portal.apply(['32', 'sales', 'none'])
  expect(await grantsOf(luis.hash)).toBeUndefined()
  expect(await portal.enter('32')).toMatchObject({ refusal: 'no_access' })
  await portal.apply(['32', 'none', 'head'])
  expect(await portal.enter('32')).toMatchObject({ personId: luis.personId })
})

test('two administrators: whoever was slower changes nothing and sees what the other did', async () => {
  const portal = await aPortal()
  await portal.apply(['32', 'none', 'sales'])
  await expect(portal.apply(['33', 'none', 'head'], ['32', 'none', 'quality'])).rejects.toThrow('changed_meanwhile')
  expect(await portal.accesses()).toEqual({ '31': 'other', '32': 'sales', '33': 'none' })
})

test('nobody changes themselves, whom they do not know, or what goes beyond their own rights', async () => {
  const portal = await aPortal()
  await expect(portal.apply(['31', 'other', 'none'])).rejects.toThrow('not_yourself')
  expect(
    (
      await portal.as(portal.rosa.hash, 'api_portal_roles_apply', {
        portalId: portal.portalId,
        changes: [{ userId: '99', from: 'none', to: 'sales' }],
      })
    ).json,
  ).toBeNull()
  await portal.apply(['32', 'none', 'head'])
  const head = await portal.enter('32')
  expect((await portal.as(head.hash, 'api_portal_people', { portalId: portal.portalId })).allowed).toBe(false)
})

test('another company’s portal is nobody’s here', async () => {
  const [one, other] = [await aPortal(), await aPortal()]
  const ask = (fn: string, more: object = {}) => other.as(other.rosa.hash, fn, { portalId: one.portalId, ...more })
  expect((await ask('api_portal_people')).json).toBeNull()
  expect((await ask('api_portal_roles_apply', { changes: [{ userId: '32', from: 'none', to: 'sales' }] })).json).toBeNull()
  expect(await one.accesses()).toMatchObject({ '32': 'none' })
})

test('who was dismissed in the portal is out with the next reading, and their chats are back in the queue', async () => {
  const portal = await aPortal()
  await portal.apply(['32', 'none', 'sales'])
  const luis = await portal.enter('32')
  const chatId = await aChat(portal.accountId, luis.personId ?? '')
  const news = await portal.reads([employee(31), employee(32, { isActive: false }), employee(33)])
  expect(news).toMatchObject({ accountId: portal.accountId, dismissed: 1, chats: [{ id: chatId }] })
  expect(await grantsOf(luis.hash)).toBeUndefined()
  expect(await owner('select assignee_id from chat where id = $1', chatId)).toEqual([{ assignee_id: null }])
  expect(await portal.accesses()).toEqual({ '31': 'other', '33': 'none' })
  // Nobody gives a role to who does not work there any more.
  await expect(portal.apply(['32', 'none', 'sales'])).rejects.toThrow('changed_meanwhile')
  expect(
    await owner(
      "select action, actor_kind from audit where account_id = $1 and object_name = 'Empleado 32' order by n desc limit 1",
      portal.accountId,
    ),
  ).toEqual([{ action: 'person.deactivated', actor_kind: 'system' }])
  // Hired again: listed again, and in only when somebody says so.
  await portal.reads([employee(31), employee(32), employee(33), employee(34, { name: 'Ana Núñez' })])
  expect(await portal.accesses()).toMatchObject({ '32': 'none', '34': 'none' })
})

test('who has a password keeps that way in when dismissed, and is shown as such; the frame closes', async () => {
  const portal = await aPortal()
  await owner("update person set password_hash = 'x' where id = $1", portal.rosa.personId)
  await portal.reads([employee(31, { isActive: false }), employee(32)])
  expect(await grantsOf(portal.rosa.hash)).toBeUndefined()
  expect(await owner('select deactivated_at from person where id = $1', portal.rosa.personId)).toEqual([{ deactivated_at: null }])
})

test('a department here that is called like theirs there takes them in', async () => {
  const portal = await aPortal()
  const [room] = await owner(
    "insert into department (account_id, name) values ($1, 'red digital') returning id",
    portal.accountId,
  )
  await portal.apply(['32', 'none', 'department_head'])
  const { personId } = await portal.enter('32')
  expect(await owner('select department_id from department_person where person_id = $1', personId)).toEqual([
    { department_id: room?.['id'] },
  ])
})

test('the audit log has one entry for each kind of change, with everybody whom it was made to', async () => {
  const portal = await aPortal()
  await portal.apply(['32', 'none', 'sales'], ['33', 'none', 'sales'])
  await portal.apply(['32', 'sales', 'head'], ['33', 'sales', 'none'])
  const entries = await owner(
    "select before, after from audit where account_id = $1 and action = 'portal.roles_applied' order by n",
    portal.accountId,
  )
  expect(entries).toEqual([
    { before: { role: null }, after: { role: 'agent', people: ['Empleado 32', 'Empleado 33'] } },
    { before: { role: 'agent' }, after: { role: 'Jefe', people: ['Empleado 32'] } },
    { before: { role: 'agent' }, after: { role: null, people: ['Empleado 33'] } },
  ])
})

test('employees who come in by the frame are colleagues: chats can be given to them', async () => {
  const portal = await aPortal()
  await portal.apply(['32', 'none', 'sales'])
  const { json } = await portal.as(portal.rosa.hash, 'api_colleagues', {}, 'chats.read')
  expect(json.items.map(({ name }: { name: string }) => name).toSorted()).toEqual(['Empleado 31', 'Empleado 32'])
})

test('two thousand employees are read and given a role within the time that a statement has', async () => {
  const many = Array.from({ length: 2_000 }, (_, n) => employee(n + 1, { departments: [String(1 + (n % 2))] }))
  const portal = await aPortal([...many])
  const changes = many.filter(({ id }) => id !== '31').map(({ id }): [string, string, string] => [id, 'none', 'sales'])
  const { list } = await portal.apply(...changes)
  expect(list.items.filter(({ access }) => access === 'sales')).toHaveLength(1_999)
})

/** An open chat of this person's. */
async function aChat(accountId: string, assignee: string): Promise<unknown> {
  const channelId = randomUUID()
  await owner(
    "insert into channel (id, account_id, kind, name, key, phone, line, sealed) values ($1, $2, 'meta', 'Lima', $3, '593900000000', $3, '')",
    ...[channelId, accountId, channelId],
  )
  const entry = {
    ...{
      op: 'in',
      channelId,
      objectKey: 'p:593987654321',
      traceId: 't',
      hops: [],
      at: new Date(Date.now() - 3_600_000).toISOString(),
    },
    ...{ messageId: randomUUID(), contactId: randomUUID(), chatId: randomUUID(), origin: 'customer', providerId: randomUUID() },
    ...{ customer: { phone: '593987654321' }, kind: 'text', text: 'Hola' },
  }
  const { rows } = await doors().app.query('select ingest($1, $2) as written', [accountId, JSON.stringify([entry])])
  const { chatId } = rows[0].written.results[0]
  await owner('update chat set assignee_id = $2 where id = $1', chatId, assignee)
  return chatId
}

test('what is chosen and not applied is kept for whoever chose it, and gone with the next', async () => {
  const portal = await aPortal()
  await portal.apply(['33', 'none', 'head'])
  const colleague = await portal.enter('33', { isAdmin: true })
  const Staged = z.object({ staged: z.array(z.object({ userId: z.string(), from: z.string(), to: z.string() })) })
  const staged = async (hash: Buffer) =>
    Staged.parse((await portal.as(hash, 'api_portal_people', { portalId: portal.portalId }, 'chats.read')).json).staged
  const stage = async (...changes: object[]) =>
    (await portal.as(portal.rosa.hash, 'api_portal_roles_stage', { portalId: portal.portalId, changes })).json
  const chosen = { userId: '32', from: 'none', to: 'sales' }
  expect(await stage(chosen, { userId: '33', from: 'head', to: 'none' })).toEqual({ kept: 2 })
  expect(await stage(chosen)).toEqual({ kept: 1 })
  expect(await staged(portal.rosa.hash)).toEqual([chosen])
  expect(await staged(colleague.hash)).toEqual([])
  await portal.apply(['32', 'none', 'sales'])
  expect(await staged(portal.rosa.hash)).toEqual([])
  await stage({ userId: '32', from: 'sales', to: 'none' })
  expect(await stage()).toEqual({ kept: 0 })
  expect(await staged(portal.rosa.hash)).toEqual([])
})
