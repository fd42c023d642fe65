/**
 * The tokens of a portal. One refresh at a time for each employee whose tokens are kept, however many calls wait for it; the new
 * pair is on the disk before anybody gets it. When one administrator's die, the next one's are taken (reference/bitrix24.md §3.3).
 */
import type { Tried } from './call-queue.ts'
import type { Kept, PortalStore } from './portal-store.ts'
import type { Granted } from './rest/oauth.ts'
import type { OauthVerdict } from './rest/verdicts.ts'

export type Access =
  | { ok: true; access: string; userId: string; name: string }
  /** `dead`: nobody's tokens are worth anything any more. */
  | { ok: false; verdict: OauthVerdict; code: string }

/** What a call without a token comes to. */
export function withoutToken({ verdict, code }: Extract<Access, { ok: false }>): Extract<Tried, { ok: false }> {
  const kind = verdict === 'later' ? 'away' : verdict === 'unpaid' ? 'unpaid' : verdict === 'dead' ? 'token' : 'denied'
  return { ok: false, kind, code, text: '', operatingResetAt: null }
}

export type TokenWorld = {
  refresh: (refreshToken: string) => Promise<Granted>
  now: () => number
  sleep: (ms: number) => Promise<void>
}

const EARLY_MS = 60_000
/** An answer that was lost is asked for again with the same token. */
const PAUSES_MS = [500, 2_000]
/** A refresh token lives for 180 days: an idle portal's is renewed long before. */
const IDLE_MS = 30 * 86_400_000

export class Tokens {
  private readonly store: PortalStore
  private readonly world: TokenWorld
  private readonly flights = new Map<string, Promise<Granted>>()

  constructor(store: PortalStore, world: TokenWorld) {
    this.store = store
    this.world = world
  }

  /** A token that is good now. `stale`: the portal has just said that this one is not. */
  async access(stale: string | null = null): Promise<Access> {
    let last: Extract<Access, { ok: false }> = { ok: false, verdict: 'dead', code: 'no_tokens' }
    for (;;) {
      const [first] = await this.store.grants()
      if (!first) return last
      const isGood = first.expiresAt - this.world.now() > EARLY_MS && first.access !== stale
      if (isGood) return { ok: true, access: first.access, userId: first.userId, name: first.name }
      const renewed = await this.renew(first)
      if (renewed.ok) return { ok: true, access: renewed.grant.access, userId: first.userId, name: first.name }
      last = renewed
      if (renewed.verdict !== 'dead') return renewed
    }
  }

  /** Renews what nobody has used for a month. */
  async renewIdle(): Promise<void> {
    for (const kept of await this.store.grants()) {
      if (this.world.now() - kept.refreshedAt >= IDLE_MS) await this.renew(kept)
    }
  }

  private renew(kept: Kept): Promise<Granted> {
    const under = this.flights.get(kept.userId)
    if (under) return under
    const flight = this.fly(kept).finally(() => this.flights.delete(kept.userId))
    this.flights.set(kept.userId, flight)
    return flight
  }

  private async fly({ userId, name, refresh, access }: Kept): Promise<Granted> {
    const before = await this.find(userId)
    // Somebody renewed it between the reading and now.
    if (!before || before.access !== access) return { ok: false, verdict: 'dead', code: 'replaced' }
    let granted = await this.world.refresh(refresh)
    for (const pause of PAUSES_MS) {
      if (granted.ok || granted.verdict !== 'later') break
      await this.world.sleep(pause)
      granted = await this.world.refresh(refresh)
    }
    const now = await this.find(userId)
    // A frame brought a newer pair meanwhile: that one stays.
    if (now?.refresh !== refresh) return granted
    if (granted.ok) {
      await this.store.keep({ ...granted.grant, userId, name, refreshedAt: this.world.now() })
      await this.store.sync()
    } else if (granted.verdict === 'dead') this.store.dropGrant(userId)
    return granted
  }

  private async find(userId: string): Promise<Kept | undefined> {
    return (await this.store.grants()).find((one) => one.userId === userId)
  }
}
