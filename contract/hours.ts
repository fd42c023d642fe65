/**
 * When a number is attended: the same rules on the phone (preview) and at the edge (out-of-hours text). Pure: the
 * instant comes as an argument; time zones and their summer times come from Intl.
 */
import { isDate, weekDayOf, dayAfter, holidaysOf, type Country } from './holidays.ts'

/** From and to, in minutes of the day that it begins on. A `to` beyond 1440 is on the next day: 22:00 to 02:00 is [1320, 1560]. */
export type Range = readonly [from: number, to: number]

export type Hours = {
  timeZone: string
  /** Seven days, Monday first. */
  week: readonly (readonly Range[])[]
  /** Whose public holidays are closed; null: nobody's. */
  holidays: Country | null
  /** Names of holidays (holidays.ts) on which it is open all the same. */
  worked: readonly string[]
  /** Dates with ranges of their own, `[]` for closed: stronger than holiday and week. */
  exceptions: Readonly<Record<string, readonly Range[]>>
}

export const DAY_MINUTES = 1440
/** A range may run into the next day, not beyond it. */
export const RANGE_END_MAX = 2 * DAY_MINUTES
const ALL_DAY: readonly Range[] = [[0, DAY_MINUTES]]

/** A number that nobody has given hours. */
export const ALWAYS: Pick<Hours, 'week' | 'holidays' | 'worked' | 'exceptions'> = {
  week: Array.from({ length: 7 }, () => ALL_DAY),
  holidays: null,
  worked: [],
  exceptions: {},
}

export type Attention = {
  isOpen: boolean
  /** Milliseconds: when this began and when it ends; null when that is further away than anybody plans. */
  since: number | null
  until: number | null
}

/** How far back and ahead a change is looked for: the longest holidays that somebody takes. */
const LOOK_DAYS = 62

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit' },
    ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
  })
  formats.set(timeZone, made)
  return made
}

/** What a clock on the wall shows at an instant, as if it were UTC. */
function wallOf(timeZone: string, at: number): number {
  const part: Record<string, number> = {}
  for (const { type, value } of formatOf(timeZone).formatToParts(at)) part[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part
  return Date.UTC(year, month - 1, day, hour, minute, second)
}

/** The date on the wall at an instant. */
export function dateAt(timeZone: string, at: number): string {
  return new Date(wallOf(timeZone, at)).toISOString().slice(0, 10)
}

/**
 * The instant at which the wall shows this minute of a date. A minute that summer time skips is the moment of the
 * jump; one that comes twice is the first of the two.
 */
export function instantOf(timeZone: string, date: string, minutes: number): number {
  const wall = Date.parse(`${date}T00:00:00Z`) + minutes * 60_000
  const offset = (at: number) => wallOf(timeZone, at) - Math.floor(at / 1000) * 1000
  const before = wall - offset(wall - 24 * 3_600_000)
  const after = wall - offset(wall + 24 * 3_600_000)
  if (wallOf(timeZone, before) === wall) return before
  if (wallOf(timeZone, after) === wall) return after
  // Skipped: both miss the wall, and the jump is where the clock stands just after it.
  return firstAfter(timeZone, wall, Math.min(before, after), Math.max(before, after))
}

/** The first instant whose wall is not before `wall`, between two that enclose it. */
function firstAfter(timeZone: string, wall: number, from: number, to: number): number {
  let [low, high] = [from, to]
  while (high - low > 1000) {
    const middle = Math.floor((low + high) / 2000) * 1000
    if (wallOf(timeZone, middle) >= wall) high = middle
    else low = middle
  }
  return high
}

/** The ranges that begin on a date. */
export function rangesOn(hours: Hours, date: string): readonly Range[] {
  const own = hours.exceptions[date]
  if (own) return own
  const closed =
    hours.holidays &&
    holidaysOf(hours.holidays, Number(date.slice(0, 4))).some((day) => day.date === date && !hours.worked.includes(day.name))
  return closed ? [] : (hours.week[weekDayOf(date)] ?? [])
}

type Span = { from: number; to: number }

/** Open spans that begin on a date, as instants. */
function spansOn(hours: Hours, date: string): Span[] {
  return rangesOn(hours, date)
    .map(([from, to]) => ({ from: instantOf(hours.timeZone, date, from), to: instantOf(hours.timeZone, date, to) }))
    .filter(({ from, to }) => to > from)
}

/** Spans in order; those that touch or overlap (a night, 00:00 to 24:00 day after day) are one. */
function joined(spans: Span[]): Span[] {
  const all: Span[] = []
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    const last = all.at(-1)
    if (last && span.from <= last.to) last.to = Math.max(last.to, span.to)
    else all.push({ ...span })
  }
  return all
}

/** Whether it is open at an instant, since when, and until when. */
export function attentionAt(hours: Hours, at: number): Attention {
  if (isAlways(hours)) return { isOpen: true, since: null, until: null }
  const today = dateAt(hours.timeZone, at)
  // Two days are nearly always enough; only long holidays, and what never closes, look further.
  for (const days of [2, 8, LOOK_DAYS]) {
    const dates = Array.from({ length: 2 * days + 1 }, (_, i) => dayAfter(today, i - days))
    const [first, last] = [
      instantOf(hours.timeZone, dates[0] ?? today, DAY_MINUTES),
      instantOf(hours.timeZone, dates.at(-1) ?? today, 0),
    ]
    const spans = joined(dates.flatMap((date) => spansOn(hours, date)))
    const now = spans.find(({ from, to }) => from <= at && at < to)
    const since = now ? now.from : (spans.findLast(({ to }) => to <= at)?.to ?? null)
    const until = now ? now.to : (spans.find(({ from }) => from > at)?.from ?? null)
    // What reaches the edge of what was looked at may go on behind it.
    const isWhole = since !== null && since > first && until !== null && until < last
    if (isWhole || days === LOOK_DAYS)
      return {
        isOpen: now !== undefined,
        since: since !== null && since > first ? since : null,
        until: until !== null && until < last ? until : null,
      }
  }
  return { isOpen: true, since: null, until: null }
}

/** Open day and night, on every date: nothing to look for. */
function isAlways({ week, holidays, exceptions }: Hours): boolean {
  const isAllDay = (day: readonly Range[]) => day.length === 1 && day[0]?.[0] === 0 && day[0][1] >= DAY_MINUTES
  return holidays === null && Object.keys(exceptions).length === 0 && week.length === 7 && week.every(isAllDay)
}

/** What is wrong with hours that somebody has typed; null when nothing is. The code is a key of the app's words. */
export function hoursProblem(hours: Hours): 'time_zone_unknown' | 'hours_invalid' | null {
  try {
    formatOf(hours.timeZone)
  } catch {
    return 'time_zone_unknown'
  }
  const days = [...hours.week, ...Object.values(hours.exceptions)]
  if (hours.week.length !== 7 || !Object.keys(hours.exceptions).every(isDate) || !days.every(isDayValid)) return 'hours_invalid'
  return null
}

/** Ranges of a day: each ends after it begins, and none begins before the one above it has ended. */
export function isDayValid(ranges: readonly Range[]): boolean {
  return ranges.every(
    ([from, to], i) =>
      from >= 0 &&
      from < DAY_MINUTES &&
      to > from &&
      to <= RANGE_END_MAX &&
      to - from <= DAY_MINUTES &&
      (ranges[i - 1]?.[1] ?? 0) <= from,
  )
}

/** `"08:30"` as minutes; null when it is no time of a day. */
export function minutesOf(time: string): number | null {
  const found = /^(\d{2}):(\d{2})$/.exec(time)
  if (!found) return null
  const [hour, minute] = [Number(found[1]), Number(found[2])]
  return hour < 24 && minute < 60 ? hour * 60 + minute : null
}

/** Minutes as a clock shows them: 1560 is `"02:00"`, of the next day. */
export function timeOf(minutes: number): string {
  const day = minutes % DAY_MINUTES
  return `${String(Math.floor(day / 60)).padStart(2, '0')}:${String(day % 60).padStart(2, '0')}`
}

/** A range from two clocks: one that does not end after it begins ends on the next day. */
export function rangeOf(from: number, to: number): Range {
  return [from, to > from ? to : to + DAY_MINUTES]
}
