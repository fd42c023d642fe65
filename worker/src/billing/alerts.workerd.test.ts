/// <reference types="@cloudflare/vitest-plugin/types" />
/** Alerts of money on their way to the address of a company, against the simulated automation that makes mails of them. */
import { env } from 'cloudflare:workers'
import { expect, test, vi } from 'vitest'
import * as z from 'zod'
import { AlertBody } from '#contract/alerts.ts'
import { reachOf } from '../lib/env.ts'
import { aBuyer, owner } from './a-buyer.ts'
import { sendAlert } from './alerts.ts'
import { sweepBilling } from './sweep.ts'

const SIM = reachOf(env).local ?? ''
const sweep = () => sweepBilling(env, new Date('2026-11-22T10:01:00Z'))

const Post = z.object({ delivery: z.string(), signed: z.nullable(z.boolean()), body: z.unknown(), status: z.number() })
const Box = z.object({
  posts: z.array(Post),
  mails: z.array(z.object({ id: z.string(), subject: z.string(), text: z.string() })),
})
const Secret = z.object({ secret: z.nullable(z.string()) })
const Delivery = z.looseObject({ id: z.string(), kind: z.string(), state: z.string(), tries: z.number() })
const Shown = z.object({ deliveries: z.array(Delivery) })

/** A company whose alerts go to a box of the simulated automation, which knows the secret. */
async function aTold() {
  const buyer = await aBuyer()
  const name = crypto.randomUUID()
  const url = `${SIM}/mail-hook/${name}`
  const control = async (method: string, body?: object) => {
    const init = { method, ...(body && { body: JSON.stringify(body) }) }
    const response = await fetch(`${SIM}/control/mail-hook/${name}`, init)
    if (!response.ok) throw new Error(await response.text())
    return response.json()
  }
  const change = (changes: object = {}) =>
    buyer.ask('PUT', '/billing/alert-hook', { url, language: 'es', isOn: true, ...changes })
  const deliveries = async () => Shown.parse((await buyer.ask('GET', '/billing/alert-hook')).json).deliveries
  const { secret } = Secret.parse((await change()).json)
  await control('PUT', { secret })
  return {
    ...buyer,
    secret,
    change,
    answers: (...answers: object[]) => control('PUT', { answers }),
    knows: (fresh: string) => control('PUT', { secret: fresh }),
    box: async () => Box.parse(await control('GET')),
    tries: async () => {
      const { json } = await buyer.ask('POST', '/billing/alert-hook/test', {})
      return Delivery.parse(json)
    },
    deliveries,
    /** Its balance falls to this. */
    async falls(micro: number) {
      await owner.query("select ledger_open($1, 'USD')", [buyer.accountId])
      await owner.query("select ledger_post($2, $1, 'promo', 'prepaid', $3, 'USD', 'promo', 'person', 'x')", [
        ...[buyer.accountId, crypto.randomUUID(), micro],
      ])
    },
    /** The pause of what waits is over, and the minute's sweep comes. */
    async next() {
      await owner.query(
        "update alert_delivery set run_after = now() - interval '1 day' where account_id = $1 and state = 'due'",
        [buyer.accountId],
      )
      const mine = new Set((await deliveries()).map(({ id }) => id))
      for (const due of await sweep()) if (mine.has(due.id)) await sendAlert(env, due.id)
    },
    until: (state: string) =>
      vi.waitUntil(async () => (await deliveries()).some((one) => one.state === state), { timeout: 15_000, interval: 30 }),
  }
}
test('a low balance comes once, signed, with sums and the words of a mail; the minute after it says nothing more', async () => {
  const ana = await aTold()
  await ana.falls(8_500_000)
  await sweep()
  await ana.until('delivered')
  await sweep()
  const { posts, mails } = await ana.box()
  expect(posts).toMatchObject([{ signed: true, status: 200 }])
  const body = AlertBody.parse(posts[0]?.body)
  expect(body).toMatchObject({
    ...{ id: posts[0]?.delivery, kind: 'balance.low', language: 'es', company: { name: 'Prueba' } },
    amounts: { available: { amount: '8.50', currency: 'USD' }, level: { amount: '10.00', currency: 'USD' } },
  })
  expect(mails).toMatchObject([{ subject: expect.stringMatching(/^Queda poco saldo: .*8[,.]50/) }])
  expect(mails[0]?.text).toContain(`${reachOf(env).own}/settings/balance`)
})

test('what is answered 500 comes again under the same id, and is one mail; the answer is kept for people', async () => {
  const ana = await aTold()
  await ana.answers({ status: 500, body: 'mailer is full' })
  await ana.falls(0.5 * 1_000_000)
  await sweep()
  await vi.waitUntil(async () => (await ana.box()).posts.length === 1, { timeout: 15_000, interval: 30 })
  await vi.waitUntil(async () => (await ana.deliveries())[0]?.['problem'] === 'refused', { timeout: 15_000, interval: 30 })
  expect(await ana.deliveries()).toMatchObject([{ state: 'due', tries: 1, status: 500, answer: 'mailer is full' }])
  await ana.next()
  await ana.until('delivered')
  const { posts, mails } = await ana.box()
  expect(posts).toMatchObject([{ status: 500 }, { status: 200, signed: true }])
  expect(posts[0]?.delivery).toBe(posts[1]?.delivery)
  expect(posts[0]?.body).toEqual(posts[1]?.body)
  expect(mails).toHaveLength(1)
})

test('nine refusals are a day: it is given up, shown with its cause, and a person sends it again', async () => {
  const ana = await aTold()
  await ana.answers(...Array.from({ length: 9 }, () => ({ status: 503 })))
  await ana.falls(1_000_000)
  await sweep()
  for (let tries = 1; tries <= 9; tries++) {
    await vi.waitUntil(async () => (await ana.deliveries())[0]?.['status'] !== null && (await ana.box()).posts.length === tries, {
      ...{ timeout: 15_000, interval: 30 },
    })
    if (tries < 9) await ana.next()
  }
  await ana.until('dead')
  await ana.next()
  expect((await ana.box()).posts).toHaveLength(9)
  const [dead] = await ana.deliveries()
  expect(dead).toMatchObject({ state: 'dead', tries: 9, problem: 'refused', status: 503, nextTry: null })
  const { status, json } = await ana.ask('POST', `/billing/alert-hook/deliveries/${dead?.id}/send`, {})
  expect({ status, json }).toMatchObject({ status: 200, json: { state: 'delivered', tries: 1, status: 200 } })
})

test('a test says what it met: taken, redirected, refused, too slow', async () => {
  const ana = await aTold()
  expect(await ana.tries()).toMatchObject({ kind: 'test', state: 'delivered', status: 200, answer: '{"ok":true}' })
  await ana.answers({ status: 302, location: `${SIM}/mail-hook/elsewhere` }, { status: 403, body: 'no\u0000\u202e!' })
  expect(await ana.tries()).toMatchObject({ state: 'dead', problem: 'redirected', status: 302 })
  expect(await ana.tries()).toMatchObject({ state: 'dead', problem: 'refused', status: 403, answer: 'no!' })
  await ana.answers({ slowMs: 12_000 })
  expect(await ana.tries()).toMatchObject({ state: 'dead', problem: 'timeout', status: null })
  expect((await ana.box()).posts).toHaveLength(4)
}, 30_000)

test('another secret signs at once, and the one before for a day; nobody reads either again', async () => {
  const ana = await aTold()
  const { json } = await ana.ask('POST', '/billing/alert-hook/secret', {})
  const fresh = Secret.parse(json).secret ?? ''
  expect(fresh).toMatch(/^wbsec_[\w-]{43}$/)
  expect(await ana.tries()).toMatchObject({ state: 'delivered' })
  await ana.knows(fresh)
  expect(await ana.tries()).toMatchObject({ state: 'delivered' })
  expect((await ana.box()).posts).toMatchObject([{ signed: true }, { signed: true }])
  expect((await ana.change({ language: 'en' })).json).toEqual({ secret: null })
  const read = JSON.stringify((await ana.ask('GET', '/billing/alert-hook')).json)
  for (const secret of [ana.secret ?? '', fresh, 'v1.']) expect(read).not.toContain(secret)
})

test('an address that is not public is refused when it is given, and when something is to be posted to it', async () => {
  const ana = await aTold()
  for (const url of [
    'http://hooks.example.com',
    'https://10.0.0.7/x',
    'https://localhost/x',
    'https://nas.local/x',
    reachOf(env).own,
  ])
    expect(await ana.change({ url }), url).toMatchObject({ status: 422, json: { code: 'hook_address_refused' } })
  await owner.query("update alert_hook set url = 'https://169.254.169.254/latest' where account_id = $1", [ana.accountId])
  expect(await ana.tries()).toMatchObject({ state: 'dead', problem: 'address_refused', status: null })
})

test('turned off, nothing is posted and nothing may be tried; another company has nothing to see or send', async () => {
  const [ana, other] = [await aTold(), await aTold()]
  const { id } = await ana.tries()
  expect(await other.ask('POST', `/billing/alert-hook/deliveries/${id}/send`, {})).toMatchObject({ status: 404 })
  expect(await other.deliveries()).toEqual([])
  await ana.change({ isOn: false })
  expect(await ana.ask('POST', '/billing/alert-hook/test', {})).toMatchObject({ status: 409, json: { code: 'alert_hook_off' } })
  await ana.falls(1_000_000)
  await sweep()
  expect(await ana.deliveries()).toMatchObject([{ kind: 'test' }])
  expect((await ana.box()).posts).toHaveLength(1)
})
