/** Requirements CRM-17 to CRM-51, row by row, as requests of the three roles as they come: allowed or refused. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'
import { openCompany, type Company, type Who } from './company.ts'

let company: Company
let people: Record<'administrator' | 'supervisor' | 'agent', Who>
/** What the rows ask about: an agent's own chat, somebody else's in another department, an open one. */
let things: Record<string, string>

beforeAll(async () => {
  company = await openCompany()
  people = {
    administrator: await company.signIn('admin'),
    supervisor: await company.signIn('supervisor'),
    agent: await company.signIn('agente'),
  }
  const admin = people.administrator
  const holder = await company.signIn('agente2')
  const [loja] = company.demo.channels
  if (!loja) throw new Error('no demo number')
  const idOf = (value: unknown) => (typeof value === 'object' && value !== null && 'id' in value ? String(value.id) : '')
  const mine = idOf(
    await company.must(admin.token, 'POST', '/api/departments', { name: 'Ventas', people: [people.supervisor.personId] }),
  )
  const theirs = idOf(await company.must(admin.token, 'POST', '/api/departments', { name: 'Cobranzas' }))
  const own = await company.customerWrites(admin, loja, '593985550001', 'De la agente')
  const foreign = await company.customerWrites(admin, loja, '593985550002', 'De otro departamento')
  await company.database.query('update chat set assignee_id = $2, department_id = $3 where id = $1', [
    own,
    people.agent.personId,
    mine,
  ])
  await company.database.query('update chat set assignee_id = $2, department_id = $3 where id = $1', [
    foreign,
    holder.personId,
    theirs,
  ])
  const roles = await company.items(admin.token, '/api/roles')
  const roleOf = (base: string) => roles.find((role) => role['base'] === base && role['isOwn'] === false)
  things = {
    ...{ own, foreign, department: mine, channel: loja.id, holder: holder.personId ?? '', admin: admin.personId ?? '' },
    ...{ agentRole: roleOf('agent')?.id ?? '', adminRole: roleOf('administrator')?.id ?? '' },
    agent: people.agent.personId ?? '',
    transfer: randomUUID(),
  }
}, 120_000)
afterAll(() => company?.close())

/** A UUIDv7 of now. */
function newMessageId(): string {
  const ms = Date.now().toString(16).padStart(12, '0')
  return `${ms.slice(0, 8)}-${ms.slice(8)}-7${randomUUID().slice(15)}`
}

type Role = 'administrator' | 'supervisor' | 'agent'
type Row = [demand: string, what: string, role: Role, method: string, path: string, body: (() => object) | null, status: number]
const text = () => ({ id: newMessageId(), kind: 'text', text: 'Buenas' })
const invited = (role: string) => () => ({ name: 'Nueva', email: `${randomUUID()}@demo.local`, roleId: things[role] })

const ROWS: Row[] = [
  ['CRM-17', 'roles are there to be changed', 'administrator', 'GET', '/api/roles', null, 200],
  [
    'CRM-17',
    'and only by who may',
    'supervisor',
    'PUT',
    '/api/roles',
    () => ({ changes: [{ roleId: things['agentRole'], rev: 1, grants: {} }] }),
    403,
  ],
  ['CRM-18', 'an administrator invites', 'administrator', 'POST', '/api/people', invited('agentRole'), 200],
  ['CRM-18', 'edits', 'administrator', 'PATCH', '/api/people/:holder', () => ({ name: 'Milagros Q.' }), 200],
  ['CRM-18', 'and deactivates', 'administrator', 'PUT', '/api/people/:holder/deactivation', null, 200],
  ['CRM-18', 'and takes back', 'administrator', 'DELETE', '/api/people/:holder/deactivation', null, 200],
  [
    'CRM-19',
    'an administrator gives roles',
    'administrator',
    'PATCH',
    '/api/people/:holder',
    () => ({ roleId: things['agentRole'] }),
    200,
  ],
  ['CRM-20', 'an administrator reads the audit log', 'administrator', 'GET', '/api/audit', null, 200],
  ['CRM-20', 'the keys', 'administrator', 'GET', '/api/api-keys', null, 200],
  ['CRM-20', 'the log', 'administrator', 'GET', '/api/log', null, 200],
  ['CRM-20', 'the departments', 'administrator', 'GET', '/api/departments', null, 200],
  [
    'CRM-21',
    'an administrator manages numbers',
    'administrator',
    'PATCH',
    '/api/channels/:channel',
    () => ({ name: 'Loja' }),
    200,
  ],
  ['CRM-26', 'an administrator sees every chat', 'administrator', 'GET', '/api/chats/:foreign', null, 200],
  ['CRM-29', 'nobody deletes a chat', 'administrator', 'DELETE', '/api/chats/:own', null, 404],
  ['CRM-29', 'nor a person', 'administrator', 'DELETE', '/api/people/:holder', null, 404],
  ['CRM-29', 'nor a department', 'administrator', 'DELETE', '/api/departments/:department', null, 404],
  ['CRM-30', 'a supervisor counts their own department', 'supervisor', 'GET', '/api/chat-counts', null, 200],
  ['CRM-32', 'a supervisor sees their department', 'supervisor', 'GET', '/api/chats/:own', null, 200],
  ['CRM-32', 'and no other', 'supervisor', 'GET', '/api/chats/:foreign', null, 404],
  ['CRM-32', 'nor its messages', 'supervisor', 'GET', '/api/chats/:foreign/messages', null, 404],
  [
    'CRM-34',
    'a supervisor gives a chat of their department away',
    'supervisor',
    'PUT',
    '/api/chats/:own/assignee',
    () => ({ personId: things['agent'] }),
    200,
  ],
  [
    'CRM-34',
    'but none of another department',
    'supervisor',
    'PUT',
    '/api/chats/:foreign/assignee',
    () => ({ personId: things['agent'] }),
    404,
  ],
  [
    'CRM-44',
    'an agent asks for a transfer',
    'agent',
    'POST',
    '/api/chats/:own/transfers',
    () => ({ toPersonId: things['holder'], reason: 'Otra zona' }),
    200,
  ],
  ['CRM-33', 'a supervisor sees the requests of their department', 'supervisor', 'GET', '/api/transfers', null, 200],
  [
    'CRM-51',
    'an agent decides none, not even their own',
    'agent',
    'PUT',
    '/api/transfers/:transfer/decision',
    () => ({ approve: true }),
    403,
  ],
  ['CRM-51', 'and gives nobody a chat', 'agent', 'PUT', '/api/chats/:own/assignee', () => ({ personId: things['holder'] }), 403],
  ['CRM-59', 'an agent closes their chat', 'agent', 'PUT', '/api/chats/:own/state', () => ({ state: 'closed' }), 200],
  ['CRM-59', 'opens it again', 'agent', 'PUT', '/api/chats/:own/state', () => ({ state: 'open' }), 200],
  ['CRM-59', 'and no other', 'agent', 'PUT', '/api/chats/:foreign/state', () => ({ state: 'closed' }), 404],
  [
    'CRM-37',
    'a supervisor pauses and resumes numbers',
    'supervisor',
    'PUT',
    '/api/channels/:channel/pause',
    () => ({ sending: false, receiving: false }),
    200,
  ],
  ['CRM-37', 'checks them', 'supervisor', 'POST', '/api/channels/:channel/check', () => ({}), 200],
  [
    'CRM-37',
    'but adds none',
    'supervisor',
    'POST',
    '/api/channels',
    () => ({
      name: 'Otro',
      phone: '593900000000',
      credentials: { kind: 'gupshup', appName: 'a', appId: 'a', access: 'partner', apiKey: 'sk_12345678' },
    }),
    403,
  ],
  ['CRM-37', 'and removes none', 'supervisor', 'PATCH', '/api/channels/:channel', () => ({ archived: true }), 403],
  ['CRM-38', 'a supervisor makes no administrators', 'supervisor', 'POST', '/api/people', invited('adminRole'), 403],
  ['CRM-38', 'and deactivates none', 'supervisor', 'PUT', '/api/people/:admin/deactivation', null, 403],
  ['CRM-39', 'a supervisor changes nothing of the company', 'supervisor', 'PATCH', '/api/account', () => ({ name: 'Otra' }), 403],
  ['CRM-39', 'nor its keys', 'supervisor', 'GET', '/api/api-keys', null, 403],
  ['CRM-40', 'an agent sees their own chat', 'agent', 'GET', '/api/chats/:own', null, 200],
  ['CRM-40', 'and nobody else’s', 'agent', 'GET', '/api/chats/:foreign', null, 404],
  ['CRM-41', 'an agent writes', 'agent', 'POST', '/api/chats/:own/messages', text, 200],
  ['CRM-41', 'but not in somebody else’s chat', 'agent', 'POST', '/api/chats/:foreign/messages', text, 404],
  [
    'CRM-45',
    'an agent opens a chat with somebody new',
    'agent',
    'POST',
    '/api/chats',
    () => ({ channelId: things['channel'], phone: '+593 98 555 0009', name: 'Nueva' }),
    200,
  ],
  ['CRM-46', 'an agent changes their language', 'agent', 'PUT', '/api/session/language', () => ({ language: 'es' }), 200],
  ['CRM-46', 'but not their name or e-mail', 'agent', 'PATCH', '/api/people/:agent', () => ({ name: 'Jefe' }), 403],
  ['CRM-47', 'an agent deletes no chat', 'agent', 'DELETE', '/api/chats/:own', null, 404],
  ['CRM-49', 'an agent reads no list of people', 'agent', 'GET', '/api/people', null, 403],
  ['CRM-49', 'edits nobody', 'agent', 'PATCH', '/api/people/:holder', () => ({ name: 'Otra' }), 403],
  [
    'CRM-49',
    'and no role',
    'agent',
    'PUT',
    '/api/roles',
    () => ({ changes: [{ roleId: things['agentRole'], rev: 1, grants: {} }] }),
    403,
  ],
  [
    'CRM-50',
    'an agent pauses no number',
    'agent',
    'PUT',
    '/api/channels/:channel/pause',
    () => ({ sending: true, receiving: true }),
    403,
  ],
  ['CRM-50', 'and adds none', 'agent', 'PATCH', '/api/channels/:channel', () => ({ name: 'Mío' }), 403],
]

test.each(ROWS)('%s: %s (%s: %s %s)', async (_demand, _what, role, method, path, body, status) => {
  const address = path.replace(/:(\w+)/, (_, name: string) => things[name] ?? '')
  const answer = await company.ask(people[role].token, method, address, body?.())
  expect(answer.status, answer.text).toBe(status)
})

test('CRM-26, CRM-30, CRM-40: each counts what they may see, and an administrator counts what the database holds', async () => {
  const open = async (who: Who) => {
    const counts = await company.must(who.token, 'GET', '/api/chat-counts')
    return typeof counts === 'object' && counts !== null && 'trays' in counts ? counts.trays : null
  }
  const { rows } = await company.database.query(
    "select count(*)::int as n from chat where state <> 'closed' and merged_into is null and account_id = (select account_id from person where id = $1)",
    [people.administrator.personId],
  )
  expect(await open(people.administrator)).toMatchObject({ open: rows[0].n })
  // The chat of their department, and the one that the agent has opened: of no department, so not theirs.
  expect(await open(people.supervisor)).toMatchObject({ open: 1 })
  expect(await open(people.agent)).toMatchObject({ open: 2, mine: 2 })
})

test('CRM-48: without its permission a customer’s number is hidden in lists, chats and search', async () => {
  const admin = people.administrator
  const roles = await company.items(admin.token, '/api/roles')
  const role = roles.find((one) => one.id === things['agentRole'])
  const { 'contacts.phone': _hidden, ...grants } = z.record(z.string(), z.string()).parse(role?.['grants'])
  await company.must(admin.token, 'PUT', '/api/roles', { changes: [{ roleId: role?.id, rev: role?.['rev'], grants }] })
  // The chat that the agent opened above; the others' names are made of their numbers.
  const { text: list } = await company.ask(people.agent.token, 'GET', '/api/chats')
  expect(list).toContain('•••009')
  expect(list).not.toContain('593985550009')
  expect(await company.items(people.agent.token, '/api/chats?q=985550009')).toEqual([])
  expect(await company.items(people.agent.token, '/api/chats?q=Nueva')).toHaveLength(1)
})
