import { createSignal } from 'solid-js'
import { serverNow } from './server-time.ts'

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
