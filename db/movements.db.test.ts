/** What a company reads of its balance: every movement with what was left after it, a campaign as one line, and how long it lasts. */
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { aPayer, audit, one } from './local/a-payer.ts'
import { anAccount, doors, leave } from './local/an-account.ts'

afterAll(leave)

type Item = { id: string; amount: string; balanceAfter: string; reason: string; count: number; day: string | null; at: string }
type Page = { items: Item[]; next: string | null }

const gets = (account: string, micro: number) =>
  one("ledger_post($2, $1, 'promo', 'prepaid', $3, 'USD', 'promo', 'person', 'x')", [account, `promo:${randomUUID()}`, micro])

const spends = (account: string, micro: number, details: object = {}) =>
  one("ledger_post($2, $1, 'prepaid', 'revenue_messages', $3, 'USD', 'message', 'message', $2, $4)", [
    ...[account, `msg:${randomUUID()}`, micro, JSON.stringify(details)],
  ])

/** All that was posted so far happened so many days earlier: a posting never changes, so its guard is away meanwhile. */
async function daysPass(account: string, days: number): Promise<void> {
  const client = await doors().owner.connect()
  try {
    await client.query("begin; set local session_replication_role = 'replica'")
    await client.query('update posting set at = at - make_interval(days => $2) where account_id = $1', [account, days])
    await client.query('commit')
  } finally {
    client.release()
  }
}

async function all(ask: (args: object) => Promise<Page>, args: object): Promise<Item[]> {
  const items: Item[] = []
  let cursor: string | null = null
  do {
    const page: Page = await ask({ ...args, ...(cursor && { cursor }) })
    items.push(...page.items)
    cursor = page.next
  } while (cursor)
  return items
}

test('page by page each movement stands once, with what was left after it; messages by the day add up to the same', async () => {
  const life = fc.array(fc.oneof(fc.constant('day'), fc.constant('gift'), fc.integer({ min: 1, max: 50_000 })), {
    minLength: 5,
    maxLength: 30,
  })
  await fc.assert(
    fc.asyncProperty(life, fc.integer({ min: 1, max: 5 }), async (steps, limit) => {
      const { id, says, balance } = await aPayer()
      await says('api_balance', { currency: 'USD' })
      const ask = (args: object) => says<Page>('api_movements', { currency: 'USD', limit, ...args })
      await gets(id, 5_000_000)
      for (const step of steps) {
        if (step === 'day') await daysPass(id, 1)
        else if (step === 'gift') await gets(id, 1_000_000)
        else await spends(id, step)
      }
      const each = await all(ask, {})
      expect(new Set(each.map((item) => item.id)).size).toBe(steps.filter((step) => step !== 'day').length + 1)
      let left = Number((await balance()).balance)
      for (const { amount, balanceAfter } of each) {
        expect(balanceAfter).toBe(String(left))
        left -= Number(amount)
      }
      expect(left).toBe(0)

      const byDay = await all(ask, { byDay: 'true' })
      const sum = (items: Item[]) => items.reduce((total, { amount }) => total + Number(amount), 0)
      expect(sum(byDay)).toBe(sum(each))
      expect(byDay.filter(({ reason }) => reason !== 'message').map((item) => item.id)).toEqual(
        each.filter(({ reason }) => reason !== 'message').map((item) => item.id),
      )
      const days = byDay.flatMap(({ day }) => day ?? [])
      expect(days).toEqual([...new Set(days)].toSorted().toReversed())
      expect(byDay.reduce((n, { count }) => n + count, 0)).toBe(each.length)
      expect(byDay[0]?.balanceAfter).toBe(each[0]?.balanceAfter)
      expect(await audit()).toEqual([])
    }),
    { numRuns: 15 },
  )
})

test('what a message cost and why is told to whoever reads the balance; whose it was, to whoever sees its chat', async () => {
  const ana = await anAccount()
  await ana.ingest(ana.entry({ profileName: 'Rosa Huamán' }))
  const chat = (await doors().owner.query('select id from chat where account_id = $1', [ana.id])).rows[0].id
  await ana.api('api_balance', { currency: 'USD' })
  await gets(ana.id, 5_000_000)
  const why = { category: 'utility', billed: 'marketing', market: 'PE', provider: 'meta', rateId: randomUUID() }
  await spends(ana.id, 30_500, { ...why, channelId: ana.channelId, chatId: chat })
  await spends(ana.id, 1_000, { ...why, channelId: randomUUID(), market: 'MX' })
  const movements = async (args: object) => (await ana.api('api_movements', { currency: 'USD', ...args }))?.['items']
  expect(await movements({ channelId: ana.channelId })).toMatchObject([
    { amount: '-30500', message: { category: 'utility', billed: 'marketing', market: 'PE', channel: 'Ventas', chatId: chat } },
  ])
  expect(await movements({ q: 'mx' })).toMatchObject([{ amount: '-1000', message: { channel: null, chatId: null } }])
  expect(await movements({ channelId: ana.channelId, byDay: 'true' })).toMatchObject([{ amount: '-30500', count: 1 }])

  const client = await doors().app.connect()
  await client.query('begin')
  await client.query("select act_for($1), set_config('app.reach', '', true)", [ana.id])
  const { rows } = await client.query('select api_movements($1) as it', [JSON.stringify({ currency: 'USD', q: 'pe' })])
  await client.query('rollback')
  client.release()
  expect(rows[0].it.items).toMatchObject([
    { message: { billed: 'marketing', market: 'PE', channel: null, chatId: null, contact: null } },
  ])
})

test('how long it lasts is told by the last week, else by the last month, and not by two days', async () => {
  const { id, says } = await aPayer()
  const forecast = async () => (await says<{ forecast: unknown }>('api_balance', { currency: 'USD' })).forecast
  await says('api_balance', { currency: 'USD' })
  await gets(id, 100_000_000)
  for (let n = 0; n < 2; n++) {
    await spends(id, 1_000_000)
    await daysPass(id, 1)
  }
  expect(await forecast()).toBeNull()
  await spends(id, 4_000_000)
  expect(await forecast()).toEqual({ days: 47, perDay: '2000000', over: 7 })
  await daysPass(id, 10)
  expect(await forecast()).toMatchObject({ over: 30, days: 203 })
  await daysPass(id, 30)
  expect(await forecast()).toBeNull()
})
