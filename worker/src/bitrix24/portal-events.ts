/** What a Portal object does about what its portal tells: of conversations, of the application itself, and what it never told. */
import { scaled, type Env } from '../lib/env.ts'
import { errorText, log } from '../lib/log.ts'
import { databaseOf } from '../lib/sql.ts'
import type { Called, Wanted } from './call-queue.ts'
import { EventLine } from './event-line.ts'
import { entriesOf, keptIn } from './incoming/entries.ts'
import { hear } from './incoming/hear.ts'
import { sweep } from './incoming/sweep.ts'
import { actOn, type Hands } from './life.ts'
import type { KeptEvent, PortalStore } from './portal-store.ts'
import * as store from './portals.store.ts'
import type { PortalName } from './surroundings.ts'

const SWEEP_MS = 300_000

export type EventsWorld = {
  env: Env
  store: PortalStore
  hands: Hands
  origin: () => (PortalName & { portalId: string | null }) | null
  call: (wanted: Wanted) => Promise<Called>
  wakeBy: (at: number) => Promise<void>
  delayed: (event: string, error: unknown) => Promise<void>
}

export class PortalEvents {
  private readonly world: EventsWorld
  private readonly line: EventLine

  constructor(world: EventsWorld) {
    this.world = world
    const act = (event: KeptEvent) => this.act(event)
    this.line = new EventLine(world.store, { act, now: () => Date.now(), wakeBy: world.wakeBy })
  }

  /** Stores an event that has proved where it comes from; what came before is left out. */
  async keep(event: { key: string; name: string; body: string }): Promise<void> {
    for (const one of await entriesOf(event)) await this.world.store.addEvent(one, Date.now())
  }

  /** Acts on everything that may be acted on now. */
  async run(): Promise<void> {
    await this.line.run().catch((error: unknown) => this.world.delayed('portal_event_delayed', error))
  }

  private async act(event: KeptEvent): Promise<void> {
    const { env, call, hands } = this.world
    const origin = this.world.origin()
    if (!origin) return
    const { portalId } = origin
    const kept = keptIn(event)
    if (kept) {
      if (portalId) await hear(env, { portalId, call, aside: (work) => this.aside(work) }, kept)
      return
    }
    if (portalId) await store.heard(databaseOf(env), portalId, event.name, new Date(event.at))
    await actOn(hands, env, origin, event)
  }

  /** What nobody waits for: the next word of the conversation does not either. */
  private aside(work: Promise<void>): void {
    void work.catch((error: unknown) => log('warn', { event: 'portal_aside_failed', error: errorText(error) }))
  }

  /** Looks for what no event told; where a conversation goes on, again in a while. */
  async sweep(): Promise<void> {
    const { env, call, store: kept, wakeBy, delayed } = this.world
    const portalId = this.world.origin()?.portalId
    const everyMs = scaled(env, SWEEP_MS)
    if (!portalId) return
    // The alarm that this one took the place of was meant for the next look.
    const dueAt = (kept.get('swept', Number) ?? 0) + everyMs
    if (Date.now() < dueAt) return wakeBy(dueAt)
    kept.set('swept', Date.now())
    try {
      const { found, goesOn } = await sweep(env, { portalId, call }, Date.now())
      for (const one of found) await kept.addEvent(one, Date.now())
      if (found.length > 0) await this.run()
      if (goesOn) await wakeBy(Date.now() + everyMs)
    } catch (error) {
      await delayed('portal_not_swept', error)
    }
  }
}
