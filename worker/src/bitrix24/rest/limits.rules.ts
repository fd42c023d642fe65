/**
 * How much a portal takes (reference/bitrix24.md §4.3): a leaky bucket for everything, seconds of work for each method, and a
 * circuit that opens when Bitrix24's own people block us or nobody answers. `now` is in milliseconds, everywhere.
 */
export type Plan = { threshold: number; perSecond: number }
export const ORDINARY: Plan = { threshold: 50, perSecond: 2 }
export const ENTERPRISE: Plan = { threshold: 250, perSecond: 5 }

/** `la_ent250`, `enterprise`: the licence as app.info names it. */
export function planOf(license: string): Plan {
  return /(^|_)ent/i.test(license) ? ENTERPRISE : ORDINARY
}

export type Bucket = { level: number; at: number }

function drained({ level, at }: Bucket, plan: Plan, now: number): number {
  return Math.max(0, level - (Math.max(0, now - at) / 1_000) * plan.perSecond)
}

/** How many requests stand in the bucket. */
export const levelOf = (bucket: Bucket, plan: Plan, now: number): number => Math.ceil(drained(bucket, plan, now))

/** The portal's bucket may be shared with strangers behind the same address: a few places stay free for them. */
const SPARE = 5

/** How long until one more call fits. */
export function bucketWait(bucket: Bucket, plan: Plan, now: number): number {
  const over = drained(bucket, plan, now) + 1 - (plan.threshold - SPARE)
  return over <= 0 ? 0 : Math.ceil((over / plan.perSecond) * 1_000)
}

export function poured(bucket: Bucket, plan: Plan, now: number): Bucket {
  return { level: drained(bucket, plan, now) + 1, at: now }
}

/** The portal says that it is full, whatever we counted: somebody else fills it too. */
export function overflowed(plan: Plan, now: number): Bucket {
  return { level: plan.threshold, at: now }
}

/** Seconds of work in ten minutes, and those that are left unused: 480 and 5. */
const OPERATING_S = 480
const OPERATING_SPARE_S = 5
const METHOD_PAUSE_MS = 10_000

/** Until when a method rests, by what its last answer said; 0: it does not. */
export function methodRest(operating: number, resetAt: number | null, refused: boolean, now: number): number {
  if (!refused && operating < OPERATING_S - OPERATING_SPARE_S) return 0
  return Math.max(resetAt ?? 0, now + METHOD_PAUSE_MS)
}

export type Circuit = { failures: number; until: number; why: 'overload' | 'unreachable' | null }
export const CLOSED: Circuit = { failures: 0, until: 0, why: null }

const OVERLOAD_FIRST_MS = 5 * 60_000
const OVERLOAD_MAX_MS = 3_600_000
const UNREACHABLE_MS = [0, 2_000, 5_000, 15_000, 60_000, 300_000]

/** One more failure. A manual block is looked at rarely; a portal that is away, ever more rarely. */
export function opened({ failures }: Circuit, why: 'overload' | 'unreachable', now: number): Circuit {
  const pause =
    why === 'overload'
      ? Math.min(OVERLOAD_FIRST_MS * 2 ** failures, OVERLOAD_MAX_MS)
      : (UNREACHABLE_MS[Math.min(failures, UNREACHABLE_MS.length - 1)] ?? 0)
  return { failures: failures + 1, until: now + pause, why }
}
