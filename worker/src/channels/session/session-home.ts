/** The Session object as far as it is about where a number lives: who may run it, and how steadily it was there. */
import { LINK_CLOSE } from '#contract/session-node.ts'
import { holderOf } from './link.ts'
import { SessionBase } from './session-object.ts'
import type { SessionUptime } from './session-uptime.ts'

export abstract class SessionHome extends SessionBase {
  /** When the connection changed since then, and its last sign of life. */
  uptime(since: number): { points: ReturnType<SessionUptime['since']>; beatAt: number | null } {
    this.noteHeard()
    return { points: this.uptimes.since(since), beatAt: this.facts.lease?.heardAt ?? null }
  }

  /** Has a program of the company's own run it, or (null) our servers. Whoever runs it now gives it back first. */
  async place(nodeId: string | null): Promise<ReturnType<SessionBase['now']>> {
    const { origin, place } = this.facts
    if (!origin || place === nodeId) return this.now()
    const ran = await this.house.want(this.env, origin, place, false)
    this.facts.place = nodeId
    if (ran) await this.house.want(this.env, origin, nodeId, true)
    await this.told.changed()
    return this.now()
  }

  /** This program may speak for the number no more, at once and without a word: what it still says is heard by nobody. */
  async expel(node: string): Promise<void> {
    if (this.facts.assigned === node) this.facts.assign(null)
    for (const socket of this.ctx.getWebSockets())
      if (holderOf(socket)?.node === node) this.drop(socket, LINK_CLOSE.denied, 'expelled')
    await this.told.changed()
  }
}
