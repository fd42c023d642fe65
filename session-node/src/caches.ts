/**
 * What the library remembers for a while about devices, retries and calls. It outlives the socket (a number that reconnects
 * would otherwise rebuild every session: reference/baileys.md §10.1) and never grows without bound.
 */
import type { SocketConfig } from 'baileys'

type Cache = NonNullable<SocketConfig['userDevicesCache']>

export type Caches = Required<
  Pick<SocketConfig, 'userDevicesCache' | 'msgRetryCounterCache' | 'callOfferCache' | 'placeholderResendCache'>
>

const AN_HOUR_MS = 3600_000

/** One set for each number. */
export function makeCaches(now: () => number = Date.now): Caches {
  return {
    userDevicesCache: makeCache(2_000, 24 * AN_HOUR_MS, now),
    msgRetryCounterCache: makeCache(2_000, AN_HOUR_MS, now),
    callOfferCache: makeCache(200, AN_HOUR_MS / 6, now),
    placeholderResendCache: makeCache(500, AN_HOUR_MS, now),
  }
}

/** At most `most` values, each for at most `lastsMs`; the one that was written longest ago goes first. */
export function makeCache(most: number, lastsMs: number, now: () => number): Cache {
  const values = new Map<string, { value: unknown; until: number }>()
  return {
    get<T>(key: string): T | undefined {
      const found = values.get(key)
      if (!found) return undefined
      if (found.until > now() && isKept<T>(found.value)) return found.value
      values.delete(key)
      return undefined
    },
    set(key, value) {
      values.delete(key)
      values.set(key, { value, until: now() + lastsMs })
      const [oldest] = values.size > most ? values.keys() : []
      if (oldest !== undefined) values.delete(oldest)
    },
    del: (key) => void values.delete(key),
    flushAll: () => values.clear(),
  }
}

/** What the library put in is what it takes out. */
function isKept<T>(value: unknown): value is T {
  return value !== undefined
}
