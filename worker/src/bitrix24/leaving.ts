/** A portal that took us out, and may take us in again before we have come to it. */
import { databaseOf } from '../lib/sql.ts'
import type { Env } from '../lib/env.ts'
import type { PortalStore } from './portal-store.ts'
import { leaves } from './portals.store.ts'

export class Leaving {
  private readonly env: Env
  private readonly store: PortalStore
  private under: Promise<void> = Promise.resolve()

  constructor(env: Env, store: PortalStore) {
    this.env = env
    this.store = store
  }

  /** Somebody installs or opens us. Whoever comes while we leave begins anew: what they bring would be forgotten with the rest. */
  async comesBack(now: number): Promise<void> {
    await this.under
    this.store.set('arrived', now)
  }

  /**
   * Uninstalled: what opens the portal goes at once, everything else when the database knows. `toldAt`: when the portal said so; what
   * it said before somebody came is over, however late we come to it. Throws when the database is away.
   */
  async leave(portalId: string | null, isClean: boolean, toldAt: number): Promise<void> {
    if ((this.store.get('arrived', Number) ?? 0) > toldAt) return
    const leaving = this.forget(portalId, isClean)
    this.under = leaving.catch(() => undefined)
    return leaving
  }

  private async forget(portalId: string | null, isClean: boolean): Promise<void> {
    this.store.dropGrants()
    if (portalId) await leaves(databaseOf(this.env), portalId, isClean)
    await this.store.forgetAll()
  }
}
