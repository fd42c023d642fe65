import { createSignal } from 'solid-js'

/** Phones with a wrong clock are common: below this, a difference is only the way of the answer. */
const TOLERATED_MS = 5_000

let skewMs = 0

/** Learns the server's time from the `date` header of an answer. */
export function noteServerTime(date: string | null): void {
  const server = date ? Date.parse(date) : Number.NaN
  if (Number.isNaN(server)) return
  const difference = server - Date.now()
  skewMs = Math.abs(difference) > TOLERATED_MS ? difference : 0
}

/** Milliseconds since 1970 by the server's clock. */
export function serverNow(): number {
  return Date.now() + skewMs
}

const [minute, setMinute] = createSignal(Date.now())

/** The time, as a signal that moves on the minute and when the app comes back to the front. */
export const minuteNow = minute

/** Starts the minute signal; returns how to stop it. */
export function startClock(): () => void {
  let timer: ReturnType<typeof setTimeout>
  const tick = () => {
    setMinute(serverNow())
    clearTimeout(timer)
    timer = setTimeout(tick, 60_000 - (serverNow() % 60_000) + 20)
  }
  const onVisible = () => document.visibilityState === 'visible' && tick()
  document.addEventListener('visibilitychange', onVisible)
  tick()
  return () => {
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', onVisible)
  }
}
