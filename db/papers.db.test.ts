/** Receipts and credit notes: one for each movement of a payment's money, counted without gaps, and never another one afterwards. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'
import { at, aPayer, audit, one, paid, seen } from './local/a-payer.ts'
import { anAccount, doors, leave, type AnAccount } from './local/an-account.ts'

afterAll(leave)

const SELLER = { name: 'Red Digital S. A.', taxNumber: '1190000000001', address: 'Loja', email: '' }
let operator: AnAccount
beforeAll(async () => {
  operator = await anAccount()
  await doors().owner.query('insert into platform_admin (person_id) values ($1)', [operator.personId])
  await operator.api('api_operator_seller_set', { ...SELLER, validFrom: null })
})

const Paper = z.object({
  kind: z.enum(['receipt', 'credit_note']),
  number: z.string(),
  amount: z.string(),
  reason: z.string(),
  about: z.nullable(z.string()),
  buyer: z.looseObject({ name: z.string(), taxNumber: z.string() }),
  seller: z.looseObject({ taxNumber: z.string() }),
  what: z.looseObject({ ref: z.string(), plan: z.optional(z.string()), paidUntil: z.optional(z.string()) }),
})
type Payer = Awaited<ReturnType<typeof aPayer>>

/** A top-up that was paid; its payment's name. */
async function topsUp(payer: Payer, amount: number): Promise<string> {
  const [topup, ref] = [await payer.topup(amount), `pi_${randomUUID()}`]
  await seen(topup, paid(ref, amount))
  return ref
}
const gatewaySays = (ref: string, seconds: number, items: object[]) =>
  one("payment_taken_back('stripe', $1, $2, $3)", [ref, at(seconds), JSON.stringify(items)])
const disputed = (ref: string, amount: number, state: string, back = 0) => ({
  ...{ kind: 'dispute', ref: `dp_${ref}`, amount: String(amount), state, reason: null, respondBy: null },
  ...{ taken: String(amount), givenBack: String(back), fee: '0' },
})
const refunded = (ref: string, amount: number, state: string) => ({
  ...{ kind: 'refund', ref: `re_${ref}`, refundId: null, amount: String(amount), state },
})

/** The papers of a payment in the order of its money, as its company reads them. */
async function papersOf(payer: Payer, ref: string): Promise<z.infer<typeof Paper>[]> {
  const { rows } = await doors().owner.query(
    "select p.id from posting p where p.cause_kind = 'payment' and p.cause_id = 'stripe:' || $1 and p.reason not in ('fee', 'debt') order by p.seq",
    [ref],
  )
  const found: z.infer<typeof Paper>[] = []
  for (const { id } of rows) {
    const told = await payer.says('api_paper', { movementId: id })
    if (told !== null) found.push(Paper.parse(told))
  }
  return found.filter(({ number }, n) => found.findIndex((other) => other.number === number) === n)
}

test('what is paid has a receipt; what is taken back, spent or not, has one credit note that names it; what comes back has a receipt again', async () => {
  const ana = await aPayer()
  const ref = await topsUp(ana, 5_000_000)
  await one("ledger_post($1, $2, 'prepaid', 'revenue_messages', 4000000, 'USD', 'message', 'message', 'x')", [
    randomUUID(),
    ana.id,
  ])
  await gatewaySays(ref, 1, [disputed(ref, 5_000_000, 'open')])
  await gatewaySays(ref, 2, [disputed(ref, 5_000_000, 'won', 5_000_000)])
  const [receipt, note, again] = await papersOf(ana, ref)
  expect(receipt).toMatchObject({
    kind: 'receipt',
    amount: '5000000',
    reason: 'topup',
    about: null,
    buyer: { name: 'Prueba', taxNumber: '' },
  })
  expect(receipt?.what).toMatchObject({ gateway: 'stripe', ref, method: 'visa ····4242' })
  // One million was there and four are owed: it is one credit note.
  expect(note).toMatchObject({ kind: 'credit_note', amount: '5000000', reason: 'dispute', about: receipt?.number })
  expect(again).toMatchObject({ kind: 'receipt', amount: '5000000', reason: 'reinstated' })
  expect(await audit()).toEqual([])
})

test('a list says which movements have a paper, and the number once there is one', async () => {
  const ana = await aPayer()
  const ref = await topsUp(ana, 5_000_000)
  await gatewaySays(ref, 1, [refunded(ref, 2_000_000, 'succeeded')])
  await one("ledger_post($1, $2, 'prepaid', 'revenue_messages', 1000000, 'USD', 'message', 'message', 'x')", [
    randomUUID(),
    ana.id,
  ])
  const Listed = z.object({
    items: z.array(z.object({ reason: z.string(), paper: z.nullable(z.looseObject({ kind: z.string() })) })),
  })
  const listed = async () =>
    Listed.parse(await ana.says('api_movements', { currency: 'USD' })).items.map(({ reason, paper }) => [reason, paper?.kind])
  expect(await listed()).toEqual([
    ['message', undefined],
    ['refund', 'credit_note'],
    ['topup', 'receipt'],
  ])
  await one('papers_issue(500)', [])
  const [, refund] = Listed.parse(await ana.says('api_movements', { currency: 'USD' })).items
  expect(refund?.paper).toEqual({ kind: 'credit_note', number: expect.stringMatching(/^NC-\d{6}$/) })
})

test('numbers have no gap and no double, whoever asks at once', async () => {
  const payers = await Promise.all(Array.from({ length: 4 }, async () => aPayer()))
  const refs = await Promise.all(
    payers.flatMap((payer) => Array.from({ length: 6 }, async () => ({ payer, ref: await topsUp(payer, 5_000_000) }))),
  )
  const [asked] = await Promise.all([
    Promise.all(refs.map(async ({ payer, ref }) => papersOf(payer, ref))),
    ...Array.from({ length: 6 }, async () => one('papers_issue(5)', [])),
  ])
  expect(asked.every((papers) => papers.length === 1)).toBe(true)
  expect(new Set(asked.flat().map(({ number }) => number)).size).toBe(refs.length)
  const { rows } = await doors().owner.query(
    `select issuer, kind from paper group by issuer, kind having min(n) <> 1 or max(n) <> count(*)
       or max(n) <> (select c.last from paper_count c where (c.issuer, c.kind) = (paper.issuer, paper.kind))`,
  )
  expect(rows).toEqual([])
})

test('a paper says what was so when the money moved, however late it is made, and says it for ever', async () => {
  const ana = await aPayer()
  const first = { name: 'Ana Cía. Ltda.', taxNumber: '1791111111001', address: 'Quito', email: 'ana@prueba.ec' }
  await ana.says('api_fiscal_set', first)
  const ref = await topsUp(ana, 5_000_000)
  await ana.says('api_fiscal_set', { ...first, name: 'Ana e Hijos' })
  const later = await topsUp(ana, 6_000_000)
  expect((await papersOf(ana, ref))[0]?.buyer).toEqual(first)
  expect((await papersOf(ana, later))[0]?.buyer).toMatchObject({ name: 'Ana e Hijos' })
  expect(await ana.says('api_fiscal', {})).toEqual({ company: 'Prueba', fiscal: { ...first, name: 'Ana e Hijos' } })

  await doors().owner.query("update account set name = 'Otra' where id = $1", [ana.id])
  expect((await papersOf(ana, ref))[0]?.buyer).toEqual(first)
  for (const text of [
    'update paper set amount = 1',
    'delete from paper',
    "update seller set name = 'x'",
    "update fiscal_data set name = 'x'",
  ])
    await expect(doors().owner.query(text)).rejects.toMatchObject({ code: 'LG001' })
  for (const text of [
    'update paper set amount = 1',
    "insert into fiscal_data (account_id, name, tax_number, address, email) values (new_id(), '', '', '', '')",
  ])
    await expect(doors().app.query(text)).rejects.toMatchObject({ code: '42501' })
})

test('nobody else reads a company’s paper, and only operators say who sells', async () => {
  const [ana, luis] = [await aPayer(), await aPayer()]
  const ref = await topsUp(ana, 5_000_000)
  expect(await papersOf(luis, ref)).toEqual([])
  expect(await papersOf(ana, ref)).toHaveLength(1)
  expect(await papersOf(luis, ref)).toEqual([])
  const stranger = await anAccount()
  expect(await stranger.api('api_operator_sellers', {})).toBeNull()
  expect(await stranger.api('api_operator_seller_set', { ...SELLER, validFrom: null })).toBeNull()
})

test('another seller counts anew, from its day on; what was valid never changes', async () => {
  const ana = await aPayer()
  const before = await topsUp(ana, 5_000_000)
  const soon = new Date(Date.now() + 86_400_000)
  await expect(operator.api('api_operator_seller_set', { ...SELLER, validFrom: at(0) })).rejects.toThrow('seller_in_the_past')
  await operator.api('api_operator_seller_set', { ...SELLER, taxNumber: randomUUID(), validFrom: soon.toISOString() })
  const [mine] = await papersOf(ana, before)
  expect(mine?.seller.taxNumber).toBe(SELLER.taxNumber)
  const taxNumber = randomUUID()
  await operator.api('api_operator_seller_set', { ...SELLER, taxNumber, validFrom: null })
  const after = await topsUp(ana, 5_000_000)
  expect((await papersOf(ana, after))[0]).toMatchObject({ number: expect.stringMatching(/^R-0000\d\d$/), seller: { taxNumber } })
  expect((await papersOf(ana, before))[0]).toEqual(mine)
  await operator.api('api_operator_seller_set', { ...SELLER, validFrom: null })
  expect(await operator.api('api_operator_sellers', {})).toMatchObject({
    items: expect.arrayContaining([expect.objectContaining({ ...SELLER, by: 'Ana', isNow: true })]),
    waiting: 0,
  })
})

test('until somebody is named who sells, nothing is numbered and operators are told; then what waited has its paper', async () => {
  const ana = await aPayer()
  const client = await doors().owner.connect()
  try {
    // Taken back at the end: the other tests have their seller.
    await client.query('begin')
    await client.query('truncate seller cascade')
    await client.query('delete from paper_count')
    const desk = async () => (await client.query('select papers_figures() as it')).rows[0].it
    const [topup, ref] = [randomUUID(), `pi_${randomUUID()}`]
    await client.query(
      "insert into topup (id, account_id, gateway, amount, currency, person_id, state, ref) values ($1::uuid, $2, 'stripe', 5000000, 'USD', $3, 'open', 'cs_' || $1::text)",
      [topup, ana.id, ana.person],
    )
    await client.query("select topup_seen($1, 'stripe', $2, $3)", [topup, `cs_${topup}`, JSON.stringify(paid(ref, 5_000_000))])
    expect((await client.query('select papers_issue(500) as n')).rows[0].n).toBe(0)
    expect(await desk()).toEqual({ sellerMissing: 1 })
    await client.query(
      "insert into seller (name, tax_number, address, email, valid_from) values ('Hilo', '7', '', '', now() + interval '1 hour')",
    )
    await client.query('select papers_issue(100000)')
    expect(await desk()).toEqual({ sellerMissing: 0 })
    const { rows } = await client.query("select kind, issuer, buyer ->> 'name' as buyer from paper where account_id = $1", [
      ana.id,
    ])
    expect(rows).toEqual([{ kind: 'receipt', issuer: '7', buyer: 'Prueba' }])
  } finally {
    await client.query('rollback')
    client.release()
  }
})

test('a subscription’s payment names its plan, its number and until when it is paid; paid for nothing, it is taken back on paper, and counts again for whoever it is given to', async () => {
  const [ana, luis] = [await anAccount(), await aPayer()]
  const { rows } = await doors().owner.query(
    `with p as (insert into plan (code, name) values ('p' || left(md5($3::text), 20), 'Básico') returning id),
       v as (insert into plan_price (plan_id, version, minor, currency, every) select id, 1, 1500, 'USD', 'month' from p returning id)
     insert into subscription (account_id, channel_id, plan_price_id, gateway, state, ref) select $1, $2, v.id, 'stripe', 'active', $3 from v returning id`,
    [ana.id, ana.channelId, randomUUID()],
  )
  const [{ id }] = rows
  const ref = `pi_${randomUUID()}`
  const said = {
    ref,
    amount: '15000000',
    currency: 'USD',
    fee: null,
    at: at(0),
    method: 'visa ····4242',
    receiptUrl: null,
    invoiceUrl: null,
  }
  const until = '2026-12-22T00:00:00.000Z'
  await one('subscription_paid($1, $2, $3)', [
    id,
    JSON.stringify([said, { ...said, ref: `pi_${randomUUID()}`, at: at(-9) }]),
    until,
  ])
  const History = z.object({
    payments: z.array(
      z.looseObject({ papers: z.array(z.object({ movementId: z.string(), kind: z.string(), number: z.nullable(z.string()) })) }),
    ),
  })
  const papers = async () =>
    History.parse(await ana.api('api_subscription', { subscriptionId: id })).payments.map((payment) => payment.papers)
  const [[newest] = [], [older] = []] = await papers()
  const paper = async (movementId: string | undefined) =>
    Paper.parse(await ana.api('api_paper', { movementId: movementId ?? '' }))
  expect(await paper(newest?.movementId)).toMatchObject({
    ...{ kind: 'receipt', amount: '15000000', reason: 'subscription' },
    what: { plan: 'Básico', every: 'month', channel: 'Ventas', phone: '593900000000', paidUntil: until },
  })
  expect((await paper(older?.movementId)).what.paidUntil, 'what an older payment has paid is not known').toBeUndefined()

  const ended = { state: 'ended', seenAt: new Date().toISOString(), paidUntil: null, cancelsAt: null }
  await one('subscription_seen($1, $2, null)', [id, JSON.stringify(ended)])
  const late = `pi_${randomUUID()}`
  await one('subscription_paid($1, $2, null)', [
    id,
    JSON.stringify([{ ...said, ref: late, at: new Date(Date.now() + 1000).toISOString() }]),
  ])
  await one('subscription_seen($1, $2, null)', [id, JSON.stringify(ended)])
  await one('papers_issue(500)', [])
  expect((await papers())[0]).toMatchObject([{ kind: 'receipt' }, { kind: 'credit_note' }])
  const payment = await one('(select id from payment where ref = $1)', [late], doors().owner)
  await operator.api('api_operator_allocate', {
    id: randomUUID(),
    paymentId: payment,
    customerId: luis.id,
    reason: 'Era de Luis',
  })
  await one('papers_issue(500)', [])
  expect(await papersOf(luis, late)).toMatchObject([{ kind: 'receipt', reason: 'allocated', amount: '15000000' }])
})
