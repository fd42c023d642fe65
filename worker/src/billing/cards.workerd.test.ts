/// <reference types="@cloudflare/vitest-plugin/types" />
/** Another card with nothing paid, against the simulated Stripe: whoever is told first, and whatever is lost on the way. */
import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { newId } from '../lib/ids.ts'
import { aBuyer, bring, control, dropAnswers, eventsAbout, owner, readLists, rowsOf } from './a-buyer.ts'
import { aPlan, aSeller } from './a-seller.ts'
import { sweepBilling } from './sweep.ts'

const Opened = z.object({ url: z.string() })
const Shown = z.object({ automatic: z.looseObject({ isOn: z.boolean(), method: z.nullable(z.object({ label: z.string() })) }) })
type Asks = { ask(method: string, path: string, body?: object): Promise<{ status: number; json: unknown }> }

/** Opens the page where a card is kept; Stripe's name of it. */
async function opens(ana: Asks, asked: object = {}): Promise<string> {
  const { status, json } = await ana.ask('POST', '/billing/cards', { id: newId(), ...asked })
  expect(status, JSON.stringify(json)).toBe(200)
  return Opened.parse(json).url.split('/').at(-1) ?? ''
}
const keeps = (page: string, card = 'ok') => control('POST', `/sessions/${page}/pay`, { card, bank: 'yes' })
const looks = async (ana: Asks) => (await ana.ask('POST', '/billing/cards/look', {})).json
const automatic = async (ana: Asks) => Shown.parse((await ana.ask('GET', '/billing/balance')).json).automatic
const statusOf = async (page: string) => (await rowsOf('sessions', `?id=${page}`))[0]?.['status']

/** A number that is subscribed at Stripe, with Stripe's name of its subscription. */
async function subscribed() {
  const ana = await aSeller({ gateway: 'stripe', pays: (ref, card = 'ok') => keeps(ref, card) }, 'Loja')
  const id = await ana.subscribed('Loja', await aPlan('Básico', 1500))
  const ref = await ana.ref(id)
  const card = async () => {
    const [sub] = await rowsOf('subscriptions', `?id=${ref}`)
    const [method] = await rowsOf('methods', `?id=${String(sub?.['default_payment_method'])}`)
    return z.object({ last4: z.string() }).parse(method?.['card']).last4
  }
  return { ...ana, id, card }
}

test('a card is kept with nothing paid, and the balance fills itself from it; asked for twice, it is one page', async () => {
  const ana = await aBuyer()
  const id = newId()
  const [page, again] = [await opens(ana, { id }), await opens(ana, { id })]
  expect(again).toBe(page)
  expect(await looks(ana)).toEqual({ isOpen: true })
  await keeps(page, 'mastercard')
  expect(await looks(ana)).toEqual({ isOpen: false })
  expect(await automatic(ana)).toMatchObject({ isOn: false, method: { label: 'mastercard ····4444' } })
  expect(await ana.balance()).toMatchObject({ balance: '0' })
  await ana.ask('PUT', '/billing/automatic', { isOn: true, threshold: '20', target: '50', ceiling: '200' })
  expect((await ana.balance()).available).toBe('50000000')
})

test('the browser died: the webhook, or Stripe’s own list of events, tells; a card that is refused keeps the page open', async () => {
  const [ana, rosa] = [await aBuyer(), await aBuyer()]
  const [first, second] = [await opens(ana), await opens(rosa)]
  await keeps(first, 'declined')
  expect(await looks(ana)).toEqual({ isOpen: true })
  await keeps(first)
  await bring(await eventsAbout(first))
  expect((await automatic(ana)).method).toEqual({ label: 'visa ····4242' })
  await keeps(second, 'auth')
  await readLists()
  // Another file's sweep may have taken it just now.
  await expect.poll(async () => (await automatic(rosa)).method, { timeout: 15_000 }).toMatchObject({ label: 'visa ····3155' })
})

test('the page that was asked for last counts: one before is closed, and what is told of it later changes nothing', async () => {
  const ana = await aBuyer()
  const first = await opens(ana)
  const second = await opens(ana)
  expect([await statusOf(first), await statusOf(second)]).toEqual(['expired', 'open'])
  await keeps(second, 'mastercard')
  await looks(ana)
  const third = await opens(ana)
  await keeps(third)
  // Nobody looked at the third: it counts before a fourth is opened.
  const fourth = await opens(ana)
  expect((await automatic(ana)).method).toMatchObject({ label: 'visa ····4242' })
  await bring([...(await eventsAbout(second)), ...(await eventsAbout(third))])
  expect((await automatic(ana)).method).toMatchObject({ label: 'visa ····4242' })
  await ana.ask('DELETE', '/billing/method', {})
  await keeps(fourth)
  await bring(await eventsAbout(fourth))
  expect((await automatic(ana)).method, 'forgotten while its page was open').toBeNull()
})

test('a rule that stopped at a card that fails goes on with the new one', async () => {
  const ana = await aBuyer()
  await keeps(await opens(ana), 'renewal_fails')
  await looks(ana)
  await ana.ask('PUT', '/billing/automatic', { isOn: true, threshold: '20', target: '50', ceiling: '200' })
  await owner.query("update balance_choice set failures = 3, stopped_for = 'declined' where account_id = $1", [ana.accountId])
  await keeps(await opens(ana))
  await looks(ana)
  await sweepBilling(env, new Date('2026-11-22T10:01:00Z'))
  expect((await ana.balance()).available).toBe('50000000')
})

test('a subscription is charged to the new card, though Stripe’s answer is lost; its history says so, and the balance keeps its own', async () => {
  const ana = await subscribed()
  expect(await ana.card()).toBe('4242')
  const page = await opens(ana, { subscriptionId: ana.id })
  await keeps(page, 'mastercard')
  await dropAnswers('POST /v1/subscriptions')
  await looks(ana)
  expect(await looks(ana)).toEqual({ isOpen: false })
  await bring(await eventsAbout(page))
  expect(await ana.card()).toBe('4444')
  expect(await ana.history(ana.id)).toEqual(['begun', 'active', 'card_changed'])
  expect((await automatic(ana)).method).toBeNull()
  expect(await ana.paid(ana.id)).toHaveLength(1)
})

test('another company’s subscription is not found; one that is not there yet, and one of PayPal’s, are refused', async () => {
  const [ana, rosa] = [await subscribed(), await aBuyer()]
  const asked = { id: newId(), subscriptionId: ana.id }
  expect(await rosa.ask('POST', '/billing/cards', asked)).toMatchObject({ status: 404 })
  await owner.query("update subscription set state = 'ended', ended_at = now() where id = $1", [ana.id])
  expect(await ana.ask('POST', '/billing/cards', asked)).toMatchObject({ json: { code: 'changed_meanwhile' } })
  const paypal = await aSeller({ gateway: 'paypal', pays: () => Promise.resolve(null) }, 'Lima')
  await paypal.open('Lima', await aPlan('Básico', 1500))
  const { pending } = await paypal.of('Lima')
  await owner.query("update subscription set state = 'active', sends_until = now() + interval '1 day' where id = $1", [
    pending?.id,
  ])
  expect(await paypal.ask('POST', '/billing/cards', { id: newId(), subscriptionId: pending?.id })).toMatchObject({
    json: { code: 'gateway_refused' },
  })
})
