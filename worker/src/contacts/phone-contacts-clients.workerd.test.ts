/** Names out of a phone's address book, into the company's own client database as the simulator plays it. */
import { env } from 'cloudflare:workers'
import { afterEach, expect, test } from 'vitest'
import { databaseOf, type Database } from '../lib/sql.ts'
import { sealedSecret } from './client-source.ts'
import { sendPhoneContacts } from './phone-contacts-clients.ts'

const owner: Database = databaseOf({ ...env, DATABASE_URL: env.DATABASE_URL.replace('//app_rw:', '//postgres:') })
const SIM = new URL(env.META_GRAPH_URL ?? '').origin

async function control(method: string, path: string, body?: object): Promise<unknown> {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${SIM}/control${path}`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) })
  return response.json()
}
afterEach(() => control('DELETE', '/misbehaviour?target=clients'))

const settings = {
  ...{ baseUrl: `${SIM}/clients-api`, auth: 'bearer', authName: '', listPath: '/debtors', onePath: '/debtors/{id}' },
  ...{ phoneParam: 'phone', searchParam: 'q', cursorParam: 'cursor', itemsPath: 'data', nextPath: 'meta.next', idPath: 'id' },
  ...{ phonePath: 'holder.phone', versionPath: 'updatedAt', writeMethod: 'PATCH', currency: 'USD' },
  fields: [{ key: 'titular', label: 'Titular', path: 'holder.name', kind: 'text', sensitive: false, editable: true }],
}

/** A company whose client database is connected, and names that are due there. */
async function aCompany(names: Record<string, string>) {
  const [accountId, channelId] = [crypto.randomUUID(), crypto.randomUUID()]
  await owner.query("insert into account (id, name, country) values ($1, 'Prueba', 'EC')", [accountId])
  await owner.query(
    "insert into channel (id, account_id, kind, name, key, phone, line, sealed) values ($1, $2, 'session', 'Ventas', $3, '', $3, '')",
    [channelId, accountId, channelId],
  )
  const sealed = await sealedSecret(env, accountId, 'sim-clients-token')
  await owner.query('insert into client_source (account_id, settings, sealed) values ($1, $2, $3)', [
    ...[accountId, JSON.stringify(settings), sealed],
  ])
  for (const [phone, name] of Object.entries(names))
    await owner.query(
      "insert into phone_contact (account_id, channel_id, phone, name, state, client_state) values ($1, $2, $3, $4, 'taken', 'due')",
      [accountId, channelId, phone, name],
    )
  const states = async () =>
    Object.fromEntries(
      (await owner.query('select name, client_state from phone_contact where account_id = $1', [accountId])).map((row) => [
        row['name'],
        row['client_state'],
      ]),
    )
  return { accountId, states }
}

test('who is missing there is added, who is the same stays, and another name is told and not written over', async () => {
  const { accountId, states } = await aCompany({
    ...{ '593987654321': 'rosa huaman cevallos', '593986001122': 'Nueva Persona' },
    '593984471029': 'Otra Que No Es',
  })
  await control('POST', '/debtors', { id: 'NELLY', phone: '593984471029', holder: 'Nelly Sarango' })
  expect(await sendPhoneContacts(env, accountId, false)).toEqual({ done: true })
  expect(await states()).toEqual({ 'rosa huaman cevallos': 'same', 'Nueva Persona': 'added', 'Otra Que No Es': 'conflict' })
  expect(await control('GET', '/debtors/NELLY')).toMatchObject({ holder: 'Nelly Sarango' })
})

test('while it is away nothing is lost: it is tried again, and what was done is not done twice', async () => {
  const { accountId, states } = await aCompany({ '593986001133': 'Persona Paciente' })
  await control('PUT', '/misbehaviour', { target: 'clients', status: 503 })
  expect(await sendPhoneContacts(env, accountId, false)).toEqual({ done: false, again: true, code: 'clients_unreachable' })
  expect(await states()).toEqual({ 'Persona Paciente': 'due' })
  await control('DELETE', '/misbehaviour?target=clients')
  expect(await sendPhoneContacts(env, accountId, false)).toEqual({ done: true })
  expect(await sendPhoneContacts(env, accountId, false)).toEqual({ done: true })
  expect(await states()).toEqual({ 'Persona Paciente': 'added' })
})
