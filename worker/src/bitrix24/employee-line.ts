/** When a portal's employees are read: whenever somebody asks, soon after somebody was hired, and every hour once they were ever asked for. */
import type { PeopleNews } from './employees-keep.ts'
import { refusalOf } from './open-lines.ts'
import type { PortalStore } from './portal-store.ts'

/** No event tells of a dismissal. */
const EVERY_MS = 3_600_000
/** Whoever is hired with others is read with them. */
const SOON_MS = 2_000
const RETRY_MS = 300_000

type World = { keep: () => Promise<PeopleNews>; now: () => number; wakeBy: (at: number) => Promise<void> }

export class EmployeeLine {
  private reading: Promise<PeopleNews> | null = null
  private readonly store: PortalStore
  private readonly world: World

  constructor(store: PortalStore, world: World) {
    this.store = store
    this.world = world
  }

  /** Now, once for all who ask at the same time. */
  async read(): Promise<PeopleNews> {
    await this.dueIn(EVERY_MS)
    this.reading ??= this.world.keep().finally(() => (this.reading = null))
    return this.reading
  }

  async soon(): Promise<null> {
    await this.dueIn(SOON_MS)
    return null
  }

  /** What the alarm does. */
  async whenDue(): Promise<void> {
    const due = this.store.get('people_due', Number)
    if (due === null) return
    if (this.world.now() < due) return this.world.wakeBy(due)
    const news = await this.read()
    if (!news.ok && refusalOf(news).code === 'portal_away') await this.dueIn(RETRY_MS)
  }

  private async dueIn(ms: number): Promise<void> {
    const due = this.world.now() + ms
    this.store.set('people_due', due)
    await this.world.wakeBy(due)
  }
}
