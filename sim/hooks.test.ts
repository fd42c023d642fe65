import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fieldsOf, listOf } from './lib/fields.ts'
import { startSimulators } from './server.ts'
import { aWorld, itemsOf, statusesOf, valuesOf, wamidIn } from './testing.ts'

test('a webhook is posted again until it is taken, and those behind it wait in order', async () => {
  await using world = await aWorld()
  const { id } = await world.metaNumber()
  world.app.answers.push(500, 503)
  for (const text of ['uno', 'dos', 'tres']) await world.rosaWrites(id, { kind: 'text', text })
  await world.app.until((got) => got.length === 5)
  const texts = itemsOf(world.app.got, 'messages').map((message) => fieldsOf(message.text).body)
  expect(texts).toEqual(['uno', 'uno', 'uno', 'dos', 'tres'])
  await world.control('POST', '/hooks/flush', { wait: true })
  expect(await world.control('GET', '/hooks')).toEqual({ pending: [], answers: { 200: 3, 500: 1, 503: 1 } })
})

test('a webhook that is refused for good does not hold up what comes after it', async () => {
  await using world = await aWorld({ hookPausesMs: [60_000] })
  const { id } = await world.metaNumber()
  world.app.answers.push(401)
  for (const text of ['uno', 'dos']) await world.rosaWrites(id, { kind: 'text', text })
  await world.app.until((got) => got.length === 2)
  expect(itemsOf(world.app.got, 'messages').map((message) => fieldsOf(message.text).body)).toEqual(['uno', 'dos'])
  await world.control('POST', '/hooks/flush', { wait: true })
  expect(world.app.got).toHaveLength(3)
})

test("the customer's tick is one until the hook took the message, then two", async () => {
  await using world = await aWorld({ hookPausesMs: [60_000] })
  const { id } = await world.metaNumber()
  world.app.answers.push(500)
  await world.rosaWrites(id, { kind: 'text', text: 'hola' })
  await world.app.until((got) => got.length === 1)
  const progress = async () =>
    listOf((await world.control('GET', `/conversations/${id}/593987654321`)).items).map((item) => fieldsOf(item).progress)
  expect(await progress()).toEqual(['sending'])
  await world.control('POST', '/hooks/flush', { wait: true })
  expect(await progress()).toEqual(['delivered'])
})

test('a restart keeps numbers, conversations, files and webhooks that nobody took', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'sim-'))
  await using world = await aWorld({ dataDir, hookPausesMs: [60_000] })
  const number = await world.metaNumber()
  world.app.answers.push(500)
  await world.rosaWrites(number.id, { kind: 'document', text: 'mi comprobante' })
  await world.app.until((got) => got.length === 1)
  // The first one is not closed: what is on disk is what a kill -9 would leave.
  const again = await startSimulators({ port: 0, dataDir, appOrigin: world.app.origin })
  await world.app.until((got) => got.length === 2)
  const [first, second] = itemsOf(world.app.got, 'messages').map(({ id }) => id)
  expect(second).toBe(first)
  const answer = await fetch(`${again.origin}/control/conversations/${number.id}/593987654321`)
  const [message] = listOf(fieldsOf(await answer.json()).items).map(fieldsOf)
  expect(message).toMatchObject({ text: 'mi comprobante', kind: 'document' })
  const file = await fetch(`${again.origin}/phone/api/media/${String(message?.mediaId)}`)
  expect(
    Buffer.from(await file.arrayBuffer())
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-')
  await again.close()
  rmSync(dataDir, { recursive: true })
})

test('dropped answers: the provider has the message once, and we never saw its answer', async () => {
  await using world = await aWorld()
  const number = await world.metaNumber()
  await world.rosaWrites(number.id, { kind: 'text', text: 'hola' })
  await world.control('PUT', '/misbehaviour', { target: 'meta', dropAnswer: true, next: 1 })
  await expect(number.text('uno', { biz_opaque_callback_data: 'a' })).rejects.toThrow('fetch failed')
  await number.text('dos', { biz_opaque_callback_data: 'b' })
  const received = await world.received('?what=message&processed=true')
  expect(received.map(({ callbackData, answered }) => [callbackData, answered])).toEqual([
    ['a', false],
    ['b', true],
  ])
  await world.app.until((got) =>
    itemsOf(got, 'statuses').some(({ status, biz_opaque_callback_data: data }) => status === 'delivered' && data === 'a'),
  )
})

test('a 500 comes with or without the message having been taken', async () => {
  await using world = await aWorld()
  const number = await world.metaNumber()
  await world.control('PUT', '/misbehaviour', { target: 'meta', status: 500, next: 1 })
  expect((await number.text('no', {})).status).toBe(500)
  await world.control('PUT', '/misbehaviour', { target: 'meta', status: 503, processed: true, next: 1 })
  expect((await number.text('sí', {})).status).toBe(503)
  expect((await number.text('bien', {})).status).toBe(200)
  const received = await world.received()
  expect(received.map(({ status, processed }) => [status, processed])).toEqual([
    [500, false],
    [503, true],
    [200, true],
  ])
})

test('an expired token, a rate limit and a later failure come in the words of each provider', async () => {
  await using world = await aWorld()
  const number = await world.metaNumber()
  const gupshup = await world.gupshupNumber()
  await world.rosaWrites(number.id, { kind: 'text', text: 'hola' })
  await world.control('PUT', '/misbehaviour', { target: 'meta', expireToken: true, on: 'all' })
  expect((await number.get(number.id)).body.error).toMatchObject({ code: 190, error_subcode: 463 })
  await world.control('PUT', '/misbehaviour', { target: 'meta', rateLimit: 0 })
  expect((await number.text('x')).body.error).toMatchObject({ code: 130429 })
  await world.control('PUT', '/misbehaviour', { target: 'meta', failStatus: 131026 })
  const answer = await number.text('x')
  expect(answer.status).toBe(200)
  await world.app.until((got) => statusesOf(got, wamidIn(answer)).includes('failed'))
  await world.control('PUT', '/misbehaviour', { target: 'gupshup', status: 429 })
  expect((await gupshup.send({ type: 'text', text: 'x' })).body).toEqual({ status: 'error', message: 'Too Many Requests' })
  await world.control('DELETE', '/misbehaviour')
  expect((await number.text('x')).status).toBe(200)
  expect((await gupshup.send({ type: 'text', text: 'x' })).status).toBe(202)
})

test('statuses can come backwards, and each webhook twice', async () => {
  await using world = await aWorld()
  const number = await world.metaNumber()
  await world.rosaWrites(number.id, { kind: 'text', text: 'hola' })
  await world.control('PUT', '/misbehaviour', { target: 'meta', reorderStatuses: true, duplicateHooks: true })
  const id = wamidIn(await number.text('buenas'))
  await world.control('POST', '/customers/593987654321/read', { number: number.id })
  await world.app.until((got) => statusesOf(got, id).length === 6)
  expect(statusesOf(world.app.got, id)).toEqual(['read', 'read', 'delivered', 'delivered', 'sent', 'sent'])
})

test('several messages and statuses can travel in one POST', async () => {
  await using world = await aWorld()
  const number = await world.metaNumber()
  await world.control('PUT', '/misbehaviour', { target: 'meta', batchHooks: 50 })
  for (let index = 0; index < 20; index += 1) {
    await world.control('POST', `/customers/5939900000${10 + index}/messages`, { to: number.id, kind: 'text', text: `${index}` })
  }
  await world.app.until((got) => itemsOf(got, 'messages').length === 20)
  expect(world.app.got.length).toBeLessThan(20)
  expect(world.app.got.every(number.isSigned)).toBe(true)
  expect(new Set(itemsOf(world.app.got, 'messages').map(({ id }) => id)).size).toBe(20)
  expect(world.app.got.flatMap(valuesOf).every((value) => listOf(value.contacts).length === listOf(value.messages).length)).toBe(
    true,
  )
})

test('raw bodies reach a hook as they are: signed, wrongly signed or not at all', async () => {
  await using world = await aWorld()
  const number = await world.metaNumber()
  await world.control('POST', '/hooks/raw', { number: number.id, body: '{"a":"ñ"}' })
  await world.control('POST', '/hooks/raw', { number: number.id, body: '{"a":1}', sign: 'wrong' })
  await world.control('POST', '/hooks/raw', { number: number.id, body: '{"a":1}', sign: false, url: '/hooks/gupshup/x' })
  expect(world.app.got.map(number.isSigned)).toEqual([true, false, false])
  expect(world.app.got.map(({ path }) => path)).toEqual(['/hooks/meta/k', '/hooks/meta/k', '/hooks/gupshup/x'])
})

test('a misspelt command is refused rather than ignored', async () => {
  await using world = await aWorld()
  expect((await world.ask('PUT', '/control/misbehaviour', { target: 'meta', dropAnswers: true })).status).toBe(400)
  expect((await world.ask('POST', '/control/customers/593987654321/messages', { to: 'nobody', kind: 'text' })).status).toBe(400)
  expect(Object.keys(fieldsOf((await world.control('GET', '')).commands))).toContain('PUT /control/misbehaviour')
})

test('reset forgets what happened and keeps the numbers', async () => {
  await using world = await aWorld()
  const number = await world.metaNumber()
  await world.rosaWrites(number.id, { kind: 'text', text: 'hola' })
  await number.text('buenas')
  await world.control('POST', '/reset', {})
  expect(await world.received()).toEqual([])
  expect(listOf((await world.control('GET', '/numbers')).items)).toHaveLength(1)
  expect(listOf((await world.control('GET', '/conversations')).items)).toHaveLength(0)
})
