/** Stripe's clock: it runs with the real one, can be put forward, and what falls due meanwhile happens in its order. */
import type { Sim } from '../sim.ts'
import type { Task } from './model.ts'
import type { Tables } from './service.ts'

/** A timer may not be set further ahead than this; and a clock may have been moved. */
const LOOK_AGAIN_MS = 3_600_000

export type Clock = {
  now(): number
  schedule(kind: string, ref: string, at: number): void
  unschedule(kind: string, ref: string): void
  /** Puts the clock forward to this second; runs what falls due. */
  moveTo(second: number): void
  /** Runs what is due, and wakes up for what comes next. */
  wake(): void
}

/** `run` does a task; what it schedules may fall due within the same move. */
export function makeClock(sim: Sim, tables: Tables, run: (task: Task) => void): Clock {
  let at: number | null = null
  let alarm = Number.POSITIVE_INFINITY
  const real = () => Math.floor(sim.now() / 1000)
  const now = () => at ?? real() + (tables.clock.get('clock')?.ahead ?? 0)
  const next = (): Task | undefined =>
    tables.tasks.all().reduce<Task | undefined>((best, task) => (best && best.at <= task.at ? best : task), undefined)

  const runUntil = (second: number): void => {
    for (let task = next(); task && task.at <= second; task = next()) {
      tables.tasks.drop(task.id)
      at = Math.max(task.at, now())
      run(task)
    }
    at = null
  }
  const setAlarm = (): void => {
    const task = next()
    if (!task || at !== null) return
    const ms = Math.min(Math.max((task.at - now()) * 1000, 0), LOOK_AGAIN_MS)
    const wakeAt = sim.now() + ms
    if (wakeAt >= alarm) return
    alarm = wakeAt
    sim.after(ms, () => {
      alarm = Number.POSITIVE_INFINITY
      wake()
    })
  }
  const wake = (): void => {
    runUntil(now())
    setAlarm()
  }
  return {
    now,
    wake,
    schedule(kind, ref, second) {
      tables.tasks.put({ id: `${kind} ${ref}`, kind, ref, at: second })
      setAlarm()
    },
    unschedule: (kind, ref) => tables.tasks.drop(`${kind} ${ref}`),
    moveTo(second) {
      runUntil(second)
      tables.clock.put({ id: 'clock', ahead: Math.max(second, now()) - real() })
      setAlarm()
    },
  }
}
