/** The guardian of unofficial numbers: whom a number wrote to first, how many it may, and how close it is to a ban. */
import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import * as z from 'zod'
import { anAccount, doors, leave, type AnAccount } from './local/an-account.ts'

afterAll(leave)

const Guard = z.object({
  rev: z.number(),
  first: z.object({ used: z.number(), max: z.number() }),
  risk: z.string(),
  reasons: z.array(z.looseObject({ code: z.string() })),
  frozenUntil: z.nullable(z.string()),
})
const First = z.looseObject({ isAllowed: z.boolean(), used: z.number(), max: z.number(), isStopped: z.boolean() })
const Context = z.object({
  guard: z.nullable(z.object({ first: z.nullable(First), same: z.nullable(z.object({ people: z.number(), max: z.number() })) })),
})
const sql = (text: string, ...params: unknown[]) => doors().owner.query(text, params)

/** A company whose only number is an unofficial one, linked so many days ago. */
async function aNumber(daysAgo: number): Promise<AnAccount> {
  const account = await anAccount()
  await sql(
    "update channel set kind = 'session', linked_at = now() - make_interval(days => $2) where id = $1",
    account.channelId,
    daysAgo,
  )
  return account
}

/** A chat, and its messages as [direction, text, minutes ago]. */
async function aChat(
  account: AnAccount,
  messages: [direction: 'in' | 'out', text: string, minutesAgo: number][],
): Promise<string> {
  const [contactId, chatId] = [randomUUID(), randomUUID()]
  await sql('insert into contact (id, account_id) values ($1, $2)', contactId, account.id)
  await sql(
    'insert into chat (id, account_id, channel_id, contact_id, object_key, last_at, last_inbound_at) values ($1, $2, $3, $4, $5, now() - make_interval(mins => $6), case when $7::int is not null then now() - make_interval(mins => $7::int) end)',
    ...[chatId, account.id, account.channelId, contactId, randomUUID()],
    Math.min(...messages.map(([, , ago]) => ago), 0),
    messages.findLast(([direction]) => direction === 'in')?.[2] ?? null,
  )
  for (const [direction, text, ago] of messages)
    await sql(
      "insert into message (id, account_id, chat_id, channel_id, direction, kind, text, status, author_kind, at) values ($1, $2, $3, $4, $5, 'text', $6, $7, $8, now() - make_interval(mins => $9))",
      ...[randomUUID(), account.id, chatId, account.channelId, direction, text],
      ...[direction === 'out' ? 'sent' : null, direction === 'out' ? 'person' : 'contact', ago],
    )
  return chatId
}

const guardOf = async (account: AnAccount) => Guard.parse(await account.api('api_guard', { channelId: account.channelId }))
const asks = async (account: AnAccount, chatId: string, text: string) =>
  Context.parse(await account.api('api_send_context', { chatId, kind: 'text', text })).guard

test('people whom the number wrote to first are counted; who wrote first is not, and neither is what never left', async () => {
  const account = await aNumber(3)
  await aChat(account, [['out', 'Buenas', 60]])
  await aChat(account, [
    ['out', 'Buenas', 60],
    ['in', 'hola', 30],
  ])
  await aChat(account, [
    ['in', 'hola', 60],
    ['out', 'buenas', 30],
  ])
  await aChat(account, [['out', 'Buenas', 3_000]])
  const failed = await aChat(account, [['out', 'Buenas', 60]])
  await sql("update message set status = 'failed' where chat_id = $1", failed)
  expect(await guardOf(account)).toMatchObject({ first: { used: 2, max: 10 }, risk: 'none' })
})

test('a number that has been linked for weeks may write to more, up to its limit', async () => {
  expect((await guardOf(await aNumber(0))).first.max).toBe(10)
  expect((await guardOf(await aNumber(14))).first.max).toBe(30)
  expect((await guardOf(await aNumber(300))).first.max).toBe(50)
})

test('nothing is asked of an answer; of a first message it is whether, how many, and how it goes', async () => {
  const account = await aNumber(30)
  const answers = await aChat(account, [['in', 'hola', 5]])
  expect(await asks(account, answers, 'buenas')).toBeNull()
  const nobody = await aChat(account, [])
  expect(await asks(account, nobody, 'Buenas')).toMatchObject({ first: { isAllowed: false, used: 0, max: 50, isStopped: false } })
  // Written to once already: that was the first contact.
  const again = await aChat(account, [['out', 'Buenas', 200]])
  expect((await asks(account, again, '¿me leyó?'))?.first).toBeNull()
})

test('where nine of ten do not answer, the number is at risk and its first messages stop', async () => {
  const account = await aNumber(30)
  for (let i = 0; i < 9; i += 1) await aChat(account, [['out', 'Buenas', 2_000]])
  await aChat(account, [
    ['out', 'Buenas', 2_000],
    ['in', 'hola', 1_900],
  ])
  expect(await guardOf(account)).toMatchObject({ risk: 'high', reasons: [{ code: 'first_unanswered', failed: 9, sent: 10 }] })
  const nobody = await aChat(account, [])
  expect((await asks(account, nobody, 'Buenas'))?.first?.isStopped).toBe(true)
})

test('the same words to people who have not written are counted for an hour', async () => {
  const account = await aNumber(30)
  await aChat(account, [['out', 'Oferta', 10]])
  await aChat(account, [['out', 'Oferta', 20]])
  await aChat(account, [['out', 'Oferta', 90]])
  await aChat(account, [
    ['in', 'hola', 30],
    ['out', 'Oferta', 20],
  ])
  const cold = await aChat(account, [['out', 'otra cosa', 300]])
  expect((await asks(account, cold, 'Oferta'))?.same).toEqual({ people: 2, max: 20 })
})

test('WhatsApp’s own no holds for a day, and is the number’s highest risk', async () => {
  const account = await aNumber(30)
  await doors().app.query('select first_frozen($1, $2)', [account.id, account.channelId])
  const guard = await guardOf(account)
  expect(guard).toMatchObject({ risk: 'high', reasons: [{ code: 'restricted' }] })
  expect(Date.parse(guard.frozenUntil ?? '')).toBeGreaterThan(Date.now() + 23 * 3_600_000)
})

test('limits are kept, and whoever was slower is told so', async () => {
  const account = await aNumber(30)
  const { rev } = await guardOf(account)
  const settings = { firstContact: true, firstPerDay: 20, warmUp: false, samePerHour: 5, pace: 'fast' }
  await account.api('api_guard_set', { channelId: account.channelId, rev, settings })
  expect(await guardOf(account)).toMatchObject({ first: { max: 20 } })
  await expect(account.api('api_guard_set', { channelId: account.channelId, rev, settings })).rejects.toThrow('changed_meanwhile')
})
