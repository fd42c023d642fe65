/** Numbers of one or of several, departments, and keys for machines: who reaches what. CRM-09, CRM-11, CRM-15, B24-64. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'
import { until } from '../chaos/until.ts'
import { openCompany, type Company, type Who } from './company.ts'
import { listen } from './listener.ts'

let company: Company
let admin: Who
let jorge: Who
let milagros: Who

beforeAll(async () => {
  company = await openCompany()
  admin = await company.signIn('admin')
  jorge = await company.signIn('agente')
  milagros = await company.signIn('agente2')
})
afterAll(() => company?.close())

function number(at: number) {
  const found = company.demo.channels[at]
  if (!found) throw new Error('no such demo number')
  return found
}
/** A UUIDv7 of now. */
function newMessageId(): string {
  const ms = Date.now().toString(16).padStart(12, '0')
  return `${ms.slice(0, 8)}-${ms.slice(8)}-7${randomUUID().slice(15)}`
}
const text = (words: string) => ({ id: newMessageId(), kind: 'text', text: words })
const sees = async (who: Who, chatId: string) => (await company.ask(who.token, 'GET', `/api/chats/${chatId}`)).status === 200

test('CRM-09: two agents answer different chats of one number, and neither sees the other’s', async () => {
  const [one, two] = [
    await company.customerWrites(admin, number(0), '593986660001', 'Para Jorge'),
    await company.customerWrites(admin, number(0), '593986660002', 'Para Milagros'),
  ]
  await company.must(jorge.token, 'POST', `/api/chats/${one}/messages`, text('Soy Jorge'))
  await company.must(milagros.token, 'POST', `/api/chats/${two}/messages`, text('Soy Milagros'))
  expect([await sees(jorge, one), await sees(jorge, two)]).toEqual([true, false])
  expect([await sees(milagros, one), await sees(milagros, two)]).toEqual([false, true])
})

test('CRM-11, CRM-15: a number of one agent is closed to the others, queue and all; shared again, it is a pool', async () => {
  const id = number(1).id
  const put = (access: string, people: (string | null)[]) =>
    company.must(admin.token, 'PUT', `/api/channels/${id}/people`, { access, departmentId: null, people })
  const online = await listen(company.demo.address, milagros)
  await put('exclusive', [jorge.personId])
  await until('Milagros is told to read again', () => online.resyncs() === 1, 20_000)
  const chatId = await company.customerWrites(admin, number(1), '593986660003', 'Solo para quien atiende este número')
  expect([await sees(jorge, chatId), await sees(milagros, chatId)]).toEqual([true, false])
  expect((await company.items(milagros.token, '/api/channels')).map((channel) => channel.id)).not.toContain(id)
  expect(await company.ask(milagros.token, 'POST', '/api/chats', { channelId: id, phone: '+593 98 666 0009' })).toMatchObject({
    status: 404,
  })

  await put('shared', [])
  expect([await sees(jorge, chatId), await sees(milagros, chatId)]).toEqual([true, true])
  expect(online.heard('Solo para quien atiende')).toBe(false)
  online.close()
})

test('a number’s department takes its chats along: its supervisor sees them, the other’s does not', async () => {
  const supervisor = await company.signIn('supervisor')
  const made = async (name: string, people: (string | null)[]) =>
    z.object({ id: z.string() }).parse(await company.must(admin.token, 'POST', '/api/departments', { name, people })).id
  const before = await company.customerWrites(admin, number(1), '593986660004', 'De antes')
  const sales = await made('Ventas', [supervisor.personId])
  const debts = await made('Cobranzas', [])
  // With departments, what belongs to none is everybody's queue and nobody's department.
  const put = (departmentId: string) =>
    company.must(admin.token, 'PUT', `/api/channels/${number(1).id}/people`, { access: 'shared', departmentId, people: [] })
  await put(sales)
  expect(await sees(supervisor, before)).toBe(true)
  await put(debts)
  expect(await sees(supervisor, before)).toBe(false)
  const later = await company.customerWrites(admin, number(1), '593986660005', 'De después')
  expect(await sees(supervisor, later)).toBe(false)
  await put(sales)
  expect([await sees(supervisor, before), await sees(supervisor, later)]).toEqual([true, true])
})

test('B24-64: a key does what it was made for, on its numbers, until it is revoked', async () => {
  const Key = z.object({ key: z.object({ id: z.string(), ending: z.string() }), secret: z.string() })
  const made = Key.parse(
    await company.must(admin.token, 'POST', '/api/api-keys', {
      name: 'Guion de avisos',
      grants: { 'chats.read': 'all', 'messages.send': 'all' },
      channels: [number(0).id],
    }),
  )
  const key: Who = { name: 'key', token: made.secret, personId: null }
  const [ours, other] = [
    await company.customerWrites(admin, number(0), '593986660006', 'Al número de la clave'),
    await company.customerWrites(admin, number(1), '593986660007', 'A otro número'),
  ]
  expect([await sees(key, ours), await sees(key, other)]).toEqual([true, false])
  expect(await company.must(key.token, 'POST', `/api/chats/${ours}/messages`, text('Aviso'))).toMatchObject({
    author: { kind: 'api' },
  })
  expect((await company.ask(key.token, 'POST', `/api/chats/${other}/messages`, text('Aviso'))).status).toBe(404)
  expect((await company.ask(key.token, 'POST', `/api/chats/${ours}/notes`, { id: newMessageId(), text: 'x' })).status).toBe(403)
  expect((await company.ask(key.token, 'GET', '/api/people')).status).toBe(403)
  // What is somebody's own is nobody's business with a key.
  expect((await company.ask(key.token, 'PUT', '/api/session/language', { language: 'en' })).status).toBe(403)

  const [listed] = await company.items(admin.token, '/api/api-keys')
  expect(listed).toMatchObject({ name: 'Guion de avisos', ending: made.secret.slice(-4) })
  expect(listed?.['lastUsedAt']).not.toBeNull()
  expect(JSON.stringify(listed)).not.toContain(made.secret)

  await company.must(admin.token, 'DELETE', `/api/api-keys/${made.key.id}`)
  expect((await company.ask(key.token, 'GET', '/api/chats')).status).toBe(401)
  expect((await company.ask('wb_live_nadie_sabe_esta_clave', 'GET', '/api/chats')).status).toBe(401)
  expect((await company.ask(null, 'GET', '/api/chats')).status).toBe(401)
})

test('nobody makes a key that may more than they do', async () => {
  const Role = z.looseObject({ id: z.string(), rev: z.number(), grants: z.record(z.string(), z.string()) })
  const roles = await company.items(admin.token, '/api/roles')
  const copy = Role.parse(
    await company.must(admin.token, 'POST', '/api/roles', {
      name: 'Jefa de claves',
      copyOf: roles.find((one) => one['base'] === 'administrator')?.id,
    }),
  )
  const grants = { 'api_keys.manage': 'all', 'chats.read': 'own' }
  await company.must(admin.token, 'PUT', '/api/roles', { changes: [{ roleId: copy.id, rev: copy.rev, grants }] })
  await company.must(admin.token, 'PATCH', `/api/people/${milagros.personId}`, { roleId: copy.id })
  expect(
    await company.ask(milagros.token, 'POST', '/api/api-keys', { name: 'Todo', grants: { 'chats.read': 'all' } }),
  ).toMatchObject({
    status: 403,
    json: { code: 'beyond_own_rights' },
  })
})
