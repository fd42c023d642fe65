/** Carries events to their endpoints: signed, again until they are taken, and still after a restart. */
import { createHmac } from 'node:crypto'
import type { Delivery } from '../model.ts'
import type { Stripe } from '../service.ts'

export type Postman = {
  take(delivery: Delivery, how: { reorder: boolean; before: boolean }): void
  /** What must have arrived before the API answers. */
  early(): Promise<void>
  /** Sets off what a former process left. */
  resume(): void
  /** Tries all that waits now; with `wait` until none waits, or the time is over. */
  flush(waitMs: number): Promise<number>
  /** Puts an event on its way once more. */
  again(eventId: string): number
}

/** Real milliseconds between tries; the last one stays. In life: hours, for three days. */
const PAUSES_MS = [500, 2_000, 5_000, 15_000, 60_000, 300_000]
const MAX_TRIES = 40
const TIMEOUT_MS = 20_000
/** An event that is to come late comes at the latest then, when nothing follows it. */
const OVERTAKEN_MS = 2_000

export function makePostman(s: Stripe): Postman {
  const lanes = new Map<string, Promise<void>>()
  const held = new Map<string, string[]>()
  let early: Promise<void>[] = []

  /** One after the other for an endpoint: another order is a misbehaviour, on command. */
  const inLane = (endpoint: string, id: string): Promise<void> => {
    const done = (lanes.get(endpoint) ?? Promise.resolve()).then(() => deliver(id))
    lanes.set(endpoint, done)
    return done
  }
  const release = (endpoint: string): void => {
    const late = held.get(endpoint) ?? []
    held.delete(endpoint)
    for (const id of late) void inLane(endpoint, id)
  }
  const later = ({ id, endpoint }: Delivery, ms: number): void => {
    if (ms <= 0) void inLane(endpoint, id)
    else s.sim.after(ms, () => void inLane(endpoint, id))
  }
  const deliver = async (id: string): Promise<void> => {
    const delivery = s.tables.deliveries.get(id)
    if (delivery?.state !== 'waiting') return
    const status = await post(s, delivery)
    if (s.tables.deliveries.get(id) === undefined) return
    const tries = delivery.tries + 1
    const isTaken = status >= 200 && status < 300
    const state = isTaken ? 'done' : tries >= MAX_TRIES ? 'gone' : 'waiting'
    const pause = PAUSES_MS[Math.min(tries, PAUSES_MS.length) - 1] ?? 0
    s.tables.deliveries.change(id, { state, tries, status, at: s.sim.now() + pause })
    if (state === 'waiting') s.sim.after(pause, () => void inLane(delivery.endpoint, id))
  }
  const waiting = () => s.tables.deliveries.all().filter(({ state }) => state === 'waiting')

  return {
    take(delivery, { reorder, before }) {
      const { endpoint, id, at } = delivery
      if (reorder) {
        held.set(endpoint, [...(held.get(endpoint) ?? []), id])
        s.sim.after(OVERTAKEN_MS, () => release(endpoint))
        return
      }
      const wait = at - s.sim.now()
      if (wait > 0) later(delivery, wait)
      else if (before) early.push(inLane(endpoint, id))
      // After the answer of the request that caused it.
      else setImmediate(() => void inLane(endpoint, id))
      if (held.has(endpoint)) setImmediate(() => release(endpoint))
    },
    async early() {
      const now = early
      early = []
      await Promise.all(now)
    },
    resume() {
      for (const delivery of waiting()) later(delivery, delivery.at - s.sim.now())
    },
    async flush(waitMs) {
      const end = s.sim.now() + waitMs
      for (;;) {
        for (const endpoint of [...held.keys()]) release(endpoint)
        await Promise.all(waiting().map(({ endpoint, id }) => inLane(endpoint, id)))
        const left = waiting().length
        if (left === 0 || s.sim.now() >= end) return left
        await new Promise<void>((resolve) => s.sim.after(100, resolve))
      }
    },
    again(eventId) {
      const its = s.tables.deliveries.all().filter(({ event }) => event === eventId)
      for (const { id, endpoint } of its) {
        s.tables.deliveries.change(id, { state: 'waiting', at: s.sim.now() })
        void inLane(endpoint, id)
      }
      return its.length
    },
  }
}

/** `t=…,v1=…`: the time is the real one, however Stripe's clock was moved. */
export function signatureOf(body: string, secret: string, second: number): string {
  return `t=${second},v1=${createHmac('sha256', secret).update(`${second}.${body}`).digest('hex')}`
}

async function post(s: Stripe, delivery: Delivery): Promise<number> {
  const event = s.tables.events.get(delivery.event)
  const endpoint = s.tables.endpoints.get(delivery.endpoint)
  if (!event || !endpoint) return 0
  const body = JSON.stringify(event, null, 2)
  const second = Math.floor(s.sim.now() / 1000)
  return fetch(endpoint.url, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
      'stripe-signature': signatureOf(body, s.tables.signing.get(endpoint.id)?.secret ?? '', second),
    },
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).then(
    async (response) => {
      await response.body?.cancel()
      return response.status
    },
    () => 0,
  )
}
