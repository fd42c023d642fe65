/** Who hears that a number stands otherwise: whoever watches it, the record of its connection, and the house. */
import { BEAT_MS } from '#contract/session-node.ts'
import type { Env } from '../../lib/env.ts'
import { problemOf } from './problem.rules.ts'
import type { SessionFacts, SessionNow } from './session-facts.ts'
import type { House } from './session-flow.ts'
import { uptimeStateOf, type SessionUptime } from './session-uptime.ts'

const WATCH_MS = 25_000

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
  private readonly watching = new Set<() => void>()

  constructor(env: Env, house: () => House, facts: SessionFacts, uptimes: SessionUptime, around: Around) {
    this.env = env
    this.house = house
    this.facts = facts
    this.uptimes = uptimes
    this.around = around
  }

  /** Resolves when something is other than at `rev`, or after a while. */
  async watch(rev: number): Promise<SessionNow> {
    if (this.facts.rev === rev) {
      const { promise, resolve } = Promise.withResolvers<void>()
      const timer = setTimeout(resolve, WATCH_MS)
      this.watching.add(resolve)
      await promise
      clearTimeout(timer)
      this.watching.delete(resolve)
    }
    return this.facts.now()
  }

  /** Something is other than it was. */
  async changed(): Promise<void> {
    this.facts.turn()
    for (const resolve of this.watching) resolve()
    this.note()
    if (this.facts.isLinked) await this.around.alarmBy(Date.now() + BEAT_MS)
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
    const about = { state: standing.state, upUntil, hasNode: this.around.hasNode() }
    const before = this.facts.problem
    const { problem, lookAgainAt } = problemOf(about, before, Date.now())
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
