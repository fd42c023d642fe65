/** Latencies in milliseconds, in few words. */
export type Spread = { count: number; p50: number; p95: number; p99: number; max: number }

/** NaN everywhere when there is nothing to tell. */
export function spreadOf(samples: readonly number[]): Spread {
  const sorted = samples.toSorted((a, b) => a - b)
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
  return { count: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) }
}
