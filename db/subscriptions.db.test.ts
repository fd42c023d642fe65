/** One subscription for each number: what looks at a gateway make of it, in whatever order, and what that lets the number do. */
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'
import { aColleague } from './local/a-colleague.ts'
import { aPhoneOf, sendPushes } from './local/a-push.ts'
import { anAccount, doors, leave, type AnAccount } from './local/an-account.ts'

afterAll(leave)

const DAY = 86_400_000
let price = ''
let otherPrice = ''

async function aPrice(name: string): Promise<string> {
  const { rows } = await doors().owner.query(
    `with p as (insert into plan (code, name) values ('p' || left(md5($1::text), 20), $1) returning id)
     insert into plan_price (plan_id, version, minor, currency, every) select id, 1, 1500, 'USD', 'month' from p returning id`,
    [`${name} ${randomUUID()}`],
  )
  return String(rows[0].id)
}

beforeAll(async () => {
  ;[price, otherPrice] = await Promise.all([aPrice('Básico'), aPrice('Plus')])
})

/** A company that needs a subscription for each number. */
async function aBuyer(): Promise<AnAccount> {
  const account = await anAccount()
  await doors().owner.query('insert into selling (account_id, is_on) values ($1, true)', [account.id])
  return account
}

async function subscribed({ id, channelId }: AnAccount, state = 'pending', gateway = 'stripe'): Promise<string> {
  const { rows } = await doors().owner.query(
    `insert into subscription (account_id, channel_id, plan_price_id, gateway, state, ref, paid_until, sends_until)
     values ($1, $2, $3, $5, $4, gen_random_uuid(), now() + interval '9 days', case when $4 <> 'pending' then now() + interval '9 days' end) returning id`,
    [id, channelId, price, state, gateway],
  )
  return String(rows[0].id)
}

type Look = { state: string; seenAt: string; paidUntil?: string | null; cancelsAt?: string | null; planPriceId?: string | null }
const at = (days: number) => new Date(Math.floor(Date.now() / DAY) * DAY + days * DAY).toISOString()

async function seen(id: string, look: Look): Promise<{ changed: boolean; stray: boolean; state: string }> {
  const { rows } = await doors().app.query('select subscription_seen($1, $2, null) as it', [id, JSON.stringify(look)])
  return rows[0].it
}
async function standing(id: string): Promise<Record<string, unknown>> {
  const { rows } = await doors().owner.query(
    'select state, paid_until, grace_until, cancels_at, sends_until, plan_price_id, seen_at from subscription where id = $1',
    [id],
  )
  return rows[0]
}
const entitled = async ({ channelId }: AnAccount) => {
  const { rows } = await doors().owner.query('select channel_entitled($1) as it', [channelId])
  return rows[0].it === true
}
const history = async (id: string) => {
  const { rows } = await doors().owner.query('select kind from subscription_event where subscription_id = $1 order by at', [id])
  return rows.map(({ kind }) => kind)
}

const aLook: fc.Arbitrary<Omit<Look, 'seenAt'>> = fc.record({
  state: fc.constantFrom('trial', 'active', 'late', 'suspended', 'paused', 'ended', 'active', 'late'),
  paidUntil: fc.integer({ min: -20, max: 40 }).map(at),
  cancelsAt: fc.option(fc.integer({ min: 1, max: 40 }).map(at)),
  planPriceId: fc.constantFrom(0, 1).map((which) => (which === 0 ? 'price' : 'otherPrice')),
})

test('looks come in any order and more than once, and it always ends the same', async () => {
  const priceOf = (name: string | null | undefined) => (name === 'price' ? price : otherPrice)
  await fc.assert(
    fc.asyncProperty(fc.array(aLook, { minLength: 1, maxLength: 7 }), fc.infiniteStream(fc.nat()), async (looks, dice) => {
      const told = looks.map((look, n) => ({ ...look, planPriceId: priceOf(look.planPriceId), seenAt: at(-1 + n / 100) }))
      const shuffled = [...told, ...told]
        .map((look) => ({ look, place: dice.next().value }))
        .toSorted((a, b) => a.place - b.place)
      const ends: Record<string, unknown>[] = []
      for (const order of [told, shuffled.map(({ look }) => look)]) {
        const id = await subscribed(await aBuyer())
        for (const look of order) await seen(id, look)
        ends.push(await standing(id))
      }
      if (looks.some(({ state }) => state === 'ended')) expect(ends.map(({ state }) => state)).toEqual(['ended', 'ended'])
      else expect(ends[1]).toEqual(ends[0])
    }),
    { numRuns: 30 },
  )
})

test('a number of a company that buys nothing sends; of one that buys, only with a subscription that lives', async () => {
  expect(await entitled(await anAccount())).toBe(true)
  const ana = await aBuyer()
  expect(await entitled(ana)).toBe(false)
  const id = await subscribed(ana)
  expect(await entitled(ana), 'nobody has paid').toBe(false)
  let second = 0
  for (const [look, may] of [
    [{ state: 'trial', paidUntil: at(14) }, true],
    [{ state: 'active', paidUntil: at(30) }, true],
    [{ state: 'late', paidUntil: at(-3) }, true],
    [{ state: 'late', paidUntil: at(-8) }, false],
    [{ state: 'active', paidUntil: at(30) }, true],
    [{ state: 'active', paidUntil: at(30), cancelsAt: at(5) }, true],
    [{ state: 'paused', paidUntil: at(30) }, false],
    [{ state: 'active', paidUntil: at(-8) }, false],
    [{ state: 'suspended', paidUntil: at(-20) }, false],
    [{ state: 'active', paidUntil: at(2) }, true],
    [{ state: 'ended' }, false],
    [{ state: 'active', paidUntil: at(30) }, false],
  ] as const) {
    second += 1
    await seen(id, { seenAt: at(second / 86_400), ...look })
    expect(await entitled(ana), JSON.stringify(look)).toBe(may)
  }
  expect(await history(id)).toEqual([
    ...[
      'trial',
      'active',
      'grace',
      'suspended',
      'active',
      'cancel_planned',
      'paused',
      'cancel_taken_back',
      'active',
      'suspended',
      'active',
      'ended',
    ],
  ])
})

test('grace is counted from the end of what was paid, so that asking late gives nobody more days', async () => {
  const ana = await aBuyer()
  const id = await subscribed(ana)
  await seen(id, { state: 'late', paidUntil: at(-2), seenAt: at(0) })
  expect(await standing(id)).toMatchObject({ state: 'grace', grace_until: new Date(at(5)), sends_until: new Date(at(5)) })
})

test('what was given ends when it is paid for; a second payment for the same number is found, to be cancelled at the gateway', async () => {
  const ana = await aBuyer()
  const gift = await subscribed(ana, 'active', 'gift')
  const first = await subscribed(ana)
  expect(await seen(first, { state: 'active', paidUntil: at(30), seenAt: at(0) })).toMatchObject({
    state: 'active',
    stray: false,
  })
  expect(await standing(gift)).toMatchObject({ state: 'ended' })
  const second = await subscribed(ana)
  expect(await seen(second, { state: 'active', paidUntil: at(30), seenAt: at(0) })).toMatchObject({ state: 'ended', stray: true })
  expect(await standing(first)).toMatchObject({ state: 'active' })
  expect(await seen(second, { state: 'active', paidUntil: at(30), seenAt: at(1) }), 'still there').toMatchObject({ stray: true })
})

test('a number has one subscription, also when two people pay at the same instant', async () => {
  const ana = await aBuyer()
  const ids = [await subscribed(ana)]
  await expect(subscribed(ana), 'a second page').rejects.toThrow('subscription_pending')
  const looks = Array.from({ length: 8 }, (_, n) =>
    seen(ids[0] ?? '', { state: 'active', paidUntil: at(30), seenAt: at(n / 100) }),
  )
  await Promise.all(looks)
  expect((await history(ids[0] ?? '')).filter((kind) => kind === 'active')).toHaveLength(1)
  await expect(subscribed(ana, 'active'), 'a second one that lives').rejects.toThrow('subscription_live')
})

test('a message of a number whose subscription is over is not stored; what was stored before is still the same message', async () => {
  const ana = await aBuyer()
  const id = await subscribed(ana)
  await seen(id, { state: 'active', paidUntil: at(30), seenAt: at(0) })
  const [received] = await ana.ingest(ana.entry())
  const author = { kind: 'person', id: ana.personId }
  const write = (more: object = {}) =>
    ana.entry({ op: 'out', chatId: received?.['chatId'], author, token: randomUUID(), bodyHash: 'h', ...more })
  const before = write()
  expect(await ana.ingest(before)).toMatchObject([{ inserted: true }])
  const failed = {
    op: 'outcome',
    messageId: before['messageId'],
    status: 'failed',
    code: 'x',
    attempts: 1,
    dead: false,
    stopsChannel: false,
  }
  await ana.ingest(ana.entry(failed))
  await seen(id, { state: 'ended', seenAt: at(1) })

  const no = { inserted: false, refused: true, code: 'subscription_ended' }
  expect(await ana.ingest(write(), write({ kind: 'image' }))).toMatchObject([no, no])
  expect(await ana.ingest({ ...before, token: randomUUID() }), 'the same again').toMatchObject([
    { messageId: before['messageId'] },
  ])
  expect(
    await ana.ingest(ana.entry({ op: 'requeue', messageId: before['messageId'], token: randomUUID() })),
    'sent again',
  ).toMatchObject([{ refused: true, code: 'subscription_ended' }])
  expect(await ana.ingest(write({ op: 'note' }), write({ unsent: true })), 'a note; what only stays to be seen').toMatchObject([
    { inserted: true },
    { inserted: true },
  ])
  expect(await ana.ingest(ana.entry()), 'it goes on receiving').toMatchObject([{ inserted: true }])
  expect(await ana.api('api_send_context', { chatId: received?.['chatId'], kind: 'text' })).toMatchObject({
    channel: { entitled: false },
  })
})

test('whoever can pay is told once that a trial ends, that a payment failed, that a number stopped; and no more once it is paid', async () => {
  const ana = await aBuyer()
  await aPhoneOf(ana, ana.personId)
  const luis = await aColleague(ana, 'agent')
  await aPhoneOf(ana, luis.id)
  const id = await subscribed(ana)
  const told = async () => (await sendPushes(ana)).map(({ personId, facts }) => [personId, facts['problem'], facts['count']])
  const pass = async () => void (await doors().app.query('select subscriptions_pass()'))
  await seen(id, { state: 'trial', paidUntil: at(10), seenAt: at(0) })
  await pass()
  expect(await told(), 'ten days are not yet the end').toEqual([])
  await seen(id, { state: 'trial', paidUntil: new Date(Date.now() + 2.5 * DAY).toISOString(), seenAt: at(0.01) })
  await pass()
  await pass()
  expect(await told()).toEqual([[ana.personId, 'subscription_trial', 3]])

  await doors().owner.query("update push_delivery set created_at = created_at - interval '1 hour' where account_id = $1", [
    ana.id,
  ])
  const until = new Date(Date.now() - 2.5 * DAY).toISOString()
  for (const second of [1, 2, 3]) await seen(id, { state: 'late', paidUntil: until, seenAt: at(0.1 + second / 86_400) })
  expect(await told()).toEqual([[ana.personId, 'subscription_grace', 5]])
  await doors().owner.query("update push_delivery set created_at = created_at - interval '1 hour' where account_id = $1", [
    ana.id,
  ])
  // What is stored is rounded to milliseconds, which may be up: the moment itself could still lie ahead of another connection.
  await doors().owner.query(
    "update subscription set sends_until = now() - interval '1 second', grace_until = now() - interval '1 second' where id = $1",
    [id],
  )
  await pass()
  await pass()
  expect(await told()).toEqual([[ana.personId, 'subscription_stopped', 0]])
  const { rows } = await doors().owner.query(
    "select what, level from trace where account_id = $1 and what like 'subscription%' order by id",
    [ana.id],
  )
  expect(rows.map(({ what, level }) => [what, level])).toEqual([
    ['subscription_trial', 'warn'],
    ['subscription_grace', 'error'],
    ['subscription_stopped', 'error'],
  ])

  await seen(id, { state: 'active', paidUntil: at(30), seenAt: at(0.2) })
  const [chat] = await ana.ingest(ana.entry())
  await doors().owner.query('update chat set assignee_id = $2 where id = $1', [chat?.['chatId'], ana.personId])
  await ana.ingest(ana.entry({ at: new Date().toISOString() }))
  const next = (await sendPushes(ana)).find(({ personId }) => personId === ana.personId)
  expect(next?.close, 'what a phone still shows goes with its next push').toContain(`u:${id}`)
})

test('what somebody has done by themselves wakes nobody: paused, cancelled, or given up for another one', async () => {
  const ana = await aBuyer()
  await aPhoneOf(ana, ana.personId)
  const gift = await subscribed(ana, 'active', 'gift')
  const id = await subscribed(ana)
  const look = (state: string, second: number) =>
    doors().app.query('select subscription_seen($1, $2, $3)', [
      id,
      JSON.stringify({ state, paidUntil: at(30), seenAt: at(second / 86_400) }),
      ana.personId,
    ])
  await look('active', 1)
  expect(await standing(gift)).toMatchObject({ state: 'ended' })
  await look('paused', 2)
  expect(await sendPushes(ana)).toEqual([])
})

test('letting one number expire leaves the other one working', async () => {
  const ana = await aBuyer()
  const { rows } = await doors().owner.query(
    "insert into channel (id, account_id, kind, name, key, phone, line, sealed) values (new_id(), $1, 'meta', 'Lima', new_id()::text, '5199', new_id()::text, '') returning id",
    [ana.id],
  )
  const other = { ...ana, channelId: String(rows[0].id) }
  const first = await subscribed(ana, 'active')
  await subscribed(other, 'active')
  await doors().owner.query("update subscription set sends_until = now() - interval '1 second' where id = $1", [first])
  await doors().app.query('select subscriptions_pass()')
  expect([await entitled(ana), await entitled(other)]).toEqual([false, true])
  expect(await history(first)).toEqual(['suspended'])
})

test('nobody in a company writes its own subscription', async () => {
  const ana = await aBuyer()
  for (const text of [
    "update subscription set sends_until = now() + interval '1 year'",
    'update selling set is_on = false',
    'insert into selling (account_id, is_on) values (new_id(), false)',
    'select * from plan_price',
    'select * from platform_admin',
    'insert into platform_admin (person_id) values (new_id())',
  ]) {
    await expect(doors().app.query(text), text).rejects.toThrow('permission denied')
  }
  expect(await entitled(ana)).toBe(false)
})

test('what is for who runs the service is silent to everybody else, and does nothing for them', async () => {
  const ana = await aBuyer()
  const { rows } = await doors().owner.query(
    "select proname as name from pg_proc where proname like 'api\\_operator\\_%' order by 1",
  )
  expect(rows.length).toBeGreaterThan(3)
  const { rows: plans } = await doors().owner.query('select plan_id as id from plan_price where id = $1', [price])
  const state = async () =>
    (await doors().owner.query('select p.rev, p.retired_at from plan p where id = $1', [plans[0].id])).rows[0]
  const before = await state()
  const args = {
    planId: plans[0].id,
    rev: 1,
    isRetired: true,
    sells: true,
    graceDays: 60,
    accountId: ana.id,
    isOn: false,
    channelId: ana.channelId,
  }
  for (const { name } of rows) expect(await ana.api(name, args), name).toBeNull()
  expect(await state()).toEqual(before)
  expect(await entitled(ana)).toBe(false)
  expect(await ana.api('api_operator', {})).toEqual({ isOperator: false })
})

test('a new version of a plan leaves who has the older one as they are', async () => {
  const ana = await aBuyer()
  await doors().owner.query('insert into platform_admin (person_id) values ($1)', [ana.personId])
  const terms = { minor: 1500, currency: 'USD', every: 'month', trialDays: 14, includedMessages: 1000, promo: null }
  const code = `p${ana.id.slice(0, 8)}`
  const made = { code, name: 'Básico', about: 'Un número', price: terms }
  const plan = await ana.api('api_operator_plan_save', made)
  expect(plan).toMatchObject({ code, rev: 1, price: { version: 1, minor: 1500, trialDays: 14 } })
  await expect(ana.api('api_operator_plan_save', made)).rejects.toThrow('name_taken')
  const [first] = z.object({ versions: z.array(z.object({ id: z.string() })) }).parse(plan).versions
  const id = await subscribed(ana)
  await seen(id, { state: 'active', paidUntil: at(30), planPriceId: first?.id ?? '', seenAt: at(0) })

  const changed = { planId: plan?.['id'], rev: 1, name: 'Básico', about: 'Un número', price: { ...terms, minor: 1900 } }
  expect(await ana.api('api_operator_plan_save', changed)).toMatchObject({
    ...{ rev: 2, price: { version: 2, minor: 1900 } },
    versions: [
      { version: 2, subscribers: 0 },
      { version: 1, subscribers: 1, minor: 1500 },
    ],
  })
  await expect(ana.api('api_operator_plan_save', changed), 'an older page').rejects.toThrow('changed_meanwhile')
  expect(await ana.api('api_operator_plan_save', { ...changed, rev: 2, name: 'Inicial' }), 'only its name').toMatchObject({
    price: { version: 2 },
  })
  expect(await standing(id)).toMatchObject({ plan_price_id: first?.id })
  const until = new Date(Date.now() + DAY).toISOString()
  const promoted = { ...terms, minor: 900, promo: { listMinor: 1900, until } }
  expect(await ana.api('api_operator_plan_save', { ...changed, rev: 3, price: promoted })).toMatchObject({
    price: { version: 3, minor: 900, promo: { listMinor: 1900, until } },
  })
  await doors().owner.query('alter table plan_price disable trigger plan_price_stays')
  await doors().owner.query(
    "update plan_price set promo_until = now() - interval '1 minute' where plan_id = $1 and version = 3",
    [plan?.['id']],
  )
  await doors().owner.query('alter table plan_price enable trigger plan_price_stays')
  await doors().app.query('select plans_pass()')
  expect(await ana.api('api_operator_plans', {}), 'the promotion is over').toMatchObject({
    items: expect.arrayContaining([
      expect.objectContaining({ code, price: expect.objectContaining({ version: 4, minor: 1900, promo: null }) }),
    ]),
  })
  await expect(doors().owner.query('update plan_price set minor = 1 where id = $1', [first?.id])).rejects.toThrow('never changes')
  const bob = await anAccount()
  expect(await ana.api('api_operator_customer_set', { customerId: bob.id, buys: true })).toMatchObject({
    ...{ buys: true, numbers: [{ subscription: { gateway: 'gift', state: 'trial' } }] },
  })
  expect(await entitled(bob), 'no number stops the moment its company begins to buy').toBe(true)
  const { items } = z
    .object({ items: z.array(z.looseObject({ id: z.string() })) })
    .parse(await ana.api('api_operator_customers', { q: 'prueba' }))
  expect(items.length).toBeGreaterThan(1)
  expect(await ana.api('api_operator_plan_retire', { planId: plan?.['id'], isRetired: true })).toMatchObject({
    retiredAt: expect.any(String),
  })
})
