/** The company's own client database, as the simulator plays it: what is asked again, what is never written twice. */
import { env } from 'cloudflare:workers'
import { afterEach, expect, test } from 'vitest'
import { addRemote, changeRemote, findRemote, listRemote, readRemote, type Source } from './client-remote.ts'

const ROSA = '593987654321'
const SIM = new URL(env.META_GRAPH_URL ?? '').origin

async function control(method: string, path: string, body?: object): Promise<unknown> {
  const response = await fetch(`${SIM}/control${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  return response.json()
}

afterEach(() => control('DELETE', '/misbehaviour?target=clients'))

const misbehave = (how: object) => control('PUT', '/misbehaviour', { target: 'clients', ...how })

const source: Source = {
  settings: {
    ...{ baseUrl: `${SIM}/clients-api`, auth: 'bearer', authName: '', listPath: '/debtors', onePath: '/debtors/{id}' },
    ...{ phoneParam: 'phone', searchParam: 'q', cursorParam: 'cursor', itemsPath: 'data', nextPath: 'meta.next', idPath: 'id' },
    ...{ phonePath: 'holder.phone', versionPath: 'updatedAt', writeMethod: 'PATCH', currency: 'USD' },
    fields: [
      { key: 'titular', label: 'Titular', path: 'holder.name', kind: 'text', sensitive: false, editable: true },
      { key: 'saldo', label: 'Saldo', path: 'account.balance', kind: 'money', sensitive: false, editable: true },
      { key: 'documento', label: 'Documento', path: 'holder.document', kind: 'text', sensitive: true, editable: false },
    ],
  },
  ...{ secret: 'sim-clients-token', country: 'EC', reach: { own: 'https://desk.example', local: SIM } },
}

/** Writes on one client that the database really took. */
async function written(id: string): Promise<number> {
  const debtor = await control('GET', `/debtors/${id}`)
  return typeof debtor === 'object' && debtor !== null && 'version' in debtor ? Number(debtor.version) - 1 : 0
}

test('a client is found by number in any of its ways, else by document; somebody else never', async () => {
  expect(await findRemote(source, ROSA, null)).toMatchObject({
    ok: true,
    client: { clientId: 'D-00001', texts: { titular: 'Rosa Huamán Cevallos' } },
  })
  await control('POST', '/debtors', { id: 'MX-1', phone: '525512345678', holder: 'De México' })
  expect(await findRemote(source, '5215512345678', null)).toMatchObject({ client: { clientId: 'MX-1' } })
  const byDocument = await findRemote(source, '593900000001', '1700000037')
  expect(byDocument).toMatchObject({ client: { clientId: 'D-00001' } })
  expect(await findRemote(source, '593900000001', null)).toEqual({ ok: true, client: null })
  // Their search takes parts of a document: a part is nobody's.
  expect(await findRemote(source, null, '17000000')).toEqual({ ok: true, client: null })
})

test('a failure that passes is not noticed; one that stays is told in time, and so is a wrong secret', async () => {
  const hasty = { ...source, isHasty: true }
  await misbehave({ status: 503, next: 1 })
  expect(await findRemote(hasty, ROSA, null)).toMatchObject({ ok: true, client: { clientId: 'D-00001' } })
  await misbehave({ status: 503 })
  expect(await findRemote(hasty, ROSA, null)).toEqual({ ok: false, failure: 'unreachable', status: 503 })
  await misbehave({ slowMs: 60_000 })
  const startedAt = performance.now()
  expect(await findRemote(hasty, ROSA, null)).toEqual({ ok: false, failure: 'unreachable', status: null })
  // Long before it would have answered.
  expect(performance.now() - startedAt).toBeLessThan(20_000)
  await control('DELETE', '/misbehaviour')
  expect(await findRemote({ ...source, secret: 'otra' }, ROSA, null)).toMatchObject({ failure: 'credentials', status: 401 })
  await misbehave({ status: 200, body: '<html>Hola</html>' })
  expect(await listRemote(source, {})).toMatchObject({ failure: 'unreadable' })
})

test('a redirect is not followed, and an address of a network is not asked', async () => {
  await misbehave({ status: 302 })
  expect(await listRemote(source, {})).toMatchObject({ ok: false, failure: 'refused', status: 302 })
  const elsewhere = { ...source, settings: { ...source.settings, baseUrl: 'http://127.0.0.1:1/inner' } }
  expect(await listRemote(elsewhere, {})).toMatchObject({ ok: false, failure: 'unreachable' })
})

test('who writes on what somebody else has changed is shown theirs, and nothing is written', async () => {
  const read = await readRemote(source, 'D-00002')
  if (!read.ok) throw new Error(read.failure)
  await control('POST', '/debtors', { id: 'D-00002', balance: 5 })
  const version = read.client.version
  expect(await changeRemote(source, 'D-00002', version, { saldo: 9 })).toMatchObject({
    client: null,
    conflict: { data: { saldo: 5 } },
  })
  expect(await written('D-00002')).toBe(1)
  const now = await readRemote(source, 'D-00002')
  const later = now.ok ? now.client.version : null
  expect(await changeRemote(source, 'D-00002', later, { saldo: 9 })).toMatchObject({
    client: { data: { saldo: 9 } },
    conflict: null,
  })
})

test('an answer that was lost is no failure where the change is there, and it was written once', async () => {
  const read = await readRemote(source, 'D-00003')
  if (!read.ok) throw new Error(read.failure)
  // Worked on, and then the connection is cut; and the other way, a failure that was none.
  await misbehave({ on: 'send', dropAnswer: true, next: 1 })
  expect(await changeRemote(source, 'D-00003', read.client.version, { saldo: 77 })).toMatchObject({
    client: { data: { saldo: 77 } },
  })
  await misbehave({ on: 'send', status: 503 })
  expect(await changeRemote(source, 'D-00003', null, { saldo: 78 })).toMatchObject({ ok: false, failure: 'unreachable' })
  await misbehave({ on: 'send', status: 500, processed: true, next: 1 })
  expect(await addRemote(source, '593911112222', { titular: 'Nueva' })).toMatchObject({ ok: false, failure: 'unreachable' })
  expect(await written('D-00003')).toBe(1)
  // Not asked again by itself: there is one of them.
  expect(await listRemote(source, { phone: '593911112222' })).toMatchObject({ clients: [{ texts: { titular: 'Nueva' } }] })
})
