/**
 * A number's link to its Session object: what is written is acknowledged or comes again, what is asked is answered, and
 * the right to speak for the number ends by itself when nobody answers. docs/sessions.md tells why.
 */
import { randomUUID } from 'node:crypto'
import {
  FENCE_MS,
  LINK_CLOSE,
  SessionFrame,
  type Ask,
  type KeptMessage,
  type KeyRow,
  type LinkFrame,
  type Plan,
  type SendOrder,
  type To,
  type Typing,
  type Write,
} from '#contract/session-node.ts'
import { dial, type Dialled } from './dial.ts'
import { dialAgainAfter, isOver } from './fence.rules.ts'
import { NotOurs } from './not-ours.ts'

/** What a number's keeper does with what it hears. Nothing here may throw. */
export type Keeper = {
  /** The number is ours: begin, with these keys in memory. */
  begin(plan: Plan, rows: KeyRow[]): void
  /** The link was away for a moment and is back: the number was ours all the time. Meanwhile somebody may have wished for another plan. */
  resumed(plan: Plan): void
  /** Somebody wants something else of it. */
  plan(plan: Plan): void
  send(id: string, order: SendOrder, again: boolean): void
  ask(ask: Ask): Promise<Done>
  /** Finish, then call {@link SessionLink.leave}. */
  stop(): void
  /** The right is over: close the WhatsApp socket now, acknowledge nothing. It may be granted anew. */
  lost(): void
  /** The link has ended by itself and will not come back: the number is another's. */
  over(): void
}
export type Done = Omit<Extract<LinkFrame, { t: 'done' }>, 't' | 'id'>

type Waiting = { n: number; write: Write; resolve: () => void; reject: (error: unknown) => void }
type Found = { rows: KeyRow[]; kept: KeptMessage | null }
type Asked = { frame: LinkFrame; resolve: (found: Found) => void; reject: (error: unknown) => void }
export type Where = { address: string; token: string; node: string; channelId: string; timeScale?: number }

const WATCH_MS = 500

export class SessionLink {
  private readonly where: Where
  private readonly keeper: Keeper
  private readonly timeScale: number
  private socket: Dialled | null = null
  private epoch: number | null = null
  /** When the ping or the dialling was sent that was last answered: the Worker cannot have heard us before. */
  private since = 0
  private dialledAt = 0
  private failures = 0
  private n = 0
  private waiting: Waiting[] = []
  private readonly asked = new Map<string, Asked>()
  private arriving: KeyRow[] | null = null
  private plan: Plan = { do: 'connect' }
  private again: NodeJS.Timeout | undefined
  private over = false
  private leaving: (() => void) | null = null
  private readonly watch: NodeJS.Timeout

  constructor(where: Where, keeper: Keeper) {
    this.where = where
    this.keeper = keeper
    this.timeScale = where.timeScale ?? 1
    // Looked at by the clock and before each write: a process that was asleep must not trust its timers alone.
    this.watch = setInterval(() => this.isOurs(), WATCH_MS * this.timeScale)
    this.dial()
  }

  /** May we speak for the number just now? When the right has run out, this is where it is noticed. */
  isOurs(): boolean {
    if (this.epoch === null) return false
    if (!isOver({ since: this.since }, Date.now(), FENCE_MS * this.timeScale)) return true
    this.lose()
    // It may still look open: a fresh one begins from nothing.
    this.socket?.cut()
    return false
  }

  /** Writes one piece; resolves when it is durable. Throws {@link NotOurs}. */
  write(write: Write): Promise<void> {
    if (!this.isOurs()) return Promise.reject(new NotOurs())
    this.n += 1
    const n = this.n
    return new Promise((resolve, reject) => {
      const one = { n, write, resolve, reject }
      this.waiting.push(one)
      this.sayWrite(one)
    })
  }

  /** Keys of a kind, those that exist. Throws {@link NotOurs}: an error is never "there is none". */
  async keys(kind: string, ids: string[]): Promise<KeyRow[]> {
    return (await this.find((id) => ({ t: 'keys', id, kind, ids }))).rows
  }

  /** A message as WhatsApp has it, when we kept it. */
  async kept(waId: string): Promise<KeptMessage | null> {
    return (await this.find((id) => ({ t: 'kept', id, waId }))).kept
  }

  /** Gives the number back once all that was written is durable. The WhatsApp socket must be closed by now. */
  async leave(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.leaving = resolve
    this.leaveWhenWritten()
    // Without a link there is nobody to tell: its right runs out there by itself.
    if (this.epoch === null) this.end()
    await promise
  }

  /** A customer types: told at once or not at all. */
  typing(told: { from: To; is: Typing }): void {
    if (this.isOurs()) this.say({ t: 'typing', ...told })
  }

  private find(make: (id: string) => LinkFrame): Promise<Found> {
    if (!this.isOurs()) return Promise.reject(new NotOurs())
    const id = randomUUID()
    return new Promise((resolve, reject) => {
      const frame = make(id)
      this.asked.set(id, { frame, resolve, reject })
      this.say(frame)
    })
  }

  private say(frame: LinkFrame): void {
    this.socket?.say(frame)
  }

  private sayWrite({ n, write }: Waiting): void {
    if (this.epoch !== null) this.say({ t: 'write', n, epoch: this.epoch, write })
  }

  private dial(): void {
    if (this.over) return
    const { address, token, node, channelId } = this.where
    const epoch = this.epoch === null ? '' : `&epoch=${this.epoch}`
    this.dialledAt = Date.now()
    const hears = {
      open: () => undefined,
      frame: (text: string) => this.heard(text),
      answered: (sentAt: number) => {
        this.failures = 0
        if (this.epoch !== null && sentAt > this.since) this.since = sentAt
      },
      closed: (code: number) => this.closed(code),
    }
    this.socket = dial(`${address}/session-node/link/${channelId}?node=${node}${epoch}`, token, hears, this.timeScale)
  }

  private closed(code: number): void {
    this.socket = null
    if (this.over) return
    const isAnothers = code === LINK_CLOSE.denied || code === LINK_CLOSE.replaced || code === LINK_CLOSE.stale
    // Whether it will ever be ours again is for the Fleet to say.
    if (isAnothers) return this.end()
    this.failures += 1
    this.dialIn(dialAgainAfter(this.failures, Math.random()) * this.timeScale)
  }

  private dialIn(ms: number): void {
    clearTimeout(this.again)
    this.again = setTimeout(() => this.dial(), ms)
  }

  private heard(text: string): void {
    const { data: frame } = SessionFrame.safeParse(JSON.parse(text))
    if (!frame) return
    switch (frame.t) {
      case 'granted':
        return this.granted(frame)
      case 'keys':
        return this.keysCame(frame.rows, frame.last)
      case 'wait':
        return this.dialIn(frame.ms + 50)
      case 'ack':
        return this.acked(frame.n)
      case 'found':
        this.asked.get(frame.id)?.resolve({ rows: frame.rows ?? [], kept: frame.kept ?? null })
        this.asked.delete(frame.id)
        return
      case 'send':
        return this.keeper.send(frame.id, frame.order, frame.again)
      case 'ask':
        void this.keeper.ask(frame.ask).then((done) => this.say({ t: 'done', id: frame.id, ...done }))
        return
      case 'plan':
        return this.keeper.plan(frame.plan)
      case 'stop':
        return this.keeper.stop()
    }
  }

  private granted({ epoch, resumed, acked, plan }: Extract<SessionFrame, { t: 'granted' }>): void {
    if (!resumed && this.epoch !== null) this.lose()
    this.epoch = epoch
    this.since = this.dialledAt
    this.plan = plan
    if (!resumed) {
      this.n = 0
      this.arriving = []
      return
    }
    this.acked(acked)
    for (const one of this.waiting) this.sayWrite(one)
    for (const { frame } of this.asked.values()) this.say(frame)
    this.keeper.resumed(plan)
  }

  private keysCame(rows: KeyRow[], last: boolean): void {
    this.arriving?.push(...rows)
    if (!last || !this.arriving) return
    const all = this.arriving
    this.arriving = null
    this.keeper.begin(this.plan, all)
  }

  private acked(n: number): void {
    const done = this.waiting.filter((one) => one.n <= n)
    this.waiting = this.waiting.filter((one) => one.n > n)
    for (const { resolve } of done) resolve()
    this.leaveWhenWritten()
  }

  private leaveWhenWritten(): void {
    if (!this.leaving || this.waiting.length > 0 || this.epoch === null) return
    this.say({ t: 'left' })
    this.end()
  }

  /** The right is over. What was not acknowledged was never promised to anybody. */
  private lose(): void {
    if (this.epoch === null) return
    this.epoch = null
    const { waiting } = this
    this.waiting = []
    for (const { reject } of waiting) reject(new NotOurs())
    for (const { reject } of this.asked.values()) reject(new NotOurs())
    this.asked.clear()
    this.keeper.lost()
    if (this.leaving) this.end()
  }

  private end(): void {
    if (this.over) return
    this.over = true
    clearInterval(this.watch)
    clearTimeout(this.again)
    const { leaving, socket } = this
    if (!leaving) this.lose()
    this.epoch = null
    socket?.close()
    if (leaving) leaving()
    else this.keeper.over()
  }
}
