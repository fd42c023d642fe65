/** The Session object beyond its line: who may run the number, how steadily it was there, what is asked of its phone. */
import { LINK_CLOSE, type KeyRow, type Plan } from '#contract/session-node.ts'
import { holderOf, type Answer } from './link.ts'
import type { PastPlan } from './past-store.ts'
import type { Me } from './session-facts.ts'
import { SessionBase } from './session-object.ts'
import type { KeysMark } from './session-store.ts'
import type { SessionUptime } from './session-uptime.ts'

const LINKING_MS = 600_000

/** What one needs to be this number, and which state of it that is. */
export type NumberKeys = { me: Me; mark: KeysMark; rows: KeyRow[] }

export abstract class SessionHome extends SessionBase {
  /** When the connection changed since then, and its last sign of life. */
  uptime(since: number): { points: ReturnType<SessionUptime['since']>; beatAt: number | null } {
    this.noteHeard()
    return { points: this.uptimes.since(since), beatAt: this.facts.lease?.heardAt ?? null }
  }

  /** Shows a QR, or asks for a pairing code: an earlier link that is over is forgotten first. */
  link(plan: Extract<Plan, { do: 'link' }>): Promise<ReturnType<SessionBase['now']>> {
    return this.inLine(async () => {
      const { origin } = this.facts
      if (!origin || this.facts.isLinked) return this.now()
      this.facts.plan(plan)
      await this.stand({ state: 'linking' })
      await this.house.want(this.env, origin, this.facts.place, true)
      // One that is finishing an ended link begins no other: it is given to a node anew.
      if (this.facts.isRun(this.facts.epoch)) this.tellNode({ t: 'plan', plan })
      return this.now()
    })
  }

  /** Tries again now, whatever it waited for. */
  reconnect(): Promise<ReturnType<SessionBase['now']>> {
    return this.inLine(async () => {
      const { origin } = this.facts
      if (!origin || !this.facts.isLinked) return this.now()
      await this.house.want(this.env, origin, this.facts.place, true)
      this.tellNode({ t: 'plan', plan: { do: 'connect' } })
      return this.now()
    })
  }

  /** Ends the link at WhatsApp too, as far as it can be told, and forgets its keys. */
  logout(): Promise<ReturnType<SessionBase['now']>> {
    return this.inLine(async () => {
      if (this.facts.isLinked) await this.asked.ask(this.socket(), () => ({ do: 'logout' }), 10_000)
      await this.unlink('unlinked')
      return this.now()
    })
  }

  /** Runs no more, and keeps its keys: it was archived. */
  rest(): Promise<void> {
    return this.inLine(async () => {
      const { origin } = this.facts
      if (origin) await this.house.want(this.env, origin, this.facts.place, false)
      this.tellNode({ t: 'stop' })
    })
  }

  /** All of the number's keys as they are now; null: it is not linked. `live`: it is at work with them. */
  async keysNow(): Promise<(NumberKeys & { live: boolean }) | null> {
    const { me } = this.facts
    return me && { me, live: this.isUp(), ...(await this.store.allKeys()) }
  }

  /** Why such keys must not be put on this number now: our refusal code; null: they may. */
  refusesKeys(mark: KeysMark): 'session_is_up' | 'backup_old' | null {
    if (this.isUp()) return 'session_is_up'
    return this.store.ranSince(mark) ? 'backup_old' : null
  }

  /** Puts keys on the number and connects it. Whoever had it before is in an epoch that is over. */
  takeKeys({ me, mark, rows }: NumberKeys): Promise<ReturnType<SessionHome['refusesKeys']>> {
    return this.inLine(async () => {
      const { origin, lease } = this.facts
      const refusal = this.refusesKeys(mark)
      if (refusal !== null || !origin) return refusal
      if (lease) this.facts.own({ ...lease, epoch: lease.epoch + 1 })
      for (const socket of this.ctx.getWebSockets()) this.drop(socket, LINK_CLOSE.stale, 'other_keys')
      await this.store.replaceKeys(rows, mark)
      this.facts.unlinked()
      this.facts.linkedAs(me)
      await this.stand({ state: 'connecting' })
      await this.house.want(this.env, origin, this.facts.place, true)
      return null
    })
  }

  private isUp(): boolean {
    return this.facts.standing.state === 'open' && this.facts.hasLink
  }

  /** Has a program of the company's own run it, or (null) our servers. Whoever runs it now gives it back first. */
  place(nodeId: string | null): Promise<ReturnType<SessionBase['now']>> {
    return this.inLine(async () => {
      const { origin, place } = this.facts
      if (!origin || place === nodeId) return this.now()
      const ran = await this.house.want(this.env, origin, place, false)
      this.facts.place = nodeId
      if (ran) await this.house.want(this.env, origin, nodeId, true)
      await this.told.changed()
      return this.now()
    })
  }

  /** This program may speak for the number no more, at once and without a word: what it still says is heard by nobody. */
  async expel(node: string): Promise<void> {
    if (this.facts.assigned === node) this.facts.assign(null)
    for (const socket of this.ctx.getWebSockets())
      if (holderOf(socket)?.node === node) this.drop(socket, LINK_CLOSE.denied, 'expelled')
    await this.told.changed()
  }

  /** Begins to import the phone's history, goes on with it, or rests. */
  importPast(state: 'running' | 'paused', reach: PastPlan['reach']): ReturnType<SessionBase['now']> {
    this.past.set(state, reach, Date.now())
    return this.now()
  }

  /** Asks the phone for what may be missing since the number was linked. */
  async fillGaps(): Promise<ReturnType<SessionBase['now']>> {
    const { linkedAt } = this.facts.now()
    // What was said while it was being linked may be missing, too.
    if (linkedAt !== null) await this.past.fillGaps(linkedAt - LINKING_MS)
    return this.now()
  }

  /** Has the node put the bytes of a message's file where this object's door takes them; `id` names them there. */
  fetchBytes(waId: string): Promise<Answer & { id: string }> {
    return this.asked.bytes(this.socket(), (url) => ({ do: 'file', waId, url }))
  }

  /** Is somebody waiting for these bytes, and from a program of this owner? */
  awaits(askId: string, owner: string): boolean {
    return owner === this.facts.owner && this.asked.has(askId)
  }
}
