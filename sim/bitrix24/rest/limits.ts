/** How much a portal lets be asked: the leaky bucket per source, and the working time per method and application. */
import type { Portal } from '../portal.ts'
import { RestError } from '../service.ts'

type Bucket = { level: number; at: number }
type Baskets = Map<number, number>

const BASKET_MS = 60_000
const BASKETS = 10

export type Limits = {
  /** One more request from this source; throws when the bucket runs over. */
  pour(portal: Portal, source: string, now: number): void
  /** Throws when this method has worked too long in the last ten minutes. */
  mayWork(portal: Portal, clientId: string, method: string, now: number): void
  /** Adds the working time of a call; what `time` tells. */
  work(portal: Portal, clientId: string, method: string, now: number): { operating: number; resetAt: number }
  forget(): void
}

export function makeLimits(): Limits {
  const buckets = new Map<string, Bucket>()
  const worked = new Map<string, Baskets>()
  const basketsOf = (portal: Portal, clientId: string, method: string): Baskets => {
    const key = `${portal.id} ${clientId} ${method}`
    const baskets: Baskets = worked.get(key) ?? new Map()
    worked.set(key, baskets)
    return baskets
  }
  return {
    pour(portal, source, now) {
      const { bucketSize, bucketDrainPerS } = portal.settings()
      const key = `${portal.id} ${source}`
      const { level, at } = buckets.get(key) ?? { level: 0, at: now }
      const left = Math.max(0, level - ((now - at) / 1000) * bucketDrainPerS)
      const isFull = left + 1 > bucketSize
      buckets.set(key, { level: isFull ? left : left + 1, at: now })
      if (isFull) throw new RestError(503, 'QUERY_LIMIT_EXCEEDED', 'Too many requests')
    },
    mayWork(portal, clientId, method, now) {
      const baskets = basketsOf(portal, clientId, method)
      if (sumOf(baskets, now) < portal.settings().operatingLimitS) return
      const time = { operating: sumOf(baskets, now), operating_reset_at: resetOf(baskets, now) }
      throw new RestError(429, 'OPERATION_TIME_LIMIT', 'Method is blocked due to operation time limit.', { time })
    },
    work(portal, clientId, method, now) {
      const { operatingCostS, operatingCosts } = portal.settings()
      const baskets = basketsOf(portal, clientId, method)
      const basket = Math.floor(now / BASKET_MS)
      baskets.set(basket, (baskets.get(basket) ?? 0) + (operatingCosts[method] ?? operatingCostS))
      return { operating: sumOf(baskets, now), resetAt: resetOf(baskets, now) }
    },
    forget() {
      buckets.clear()
      worked.clear()
    },
  }
}

function sumOf(baskets: Baskets, now: number): number {
  const oldest = Math.floor(now / BASKET_MS) - BASKETS
  let sum = 0
  for (const [basket, seconds] of baskets) {
    if (basket <= oldest) baskets.delete(basket)
    else sum += seconds
  }
  return sum
}

/** When the oldest basket falls out, in seconds since 1970. */
function resetOf(baskets: Baskets, now: number): number {
  const oldest = Math.min(Math.floor(now / BASKET_MS), ...baskets.keys())
  return ((oldest + BASKETS) * BASKET_MS) / 1000
}
