/** Webhooks: each event to each address that wants it, again and again until somebody takes it. */
import { randomUUID } from 'node:crypto'
import { makeId, isoOf } from '../ground.ts'
import type { Ground } from '../ground.ts'
import type { Delivery, Happening, Webhook } from '../model.ts'
import { headersOf } from './sign.ts'

/** Pauses between tries, in milliseconds; the last one stays. Life takes three days over it. */
const PAUSES_MS = [200, 400, 800, 1500, 3000, 5000]
const MOST_TRIES = 25
const PATIENCE_MS = 10_000

export type Teller = ReturnType<typeof makeTeller>
export type News = { app: string; type: string; resourceType: string; version: '1.0' | '2.0'; summary: string; resource: object }

export function makeTeller(pp: Ground) {
  const under = new Map<string, Promise<void>>()
  const early = new Set<Promise<void>>()

  async function post(delivery: Delivery, happening: Happening, webhook: Webhook): Promise<number> {
    const time = isoOf(pp.sim.now())
    const letter = { transmissionId: delivery.id, time, webhookId: webhook.id, text: happening.text }
    try {
      const response = await fetch(new URL(webhook.url, pp.sim.appOrigin), {
        ...{ method: 'POST', body: happening.text, headers: headersOf(pp, letter), redirect: 'manual' },
        signal: AbortSignal.timeout(PATIENCE_MS),
      })
      await response.body?.cancel()
      return response.status
    } catch {
      return 0
    }
  }

  async function attempt(id: string): Promise<void> {
    const delivery = pp.deliveries.get(id)
    const happening = pp.happenings.get(delivery?.happening ?? '')
    const webhook = pp.webhooks.get(delivery?.webhook ?? '')
    if (!delivery || !happening || !webhook || delivery.state !== 'waiting') return
    const status = await post(delivery, happening, webhook)
    const attempts = delivery.attempts + 1
    const isTaken = status >= 200 && status < 300
    const state = isTaken ? 'taken' : attempts < MOST_TRIES ? 'waiting' : 'lost'
    pp.deliveries.change(id, { attempts, lastStatus: status, state })
    if (state === 'waiting') later(id, PAUSES_MS[Math.min(attempts, PAUSES_MS.length) - 1] ?? 0)
  }

  /** One attempt at a time: a flush and a pause that ends must not both send. */
  function start(id: string): Promise<void> {
    const running = under.get(id) ?? attempt(id).catch((error: unknown) => console.error('paypal: webhook', error))
    under.set(id, running)
    void running.then(() => under.delete(id))
    return running
  }

  function later(id: string, ms: number): void {
    pp.sim.after(ms, () => void start(id))
  }

  function send(happening: Happening, webhook: Webhook): void {
    const { app } = happening
    const bad = pp.mischief.judge({ where: 'hooks', app, what: happening.type, text: happening.text })
    const state = bad?.lose ? 'lost' : bad?.hold ? 'held' : 'waiting'
    for (const _ of bad?.twice ? [1, 2] : [1]) {
      const row: Delivery = {
        id: randomUUID(),
        app,
        happening: happening.id,
        webhook: webhook.id,
        attempts: 0,
        lastStatus: null,
        state,
      }
      pp.deliveries.put(row)
      if (state !== 'waiting') continue
      if (bad?.before) {
        const running = start(row.id)
        early.add(running)
        void running.then(() => early.delete(running))
      } else later(row.id, bad?.slowMs ?? 0)
    }
  }

  const wanted = ({ app, type }: Happening) =>
    pp.webhooks.all().filter((one) => one.app === app && one.types.some((each) => each === '*' || each === type))

  return {
    tell({ app, type, resourceType, version, summary, resource }: News): void {
      // No two at one instant: pages of the list end at a time.
      const before = pp.happenings.all().findLast((one) => one.app === app)?.at ?? 0
      const [id, at] = [`WH-${makeId(17)}-${makeId(17)}`, Math.max(pp.now(app), before + 1)]
      const event = {
        ...{
          id,
          event_version: '1.0',
          create_time: new Date(at).toISOString(),
          resource_type: resourceType,
          resource_version: version,
        },
        ...{ event_type: type, summary, resource, links: linksOf(pp, id) },
      }
      const happening = pp.happenings.put({ id, app, type, at, resourceType, text: JSON.stringify(event) })
      for (const webhook of wanted(happening)) send(happening, webhook)
    },
    /** The same event once more, as by hand. */
    again(happening: Happening, webhookIds: readonly string[]): void {
      for (const webhook of wanted(happening).filter((one) => webhookIds.length === 0 || webhookIds.includes(one.id)))
        send(happening, webhook)
    },
    /** Lets what was held back go; everything that waits is tried now. Resolves when no attempt is under way. */
    async flush(app: string | null): Promise<void> {
      const mine = pp.deliveries.all().filter((one) => app === null || one.app === app)
      for (const { id } of mine.filter(({ state }) => state === 'held')) pp.deliveries.change(id, { state: 'waiting' })
      await this.quiet()
      await Promise.all(mine.filter(({ id }) => pp.deliveries.get(id)?.state === 'waiting').map(({ id }) => start(id)))
    },
    /** Resolves when no attempt is under way. */
    async quiet(): Promise<void> {
      while (under.size > 0) await Promise.all(under.values())
    },
    /** Events that must be there before the answer is. */
    async early(): Promise<void> {
      while (early.size > 0) await Promise.all(early)
    },
    /** After a restart: what nobody took yet. */
    resume(): void {
      for (const { id, state } of pp.deliveries.all()) if (state === 'waiting') later(id, 0)
    },
  }
}

export function linksOf(pp: Ground, id: string): object[] {
  const href = `${pp.origin()}/v1/notifications/webhooks-events/${id}`
  return [
    { href, rel: 'self', method: 'GET' },
    { href: `${href}/resend`, rel: 'resend', method: 'POST' },
  ]
}
