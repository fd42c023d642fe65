/** Who hears that a number stands otherwise: whoever watches it, the record of its connection, and the house. */
import { AWAY_MS, BEAT_MS } from '#contract/session-node.ts'
import { scaled, type Env } from '../../lib/env.ts'
import { problemOf } from './problem.rules.ts'
import type { SessionFacts } from './session-facts.ts'
import type { House } from './session-flow.ts'
import { Watchers } from './watchers.ts'
import { uptimeStateOf, type SessionUptime } from './session-uptime.ts'

type Around = {
  hasNode: () => boolean
  alarmBy: (at: number) => Promise<void>
  /** Something failed and is tried again by the alarm. */
  again: (event: string, error: unknown) => Promise<void>
}

export class SessionTold {
  private readonly env: Env
  private readonly house: () => House
  private readonly facts: SessionFacts
  private readonly uptimes: SessionUptime
  private readonly around: Around
  private readonly watchers = new Watchers()

  constructor(env: Env, house: () => House, facts: SessionFacts, uptimes: SessionUptime, around: Around) {
    this.env = env
    this.house = house
    this.facts = facts
    this.uptimes = uptimes
    this.around = around
  }

  /** Resolves with the next change, or after a while without one. */
  wait(): Promise<void> {
    return this.watchers.wait()
  }

  /** Something that only people who watch are told of. */
  turned(): void {
    this.facts.turn()
    this.watchers.wake()
  }

  /** Something is other than it was. */
  async changed(): Promise<void> {
    this.turned()
    this.note()
    if (this.facts.isLinked) await this.around.alarmBy(Date.now() + scaled(this.env, BEAT_MS))
    await this.problem()
  }

  /** Without its node it stands as it does since the node was last heard. */
  note(): void {
    const { standing, hasLink, lease } = this.facts
    this.uptimes.note({ at: hasLink ? Date.now() : (lease?.heardAt ?? Date.now()), ...uptimeStateOf(standing, hasLink) })
  }

  /** Tells the house what it must know: what is wrong, once it has lasted. */
  async problem(): Promise<void> {
    const { origin, standing, upUntil } = this.facts
    if (!origin) return
    const about = { state: standing.state, code: standing.code, upUntil, hasNode: this.around.hasNode() }
    const before = this.facts.problem
    const { problem, lookAgainAt } = problemOf(about, before, Date.now(), scaled(this.env, AWAY_MS))
    if (lookAgainAt !== null) await this.around.alarmBy(lookAgainAt)
    if (problem === before) return
    try {
      await this.house().problem(this.env, origin, problem)
      this.facts.problem = problem
    } catch (error) {
      // The database is away: it is told when it is back.
      await this.around.again('session_problem_not_told', error)
    }
  }
}
