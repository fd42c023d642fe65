import { expect, test } from 'vitest'
import { fieldsOf, listOf } from '../lib/fields.ts'
import { aWorld } from '../testing.ts'

const auth = { authorization: 'Bearer sim-clients-token' }

test('ten thousand debtors, page by page and by number or words', async () => {
  await using world = await aWorld()
  const get = (path: string) => world.ask('GET', `/clients-api${path}`, undefined, auth)
  const first = (await get('/debtors')).body
  expect(first.meta).toEqual({ total: 10_000, next: '20' })
  expect(listOf(first.data)).toHaveLength(20)
  const byPhone = await get('/debtors?phone=%2B593987654321')
  expect(listOf(byPhone.body.data)).toMatchObject([{ id: 'D-00001', holder: { name: 'Rosa Huamán Cevallos' } }])
  expect(fieldsOf((await get('/debtors?q=zambrano')).body.meta).total).toBeGreaterThan(100)
  expect((await world.ask('GET', '/clients-api/debtors')).status).toBe(401)
  expect((await get('/debtors/D-99999')).status).toBe(404)
})

test('who writes with an old ETag is told; the same row is the same for everybody', async () => {
  await using world = await aWorld()
  const read = await fetch(`${world.sim.origin}/clients-api/debtors/D-00002`, { headers: auth })
  const etag = read.headers.get('etag') ?? ''
  const write = (balance: unknown, seen: string) =>
    world.ask('PATCH', '/clients-api/debtors/D-00002', { account: { balance } }, { ...auth, 'if-match': seen })
  expect(await write(12.5, etag)).toMatchObject({ status: 200, body: { account: { balance: 12.5 } } })
  expect((await write(99, etag)).status).toBe(412)
  expect((await write('mucho', '*')).status).toBe(412)
  expect(await world.control('GET', '/debtors/D-00002')).toMatchObject({ balance: 12.5, version: 2 })
})

test('one is added over the API and by command; on command it fails or is slow', async () => {
  await using world = await aWorld()
  const body = { holder: { name: 'Nueva', phone: '+51 987 654 321' }, account: { balance: 5 } }
  expect(await world.ask('POST', '/clients-api/debtors', body, auth)).toMatchObject({
    status: 201,
    body: { holder: { phone: '+51987654321' } },
  })
  await world.control('POST', '/debtors', { id: 'X-1', phone: '593911111111', holder: 'Por orden', balance: 7 })
  expect(await world.ask('GET', '/clients-api/debtors/X-1', undefined, auth)).toMatchObject({ body: { account: { balance: 7 } } })
  await world.control('PUT', '/misbehaviour', { target: 'clients', status: 503 })
  expect((await world.ask('GET', '/clients-api/debtors/X-1', undefined, auth)).status).toBe(503)
  await world.control('DELETE', '/misbehaviour')
  expect((await world.ask('GET', '/clients-api/debtors/X-1', undefined, auth)).status).toBe(200)
})
