/** What goes on by itself at a Session object: what happened goes to the Chat objects, what is to be sent goes to the node. */
import type { ChannelEvent, Identities, InboundMessage } from '#contract/channel-event.ts'
import type { Standing } from '#contract/session-node.ts'
import type { Env } from '../../lib/env.ts'
import { Freshness } from '../../lib/freshness.ts'
import { newTraceId } from '../../lib/ids.ts'
import { errorText, log } from '../../lib/log.ts'
import { Pump } from '../../lib/pump.ts'
import { holderOf, tell } from './link.ts'
import type { PastHouse } from './past.ts'
import type { PhotoHouse } from './photos.ts'
import { breathe, fresh, type Breath, type Pace } from './pace.rules.ts'
import { reportedEvent } from './reported.ts'
import type { Origin, SessionFacts } from './session-facts.ts'
import type { SessionStore } from './session-store.ts'

export const RETRY_MS = 5_000
const HAND_ON = 100
const GIVE_OUT = 50

/** What the object needs of the rest of the house: the arrows go down, so they are handed in. */
export type House = PastHouse &
  PhotoHouse & {
    /** Gives events to the inbox; resolves when they are durable. */
    deliver(env: Env, origin: Origin, events: ChannelEvent[], traceId: string): Promise<void>
    /** Writes what is wrong with the number where everybody sees it, tells phones, and wakes what waited. */
    problem(env: Env, origin: Origin, code: string | null): Promise<void>
    /** Writes whose number it turned out to be; a code when it must not be linked here. */
    linked(env: Env, origin: Origin, me: NonNullable<Standing['me']>): Promise<string | null>
    /** How fast the number may send just now; null: not at all. `anew`: it has just changed, what is remembered is old. */
    pace(env: Env, origin: Origin, anew: boolean): Promise<Pace | null>
    /** It is open: what waited for it may be done now. */
    opened(env: Env, origin: Origin): Promise<void>
    /** WhatsApp does not let it write first any more. */
    froze(env: Env, origin: Origin): Promise<void>
    /** Has the number run where it belongs, or run no more; whether it ran before. `place`: the company's own program, or null. */
    want(env: Env, origin: Origin, place: string | null, isWanted: boolean): Promise<boolean>
  }

type Around = {
  /** These customers have written. */
  heardFrom: (customers: readonly Identities[]) => Promise<void>
  socket: () => WebSocket | null
  /** Something failed and is tried again by the alarm. */
  again: (event: string, error: unknown) => Promise<void>
}

export class SessionFlow {
  private readonly ctx: DurableObjectState
  private readonly env: Env
  private readonly house: () => House
  private readonly store: SessionStore
  private readonly facts: SessionFacts
  private readonly around: Around
  /** The epoch in which everything that waited was given out once. Not kept: after a rest it is given again, and the node knows it by its id. */
  private gaveIn = 0
  private readonly number = new Freshness()
  private breath: Breath | null = null
  private timer: ReturnType<typeof setTimeout> | undefined
  private readonly handing: Pump
  private readonly giving: Pump

  constructor(ctx: DurableObjectState, env: Env, house: () => House, store: SessionStore, facts: SessionFacts, around: Around) {
    this.ctx = ctx
    this.env = env
    this.house = house
    this.store = store
    this.facts = facts
    this.around = around
    this.handing = new Pump(
      () => this.handAll(),
      (error) => around.again('session_events_delayed', error),
    )
    this.giving = new Pump(
      () => this.giveAll(),
      (error) => around.again('session_orders_delayed', error),
    )
  }

  hand(): void {
    this.ctx.waitUntil(this.handing.run())
  }

  /** A link stands: what was told to the one before may never have arrived. The node knows by its id what it has. */
  linked(): void {
    this.gaveIn = 0
    this.give()
  }

  /** The line is good. Files that waited for it come now; should the database be away, they come at their own next turn. */
  opened(): void {
    this.give()
    const { origin } = this.facts
    if (!origin) return
    const woken = this.house()
      .opened(this.env, origin)
      .catch((error: unknown) => {
        log('warn', { event: 'session_files_not_woken', channel: origin.channelId, error: errorText(error) })
      })
    this.ctx.waitUntil(woken)
  }

  /** Somebody has changed the number: what this isolate remembers of it is old. */
  wake(): void {
    this.number.changed()
    this.give()
  }

  give(): void {
    this.ctx.waitUntil(this.giving.run())
  }

  /** What waits fails with the reason; what may have left is in doubt, and a person decides. */
  async giveUp(code: string): Promise<void> {
    const at = Date.now()
    await this.store.giveUp(
      (id, mayHaveLeft) => ({
        type: 'status',
        providerId: id,
        at,
        atIsExact: true,
        status: 'failed',
        error: { code: mayHaveLeft ? 'send_interrupted' : code, providerCode: 'none' },
      }),
      at,
    )
    this.hand()
  }

  /** Oldest first. */
  private async handAll(): Promise<void> {
    const { origin } = this.facts
    if (!origin) return
    for (let told = await this.store.journal(HAND_ON); told.length > 0; told = await this.store.journal(HAND_ON)) {
      const events = told.map(({ event, at }) => this.inPlace(reportedEvent(event, at), at))
      await this.house().deliver(this.env, origin, events, newTraceId())
      this.store.handedOn(told.map(({ n }) => n))
      await this.around.heardFrom(events.flatMap((event) => (isWord(event) ? [event.customer] : [])))
    }
  }

  /** In the order in which it came: what had to be asked for again, as when it came first. */
  private inPlace(event: ChannelEvent, at: number): ChannelEvent {
    const first = event.type === 'message' ? this.store.awaited(event.providerId) : null
    return { ...event, cameAt: first?.cameAt ?? at, ...(first && { at: Math.min(first.at, event.at) }) }
  }

  /** The first order of each customer, at the number's pace. */
  private async giveAll(): Promise<void> {
    const socket = this.around.socket()
    const { origin } = this.facts
    if (!socket || !origin || this.facts.standing.state !== 'open') return
    const pace = await this.number.ask((anew) => this.house().pace(this.env, origin, anew))
    if (pace === null) return
    await this.giveAgain(socket)
    let breath = this.breath ?? fresh(Date.now())
    for (const { id, order } of await this.store.heads('waiting', GIVE_OUT)) {
      const step = breathe(pace, breath, Date.now(), Math.random())
      breath = step.breath
      this.breath = breath
      if (step.waitMs > 0) return this.later(step.waitMs)
      if (tell(socket, { t: 'send', id, order, again: false })) this.store.given(id)
    }
  }

  /** What another life of the number's node was given and has not settled: its customers wait for it. */
  private async giveAgain(socket: WebSocket): Promise<void> {
    const epoch = holderOf(socket)?.epoch ?? 0
    if (this.gaveIn === epoch) return
    for (const { id, state, order } of await this.store.heads('any', GIVE_OUT)) {
      if (state !== 'waiting') tell(socket, { t: 'send', id, order, again: true })
    }
    this.gaveIn = epoch
  }

  /** Goes on when a breath has been taken. Should the object rest meanwhile, its node's next word or the alarm goes on. */
  private later(ms: number): void {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.give(), ms)
  }
}

function isWord(event: ChannelEvent): event is InboundMessage {
  return event.type === 'message' && event.origin === 'customer'
}
