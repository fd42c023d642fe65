/** Days where the account lives, as instants. */

/** How far the zone's clock is ahead of UTC at that moment. */
function aheadMs(at: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000
}

/** The first instant of a day (`2026-11-21`) in the zone; null when it is no day. */
export function dayStart(day: string, timeZone: string): string | null {
  const midnight = Date.parse(`${day}T00:00:00.000Z`)
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(midnight)) return null
  // The clock may change between UTC's midnight and the zone's: the second guess is right on both sides of it.
  const guess = midnight - aheadMs(midnight, timeZone)
  return new Date(midnight - aheadMs(guess, timeZone)).toISOString()
}

/** The last millisecond of a day in the zone. */
export function dayEnd(day: string, timeZone: string): string | null {
  const first = dayStart(day, timeZone)
  if (!first) return null
  const next = new Date(Date.parse(`${day}T00:00:00.000Z`) + 86_400_000).toISOString().slice(0, 10)
  const after = dayStart(next, timeZone)
  return after && new Date(Date.parse(after) - 1).toISOString()
}
