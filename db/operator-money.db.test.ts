/** What who runs the service decides about money: gifts, corrections, refunds, money of nobody, disputes and dead events. */
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'
import { anAccount, doors, leave, type AnAccount } from './local/an-account.ts'

afterAll(leave)

let operator: AnAccount
beforeAll(async () => {
  operator = await anAccount()
  await doors().owner.query('insert into platform_admin (person_id) values ($1)', [operator.personId])
})

async function one<T>(text: string, values: unknown[] = []): Promise<T> {
  const { rows } = await doors().app.query(`select ${text} as it`, values)
  return rows[0].it
}

const reason = 'Lo acordamos por teléfono'
const audit = async () => (await doors().app.query('select * from ledger_audit()')).rows
const balance = ({ id }: AnAccount) => one<Record<string, unknown>>("ledger_balance($1, 'USD')", [id])
const Movements = z.object({ items: z.array(z.object({ reason: z.string(), amount: z.string(), note: z.nullable(z.string()) })) })
const movements = async (company: AnAccount) =>
  Movements.parse(await company.api('api_movements', { currency: 'USD' })).items.map((m) => [m.reason, m.amount, m.note])
const told = async ({ id }: AnAccount) =>
  (await doors().owner.query('select action, actor_kind, actor_name, after from audit where account_id = $1 order by n', [id]))
    .rows

const decide = (company: AnAccount, kind: string, micro: number, more: object = {}) =>
  operator.api('api_operator_credit', { customerId: company.id, id: randomUUID(), kind, micro, currency: 'USD', reason, ...more })

const paymentSaid = (ref: string, amount: number, at = new Date()) => ({
  ...{ ref, amount: String(amount), currency: 'USD', fee: null, at: at.toISOString(), method: 'visa ····4242' },
  ...{ receiptUrl: null, invoiceUrl: null },
})

async function idOf(ref: string): Promise<string> {
  const { rows } = await doors().owner.query('select id from payment where ref = $1', [ref])
  return String(rows[0].id)
}

/** Money that arrived and nobody can explain. */
async function ofNobody(amount = 5_000_000): Promise<{ ref: string; id: string; amount: number }> {
  const ref = `pi_${randomUUID()}`
  await one("payment_unallocated('stripe', $1, null, 'of_nobody')", [JSON.stringify(paymentSaid(ref, amount))])
  return { ref, id: await idOf(ref), amount }
}

async function toppedUp(company: AnAccount, amount: number): Promise<{ ref: string; id: string }> {
  const [topupId, ref] = [randomUUID(), `pi_${randomUUID()}`]
  await doors().owner.query(
    "insert into topup (id, account_id, gateway, amount, currency, person_id, state, ref) values ($1::uuid, $2, 'stripe', $3, 'USD', $4, 'open', $1::text)",
    [topupId, company.id, amount, company.personId],
  )
  const look = { state: 'paid', seenAt: new Date().toISOString(), problem: null, method: null, payment: paymentSaid(ref, amount) }
  await one("topup_seen($1::uuid, 'stripe', $1::text, $2)", [topupId, JSON.stringify(look)])
  return { ref, id: await idOf(ref) }
}

let looks = 0
/** What the gateway says of a payment now. */
async function gatewaySays(ref: string, items: object[]): Promise<void> {
  looks += 1
  const at = new Date(Date.now() + looks).toISOString()
  await one("payment_taken_back('stripe', $1, $2, $3)", [ref, at, JSON.stringify(items)])
}
const refunded = (refundId: string, amount: number, state: string) => ({
  ...{ kind: 'refund', ref: `re_${refundId}`, refundId, amount: String(amount), state },
})
const disputed = (ref: string, amount: number, state: string, went: number, back = 0) => ({
  ...{ kind: 'dispute', ref: `dp_${ref}`, amount: String(amount), state, reason: 'fraudulent', respondBy: null },
  ...{ taken: String(went), givenBack: String(back), fee: '0' },
})

const refund = (paymentId: string, micro: number | null = null, id: string = randomUUID()) =>
  operator.api('api_operator_refund', { paymentId, id, micro, currency: 'USD', reason })
const give = (paymentId: string, company: AnAccount, more: object = {}) =>
  operator.api('api_operator_allocate', { paymentId, customerId: company.id, id: randomUUID(), reason, ...more })

const Loose = z.object({ items: z.array(z.looseObject({ id: z.string(), underWay: z.boolean() })) })
/** A person has to decide on it. */
const isLoose = async (id: string) =>
  Loose.parse(await operator.api('api_operator_loose', {})).items.some((item) => item.id === id && !item.underWay)

test('a gift and a correction reach the balance once, and the company reads why', async () => {
  const ana = await anAccount()
  const id = randomUUID()
  expect(await decide(ana, 'gift', 5_000_000, { id })).toMatchObject({ available: '5000000' })
  expect(await decide(ana, 'gift', 5_000_000, { id }), 'the same once more').toMatchObject({ available: '5000000' })
  await expect(decide(ana, 'gift', 6_000_000, { id })).rejects.toThrow('id_reused')
  await decide(ana, 'add', 1_000_000)
  await decide(ana, 'take', 2_000_000)
  await expect(decide(ana, 'take', 4_000_001), 'more than there is').rejects.toThrow('balance_too_low')
  expect(await decide(ana, 'take', 5_000_000, { mayOwe: true })).toMatchObject({ available: '0', owed: '1000000' })
  const ours = await doors().owner.query(
    `select case when d.account_id is null then d.kind else c.kind end as account, count(*)::int from posting p
     join ledger_account d on d.id = p.debit_id join ledger_account c on c.id = p.credit_id where p.account_id = $1 and p.cause_kind = 'decision' group by 1 order by 1`,
    [ana.id],
  )
  expect(ours.rows, 'what we give away is not what we mend').toEqual([
    { account: 'corrections', count: 4 },
    { account: 'promo', count: 1 },
  ])
  expect(await movements(ana)).toEqual([
    ['adjustment', '-1000000', reason],
    ['adjustment', '-4000000', reason],
    ['adjustment', '-2000000', reason],
    ['adjustment', '1000000', reason],
    ['promo', '5000000', reason],
  ])
  expect((await told(ana)).at(-1)).toEqual({
    ...{ action: 'balance.decided', actor_kind: 'operator', actor_name: null },
    after: { amount: '-5.00 USD', reason },
  })
  expect(await operator.api('api_operator_acts', { customerId: ana.id })).toMatchObject({
    items: [
      { action: 'balance.take', by: 'Ana', reason },
      { action: 'balance.take' },
      { action: 'balance.add' },
      { action: 'balance.gift' },
    ],
  })
})

test('money of nobody is given to a company once, and is a payment of that company from then on', async () => {
  const [ana, bob] = [await anAccount(), await anAccount()]
  const { ref, id } = await ofNobody()
  expect(await isLoose(id)).toBe(true)
  const act = randomUUID()
  await give(id, ana, { id: act })
  await give(id, ana, { id: act })
  await expect(give(id, bob)).rejects.toThrow('changed_meanwhile')
  expect(await isLoose(id)).toBe(false)
  expect(await movements(ana)).toEqual([['allocated', '5000000', reason]])
  expect(await ana.api('api_refund_ask', { paymentId: id, id: randomUUID(), micro: 1_000_000 })).toMatchObject({ state: 'asked' })
  await gatewaySays(ref, [disputed(ref, 4_000_000, 'open', 4_000_000)])
  expect(await balance(ana)).toMatchObject({ balance: '1000000', available: '0', frozen: true })
  expect(await bob.api('api_refund_ask', { paymentId: id, id: randomUUID(), micro: 1 })).toBeNull()
})

test('money of nobody goes back where it came from; while it does nobody is asked, and if it fails somebody is', async () => {
  const ana = await anAccount()
  const { ref, id } = await ofNobody()
  const first = randomUUID()
  await refund(id, null, first)
  await refund(id, null, first)
  await expect(refund(id, 1)).rejects.toThrow('refund_too_much')
  await expect(give(id, ana)).rejects.toThrow('changed_meanwhile')
  await one('refund_refused($1, $2)', [first, 'charge_already_refunded'])
  expect(await isLoose(id)).toBe(true)
  const second = randomUUID()
  await refund(id, null, second)
  await gatewaySays(ref, [refunded(second, 5_000_000, 'pending')])
  await gatewaySays(ref, [refunded(second, 5_000_000, 'succeeded')])
  expect(await isLoose(id)).toBe(false)
  await gatewaySays(ref, [refunded(second, 5_000_000, 'failed')])
  expect(await isLoose(id), 'it has come back').toBe(true)
  await give(id, ana)
  expect(await balance(ana)).toMatchObject({ available: '5000000' })
})

test('a payment on a balance is given back from that balance alone, with the reason, also after the company has left', async () => {
  const ana = await anAccount()
  const { ref, id } = await toppedUp(ana, 10_000_000)
  await decide(ana, 'take', 4_000_000)
  await doors().owner.query('update account set archived_at = now() where id = $1', [ana.id])
  await expect(refund(id, 6_000_001)).rejects.toThrow('balance_too_low')
  const refundId = randomUUID()
  await refund(id, 6_000_000, refundId)
  expect(await balance(ana)).toMatchObject({ available: '0', held: '6000000' })
  await gatewaySays(ref, [refunded(refundId, 6_000_000, 'succeeded')])
  expect(await balance(ana)).toMatchObject({ balance: '0', held: '0' })
  expect(await operator.api('api_operator_movements', { customerId: ana.id, currency: 'USD' })).toMatchObject({
    items: expect.arrayContaining([expect.objectContaining({ reason: 'refund', amount: '-6000000', note: reason })]),
  })
  expect(await operator.api('api_operator_customer', { customerId: ana.id })).toMatchObject({
    ...{ customer: { leftAt: expect.any(String) }, administrators: [{ name: 'Ana' }] },
    ...{ payments: [{ id, left: '4000000' }], refunds: [{ id: refundId, state: 'succeeded', reason }] },
  })
})

async function subscribed({ id, channelId }: AnAccount, state: string): Promise<string> {
  const { rows } = await doors().owner.query(
    `with p as (insert into plan (code, name) values ('p' || left(md5($3::text), 20), 'Básico') returning id),
       v as (insert into plan_price (plan_id, version, minor, currency, every) select id, 1, 1500, 'USD', 'month' from p returning id)
     insert into subscription (account_id, channel_id, plan_price_id, gateway, state, ref) select $1, $2, v.id, 'stripe', $4, $3 from v returning id`,
    [id, channelId, randomUUID(), state],
  )
  return String(rows[0].id)
}
const paysFor = (subscription: string, ref: string, amount: number, at?: Date) =>
  one('subscription_paid($1, $2, null)', [subscription, JSON.stringify([paymentSaid(ref, amount, at)])])
const earned = async () =>
  (
    await doors().owner.query(
      `select coalesce(sum(case when p.credit_id = a.id then p.amount else -p.amount end), 0)::bigint as it from ledger_account a join posting p on a.id in (p.credit_id, p.debit_id)
       where a.kind = 'revenue_subscriptions' and a.currency = 'USD' and p.phase in ('posted', 'capture')`,
    )
  ).rows[0].it as string

test('a refund of a subscription’s payment makes what we have earned less, and touches no balance', async () => {
  const ana = await anAccount()
  const before = Number(await earned())
  const ref = `pi_${randomUUID()}`
  await paysFor(await subscribed(ana, 'active'), ref, 15_000_000)
  const [id, refundId] = [await idOf(ref), randomUUID()]
  await refund(id, 5_000_000, refundId)
  await expect(refund(id, 10_000_001), 'what is on its way counts').rejects.toThrow('refund_too_much')
  await gatewaySays(ref, [refunded(refundId, 5_000_000, 'succeeded')])
  expect(Number(await earned()) - before).toBe(10_000_000)
  expect(await balance(ana)).toMatchObject({ balance: '0', held: '0' })
})

test('a second payment for the same number, and one after the end, are earned by nobody and wait for a decision', async () => {
  const ana = await anAccount()
  const before = Number(await earned())
  const first = await subscribed(ana, 'active')
  const second = await subscribed(ana, 'pending')
  const [firstRef, secondRef, lateRef] = [`pi_${randomUUID()}`, `pi_${randomUUID()}`, `pi_${randomUUID()}`]
  await paysFor(first, firstRef, 15_000_000)
  await paysFor(second, secondRef, 15_000_000)
  const look = (state: string) => JSON.stringify({ state, seenAt: new Date().toISOString(), paidUntil: null, cancelsAt: null })
  expect(await one('subscription_seen($1, $2, null)', [second, look('active')])).toMatchObject({ stray: true })
  await one('subscription_seen($1, $2, null)', [second, look('active')])
  await one('subscription_seen($1, $2, null)', [first, look('ended')])
  // Surely after the end, whichever of the two clocks is ahead.
  await paysFor(first, lateRef, 15_000_000, new Date(Date.now() + 1_000))
  await one('subscription_seen($1, $2, null)', [first, look('ended')])
  expect([await isLoose(await idOf(firstRef)), await isLoose(await idOf(secondRef)), await isLoose(await idOf(lateRef))]).toEqual(
    [...[false, true, true]],
  )
  expect(Number(await earned()) - before).toBe(15_000_000)
  expect(await operator.api('api_operator_loose', {})).toMatchObject({
    items: expect.arrayContaining([
      expect.objectContaining({
        ref: secondRef,
        problem: 'subscription_twice',
        number: 'Ventas',
        customer: { id: ana.id, name: 'Prueba' },
      }),
    ]),
  })
  await give(await idOf(secondRef), ana)
  await give(await idOf(lateRef), ana, { subscriptionId: first })
  expect(await balance(ana)).toMatchObject({ available: '15000000' })
  expect(Number(await earned()) - before).toBe(30_000_000)
  // Told once more by its gateway: nothing moves.
  await paysFor(second, secondRef, 15_000_000)
  await one('subscription_seen($1, $2, null)', [second, look('active')])
  expect(await balance(ana)).toMatchObject({ available: '15000000' })
})

test('a balance is used although a payment is contested when an operator says so, and not any more when they take it back', async () => {
  const ana = await anAccount()
  const { ref } = await toppedUp(ana, 10_000_000)
  await decide(ana, 'gift', 3_000_000)
  await gatewaySays(ref, [disputed(ref, 10_000_000, 'open', 10_000_000)])
  const Disputes = z.object({ items: z.array(z.looseObject({ id: z.string(), ref: z.string(), freezes: z.boolean() })) })
  const mine = async () =>
    Disputes.parse(await operator.api('api_operator_disputes', { state: 'open' })).items.find((d) => d.ref === `dp_${ref}`)
  const disputeId = (await mine())?.id
  await expect(decide(ana, 'take', 1)).rejects.toThrow('balance_frozen')
  const release = (isReleased: boolean) => operator.api('api_operator_dispute_release', { disputeId, isReleased, reason })
  expect(await release(true)).toMatchObject({ freezes: false, releasedAt: expect.any(String) })
  await gatewaySays(ref, [disputed(ref, 10_000_000, 'open', 10_000_000)])
  expect(await balance(ana), 'another look changes nothing').toMatchObject({ frozen: false, available: '3000000' })
  await release(false)
  expect(await balance(ana)).toMatchObject({ frozen: true })
  await gatewaySays(ref, [disputed(ref, 10_000_000, 'lost', 10_000_000)])
  expect(await balance(ana)).toMatchObject({ frozen: false })
  await expect(release(true)).rejects.toThrow('changed_meanwhile')
  expect((await told(ana)).map(({ action }) => action)).toEqual(['balance.decided', 'balance.released', 'balance.frozen'])
})

test('a dead event is worked on again from its first try, or set aside with the reason', async () => {
  const event = async () => {
    const id = await one<string>(
      'gateway_event_store(\'stripe\', $1, \'charge.refunded\', \'[{"kind":"payment","ref":"pi_1"}]\', null)',
      [randomUUID()],
    )
    await one("gateway_event_settle($1, 'dead', 'no_answer', 0)", [id])
    return id
  }
  const [again, aside] = [await event(), await event()]
  const listed = async () =>
    z
      .object({ items: z.array(z.looseObject({ id: z.string() })) })
      .parse(await operator.api('api_operator_events', {}))
      .items.map(({ id }) => id)
  expect(await listed()).toEqual(expect.arrayContaining([again, aside]))
  await operator.api('api_operator_event_retry', { eventId: again })
  expect((await doors().app.query('select tries from gateway_event_take($1)', [again])).rows).toEqual([{ tries: 1 }])
  await expect(operator.api('api_operator_event_drop', { eventId: again, reason })).rejects.toThrow('changed_meanwhile')
  await operator.api('api_operator_event_drop', { eventId: aside, reason })
  const left = await listed()
  expect([left.includes(again), left.includes(aside)]).toEqual([false, false])
})

test('what operators have done stays for ever, and the Worker’s own role reaches none of it', async () => {
  await expect(doors().owner.query("update operator_act set reason = 'otra'")).rejects.toThrow('never changes')
  await expect(doors().owner.query('delete from operator_act')).rejects.toThrow('never changes')
  for (const text of ['select * from operator_act', "select operator_did(null, 'x', null, null, null, null)"])
    await expect(doors().app.query(text), text).rejects.toThrow('permission denied')
})

test('operators of the service hear of what needs them; their companies’ other people do not', async () => {
  await ofNobody()
  await one('operator_look()')
  const { rows } = await doors().owner.query(
    "select figure from alarm where account_id = $1 and kind = 'operator_work' and over_at is null",
    [operator.id],
  )
  expect(rows).toHaveLength(1)
  expect(await one('operators_of($1)', [operator.id])).toEqual([operator.personId])
  expect(await one('operators_of($1)', [(await anAccount()).id])).toEqual([])
})

type Act = { kind: string; micro: number; ok: boolean }

/** A company with a payment of its own and money of nobody at hand; each act may be done again. */
async function aDay() {
  const ana = await anAccount()
  const mine = await toppedUp(ana, 5_000_000)
  let loose = await ofNobody()
  let last: (() => Promise<unknown>) | null = null
  function doing({ kind, micro, ok }: Act): () => Promise<unknown> {
    const [id, payment] = [randomUUID(), loose]
    switch (kind) {
      case 'gift':
      case 'add':
      case 'take':
        return () => decide(ana, kind, micro, { id, mayOwe: ok })
      case 'nobody':
        return async () => void (loose = await ofNobody(micro))
      case 'give':
        return () => give(payment.id, ana, { id })
      case 'back':
        return async () => {
          await refund(payment.id, null, id)
          await gatewaySays(payment.ref, [refunded(id, payment.amount, ok ? 'succeeded' : 'failed')])
        }
      case 'refund':
        return () => refund(ok ? mine.id : payment.id, micro, id)
      default:
        return () => gatewaySays(mine.ref, [disputed(mine.ref, 5_000_000, ok ? 'open' : 'won', 0)])
    }
  }
  return async (act: Act): Promise<void> => {
    const work = act.kind === 'again' ? last : doing(act)
    last = work
    // A no is an answer; what counts is what stands in the books.
    await work?.().catch((error: Error) => expect(error.message).toMatch(/^[a-z_]+$/))
  }
}

test('whatever operators decide, in any order and more than once, the books agree', async () => {
  const anAct = fc.record({
    kind: fc.constantFrom('gift', 'add', 'take', 'nobody', 'give', 'back', 'refund', 'dispute', 'again', 'again'),
    micro: fc.integer({ min: 1, max: 900 }).map((n) => n * 10_000),
    ok: fc.boolean(),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(anAct, { minLength: 6, maxLength: 14 }), async (acts) => {
      const does = await aDay()
      for (const next of acts) await does(next)
      expect(await audit()).toEqual([])
    }),
    { numRuns: 25 },
  )
})
