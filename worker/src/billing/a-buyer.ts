/** For tests in workerd: a company with somebody who pays, and the simulated Stripe, whose webhooks are brought to us by hand. */
import { SELF } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import Stripe from 'stripe'
import { vi } from 'vitest'
import * as z from 'zod'
import { settingsOf } from '../lib/env.ts'
import { newId } from '../lib/ids.ts'
import { databaseOf, type Database, type Row } from '../lib/sql.ts'
import { tokenHash } from '../identity/index.ts'
import { workOnEvent } from './events.ts'
import { sweepBilling } from './sweep.ts'

export const owner: Database = databaseOf({ ...env, DATABASE_URL: env.DATABASE_URL.replace('//app_rw:', '//postgres:') })

const keys = () => {
  const { stripe } = settingsOf(env)
  if (!stripe) throw new Error('these tests need the simulated Stripe')
  return stripe
}

/** A command for the simulated Stripe. */
export async function control(method: string, path: string, body?: object): Promise<unknown> {
  const response = await fetch(`${keys().api}/control/stripe${path}`, { method, ...(body && { body: JSON.stringify(body) }) })
  if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`)
  return response.json()
}

const Items = z.object({ items: z.array(z.looseObject({ id: z.string() })) })
/** Rows of the simulated Stripe. */
export const rowsOf = async (table: string, query = '') => Items.parse(await control('GET', `/rows/${table}${query}`)).items

/** The next requests of this kind are done, and no answer comes: the client's own repeat meets the same. */
export const dropAnswers = (what: string) => control('POST', '/mischief', { where: 'api', what, next: 2, dropAnswer: true })

/** Posts bytes as Stripe would, signed now or `lateS` seconds from now. */
export async function knock(text: string, lateS = 0, secret = keys().hookSecret): Promise<number> {
  const stripe = new Stripe(keys().key)
  const timestamp = Math.floor(Date.now() / 1000) + lateS
  const signature = await stripe.webhooks.generateTestHeaderStringAsync({ payload: text, secret, timestamp })
  const response = await SELF.fetch('https://app.test/hooks/stripe', {
    method: 'POST',
    headers: { 'stripe-signature': signature },
    body: text,
  })
  await response.body?.cancel()
  return response.status
}

const Charge = z.looseObject({ payment_intent: z.nullish(z.string()) })
const Event = z.looseObject({ id: z.string(), type: z.string(), data: z.object({ object: z.looseObject({ id: z.string() }) }) })

/** Events of the simulated Stripe about this payment or page, the oldest first, as it sends them. */
export async function eventsAbout(...refs: string[]): Promise<string[]> {
  const events = (await rowsOf('events')).map((row) => Event.parse(row))
  const isAbout = ({ data: { object } }: z.infer<typeof Event>) =>
    refs.includes(object.id) || refs.includes(Charge.parse(object).payment_intent ?? '')
  return events.filter(isAbout).map((event) => JSON.stringify(event))
}

/** Brings events to our door, each once the one before is worked on. The queue wakes them, as it does outside. */
export async function bring(events: readonly string[]): Promise<void> {
  for (const text of events) {
    if ((await knock(text)) !== 200) throw new Error(`our door refused ${text.slice(0, 200)}`)
    const { id } = Event.parse(JSON.parse(text))
    await vi.waitUntil(
      async () => (await owner.query("select 1 from gateway_event where event_id = $1 and state <> 'new'", [id])).length > 0,
      { timeout: 15_000, interval: 20 },
    )
  }
}

/**
 * The gateways' own lists of events are read, as each quarter of an hour, and what is new in them is worked on, as the queue does:
 * also what other tests have left there, of which a minute takes fifty.
 */
export async function readLists(): Promise<void> {
  const quarter = new Date(`${new Date().toISOString().slice(0, 14)}20:00Z`)
  const minute = new Date(quarter.getTime() + 60_000)
  const eventsDue = async (now: Date) => (await sweepBilling(env, now)).filter(({ kind }) => kind === 'gateway_event')
  for (let due = await eventsDue(quarter); due.length > 0; due = await eventsDue(minute))
    for (const event of due) await workOnEvent(env, event.id)
}

const Seen = z.looseObject({ id: z.string(), state: z.string(), url: z.nullable(z.string()), problem: z.nullable(z.string()) })
const Figures = z.object({ balance: z.string(), held: z.string(), available: z.string(), owed: z.string(), frozen: z.boolean() })

/** Our door: the product's own, or one behind which a setting is another. */
export type Door = { fetch(url: string, init: RequestInit): Promise<Response> | Response }

const OURS: Door = { fetch: (url, init) => SELF.fetch(url, init) }

/** An administrator of a new company, signed in. */
export async function aBuyer(door = OURS) {
  const [accountId, personId] = [crypto.randomUUID(), crypto.randomUUID()]
  const token = crypto.randomUUID() + crypto.randomUUID()
  await owner.query("insert into account (id, name) values ($1, 'Prueba')", [accountId])
  await owner.query(
    `with r as (insert into role (account_id, base) values ($1::uuid, 'administrator') returning id),
       p as (insert into person (id, account_id, email, name, role_id) select $2::uuid, $1::uuid, $2::text || '@prueba.ec', 'Ana', id from r returning id)
     insert into session (account_id, person_id, token_hash, user_agent, expires_at) select $1::uuid, id, $3::bytea, 'prueba', now() + interval '1 day' from p`,
    [accountId, personId, await tokenHash(token)],
  )
  async function ask(method: string, path: string, body?: object): Promise<{ status: number; json: unknown }> {
    const response = await door.fetch(`https://app.test/api${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, json: text.startsWith('{') ? JSON.parse(text) : text }
  }
  const row = async (table: string, id: string): Promise<Row> =>
    (await owner.query(`select * from ${table} where id = $1`, [id]))[0] ?? {}
  const topUp = (id: string = newId(), amount = '25.00', more: object = {}) =>
    ask('POST', '/billing/topups', { id, gateway: 'stripe', amount, ...more })
  return {
    ...{ accountId, ask, row, topUp },
    /** A top-up whose page is open, with the gateway's name for it. */
    async open(amount = '25.00', more: object = {}) {
      const { status, json } = await topUp(newId(), amount, more)
      if (status !== 200) throw new Error(`top-up: ${status} ${JSON.stringify(json)}`)
      const { id } = Seen.parse(json)
      return { id, ref: String((await row('topup', id))['ref']) }
    },
    /** Pays on the hosted page; the payment's name. */
    async pays(ref: string, card = 'ok'): Promise<string> {
      // A bank that asks is told yes.
      await control('POST', `/sessions/${ref}/pay`, { card, bank: 'yes' })
      return String((await rowsOf('sessions', `?id=${ref}`))[0]?.['payment_intent'])
    },
    look: async (id: string) => Seen.parse((await ask('POST', `/billing/topups/${id}/look`, {})).json),
    async balance() {
      const { json } = await ask('GET', '/billing/balance')
      return Figures.parse(z.looseObject({ balance: z.unknown() }).parse(json).balance)
    },
    movements: async () =>
      Items.parse((await ask('GET', '/billing/movements')).json).items.map(({ reason, amount, paymentId, receiptUrl }) => ({
        ...{ reason, amount, paymentId: String(paymentId), receiptUrl },
      })),
    /** Its time to be looked at has come, before that of whatever other tests have left. */
    due: async (table: 'topup' | 'refund', id: string) => {
      await owner.query(`update ${table} set look_after = now() - interval '1 day' where id = $1`, [id])
    },
  }
}
