/** What a change of rights does to somebody who is online: the next request, the next live event, the open socket. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listAudit } from '#contract/audit.ts'
import { until } from '../chaos/until.ts'
import { openCompany, type Company, type Who } from './company.ts'
import { listen } from './listener.ts'
import * as z from 'zod'

let company: Company
let admin: Who
let agent: Who

beforeAll(async () => {
  company = await openCompany()
  admin = await company.signIn('admin')
  agent = await company.signIn('agente')
})
afterAll(() => company?.close())

const loja = () => {
  const number = company.demo.channels.find(({ kind }) => kind === 'meta')
  if (!number) throw new Error('no demo number')
  return number
}
const Role = z.object({
  id: z.string(),
  base: z.string(),
  isOwn: z.boolean(),
  rev: z.number(),
  grants: z.record(z.string(), z.string()),
})

async function change(base: string, with_: (grants: Record<string, string>) => Record<string, string>): Promise<number> {
  const roles = z.array(Role).parse(await company.items(admin.token, '/api/roles'))
  const role = roles.find((one) => one.base === base && !one.isOwn)
  const body = { changes: [{ roleId: role?.id, rev: role?.rev, grants: with_({ ...role?.grants }) }] }
  return (await company.ask(admin.token, 'PUT', '/api/roles', body)).status
}

const without = (name: string) => (grants: Record<string, string>) =>
  Object.fromEntries(Object.entries(grants).filter(([permission]) => permission !== name))

test('a permission that is taken away is gone with the next request and told to who is online; given back, it is back', async () => {
  const chatId = await company.customerWrites(admin, loja(), '593987000001', 'Hola, soy la primera')
  const online = await listen(company.demo.address, agent)
  const write = () => company.ask(agent.token, 'POST', `/api/chats/${chatId}/notes`, { id: newMessageId(), text: 'Nota' })
  expect((await write()).status).toBe(200)

  expect(await change('agent', without('notes.write'))).toBe(200)
  expect(await write()).toMatchObject({ status: 403, json: { code: 'forbidden' } })
  await until('the phone hears of its rights', () => online.mes.length === 1, 20_000)
  expect(online.mes[0]?.permissions).not.toContain('notes.write')

  expect(await change('agent', (grants) => ({ ...grants, 'notes.write': 'own' }))).toBe(200)
  expect((await write()).status).toBe(200)
  await until('the phone hears of its rights', () => online.mes.length === 2, 20_000)
  expect(online.mes[1]?.permissions).toContain('notes.write')
  online.close()
})

test('without the queue an agent hears no more of chats that are nobody’s, and reads everything again', async () => {
  const online = await listen(company.demo.address, agent)
  await company.customerWrites(admin, loja(), '593987000002', 'Antes del cambio')
  await until('the agent hears it', () => online.heard('Antes del cambio'), 20_000)

  expect(await change('agent', without('chats.queue'))).toBe(200)
  await until('the phone is told to read again', () => online.resyncs() === 1, 20_000)
  const hidden = await company.customerWrites(admin, loja(), '593987000003', 'Después del cambio')
  expect((await company.ask(agent.token, 'GET', `/api/chats/${hidden}`)).status).toBe(404)

  expect(await change('agent', (grants) => ({ ...grants, 'chats.queue': 'all' }))).toBe(200)
  expect((await company.ask(agent.token, 'GET', `/api/chats/${hidden}`)).status).toBe(200)
  await company.customerWrites(admin, loja(), '593987000004', 'Cuando todo ha vuelto')
  await until('the agent hears the next one', () => online.heard('Cuando todo ha vuelto'), 20_000)
  expect(online.heard('Después del cambio')).toBe(false)
  online.close()
})

test('whoever answers a chat of the queue takes it: the others are told to forget it', async () => {
  const other = await company.signIn('agente2')
  const online = await listen(company.demo.address, other)
  const chatId = await company.customerWrites(admin, loja(), '593987000005', 'Quién me atiende')
  await until('both hear it', () => online.heard('Quién me atiende'), 20_000)
  const sent = { id: newMessageId(), kind: 'text', text: 'Yo le atiendo' }
  expect((await company.ask(agent.token, 'POST', `/api/chats/${chatId}/messages`, sent)).status).toBe(200)
  await until('the other forgets it', () => online.forgets.includes(chatId), 20_000)
  expect(online.heard('Yo le atiendo')).toBe(false)
  expect((await company.ask(other.token, 'GET', `/api/chats/${chatId}`)).status).toBe(404)
  expect((await company.ask(other.token, 'POST', `/api/chats/${chatId}/messages`, { ...sent, id: newMessageId() })).status).toBe(
    404,
  )
  online.close()
})

test('somebody who is deactivated is signed out everywhere, and their open chats wait in the queue', async () => {
  const leaving = await company.signIn('agente2')
  const online = await listen(company.demo.address, leaving)
  const chatId = await company.customerWrites(admin, loja(), '593987000006', 'Mi chat se queda')
  const sent = { id: newMessageId(), kind: 'text', text: 'Con gusto' }
  await company.must(leaving.token, 'POST', `/api/chats/${chatId}/messages`, sent)
  const answer = await company.must(admin.token, 'PUT', `/api/people/${leaving.personId}/deactivation`)
  expect(z.object({ requeued: z.number() }).parse(answer).requeued).toBeGreaterThan(0)
  await until('the phone is told that it is signed out', () => online.byes().includes('signed_out'), 20_000)
  expect((await company.ask(leaving.token, 'GET', '/api/session')).status).toBe(401)
  expect(await company.must(agent.token, 'GET', `/api/chats/${chatId}`)).toMatchObject({ assignee: null })
  const again = {
    email: company.personOf('agente2')?.email,
    password: company.personOf('agente2')?.password,
  }
  expect((await company.ask(null, 'POST', '/api/session', again)).status).toBe(401)
  await company.must(admin.token, 'DELETE', `/api/people/${leaving.personId}/deactivation`)
  expect((await company.ask(null, 'POST', '/api/session', again)).status).toBe(200)
})

test('nobody hands out what they do not have, the last administrator stays, and a stale change is refused', async () => {
  const supervisor = await company.signIn('supervisor')
  expect(await change('supervisor', (grants) => ({ ...grants, 'people.manage': 'all' }))).toBe(200)
  const administrator = await company.roleOf(admin, 'administrator')
  const invited = { name: 'Nadie', email: `${randomUUID()}@demo.local`, roleId: administrator }
  expect(await company.ask(supervisor.token, 'POST', '/api/people', invited)).toMatchObject({
    status: 403,
    json: { code: 'beyond_own_rights' },
  })
  expect(await company.ask(supervisor.token, 'PUT', `/api/people/${admin.personId}/deactivation`)).toMatchObject({ status: 403 })
  expect(await company.ask(admin.token, 'PUT', `/api/people/${admin.personId}/deactivation`)).toMatchObject({
    json: { code: 'not_yourself' },
  })
  expect(await change('agent', (grants) => ({ ...grants, 'roles.manage': 'all' }))).toBe(422)
  expect(await change('administrator', without('people.manage'))).toBe(422)
  const roles = z.array(Role).parse(await company.items(admin.token, '/api/roles'))
  const stale = { changes: [{ roleId: roles[1]?.id, rev: (roles[1]?.rev ?? 0) - 1, grants: {} }] }
  expect(await company.ask(admin.token, 'PUT', '/api/roles', stale)).toMatchObject({
    status: 409,
    json: { code: 'changed_meanwhile' },
  })
})

test('the audit log tells all of it, its chain holds, and a row that was changed shows', async () => {
  const log = listAudit.returns.parse(await company.must(admin.token, 'GET', '/api/audit')).items
  for (const action of ['role.changed', 'person.deactivated', 'person.reactivated'] as const) {
    expect(log.map((entry) => entry.action)).toContain(action)
  }
  const changed = log.find((entry) => entry.action === 'role.changed')
  expect(changed).toMatchObject({ actor: { id: admin.personId }, after: { 'people.manage': 'all' } })
  expect(await company.must(admin.token, 'GET', '/api/audit/chain')).toMatchObject({ brokenAt: null })
  const csv = await company.ask(admin.token, 'GET', '/api/audit/export?action=role.changed')
  expect(csv.text.split('\r\n').length).toBeGreaterThan(3)

  const n = changed?.n
  await company.database.query(
    `update audit set after = '{"people.manage":null}' where n = $1 and account_id = (select account_id from person where id = $2)`,
    [n, admin.personId],
  )
  expect(await company.must(admin.token, 'GET', '/api/audit/chain')).toMatchObject({ brokenAt: n })
})

/** A UUIDv7 of now. */
function newMessageId(): string {
  const ms = Date.now().toString(16).padStart(12, '0')
  const rest = randomUUID()
  return `${ms.slice(0, 8)}-${ms.slice(8)}-7${rest.slice(15)}`
}
