/** Periods of subscriptions, and what is left of them. */
import type { Every } from '../model.ts'
import { DAY } from '../service.ts'

/** `count` intervals after an instant: the 31st becomes the last day of a shorter month, and the 31st again after it. */
export function later(second: number, { interval, interval_count }: Every, count: number): number {
  const steps = interval_count * count
  if (interval === 'day') return second + steps * DAY
  if (interval === 'week') return second + steps * 7 * DAY
  const from = new Date(second * 1000)
  const month = from.getUTCMonth() + steps * (interval === 'year' ? 12 : 1)
  const lastDay = new Date(Date.UTC(from.getUTCFullYear(), month + 1, 0)).getUTCDate()
  const day = Math.min(from.getUTCDate(), lastDay)
  const midnight = Date.UTC(from.getUTCFullYear(), month, day) / 1000
  return midnight + (second % DAY)
}

/** When the period that runs at `now` ends, counted from the anchor. */
export function periodEnd(anchor: number, every: Every, now: number): number {
  let count = 1
  while (later(anchor, every, count) <= now) count += 1
  return later(anchor, every, count)
}

/** The part of an amount that belongs to the rest of a period, in whole minor units. */
export function partLeft(amount: number, { start, end }: { start: number; end: number }, at: number): number {
  if (end <= start) return 0
  return Math.round((amount * (end - Math.min(Math.max(at, start), end))) / (end - start))
}
