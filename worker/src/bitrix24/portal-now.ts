/** The connection of a portal as its object knows it: what people read when something does not arrive. */
import * as z from 'zod'
import { PortalNow } from '#contract/portal-health.ts'
import type { CallQueue } from './call-queue.ts'
import type { PortalStore } from './portal-store.ts'
import type { StillMissing } from './still-missing.ts'

/** Written down so rarely: who looks wants to know whether it was today. */
const NOTED_EVERY_MS = 60_000

const Facts = z.looseObject({
  license: z.optional(z.string()),
  paymentExpired: z.optional(z.boolean()),
  days: z.nullish(z.number()),
})

const instant = (at: number): string => new Date(at).toISOString()

export class PortalHealth {
  private readonly store: PortalStore
  private readonly missing: StillMissing
  private lastOk = 0
  private noted = 0

  constructor(store: PortalStore, missing: StillMissing) {
    this.store = store
    this.missing = missing
  }

  /** A call came through. */
  worked(now: number): void {
    this.lastOk = now
    if (now - this.noted < NOTED_EVERY_MS) return
    this.noted = now
    this.store.set('lastOk', now)
  }

  async now({ circuit, used, plan, waiting, resting }: ReturnType<CallQueue['state']>, now: number): Promise<PortalNow> {
    const grants = await this.store.grants()
    const renewed = Math.max(0, ...grants.map(({ refreshedAt }) => refreshedAt))
    const lastOk = this.lastOk || this.store.get('lastOk', Number)
    const facts = this.store.get('facts', (value) => Facts.parse(value))
    return {
      administrators: grants.length,
      renewedAt: renewed > 0 ? instant(renewed) : null,
      lastOkAt: lastOk ? instant(lastOk) : null,
      circuit: circuit.why !== null && circuit.until > now ? { why: circuit.why, until: instant(circuit.until) } : null,
      rate: { limit: plan.threshold, perSecond: plan.perSecond, used, waiting },
      resting: resting.map(({ method, until }) => ({ method, until: instant(until) })),
      missing: this.missing.list(),
      lacking: this.store.get('lacking', (value) => PortalNow.shape.lacking.parse(value)) ?? [],
      license: facts?.license ?? null,
      payment: facts ? { isOver: facts.paymentExpired === true, days: facts.days ?? null } : null,
    }
  }
}
