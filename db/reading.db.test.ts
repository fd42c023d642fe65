/** What was read on the number's own phone, and which numbers tell that they are read. */
import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { aColleague } from './local/a-colleague.ts'
import { anAccount, doors, leave } from './local/an-account.ts'

afterAll(leave)

const readUpto = async (chatId: string) =>
  (await doors().owner.query('select person_id, upto from chat_read where chat_id = $1 order by upto', [chatId])).rows

test('what was read on the phone is read for everybody, once, and the customer goes on waiting', async () => {
  const account = await anAccount()
  const colleague = await aColleague(account, 'supervisor')
  const [chatId, one, two] = [randomUUID(), randomUUID(), randomUUID()]
  const [first, second] = [account.entry({ chatId, providerId: one }), account.entry({ chatId, providerId: two })]
  await account.ingest(first, second)
  const seen = { op: 'seen', channelId: account.channelId, objectKey: 'p:593987654321', traceId: 't', hops: [], at: second['at'] }
  const entry = { ...seen, customer: { phone: '593987654321' }, targets: [one, two] }
  const written = async () =>
    (await doors().app.query('select ingest($1, $2) as w', [account.id, JSON.stringify([entry])])).rows[0].w
  expect((await written()).reads).toEqual([
    { personId: expect.any(String), chatId, upto: second['at'] },
    { personId: expect.any(String), chatId, upto: second['at'] },
  ])
  expect((await written()).reads).toEqual([])
  expect((await readUpto(chatId)).map((row) => row.person_id).toSorted()).toEqual([account.personId, colleague.id].toSorted())
  const { rows } = await doors().owner.query('select unanswered, waiting_since is not null as waits from chat where id = $1', [
    chatId,
  ])
  expect(rows).toEqual([{ unanswered: 2, waits: true }])
})

test('nobody reads in somebody else’s name', async () => {
  const account = await anAccount()
  const [chatId, providerId] = [randomUUID(), randomUUID()]
  await account.ingest(account.entry({ chatId, providerId }))
  const seen = {
    op: 'seen',
    channelId: account.channelId,
    objectKey: 'p:1',
    traceId: 't',
    hops: [],
    at: new Date().toISOString(),
  }
  await account.ingest({ ...seen, customer: { phone: '593900000001' }, targets: [providerId] })
  expect(await readUpto(chatId)).toEqual([])
})

test('only an unofficial number tells who types, unless it keeps to itself what it reads', async () => {
  const account = await anAccount()
  const chatId = randomUUID()
  await account.ingest(account.entry({ chatId }))
  const target = () => account.api('api_typing_target', { chatId })
  expect(await target()).toMatchObject({ canTell: false, to: { phone: '593987654321' } })
  await doors().owner.query("update channel set kind = 'session' where id = $1", [account.channelId])
  expect(await target()).toMatchObject({ canTell: true })
  await doors().owner.query(`update channel set settings = settings || '{"tellsReading": false}' where id = $1`, [
    account.channelId,
  ])
  expect(await target()).toMatchObject({ canTell: false })
})
