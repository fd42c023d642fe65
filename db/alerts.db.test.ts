/** Alerts of money to a company's own address: noted with the alarm, once each, and nobody's but its company's. */
import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { aPayer, one } from './local/a-payer.ts'
import { anAccount, doors, leave } from './local/an-account.ts'

afterAll(leave)

const UNIT = 1_000_000
const HOOK = { url: 'https://hooks.example.com/x?key=1', language: 'es', isOn: true, sealed: 'v1.first' }
type Delivery = { id: string; kind: string; state: string; tries: number; problem: string | null; nextTry: string | null }
type Shown = { hook: { url: string; bothUntil: string | null } | null; deliveries: Delivery[] }
type Taken = { id: string; tries: number; kind: string; facts: object; sealed: string; sealedBefore: string | null } | null

async function aHooked(hook: Partial<typeof HOOK> = {}) {
  const payer = await aPayer()
  const set = (changes: Partial<typeof HOOK> = {}) =>
    payer.says<{ isNew: boolean }>('api_alert_hook_set', { ...HOOK, ...changes })
  await set(hook)
  await one("ledger_open($1, 'USD')", [payer.id])
  const moves = (from: string, to: string, micro: number, reason: string) =>
    one('ledger_post($1, $2, $3, $4, $5, $6, $7, $8, $1)', [randomUUID(), payer.id, from, to, micro, 'USD', reason, 'person'])
  return {
    ...payer,
    set,
    shown: () => payer.says<Shown>('api_alert_hook', {}),
    gets: (micro: number) => moves('promo', 'prepaid', micro, 'promo'),
    spends: (micro: number) => moves('prepaid', 'revenue_messages', micro, 'message'),
    /** Nobody else sees the balance fall before it was looked at. Gives the jobs of that look. */
    async spendsAndLooks(micro: number, end: 'commit' | 'rollback'): Promise<unknown> {
      const client = await doors().app.connect()
      try {
        await client.query('begin')
        await client.query("select ledger_post($1, $2, 'prepaid', 'revenue_messages', $3, 'USD', 'message', 'person', $1)", [
          ...[randomUUID(), payer.id, micro],
        ])
        const { rows } = await client.query('select balances_look() as jobs')
        return rows[0].jobs
      } finally {
        await client.query(end)
        client.release()
      }
    },
    facts: async () =>
      (
        await doors().owner.query('select kind, facts from alert_delivery where account_id = $1 order by created_at, id', [
          payer.id,
        ])
      ).rows,
  }
}

const look = async () => (await doors().app.query('select balances_look() as jobs')).rows[0].jobs
const take = (id: string | undefined) => one<Taken>('alert_take($1)', [id])
const settle = (id: string | undefined, tries: number, met: object, wait: number | null) =>
  one('alert_settle($1, $2, $3, $4)', [id, tries, JSON.stringify(met), wait])
const due = async () => (await doors().app.query('select x as id from alerts_due(10000) x')).rows.map(({ id }) => String(id))
const itsTime = (id: string | undefined) =>
  doors().owner.query("update alert_delivery set run_after = now() - interval '1 second' where id = $1", [id])

const REFUSED = { isTaken: false, problem: 'refused', status: 500, answer: 'no', tookMs: 12 }
const TAKEN = { isTaken: true, problem: null, status: 200, answer: 'ok', tookMs: 9 }

test('a balance that falls is told once for each level, with the sums of that moment, and the queue hears of it', async () => {
  const them = await aHooked()
  await them.gets(50 * UNIT)
  await look()
  expect(await them.facts()).toEqual([])
  // In one transaction: the minute of another file, which looks at every balance, would hear of it first.
  const jobs = await them.spendsAndLooks(41_500_000, 'commit')
  await look()
  await them.spends(8_500_000)
  await look()
  expect(await them.facts()).toMatchObject([
    { kind: 'balance.low', facts: { available: '8500000', lowLevel: '10000000', currency: 'USD' } },
    { kind: 'balance.empty', facts: { available: '0' } },
  ])
  const [, first] = (await them.shown()).deliveries
  expect(jobs).toContainEqual({ id: first?.id, kind: 'alert_delivery' })
})

test('an alarm and its alert are written together or not at all', async () => {
  const them = await aHooked()
  await them.gets(20 * UNIT)
  const alarms = async () =>
    (await doors().owner.query('select kind from alarm where account_id = $1 and over_at is null', [them.id])).rows
  await them.spendsAndLooks(19 * UNIT, 'rollback')
  expect([await alarms(), await them.facts()]).toEqual([[], []])
  await them.spendsAndLooks(19 * UNIT, 'commit')
  expect(await alarms()).toEqual([{ kind: 'balance_very_low' }])
  expect(await them.facts()).toMatchObject([{ kind: 'balance.very_low' }])
})

test('no address, or one that is off: nothing is kept for it; turned off, what waits is given up', async () => {
  const [none, off, later] = [await aHooked(), await aHooked({ isOn: false }), await aHooked()]
  await doors().owner.query('delete from alert_hook where account_id = $1', [none.id])
  for (const them of [none, off, later]) await them.gets(UNIT)
  await look()
  expect((await none.shown()).deliveries).toEqual([])
  expect((await off.shown()).deliveries).toEqual([])
  // One that is noted at the same moment is not posted either.
  const [{ id } = { id: '' }] = (await later.shown()).deliveries
  await doors().owner.query('update alert_hook set is_on = false where account_id = $1', [later.id])
  expect(await take(id)).toBeNull()
  expect((await later.shown()).deliveries).toMatchObject([{ state: 'dead', problem: 'turned_off' }])
  await later.set()
  await later.says('api_alert_resend', { deliveryId: id })
  await later.set({ isOn: false })
  expect((await later.shown()).deliveries).toMatchObject([{ state: 'dead', problem: 'turned_off' }])
})

test('one poster at a time; what is not taken waits, and is given up at the end, which the log of the company tells', async () => {
  const them = await aHooked()
  await them.gets(UNIT)
  await look()
  const [{ id } = { id: '' }] = (await them.shown()).deliveries
  expect(await due()).toContain(id)
  const both = await Promise.all([take(id), take(id)])
  expect(both.filter((one_) => one_ !== null)).toMatchObject([{ id, tries: 1, sealed: 'v1.first', sealedBefore: null }])
  await settle(id, 1, REFUSED, 60)
  expect(await take(id)).toBeNull()
  expect(await due()).not.toContain(id)
  expect((await them.shown()).deliveries).toMatchObject([{ state: 'due', tries: 1, problem: 'refused' }])
  await itsTime(id)
  expect(await take(id)).toMatchObject({ tries: 2 })
  // Its poster has died, somebody else has taken it since: the late word counts no more.
  await settle(id, 1, TAKEN, null)
  expect((await them.shown()).deliveries).toMatchObject([{ state: 'due', tries: 2 }])
  await settle(id, 2, REFUSED, null)
  expect((await them.shown()).deliveries).toMatchObject([{ state: 'dead', tries: 2 }])
  const { rows } = await doors().owner.query("select data from trace where account_id = $1 and what = 'alert_hook_dead'", [
    them.id,
  ])
  expect(rows).toEqual([{ data: { figure: 2 } }])
  await them.says('api_alert_resend', { deliveryId: id })
  expect(await take(id)).toMatchObject({ tries: 1 })
  await settle(id, 1, TAKEN, null)
  expect((await them.shown()).deliveries).toMatchObject([{ state: 'delivered', tries: 1 }])
})

test('an automatic top-up that fails is told; the one that stops it is told as that', async () => {
  const them = await aHooked()
  const { owner } = doors()
  await owner.query(
    "insert into gateway_customer (account_id, gateway, ref, method_ref, method_label) values ($1::uuid, 'stripe', $1::text, 'pm_1', 'visa ····4242')",
    [them.id],
  )
  await them.says('api_automatic_choose', {
    isOn: true,
    threshold: 20 * UNIT,
    target: 50 * UNIT,
    ceiling: 200 * UNIT,
    currency: 'USD',
  })
  for (const problem of ['insufficient_funds', 'authentication_required']) {
    const { rows } = await doors().app.query('select x as id from automatic_begin($1, 5) x', [them.id])
    await one('topup_refused($1, $2)', [rows[0].id, problem])
    await owner.query("update topup set settled_at = settled_at - interval '2 hours' where account_id = $1", [them.id])
  }
  await look()
  expect(await them.facts()).toMatchObject([
    { kind: 'topup.failed', facts: { asked: '50000000', problem: 'insufficient_funds', currency: 'USD' } },
    { kind: 'topup.stopped', facts: { stoppedFor: 'authentication_required', failures: 2 } },
  ])
})

test('a subscription that was not paid, and a number that stops, are told with number, plan and days', async () => {
  const account = await anAccount()
  const { owner } = doors()
  await owner.query('insert into selling (account_id, is_on) values ($1, true)', [account.id])
  await account.api('api_alert_hook_set', HOOK)
  const { rows } = await owner.query(
    `with p as (insert into plan (code, name) values ('p' || left(md5($3), 20), 'Básico') returning id),
       v as (insert into plan_price (plan_id, version, minor, currency, every) select id, 1, 1500, 'USD', 'month' from p returning id)
     insert into subscription (account_id, channel_id, plan_price_id, gateway, state, ref, paid_until, sends_until)
     select $1, $2, id, 'stripe', 'active', $3, now() - interval '1 day', now() + interval '6 days' from v returning id`,
    [account.id, account.channelId, randomUUID()],
  )
  const late = (seenAt: string) => ({ state: 'late', seenAt, paidUntil: new Date(Date.now() - 86_400_000).toISOString() })
  await one('subscription_seen($1, $2, null)', [rows[0].id, JSON.stringify(late(new Date().toISOString()))])
  await owner.query("update subscription set sends_until = now() - interval '1 second' where id = $1", [rows[0].id])
  await one('subscriptions_pass()', [])
  await one('subscriptions_pass()', [])
  const told = await owner.query('select kind, facts from alert_delivery where account_id = $1 order by created_at, id', [
    account.id,
  ])
  const facts = { plan: 'Básico', number: 'Ventas', phone: '593900000000', priceMinor: '1500', currency: 'USD' }
  expect(told.rows).toMatchObject([
    { kind: 'subscription.payment_failed', facts },
    { kind: 'subscription.stopped', facts },
  ])
})

test('the first secret stays; another one signs beside the one before for a day', async () => {
  const them = await aHooked()
  expect(await them.set({ sealed: 'v1.second', url: 'https://other.example.com/' })).toEqual({ isNew: false })
  await them.says('api_alert_secret_set', { sealed: 'v1.third' })
  expect((await them.shown()).hook).toMatchObject({ url: 'https://other.example.com/', bothUntil: expect.any(String) })
  const { id } = await them.says<{ id: string }>('api_alert_test', {})
  expect(await take(id)).toMatchObject({ kind: 'test', sealed: 'v1.third', sealedBefore: 'v1.first' })
  await doors().owner.query("update alert_hook set before_until = now() - interval '1 second' where account_id = $1", [them.id])
  await itsTime(id)
  expect(await take(id)).toMatchObject({ sealed: 'v1.third', sealedBefore: null })
  const { rows } = await doors().owner.query(
    "select after from audit where account_id = $1 and action like 'alert_hook.%' order by n",
    [them.id],
  )
  expect(rows).toMatchObject([
    { after: { address: 'hooks.example.com' } },
    { after: { address: 'other.example.com' } },
    { after: { credentials: 'replaced' } },
  ])
  expect(JSON.stringify(rows)).not.toMatch(/v1\.|key=1/)
})

test('another company sees nothing of it and posts nothing of it; tests are bounded', async () => {
  const [them, stranger] = [await aHooked(), await aHooked()]
  const { id } = await them.says<{ id: string }>('api_alert_test', {})
  expect(await stranger.says('api_alert_delivery', { deliveryId: id })).toBeNull()
  expect(await stranger.says('api_alert_resend', { deliveryId: id })).toBeNull()
  expect((await stranger.shown()).deliveries).toEqual([])
  for (let n = 1; n < 20; n++) await them.says('api_alert_test', {})
  await expect(them.says('api_alert_test', {})).rejects.toThrow('rate_limited')
  await them.set({ isOn: false })
  await expect(them.says('api_alert_resend', { deliveryId: id })).rejects.toThrow('alert_hook_off')
})

test('deliveries are forgotten after 90 days', async () => {
  const them = await aHooked()
  const [old, young] = [
    await them.says<{ id: string }>('api_alert_test', {}),
    await them.says<{ id: string }>('api_alert_test', {}),
  ]
  await doors().owner.query("update alert_delivery set created_at = now() - interval '91 days' where id = $1", [old.id])
  await one('alerts_retention()', [])
  expect((await them.shown()).deliveries).toMatchObject([{ id: young.id }])
})
