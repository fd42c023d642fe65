/**
 * The line of a portal's events that are not acted on yet. What happens in one conversation is acted on in order; a conversation that
 * has to wait, for a file or for us, keeps no other one waiting.
 */
import { errorText, log } from '../lib/log.ts'
import type { KeptEvent, Picked, PortalStore } from './portal-store.ts'

export type LineWorld = {
  /** Acts on one event. Throws when it should be tried again. */
  act: (event: KeptEvent) => Promise<void>
  now: () => number
  wakeBy: (at: number) => Promise<void>
}

const AT_ONCE = 8
/** An event that is being acted on is looked at again then, should we have died. */
const SAFETY_MS = 15_000
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

  /**
   * Acts on everything that may be acted on now, beside what is being acted on already: an event that comes while another one takes
   * long finds a hand of its own. Never throws for one event's sake.
   */
  async run(): Promise<void> {
    const flights: Promise<void>[] = []
    for (let next = this.next(); next; next = this.next()) flights.push(this.follow(next))
    // Whoever is at work may die at it.
    if (this.busy.size > 0) await this.world.wakeBy(this.world.now() + SAFETY_MS)
    await Promise.all(flights)
    const wake = this.store.nextTry(this.world.now())
    if (wake !== null) await this.world.wakeBy(wake)
  }

  /** Takes the next event that nothing holds back, if there is a hand for it. */
  private next(): Picked | null {
    if (this.busy.size >= AT_ONCE) return null
    const next = this.store.pickEvent([...this.busy], this.world.now())
    if (next) this.busy.add(next.lane)
    return next
  }

  /** Acts on it, and then on what waited for a hand. */
  private async follow(first: Picked): Promise<void> {
    for (let next: Picked | null = first; next; next = this.next()) await this.one(next)
  }

  private async one(next: Picked): Promise<void> {
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
