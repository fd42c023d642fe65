/** Dates, times and sizes as this person reads them: the language chosen, the country and time zone of the account. */
import { session } from '../api/session.ts'
import { language, t } from './first.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

type Setting = { locale: string; timeZone: string | undefined }

function setting(): Setting {
  const now = session()
  const me = now.state === 'in' ? now.me : null
  const country = me?.account.country ?? (language() === 'pt' ? 'BR' : 'EC')
  return { locale: `${language()}-${country}`, timeZone: me?.account.timeZone }
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Making a format costs more than using it a thousand times. */
function format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const { locale, timeZone } = setting()
  const key = JSON.stringify([locale, timeZone, options])
  let made = formats.get(key)
  if (!made) {
    made = new Intl.DateTimeFormat(locale, { ...options, ...(timeZone ? { timeZone } : {}), hourCycle: 'h23' })
    formats.set(key, made)
  }
  return made
}

/** `10:12` */
export function clockTime(at: string): string {
  return format({ hour: '2-digit', minute: '2-digit' }).format(new Date(at))
}

/** Year, month and day where the account lives, as a key: equal for two instants of one day. */
export function dayKey(at: string | number): string {
  return format({ year: 'numeric', month: '2-digit', day: '2-digit' }).format(new Date(at))
}

/** `hoy`, `ayer`, `lunes 17 de noviembre`, and the year when it is another one. */
export function dayName(at: string, now: number): string {
  const key = dayKey(at)
  if (key === dayKey(now)) return t().time.today
  if (key === dayKey(now - DAY_MS)) return t().time.yesterday
  const date = new Date(at)
  const isThisYear = date.getUTCFullYear() === new Date(now).getUTCFullYear()
  return format({ weekday: 'long', day: 'numeric', month: 'long', ...(isThisYear ? {} : { year: 'numeric' }) }).format(date)
}

/** The shortest that says when: `10:12`, `ayer`, `lun 17`, `17 nov`, `17/11/25`. */
export function shortWhen(at: string, now: number): string {
  const key = dayKey(at)
  if (key === dayKey(now)) return clockTime(at)
  if (key === dayKey(now - DAY_MS)) return t().time.yesterday
  const date = new Date(at)
  const age = now - date.getTime()
  if (age < 6 * DAY_MS) return format({ weekday: 'short', day: 'numeric' }).format(date)
  if (age < 300 * DAY_MS) return format({ day: 'numeric', month: 'short' }).format(date)
  return format({ day: '2-digit', month: '2-digit', year: '2-digit' }).format(date)
}

/** `20 nov 2026`: a day of the calendar, wherever one is. */
export function calendarDay(day: string): string {
  const ofDay = new Intl.DateTimeFormat(setting().locale, { dateStyle: 'medium', timeZone: 'UTC' })
  return ofDay.format(new Date(`${day}T00:00:00Z`))
}

/** Today's day where the account lives, as `2026-11-21`. */
export function today(): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: setting().timeZone }).format(new Date())
}

/** `20 nov 2026, 10:12` */
export function dayTime(at: string): string {
  return format({ day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' }).format(new Date(at))
}

/** `20 nov 2026, 10:12:07` */
export function exactTime(at: string): string {
  return format({
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).format(new Date(at))
}

/** `10:12:07.123`: for the hops of a trace, which may lie milliseconds apart. */
export function preciseTime(at: string): string {
  return format({ hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3 }).format(new Date(at))
}

/** `hace 42 min` */
export function ago(at: string | number, now: number): string {
  const age = Math.max(0, now - new Date(at).getTime())
  const { time } = t()
  if (age < MINUTE_MS) return time.now
  if (age < HOUR_MS) return time.minutes(Math.floor(age / MINUTE_MS))
  if (age < DAY_MS) return time.hours(Math.floor(age / HOUR_MS))
  return time.days(Math.floor(age / DAY_MS))
}

/** `184 KB`; sizes as people know them, of 1,000. */
export function fileSize(bytes: number): string {
  const [value, unit] = bytes < 1_000_000 ? [Math.max(1, Math.round(bytes / 1_000)), 'KB'] : [bytes / 1_000_000, 'MB']
  return `${new Intl.NumberFormat(setting().locale, { maximumFractionDigits: 1 }).format(value)} ${unit}`
}

/** `0:18` */
export function duration(seconds: number): string {
  const whole = Number.isFinite(seconds) ? Math.max(0, Math.round(seconds)) : 0
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}

/** `+593 98 765 4321`: digits in the groups in which people say them. */
export function phoneNumber(digits: string): string {
  const plain = digits.replace(/\D/g, '')
  const code = ['593', '51', '57', '56', '54', '55', '52', '1'].find((prefix) => plain.startsWith(prefix)) ?? ''
  const rest = plain.slice(code.length)
  const groups =
    rest.length === 9 && code === '593'
      ? [2, 3, 4]
      : rest.length === 9
        ? [3, 3, 3]
        : rest.length === 10
          ? [3, 3, 4]
          : rest.length === 11
            ? [2, 5, 4]
            : [rest.length]
  const parts: string[] = []
  let from = 0
  for (const size of groups) {
    parts.push(rest.slice(from, from + size))
    from += size
  }
  return `+${[code, ...parts].filter(Boolean).join(' ')}`
}

/** How long somebody waited, in the two largest units: `45 s`, `3 min`, `1 h 20 min`, `2 d 3 h`. The same in our languages. */
export function waitText(seconds: number): string {
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  const minutes = Math.round(whole / 60)
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`
  return hours % 24 === 0 ? `${hours / 24} d` : `${Math.floor(hours / 24)} d ${hours % 24} h`
}

/** `$ 12,34`: an amount in its own currency, as the reader writes it. `most`: digits after the comma, where coins are too coarse. */
export function money(amount: number, currency: string, most?: number): string {
  return new Intl.NumberFormat(setting().locale, { style: 'currency', currency, maximumFractionDigits: most }).format(amount)
}

/** An amount as this person types it, for the field where it stands: with their comma or point. */
export function asTyped(amount: string): string {
  const parts = new Intl.NumberFormat(setting().locale).formatToParts(0.5)
  return amount.replace('.', parts.find(({ type }) => type === 'decimal')?.value ?? '.')
}
