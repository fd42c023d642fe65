/** What a portal has not taken of our registration, and when it is asked again: kept, since nobody remembers for us. */
import * as z from 'zod'
import type { PortalStore } from './portal-store.ts'

type Failure = { what: string; code: string }
const Failures = z.array(z.object({ what: z.string(), code: z.string() }))

const AGAIN_MS = 300_000
/** A line that took no message is looked after soon, unless that was done just now. */
const REPAIR_MS = 2_000

export class StillMissing {
  private readonly store: PortalStore
  private readonly wakeBy: (at: number) => Promise<void>

  constructor(store: PortalStore, wakeBy: (at: number) => Promise<void>) {
    this.store = store
    this.wakeBy = wakeBy
  }

  list(): Failure[] {
    return this.store.get('unregistered', (value) => Failures.parse(value)) ?? []
  }

  /** The portal was asked just now, and did not take these. */
  async asked(failures: readonly Failure[], now: number): Promise<void> {
    this.store.set('unregistered', failures.length > 0 ? failures : null)
    this.store.set('registeredAt', now)
    if (failures.length > 0) await this.wakeBy(now + AGAIN_MS)
  }

  /** Everything is to be asked again, at once. */
  async gone(failure: Failure, now: number): Promise<void> {
    this.store.set('unregistered', [failure])
    this.store.set('registeredAt', null)
    await this.wakeBy(now)
  }

  async broken(failure: Failure, now: number): Promise<void> {
    if (this.list().length === 0) this.store.set('unregistered', [failure])
    await this.wakeBy(Math.max(now + REPAIR_MS, this.dueAt()))
  }

  /** Whether it is time to ask again; if it is not yet, one is woken then. */
  async isDue(now: number): Promise<boolean> {
    if (this.list().length === 0) return false
    if (now >= this.dueAt()) return true
    await this.wakeBy(this.dueAt())
    return false
  }

  private dueAt(): number {
    return (this.store.get('registeredAt', Number) ?? 0) + AGAIN_MS
  }
}
