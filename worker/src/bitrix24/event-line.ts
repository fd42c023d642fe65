/**
 * The line of a portal's events that are not acted on yet. What happens in one conversation is acted on in order; a conversation that
 * has to wait, for a file or for us, keeps no other one waiting.
 */
import { errorText, log } from '../lib/log.ts'
import type { KeptEvent, PortalStore } from './portal-store.ts'

export type LineWorld = {
  /** Acts on one event. Throws when it should be tried again. */
  act: (event: KeptEvent) => Promise<void>
  now: () => number
  wakeBy: (at: number) => Promise<void>
}

const AT_ONCE = 8
/** Waits before another try; while the database is away, the last one again and again. */
const AGAIN_MS = [1_000, 3_000, 10_000, 15_000] as const

export class EventLine {
  private readonly store: PortalStore
  private readonly world: LineWorld
  private readonly busy = new Set<string>()

  constructor(store: PortalStore, world: LineWorld) {
    this.store = store
    this.world = world
  }

  /** Acts on everything that may be acted on now. Never throws for one event's sake. */
  async run(): Promise<void> {
    await Promise.all(Array.from({ length: AT_ONCE }, () => this.work()))
    const wake = this.store.nextTry()
    if (wake !== null) await this.world.wakeBy(wake)
  }

  private async work(): Promise<void> {
    for (;;) {
      const next = this.store.pickEvent([...this.busy], this.world.now())
      if (!next) return
      this.busy.add(next.lane)
      try {
        await this.world.act(await this.store.openEvent(next))
        this.store.eventDone(next.n, this.world.now())
      } catch (error) {
        log('warn', { event: 'portal_event_delayed', code: next.name, attempts: next.tries + 1, error: errorText(error) })
        const wait = AGAIN_MS[Math.min(next.tries, AGAIN_MS.length - 1)] ?? 0
        this.store.postpone(next.n, this.world.now() + wait)
      } finally {
        this.busy.delete(next.lane)
      }
    }
  }
}
