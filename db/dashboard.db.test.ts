import { randomBytes, randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import * as z from 'zod'
import { Dashboard } from '#contract/dashboard.ts'
import { anAccount, doors, leave, type AnAccount } from './local/an-account.ts'

afterAll(leave)

const Row = z.object({
  id: z.string(),
  state: z.string(),
  assignee: z.nullable(z.string()),
  department: z.nullable(z.string()),
  waits: z.boolean(),
  closedToday: z.boolean(),
})
type Row = z.infer<typeof Row>
const Said = z.object({ chat: z.string(), direction: z.string(), status: z.nullable(z.string()) })
type Said = z.infer<typeof Said>
const Listed = z.object({ items: z.array(z.object({ id: z.string() })), next: z.nullable(z.string()) })

type Who = { role: 'administrator' | 'supervisor' | 'agent'; personId: string; token: Buffer }

/** Somebody of a base role, signed in, in a department; every role may read the dashboard. */
async function aPerson(account: AnAccount, role: Who['role'], departmentId: string | null): Promise<Who> {
  const { owner } = doors()
  const [personId, token] = [randomUUID(), randomBytes(32)]
  await owner.query(
    `insert into person (id, account_id, email, name, role_id) select $1, $2, $3, $4, id from role where account_id = $2 and base = $4 and not is_own`,
    [personId, account.id, `${personId}@test.example`, role],
  )
  await owner.query(
    `insert into session (account_id, person_id, token_hash, expires_at) values ($1, $2, $3, now() + interval '1 day')`,
    [account.id, personId, token],
  )
  if (departmentId)
    await owner.query('insert into department_person (account_id, department_id, person_id) values ($1, $2, $3)', [
      account.id,
      departmentId,
      personId,
    ])
  return { role, personId, token }
}

async function ask(who: Who, fn: string, args: object): Promise<unknown> {
  const { rows } = await doors().app.query('select result from call_as($1, $2, $3, $4)', [
    who.token,
    'chats.read',
    fn,
    JSON.stringify(args),
  ])
  return JSON.parse(rows[0].result)
}

/** Every chat of a list, page after page. */
async function listed(who: Who, args: object): Promise<string[]> {
  const ids: string[] = []
  let cursor: string | null = null
  do {
    const page = Listed.parse(await ask(who, 'api_chats', cursor ? { ...args, cursor } : args))
    ids.push(...page.items.map(({ id }) => id))
    cursor = page.next
  } while (cursor)
  return ids.toSorted()
}

const STATUSES = ['queued', 'sending', 'sent', 'delivered', 'read', 'played', 'failed', 'unconfirmed', 'discarded']
const aChat = fc.record({
  state: fc.constantFrom('new', 'pending', 'waiting', 'closed'),
  owner: fc.constantFrom('nobody', 'administrator', 'supervisor', 'agent'),
  department: fc.constantFrom('none', 'first', 'second'),
  waits: fc.boolean(),
  closedHoursAgo: fc.integer({ min: 0, max: 60 }),
  messages: fc.array(
    fc.record({
      direction: fc.constantFrom('in', 'out', 'note'),
      status: fc.constantFrom(...STATUSES),
      hoursAgo: fc.integer({ min: 0, max: 60 }),
    }),
    { maxLength: 5 },
  ),
})
const aDay = fc.array(aChat, { minLength: 1, maxLength: 14 })
type Day = typeof aDay extends fc.Arbitrary<infer D> ? D : never

/** A company with two departments whose day went like this. */
async function aCompany(day: Day) {
  const { owner } = doors()
  const account = await anAccount()
  const departments = { first: randomUUID(), second: randomUUID() }
  await owner.query(`insert into department (id, account_id, name) values ($1, $3, 'Uno'), ($2, $3, 'Dos')`, [
    departments.first,
    departments.second,
    account.id,
  ])
  const people = {
    administrator: await aPerson(account, 'administrator', null),
    supervisor: await aPerson(account, 'supervisor', departments.first),
    agent: await aPerson(account, 'agent', departments.first),
  }
  for (const [n, chat] of day.entries()) {
    const [id, contact] = [randomUUID(), randomUUID()]
    await owner.query(`insert into contact (id, account_id, name, phone, search) values ($1, $2, $3, $4, plain($3))`, [
      contact,
      account.id,
      `Cliente ${n}`,
      `59398${n}`,
    ])
    await owner.query(
      `insert into chat (id, account_id, channel_id, contact_id, object_key, state, assignee_id, department_id, waiting_since, state_at, rank)
       values ($1, $2, $3, $4, $5, $6, $7, $8, case when $9 and $6 <> 'closed' then now() - $10 * interval '1 minute' end, now() - $11 * interval '1 hour', $10)`,
      [
        id,
        account.id,
        account.channelId,
        contact,
        `p:${contact}`,
        chat.state,
        chat.owner === 'nobody' ? null : people[chat.owner].personId,
        chat.department === 'none' ? null : departments[chat.department],
        chat.waits,
        n,
        chat.closedHoursAgo,
      ],
    )
    for (const said of chat.messages)
      await owner.query(
        `insert into message (id, account_id, chat_id, channel_id, direction, kind, status, author_kind, at)
         values ($1, $2, $3, $4, $5, 'text', $6, 'person', now() - $7 * interval '1 hour')`,
        [
          randomUUID(),
          account.id,
          id,
          account.channelId,
          said.direction,
          said.direction === 'out' ? said.status : null,
          said.hoursAgo,
        ],
      )
  }
  return { account, people, departments }
}

/** All chats and today's messages of a company, as the tables have them. */
async function tables(accountId: string): Promise<{ chats: Row[]; said: Said[] }> {
  const { owner } = doors()
  const began = `date_trunc('day', now() at time zone (select time_zone from account where id = $1)) at time zone (select time_zone from account where id = $1)`
  const chats = await owner.query(
    `select id, state, assignee_id as assignee, department_id as department, waiting_since is not null as waits,
       state = 'closed' and state_at >= ${began} as "closedToday" from chat where account_id = $1`,
    [accountId],
  )
  const said = await owner.query(
    `select chat_id as chat, direction, status from message where account_id = $1 and at >= ${began}`,
    [accountId],
  )
  return { chats: z.array(Row).parse(chats.rows), said: z.array(Said).parse(said.rows) }
}

/** Who sees what, said again in other words than the database's. */
function sees(who: Who, departmentId: string, chat: Row): boolean {
  if (who.role === 'administrator' || chat.assignee === who.personId) return true
  const isInDepartment = chat.department === departmentId
  if (who.role === 'supervisor' && isInDepartment) return true
  return chat.assignee === null && (chat.department === null || isInDepartment)
}

test('after any day of work each figure is what a count of the tables gives, and as long as the list that it opens', async () => {
  await fc.assert(
    fc.asyncProperty(aDay, async (day) => {
      const { account, people, departments } = await aCompany(day)
      const all = await tables(account.id)
      for (const who of Object.values(people)) {
        const shown = Dashboard.parse(await ask(who, 'api_dashboard', {}))
        const mine = all.chats.filter((chat) => sees(who, departments.first, chat))
        const said = all.said.filter(({ chat }) => mine.some(({ id }) => id === chat))
        const open = mine.filter(({ state }) => state !== 'closed')
        const of = (chats: Row[]) => ({ openChats: chats.length, waiting: chats.filter(({ waits }) => waits).length })
        const went = (...statuses: string[]) =>
          said.filter(({ direction, status }) => direction === 'out' && status !== null && statuses.includes(status))

        expect(shown.trays).toEqual({
          inProcess: open.filter(({ state }) => state === 'waiting').length,
          pending: open.filter(({ state }) => state !== 'waiting').length,
          resolved: mine.filter(({ closedToday }) => closedToday).length,
        })
        expect(shown.waiting.chats).toBe(of(open).waiting)
        expect(shown.loom.map(({ chatId }) => chatId as string).toSorted()).toEqual(
          open
            .filter(({ waits }) => waits)
            .map(({ id }) => id)
            .toSorted(),
        )
        expect(shown.unassigned).toMatchObject(of(open.filter(({ assignee }) => assignee === null)))
        const owners = new Set(open.flatMap(({ assignee }) => assignee ?? []))
        expect(new Set(shown.agents.map(({ id }) => id as string))).toEqual(owners)
        for (const agent of shown.agents) {
          expect(agent).toMatchObject(of(open.filter(({ assignee }) => assignee === agent.id)))
          expect(await listed(who, { assignee: agent.id, waiting: 'yes' })).toHaveLength(agent.waiting)
        }
        const fates = {
          sent: went('sent', 'delivered', 'read', 'played'),
          undelivered: went('queued', 'sending', 'sent'),
          failed: went('failed'),
          unconfirmed: went('unconfirmed'),
        }
        for (const [fate, messages] of Object.entries(fates)) {
          expect(shown.messages).toMatchObject({ [fate]: messages.length })
          const ids = [...new Set(messages.map(({ chat }) => chat))].toSorted()
          expect(await listed(who, { messages: fate })).toEqual(ids)
        }
        const hours = shown.messages.hours.reduce((sum, hour) => ({ in: sum.in + hour.in, out: sum.out + hour.out }))
        expect(hours).toEqual({
          in: said.filter(({ direction }) => direction === 'in').length,
          out: said.filter(({ direction, status }) => direction === 'out' && status !== 'discarded').length,
        })
        expect(shown.channels.map(({ openChats }) => openChats)).toEqual([open.length])

        expect(await listed(who, { state: 'waiting' })).toHaveLength(shown.trays.inProcess)
        expect(await listed(who, { state: 'new,pending' })).toHaveLength(shown.trays.pending)
        expect(await listed(who, { state: 'closed', closed: 'today' })).toHaveLength(shown.trays.resolved)
        expect(await listed(who, { assignee: 'none' })).toHaveLength(shown.unassigned.openChats)
        expect(await listed(who, { assignee: 'none', waiting: 'yes' })).toHaveLength(shown.unassigned.waiting)
        expect(await listed(who, { department: departments.first })).toHaveLength(
          open.filter(({ department }) => department === departments.first).length,
        )
      }
    }),
    { numRuns: 12 },
  )
}, 120_000)

test('a label opens its chats, and is nothing to whoever does not see it', async () => {
  const { owner } = doors()
  const { account, people } = await aCompany([
    { state: 'new', owner: 'agent', department: 'none', waits: true, closedHoursAgo: 0, messages: [] },
    { state: 'new', owner: 'agent', department: 'none', waits: true, closedHoursAgo: 0, messages: [] },
  ])
  const { chats } = await tables(account.id)
  const chatId = chats[0]?.id
  const [open, hidden] = [randomUUID(), randomUUID()]
  await owner.query(
    `with l as (insert into label (id, account_id, name, color, roles) values ($1, $3, 'Cobranza', 'rio', '{}'),
       ($2, $3, 'Fraude', 'teja', array(select id from role where account_id = $3 and base = 'supervisor')) returning id)
     insert into chat_label (account_id, chat_id, label_id) select $3, $4, id from l`,
    [open, hidden, account.id, chatId],
  )
  expect(await listed(people.agent, { label: open })).toEqual([chatId])
  expect(await listed(people.agent, { label: hidden })).toEqual([])
  expect(await listed(people.administrator, { label: open, q: 'cliente' })).toEqual([chatId])
})

test('a view is its own person’s: renamed, put away, and unknown to others', async () => {
  const { people } = await aCompany([])
  const view = z
    .object({ id: z.string() })
    .parse(await ask(people.agent, 'api_view_add', { name: 'Urgentes', query: 'waiting=yes' }))
  expect(await ask(people.supervisor, 'api_view_change', { viewId: view.id, name: 'Mía' })).toBeNull()
  expect(await ask(people.supervisor, 'api_views', {})).toEqual({ items: [] })
  await ask(people.agent, 'api_view_change', { viewId: view.id, name: 'De hoy' })
  expect(await ask(people.agent, 'api_views', {})).toEqual({
    items: [{ id: view.id, name: 'De hoy', query: 'waiting=yes', shared: false, mine: true }],
  })
  await ask(people.agent, 'api_view_change', { viewId: view.id, archived: true })
  expect(await ask(people.agent, 'api_views', {})).toEqual({ items: [] })
})
