/**
 * Importing what the number's phone remembers. The object draws it, slice by slice: it asks its node for the next one, writes
 * it to PostgreSQL and notes how far it is. So it goes on where it was after any death, and stops at once when told to.
 */
import type { PastMessage } from '#contract/channel-event.ts'
import type { Ask, PastSlice, PhonePerson } from '#contract/session-node.ts'
import type { Env } from '../../lib/env.ts'
import { sha256, toHex } from '../../lib/bytes.ts'
import { Pump } from '../../lib/pump.ts'
import type { Answer } from './link.ts'
import { skippedOf, type Anchor, type Gaps, type PastPlan, type PastStore, type Waiting } from './past-store.ts'
import { reportedPast } from './reported.ts'
import type { Origin, SessionFacts } from './session-facts.ts'

const SLICE = 200
const SLICE_MS = 90_000
const TRIES = 5
/** The phone is asked gently, and is given so long to answer. */
const ASK_PAUSE_MS = 2_000
const ANSWER_MS = 60_000
const ASK_CHATS = 30
/** As many as WhatsApp hands over for one question. */
const ASK_COUNT = 50
/** After so long without its line, WhatsApp may have dropped something of what waited for it. */
export const GAP_AFTER_MS = 24 * 3_600_000
const REACH_MS = { month: 30 * 86_400_000, all: Infinity } as const
const OF_HISTORY = ['names', 'initial', 'recent', 'full', 'demand']

export type PastNow = Omit<PastPlan, 'since'> & {
  pieces: number
  done: number
  lost: number
  percent: number
  chats: number
  stored: number
  known: number
  skipped: Record<string, number>
  gaps: Gaps
}
export type PastBatch = { kind: 'history' | 'gap'; trace: string; items: PastMessage[] }
export type PastWritten = { stored: number; known: number; chats: string[] }

export type PastHouse = {
  /** Writes a slice; resolves when it is durable. The same slice again changes nothing. */
  past(env: Env, origin: Origin, batch: PastBatch): Promise<PastWritten>
  /** Writes whom the phone knows; the same again changes nothing. */
  people(env: Env, origin: Origin, people: readonly PhonePerson[]): Promise<void>
  /** The newest word of each chat in which something was said since then. */
  anchors(env: Env, origin: Origin, since: number, most: number): Promise<Anchor[]>
}

type Around = {
  ask(ask: Ask, withinMs: number): Promise<Answer>
  isOpen(): boolean
  changed(): void
  again(event: string, error: unknown): Promise<void>
  wakeBy(at: number): Promise<void>
}

export class SessionPast {
  private readonly ctx: DurableObjectState
  private readonly env: Env
  private readonly house: () => PastHouse
  private readonly store: PastStore
  private readonly facts: SessionFacts
  private readonly around: Around
  private readonly telling: Pump
  private readonly drawing: Pump
  private readonly asking: Pump

  constructor(ctx: DurableObjectState, env: Env, house: () => PastHouse, store: PastStore, facts: SessionFacts, around: Around) {
    this.ctx = ctx
    this.env = env
    this.house = house
    this.store = store
    this.facts = facts
    this.around = around
    this.telling = new Pump(
      () => this.tellPeople(),
      (error) => around.again('session_people_delayed', error),
    )
    this.drawing = new Pump(
      () => this.draw(),
      (error) => around.again('session_past_delayed', error),
    )
    this.asking = new Pump(
      () => this.askAll(),
      (error) => around.again('session_gaps_delayed', error),
    )
  }

  /** Something may be there to read, or to ask: a link that stands, a piece that came, a wish. */
  go(): void {
    this.ctx.waitUntil(this.telling.run())
    this.ctx.waitUntil(this.drawing.run())
    this.ctx.waitUntil(this.asking.run())
  }

  private async tellPeople(): Promise<void> {
    const { origin } = this.facts
    if (!origin) return
    for (let portion = await this.store.nextPeople(); portion; portion = await this.store.nextPeople()) {
      await this.house().people(this.env, origin, portion.people)
      this.store.peopleTold(portion.n)
    }
  }

  /** Begins, goes on, or rests. Further back than before: what was read is read again, and nothing is doubled. */
  set(state: 'running' | 'paused', reach: PastPlan['reach'], now: number): void {
    const before = this.facts.past
    const isOther = before.state === 'off' || before.reach !== reach
    if (isOther && before.state !== 'off') this.store.rewind()
    const since = isOther ? Math.max(0, now - REACH_MS[reach]) : before.since
    this.facts.past = { state, reach, since: Number.isFinite(since) ? since : 0 }
    this.around.changed()
    this.go()
  }

  /** Asks the phone for what we may have missed since then, chat by chat. */
  async fillGaps(since: number): Promise<void> {
    const { origin } = this.facts
    if (!origin) return
    this.store.forgetQuestions()
    for (const anchor of await this.house().anchors(this.env, origin, since, ASK_CHATS)) await this.store.question(anchor, since)
    this.around.changed()
    this.go()
  }

  now(): PastNow {
    const { state, reach } = this.facts.past
    const { counts, ...tally } = this.store.tally()
    return { state, reach, ...tally, stored: counts['stored'] ?? 0, known: counts['known'] ?? 0, skipped: skippedOf(counts) }
  }

  private next(): Waiting | null {
    return this.store.next(this.facts.past.state === 'running' ? OF_HISTORY : [])
  }

  private async draw(): Promise<void> {
    for (let piece = this.next(); piece && this.around.isOpen(); piece = this.next()) {
      if (!(await this.slice(piece))) return
      this.around.changed()
    }
  }

  /** One slice. False: not now; whatever brings the line back goes on. */
  private async slice({ id, cursor, gapSince }: Waiting): Promise<boolean> {
    const { origin } = this.facts
    if (!origin) return false
    const since = gapSince ?? this.facts.past.since
    const ask: Ask = { do: 'past', piece: id, proto: await this.store.proto(id), from: cursor, count: SLICE, since }
    const { ok, past } = await this.around.ask(ask, SLICE_MS)
    if (!ok || !past) {
      if (!this.around.isOpen()) return false
      this.store.failed(id, TRIES)
      return true
    }
    const written = await this.write(origin, id, past, gapSince === null ? 'history' : 'gap')
    this.store.advance(id, { from: cursor, next: past.next, total: past.total, ...written })
    return true
  }

  private async write(
    origin: Origin,
    id: string,
    past: PastSlice,
    kind: PastBatch['kind'],
  ): Promise<{ counts: Record<string, number>; chats: string[] }> {
    const items = past.items.flatMap((item) => reportedPast(item) ?? [])
    const broken = (past.skipped.broken ?? 0) + past.items.length - items.length
    if (past.people.length > 0) await this.house().people(this.env, origin, past.people)
    // The same for every slice of the piece, whenever it is written: what it stored is known again by it.
    const trace = toHex(await sha256(`past ${id}`)).slice(0, 16)
    const { stored, known, chats } =
      items.length > 0 ? await this.house().past(this.env, origin, { kind, trace, items }) : { stored: 0, known: 0, chats: [] }
    if (kind === 'gap') return { counts: { gap_stored: stored }, chats: [] }
    return { counts: { ...past.skipped, broken, stored, known }, chats }
  }

  private async askAll(): Promise<void> {
    const due = this.store.giveUpQuestions(Date.now() - ANSWER_MS)
    if (due !== null) await this.around.wakeBy(due + ANSWER_MS + 1_000)
    for (let one = await this.store.nextQuestion(); one && this.around.isOpen(); one = await this.store.nextQuestion()) {
      const { to, ...before } = one.anchor
      const { ok, value } = await this.around.ask({ do: 'history', to, before, count: ASK_COUNT }, 20_000)
      if (!ok && !this.around.isOpen()) return
      this.store.asked(one.n, ok ? value : null, Date.now())
      this.around.changed()
      await this.around.wakeBy(Date.now() + ANSWER_MS + 1_000)
      this.drawLater()
      await new Promise((wake) => setTimeout(wake, ASK_PAUSE_MS))
    }
  }

  /** The answer may have come before we had noted the question. */
  private drawLater(): void {
    this.ctx.waitUntil(this.drawing.run())
  }
}
