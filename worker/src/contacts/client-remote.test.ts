/** The company's own client database, as the simulator plays it: what is asked again, what is never written twice. */
import { expect, test } from 'vitest'
import { aWorld } from '../../../sim/testing.ts'
import { addRemote, changeRemote, findRemote, listRemote, readRemote, type Source } from './client-remote.ts'

const ROSA = '593987654321'

async function aDatabase(changes: Partial<Source> = {}) {
  const world = await aWorld()
  const source: Source = {
    settings: {
      ...{
        baseUrl: `${world.sim.origin}/clients-api`,
        auth: 'bearer',
        authName: '',
        listPath: '/debtors',
        onePath: '/debtors/{id}',
      },
      ...{ phoneParam: 'phone', searchParam: 'q', cursorParam: 'cursor', itemsPath: 'data', nextPath: 'meta.next', idPath: 'id' },
      ...{ phonePath: 'holder.phone', versionPath: 'updatedAt', writeMethod: 'PATCH', currency: 'USD' },
      fields: [
        { key: 'titular', label: 'Titular', path: 'holder.name', kind: 'text', sensitive: false, editable: true },
        { key: 'saldo', label: 'Saldo', path: 'account.balance', kind: 'money', sensitive: false, editable: true },
        { key: 'documento', label: 'Documento', path: 'holder.document', kind: 'text', sensitive: true, editable: false },
      ],
    },
    ...{ secret: 'sim-clients-token', country: 'EC', own: 'https://desk.example', local: world.sim.origin },
    ...changes,
  }
  const writes = async () =>
    (await world.received('?target=clients')).filter(({ method }) => method === 'PATCH' || method === 'POST')
  return {
    world,
    source,
    writes,
    misbehave: (how: object) => world.control('PUT', '/misbehaviour', { target: 'clients', ...how }),
  }
}

test('a client is found by number in any of its ways, else by document; somebody else never', async () => {
  const { world, source } = await aDatabase()
  await using _ = world
  expect(await findRemote(source, ROSA, null)).toMatchObject({
    ok: true,
    client: { clientId: 'D-00001', texts: { titular: 'Rosa Huamán Cevallos' } },
  })
  await world.control('POST', '/debtors', { id: 'MX-1', phone: '525512345678', holder: 'De México' })
  expect(await findRemote(source, '5215512345678', null)).toMatchObject({ client: { clientId: 'MX-1' } })
  const byDocument = await findRemote(source, '593900000001', '1700000037')
  expect(byDocument).toMatchObject({ client: { clientId: 'D-00001' } })
  expect(await findRemote(source, '593900000001', null)).toEqual({ ok: true, client: null })
  // Their search takes parts of a document: a part is nobody's.
  expect(await findRemote(source, null, '17000000')).toEqual({ ok: true, client: null })
})

test('a failure that passes is not noticed; one that stays is told in time, and so is a wrong secret', async () => {
  const { world, source, misbehave } = await aDatabase({ isHasty: true })
  await using _ = world
  await misbehave({ status: 503, next: 1 })
  expect(await findRemote(source, ROSA, null)).toMatchObject({ ok: true, client: { clientId: 'D-00001' } })
  await misbehave({ status: 503 })
  expect(await findRemote(source, ROSA, null)).toEqual({ ok: false, failure: 'unreachable', status: 503 })
  await misbehave({ slowMs: 60_000 })
  const startedAt = performance.now()
  expect(await findRemote(source, ROSA, null)).toEqual({ ok: false, failure: 'unreachable', status: null })
  expect(performance.now() - startedAt).toBeLessThan(5_000)
  await world.control('DELETE', '/misbehaviour')
  expect(await findRemote({ ...source, secret: 'otra' }, ROSA, null)).toMatchObject({ failure: 'credentials', status: 401 })
  await misbehave({ status: 200, body: '<html>Hola</html>' })
  expect(await listRemote(source, {})).toMatchObject({ failure: 'unreadable' })
})

test('a redirect is not followed, and an address of a network is not asked', async () => {
  const { world, source, misbehave } = await aDatabase()
  await using _ = world
  await misbehave({ status: 302 })
  expect(await listRemote(source, {})).toMatchObject({ ok: false, failure: 'refused', status: 302 })
  const elsewhere = { ...source, settings: { ...source.settings, baseUrl: `${world.app.origin}/inner` } }
  expect(await listRemote(elsewhere, {})).toMatchObject({ ok: false, failure: 'unreachable' })
  expect(world.app.got).toEqual([])
})

test('who writes on what somebody else has changed is shown theirs, and nothing is written', async () => {
  const { world, source, writes } = await aDatabase()
  await using _ = world
  const read = await readRemote(source, 'D-00002')
  if (!read.ok) throw new Error(read.failure)
  await world.control('POST', '/debtors', { id: 'D-00002', balance: 5 })
  const version = read.client.version
  expect(await changeRemote(source, 'D-00002', version, { saldo: 9 })).toMatchObject({
    client: null,
    conflict: { data: { saldo: 5 } },
  })
  expect(await writes()).toEqual([])
  const now = await readRemote(source, 'D-00002')
  const later = now.ok ? now.client.version : null
  expect(await changeRemote(source, 'D-00002', later, { saldo: 9 })).toMatchObject({
    client: { data: { saldo: 9 } },
    conflict: null,
  })
})

test('an answer that was lost is no failure where the change is there, and it was written once', async () => {
  const { world, source, writes, misbehave } = await aDatabase()
  await using _ = world
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
  const added = await addRemote(source, '593911112222', { titular: 'Nueva' })
  expect(added).toMatchObject({ ok: false, failure: 'unreachable' })
  expect((await writes()).filter(({ processed }) => processed)).toHaveLength(2)
})
