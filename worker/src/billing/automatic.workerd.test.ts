/// <reference types="@cloudflare/vitest-plugin/types" />
/** Balances that fill themselves, against the simulated Stripe: every window of reference/payments.md §6 for a card that nobody holds in the hand. */
import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { newId } from '../lib/ids.ts'
import { aBuyer, bring, control, dropAnswers, eventsAbout, owner, readLists, rowsOf } from './a-buyer.ts'
import { sweepBilling } from './sweep.ts'

const sweep = () => sweepBilling(env, new Date('2026-11-22T10:01:00Z'))
const RULE = { isOn: true, threshold: '20', target: '50', ceiling: '200' }

const Shown = z.object({
  automatic: z.looseObject({ method: z.nullable(z.object({ label: z.string() })) }),
  keepers: z.array(z.string()),
})

/** A buyer who has paid 25 by a card that may be charged again. */
async function aKeeper(card = 'ok') {
  const buyer = await aBuyer()
  const { id, ref } = await buyer.open('25', { keepsMethod: true })
  await buyer.pays(ref, card)
  await buyer.look(id)
  const customer = (await owner.query('select ref from gateway_customer where account_id = $1', [buyer.accountId]))[0]?.['ref']
  const spend = (micro: number) =>
    owner.query("select ledger_post($2, $1, 'prepaid', 'revenue_messages', $3, 'USD', 'message', 'message', $2)", [
      ...[buyer.accountId, `msg:${newId()}`, micro],
    ])
  return {
    ...buyer,
    spend,
    choose: (changes: object = {}) => buyer.ask('PUT', '/billing/automatic', { ...RULE, ...changes }),
    automatic: async () => Shown.parse((await buyer.ask('GET', '/billing/balance')).json).automatic,
    /** Its automatic top-ups, the newest first. */
    tried: () =>
      owner.query(
        "select id, state, problem, ref, amount::text from topup where account_id = $1 and kind = 'automatic' order by created_at desc",
        [buyer.accountId],
      ),
    /** What Stripe has been asked to charge without anybody. */
    charges: async () => (await rowsOf('intents', `?customer=${String(customer)}`)).slice(1),
    hours: () =>
      owner.query("update topup set settled_at = settled_at - interval '7 hours' where account_id = $1", [buyer.accountId]),
  }
}

test('a balance that falls below its threshold is filled up by itself, once, however often it is looked at', async () => {
  const ana = await aKeeper()
  expect(await ana.automatic()).toMatchObject({ isOn: false, method: { label: 'visa ····4242' } })
  expect(await ana.choose()).toMatchObject({ status: 200 })
  expect((await ana.balance()).available).toBe('25000000')
  await ana.spend(10_500_000)
  await Promise.all([sweep(), sweep()])
  expect((await ana.balance()).available).toBe('50500000')
  expect(await ana.automatic()).toMatchObject({ spent: '36000000', failures: 0 })
  const [charge, ...more] = await ana.charges()
  expect(more).toEqual([])
  await bring(await eventsAbout(charge?.id ?? ''))
  expect((await ana.balance()).available).toBe('50500000')
  expect(await ana.movements()).toMatchObject([
    { reason: 'topup', amount: '36000000' },
    { reason: 'message' },
    { reason: 'topup' },
  ])
})

test('whoever turns it on below the threshold is filled at once; without a card, or at PayPal, it is said plainly', async () => {
  const ana = await aKeeper()
  await ana.spend(20_000_000)
  await ana.choose()
  expect((await ana.balance()).available).toBe('50000000')
  const other = await aBuyer()
  expect(await other.ask('PUT', '/billing/automatic', RULE)).toMatchObject({ status: 422, json: { code: 'method_missing' } })
  expect(await other.topUp(newId(), '25', { gateway: 'paypal', keepsMethod: true })).toMatchObject({
    json: { code: 'method_missing' },
  })
  expect(Shown.parse((await other.ask('GET', '/billing/balance')).json).keepers).toEqual(['stripe'])
  expect(await ana.choose({ target: '24.99' })).toMatchObject({ status: 422, json: { code: 'automatic_crossed' } })
  expect(await ana.choose({ ceiling: '49.99' })).toMatchObject({ status: 422, json: { code: 'automatic_crossed' } })
})

test('a card that was not to be kept is not kept', async () => {
  const ana = await aBuyer()
  const { id, ref } = await ana.open()
  await ana.pays(ref)
  await ana.look(id)
  expect(await ana.ask('PUT', '/billing/automatic', RULE)).toMatchObject({ status: 422, json: { code: 'method_missing' } })
})

test('a charge whose answer was lost is one charge: the sweep asks with the same key', async () => {
  const ana = await aKeeper()
  await ana.spend(20_000_000)
  await dropAnswers('POST /v1/payment_intents')
  await ana.choose()
  expect(await ana.tried()).toMatchObject([{ state: 'created', ref: null }])
  await sweep()
  expect((await ana.balance()).available).toBe('5000000')
  const [{ id = '' } = {}] = z.array(z.looseObject({ id: z.string() })).parse(await ana.tried())
  await ana.due('topup', id)
  await sweep()
  expect((await ana.balance()).available).toBe('50000000')
  expect(await ana.charges()).toHaveLength(1)
})

test('a webhook that is faster than the answer credits it, and the answer changes nothing', async () => {
  const ana = await aKeeper()
  await ana.spend(20_000_000)
  await dropAnswers('POST /v1/payment_intents')
  await ana.choose()
  const [charge] = await ana.charges()
  await bring(await eventsAbout(charge?.id ?? ''))
  expect(await ana.tried()).toMatchObject([{ state: 'paid', ref: charge?.id }])
  await sweep()
  expect((await ana.balance()).available).toBe('50000000')
  expect(await ana.charges()).toHaveLength(1)
})

test('where Stripe says 500 after it has charged, and goes on saying so, its own list of events tells', async () => {
  const ana = await aKeeper()
  await ana.spend(20_000_000)
  await control('POST', '/mischief', { where: 'api', what: 'POST /v1/payment_intents', next: 1, status: 500, processed: true })
  await ana.choose()
  const [{ id = '' } = {}] = z.array(z.looseObject({ id: z.string() })).parse(await ana.tried())
  await ana.due('topup', id)
  await sweep()
  expect(await ana.tried()).toMatchObject([{ state: 'created' }])
  await readLists()
  // Another file's sweep may have taken it just now.
  await expect.poll(ana.tried, { timeout: 15_000 }).toMatchObject([{ state: 'paid' }])
  expect((await ana.balance()).available).toBe('50000000')
  expect(await ana.charges()).toHaveLength(1)
})

test('killed between the row and the charge, the sweep charges it', async () => {
  const ana = await aKeeper()
  await ana.choose()
  await ana.spend(20_000_000)
  const [row] = await owner.query('select automatic_begin($1, 1) as id', [ana.accountId])
  expect(await ana.charges()).toEqual([])
  await ana.due('topup', String(row?.['id']))
  await sweep()
  expect(await ana.tried()).toMatchObject([{ state: 'paid', amount: '45000000' }])
  expect((await ana.balance()).available).toBe('50000000')
})

test('a card that is refused three times in a row is charged no more until somebody goes on', async () => {
  const ana = await aKeeper('renewal_fails')
  await ana.spend(20_000_000)
  await ana.choose()
  for (let n = 0; n < 5; n++) {
    await ana.hours()
    await sweep()
  }
  expect(await ana.tried()).toMatchObject(Array.from({ length: 3 }, () => ({ state: 'failed', problem: 'insufficient_funds' })))
  expect(await ana.automatic()).toMatchObject({ failures: 3, stoppedFor: 'declined' })
  // What Stripe tells of the refused charges changes nothing.
  for (const { id } of await ana.charges()) await bring(await eventsAbout(id))
  expect((await ana.balance()).available).toBe('5000000')
  const { id, ref } = await ana.open('25', { keepsMethod: true })
  await ana.pays(ref)
  await ana.look(id)
  await ana.spend(15_000_000)
  await sweep()
  expect((await ana.balance()).available).toBe('50000000')
})

test('a bank that asks for its owner stops it at the first charge', async () => {
  const ana = await aKeeper('auth_always')
  await ana.spend(20_000_000)
  await ana.choose()
  await ana.hours()
  await sweep()
  expect(await ana.tried()).toMatchObject([{ state: 'failed', problem: 'authentication_required' }])
  expect(await ana.automatic()).toMatchObject({ stoppedFor: 'authentication_required' })
  const alarms = await owner.query('select kind from alarm where account_id = $1 and over_at is null', [ana.accountId])
  expect(alarms).toContainEqual({ kind: 'balance_fill_stopped' })
})

test('a forgotten card is forgotten at Stripe too, and nothing is charged any more', async () => {
  const ana = await aKeeper()
  await ana.choose()
  await ana.spend(20_000_000)
  expect(await ana.ask('DELETE', '/billing/method')).toMatchObject({ status: 200 })
  expect(await ana.ask('DELETE', '/billing/method')).toMatchObject({ status: 200 })
  await sweep()
  expect(await ana.automatic()).toMatchObject({ isOn: false, method: null })
  expect(await ana.charges()).toEqual([])
  const [customer] = await owner.query('select ref from gateway_customer where account_id = $1', [ana.accountId])
  expect(await rowsOf('methods', `?customer=${String(customer?.['ref'])}`)).toEqual([])
})

test('after all of it the ledger holds', async () => {
  expect(await owner.query('select * from ledger_audit()', [])).toEqual([])
})
