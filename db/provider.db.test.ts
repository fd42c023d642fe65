/** What providers tell of numbers, and the limit of conversations: requirements B24-22 to B24-31. */
import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import * as z from 'zod'
import { anAccount, doors, leave, type AnAccount } from './local/an-account.ts'

afterAll(leave)

const Reported = z.object({
  channel: z.nullable(z.looseObject({ sandbox: z.boolean(), alerts: z.array(z.string()), problem: z.nullable(z.string()) })),
  kept: z.looseObject({ alerts: z.array(z.string()), begun: z.object({ used: z.number(), max: z.nullable(z.number()) }) }),
})
const HEALTHY = {
  ...{ phone: '593900000000', name: 'Ventas', state: 'CONNECTED', quality: 'high', limit: 'TIER_250', throughput: null },
  ...{
    account: { id: 'W1', name: null },
    hosting: null,
    verification: null,
    canSend: 'AVAILABLE',
    sandbox: false,
    app: null,
    wallet: null,
  },
}

async function reported(account: AnAccount, more: object, points = 'here', channelId = account.channelId) {
  const told = JSON.stringify({ number: { ...HEALTHY, ...more }, points })
  const { rows } = await doors().app.query('select channel_reported($1, $2, $3) as r', [account.id, channelId, told])
  return Reported.parse(rows[0].r)
}
const logOf = async (account: AnAccount) =>
  (await doors().owner.query('select what, code from trace where account_id = $1 order by id', [account.id])).rows

test('a lost subscription is an alert once, stands on the dashboard, and is over when hooks come here again', async () => {
  const account = await anAccount()
  expect((await reported(account, {})).channel).toBeNull()
  const lost = await reported(account, {}, 'nowhere')
  expect(lost.channel).toMatchObject({ alerts: ['hook_lost'] })
  expect((await reported(account, {}, 'nowhere')).channel).toBeNull()
  const day = await account.api('api_dashboard', {})
  expect(day).toMatchObject({ channels: [{ alerts: ['hook_lost'], sandbox: false }], troubles: [{ code: 'hook_lost' }] })
  expect((await reported(account, {}, 'here')).kept.alerts).toEqual([])
  expect(await logOf(account)).toEqual([
    { what: 'number_alert', code: 'hook_lost' },
    { what: 'number_alert_over', code: 'hook_lost' },
  ])
})

test('a provider that is away changes nothing of what was told', async () => {
  const account = await anAccount()
  await reported(account, { quality: 'low' })
  const { rows } = await doors().app.query('select channel_reported($1, $2, $3) as r', [
    ...[account.id, account.channelId, '{"code":"provider_unreachable"}'],
  ])
  expect(rows[0].r.kept).toMatchObject({ alerts: ['quality_low'], number: { quality: 'low' } })
})

test('low credit is an alert below the threshold, no credit another one; credit lets a stopped number go on', async () => {
  const account = await anAccount()
  const wallet = (balance: number) => ({ wallet: { currency: 'USD', balance, overdraft: 2 } })
  expect((await reported(account, wallet(6))).kept.alerts).toEqual([])
  expect(await account.api('api_low_credit_set', { channelId: account.channelId, amount: 7.5 })).toEqual({ amount: 7.5 })
  expect(await account.api('api_channel', { channelId: account.channelId })).toMatchObject({ alerts: ['credit_low'] })
  expect((await reported(account, wallet(-2))).kept.alerts).toEqual(['credit_out'])
  await doors().owner.query("update channel set problem = 'wallet_empty' where id = $1", [account.channelId])
  expect((await reported(account, wallet(20))).channel).toMatchObject({ alerts: [], problem: null })
})

test('a wallet that does not pay for the cheapest message is empty before anybody tries; one that just does is only low', async () => {
  const account = await anAccount()
  const { owner } = doors()
  await owner.query("update channel set phone = '3545551234' where id = $1", [account.channelId])
  await owner.query(
    "insert into rate (provider, market, category, currency, price, cost, valid_from) values ('meta', 'IS', 'service', 'USD', 3000, 2000, '2026-01-01Z') on conflict do nothing",
  )
  const wallet = (balance: number) => ({ wallet: { currency: 'USD', balance, overdraft: 0 } })
  expect((await reported(account, wallet(0.0019))).kept.alerts).toEqual(['credit_out'])
  expect((await reported(account, wallet(0.002))).kept.alerts).toEqual(['credit_low'])
  await account.api('api_low_credit_set', { channelId: account.channelId, amount: 0.001 })
  expect((await reported(account, wallet(0.002))).kept.alerts).toEqual([])
})

test('a number to try with is marked by its provider', async () => {
  const account = await anAccount()
  expect((await reported(account, { sandbox: true })).channel).toMatchObject({ sandbox: true })
})

test('templates to customers who have not written in a day are counted once each, for all numbers of the account', async () => {
  const account = await anAccount()
  const second = randomUUID()
  await doors().owner.query(
    "insert into channel (id, account_id, kind, name, key, phone, line, sealed) values ($1, $2, 'meta', 'Quito', $3, '593911111111', $3, '')",
    [second, account.id, second],
  )
  await reported(account, {})
  await reported(account, { limit: 'TIER_1K' }, 'here', second)
  let customer = 0
  /** A chat with somebody who wrote so many hours ago, or never. */
  const chat = async (hours: number | null, channelId = account.channelId) => {
    customer += 1
    const [chatId, phone] = [randomUUID(), `5939800000${customer}`]
    const who = { chatId, channelId, customer: { phone }, objectKey: `p:${phone}` }
    const at = new Date(Date.now() - (hours ?? 0) * 3_600_000).toISOString()
    await account.ingest(account.entry(hours === null ? { ...who, op: 'open' } : { ...who, at }))
    return { chatId, channelId }
  }
  const send = (to: { chatId: string; channelId: string }) =>
    account.ingest(
      account.entry({
        ...{
          ...to,
          op: 'out',
          kind: 'template',
          text: 'x',
          author: { kind: 'person', id: account.personId },
          token: randomUUID(),
        },
        ...{ bodyHash: 'h', at: new Date().toISOString(), extra: { template: { name: 'a', language: 'es', params: [] } } },
      }),
    )
  const [never, old, fresh, other] = [await chat(null), await chat(30), await chat(1), await chat(null, second)]
  for (const to of [never, never, old, fresh, other]) await send(to)
  const context = async (chatId: string) =>
    z
      .object({ limit: z.unknown() })
      .parse(await account.api('api_send_context', { chatId, template: { name: 'a', language: 'es' } })).limit
  const fourth = await chat(null)
  expect(await context(fourth.chatId)).toEqual({ used: 3, max: 250 })
  // One more to somebody who is counted, or whose window is open, begins nothing.
  expect(await context(never.chatId)).toBeNull()
  expect(await context(fresh.chatId)).toBeNull()
  expect((await reported(account, {}, 'here', second)).kept.begun).toEqual({ used: 3, max: 250 })
  expect((await reported(account, { limit: 'TIER_UNLIMITED' })).kept.begun).toEqual({ used: 3, max: null })
})

test('a number that nobody asks about is asked about once an hour', async () => {
  const account = await anAccount()
  const due = async () =>
    (await doors().app.query('select id from watch_due()')).rows.length > 0 &&
    (await doors().owner.query("select 1 from job where account_id = $1 and kind = 'watch'", [account.id])).rowCount
  await due()
  expect(await due()).toBeFalsy()
  await doors().owner.query("update channel set created_at = now() - interval '2 hours' where id = $1", [account.channelId])
  expect(await due()).toBe(1)
  await due()
  const jobs = await doors().owner.query("select ref from job where account_id = $1 and kind = 'watch'", [account.id])
  expect(jobs.rows).toEqual([{ ref: { channelId: account.channelId } }])
})
