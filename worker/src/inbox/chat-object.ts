/**
 * The Chat object: the one writer of a conversation of one customer on one channel. It stores what it is given before
 * it answers, writes it through to PostgreSQL by the account's Desk, and sends one message at a time. Every step can be
 * repeated after a death; the rules are in outgoing.rules.ts, the rows in chat-log.ts.
 */
import { DurableObject } from 'cloudflare:workers'
import { channelAnew, channelByKey, type ChannelNow } from '../channels/index.ts'
import type { Env } from '../lib/env.ts'
import { Freshness } from '../lib/freshness.ts'
import { errorText, log } from '../lib/log.ts'
import { deskOf, type CommitResult } from '../live/index.ts'
import { ChatLog, type Logged } from './chat-log.ts'
import { handOver, settle, traceIdOf } from './dispatch.ts'
import { leftInChat, objectName, stored, tokenOf, type Origin, type Stored } from './entry.ts'
import { nextStep, writeAgainAfter } from './outgoing.rules.ts'

const BATCH_MAX = 50
/** What a caller waits for PostgreSQL before it is told "accepted, not yet written". */
const ANSWER_MS = 4_000
/** The alarm that finds work which a death left behind. */
const SAFETY_MS = 5_000
/** A paused number wakes its chats when it is resumed; this is the floor under that. */
const HELD_CHECK_MS = 5 * 60_000

const REST_MS = 30 * 86_400_000
/** A customer has a handful of names at most. Aliases that led in a circle would hand an entry around for ever. */
const PASS_ON_MAX = 8

const FROM_CUSTOMER = new Set(['in', 'reaction', 'edit', 'revoke', 'identity'])
/**
 * Reports: written again in the same order, after anything that came later, they leave everything as it is. Decisions of
 * ours do not: an old `requeue` must never meet the message that a newer one has put in line.
 */
const REPORTS = new Set(['in', 'status', 'reaction', 'edit', 'revoke', 'consent', 'news'])

/** What a person's act came to. `pending`: stored, and PostgreSQL will have it. */
export type Answer =
  | { state: 'written'; told: string | null }
  | { state: 'pending' }
  | { state: 'conflict' }
  | { state: 'refused'; code?: string | undefined }
  | { state: 'dead' }

export class ChatObject extends DurableObject<Env> {
  private log: ChatLog
  private origin: Origin | null
  private alias: string | null
  private resting: boolean
  private writing = false
  /** Somebody asked while it was being done: what they brought must not wait for the alarm. */
  private writeAgain = false
  private sending = false
  private sendAgain = false
  private failures = 0
  private alarmAt = Infinity
  /** Of what this isolate remembers of the number: writing and sending ask for it, each for itself. */
  private readonly number = new Freshness()
  private readonly waiting = new Map<number, (result: CommitResult) => void>()

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    this.log = new ChatLog(ctx.storage.sql)
    this.origin = this.log.origin()
    this.alias = this.log.alias()
    this.resting = this.log.isResting()
    if (this.log.hasPending() || this.log.line(1).length > 0) this.alarmBy(Date.now() + 1_000)
  }

  /** Stores what a channel reported. Returning means: durable. */
  async receive(origin: Origin, entries: Stored[], passedOn = 0): Promise<void> {
    if (this.alias && passedOn < PASS_ON_MAX)
      return this.other(origin, this.alias).receive({ ...origin, objectKey: this.alias }, entries, passedOn + 1)
    this.belongTo(origin)
    for (const entry of entries) this.log.append(entry)
    this.alarmBy(Date.now() + SAFETY_MS)
    this.ctx.waitUntil(this.write())
  }

  /**
   * Takes what a person wrote or decided, and answers when PostgreSQL has it, or soon after with `pending`.
   * `token` marks this try of an outgoing message: null for what is not sent.
   */
  async take(origin: Origin, entry: Stored, token: string | null, passedOn = 0): Promise<Answer> {
    if (this.alias && passedOn < PASS_ON_MAX)
      return this.other(origin, this.alias).take({ ...origin, objectKey: this.alias }, entry, token, passedOn + 1)
    this.belongTo(origin)
    if (entry.op === 'discard' && entry.messageId) this.log.drop(entry.messageId)
    const n = this.log.append(token && entry.messageId ? this.inLine(entry, entry.messageId, token) : entry)
    this.alarmBy(Date.now() + SAFETY_MS)
    const result = await this.answered(n)
    if (!result) return { state: 'pending' }
    if (result.dead) return { state: 'dead' }
    if (result.conflict) return { state: 'conflict' }
    if (result.refused) return { state: 'refused', code: result.code }
    return { state: 'written', told: result.told ?? null }
  }

  /** Something that held this chat is gone: its number was resumed, its credentials mended. */
  async wake(): Promise<void> {
    this.number.changed()
    this.log.hurry()
    this.alarmBy(Date.now() + SAFETY_MS)
    this.ctx.waitUntil(this.write())
    this.ctx.waitUntil(this.send())
  }

  override async alarm(): Promise<void> {
    this.alarmAt = Infinity
    await this.write()
    await this.send()
    this.log.sweep()
    if (!this.log.hasPending() && this.log.line(1).length === 0) await this.rest()
  }

  /** PostgreSQL has everything: after thirty quiet days nothing of this object is kept. It comes back with the next word. */
  private async rest(): Promise<void> {
    if (!this.resting) {
      this.resting = true
      this.log.rest()
      this.alarmBy(Date.now() + REST_MS)
      return
    }
    await this.ctx.storage.deleteAll()
    this.log = new ChatLog(this.ctx.storage.sql)
    this.origin = null
    this.alias = null
    this.resting = false
  }

  /** Puts a message in the line. While it stands there, the same message again is the same try, not a second one. */
  private inLine(entry: Stored, messageId: string, token: string): Stored {
    const first = this.log.queue(messageId, token)
    return first === token ? entry : { ...entry, text: JSON.stringify({ ...JSON.parse(entry.text), token: first }) }
  }

  private belongTo(origin: Origin): void {
    if (this.resting) {
      this.resting = false
      this.log.stir()
    }
    if (this.origin) return
    this.origin = origin
    this.log.remember(origin)
  }

  private other(origin: Origin, objectKey: string): DurableObjectStub<ChatObject> {
    return this.env.CHATS.get(this.env.CHATS.idFromName(objectName(origin.channelId, objectKey)))
  }

  /** One alarm serves all deadlines: it stands at the earliest. */
  private alarmBy(at: number): void {
    if (at >= this.alarmAt && this.alarmAt > Date.now()) return
    this.alarmAt = at
    void this.ctx.storage.setAlarm(at)
  }

  private answered(n: number): Promise<CommitResult | null> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.waiting.delete(n)
        resolve(null)
      }, ANSWER_MS)
      this.waiting.set(n, (result) => {
        clearTimeout(timer)
        this.waiting.delete(n)
        resolve(result)
      })
      this.ctx.waitUntil(this.write())
    })
  }

  /** What may be written now: while the number's receiving is paused, what customers wrote stays in the log. */
  private async writable(): Promise<Logged[]> {
    const pending = this.log.pending(BATCH_MAX)
    if (!this.origin || !pending.some(({ op }) => FROM_CUSTOMER.has(op))) return pending
    const { isHeld } = await this.numberFor(this.origin, (channel) => channel?.receivingPaused === true)
    if (!isHeld) return pending
    this.alarmBy(Date.now() + HELD_CHECK_MS)
    return this.log
      .pending(10_000)
      .filter(({ op }) => !FROM_CUSTOMER.has(op))
      .slice(0, BATCH_MAX)
  }

  /** The number as it is now; as it was, while the database is away; null when nobody can tell. */
  private async channel({ channelKey }: Origin): Promise<ChannelNow | null> {
    const remembered = () => channelByKey(this.env, channelKey)
    return this.number
      .ask((anew) => (anew ? channelAnew(this.env, channelKey) : remembered()))
      .catch(remembered)
      .catch(() => null)
  }

  /**
   * The number, and whether it holds what is to be done; then this chat is woken when that ends. It asks to be woken
   * before it looks for good: a number that is resumed in between is not missed.
   */
  private async numberFor(
    origin: Origin,
    holds: (channel: ChannelNow | null) => boolean,
  ): Promise<{ channel: ChannelNow | null; isHeld: boolean }> {
    const remembered = await this.channel(origin)
    if (!holds(remembered)) return { channel: remembered, isHeld: false }
    await deskOf(this.env, origin.accountId).hold(origin.channelId, objectName(origin.channelId, origin.objectKey))
    this.number.changed()
    const channel = await this.channel(origin)
    return { channel, isHeld: holds(channel) }
  }

  /** Writes the log to PostgreSQL, in order, until nothing is left or the database is away. Never throws. */
  private async write(): Promise<void> {
    this.writeAgain = true
    if (this.writing || !this.origin) return
    this.writing = true
    try {
      while (this.writeAgain) {
        this.writeAgain = false
        for (let batch = await this.writable(); batch.length > 0; batch = await this.writable())
          await this.commit(this.origin, batch)
      }
    } catch (error) {
      this.failures += 1
      this.alarmBy(Date.now() + writeAgainAfter(this.failures, Math.random()))
      log('warn', { event: 'write_delayed', channel: this.origin.channelId, attempts: this.failures, error: errorText(error) })
    } finally {
      this.writing = false
    }
  }

  private async commit(origin: Origin, batch: Logged[]): Promise<void> {
    const results = await deskOf(this.env, origin.accountId).commit(
      origin.accountId,
      batch.map(({ text }) => text),
    )
    this.failures = 0
    const onlyReports = batch.every(({ op }) => REPORTS.has(op))
    this.log.done(batch, onlyReports)
    for (const [i, logged] of batch.entries()) {
      const result = results[i] ?? {}
      this.written(logged, result)
      this.waiting.get(logged.n)?.(result)
    }
    // What was reported puts nothing in the line and takes nothing out of it.
    if (!onlyReports) this.ctx.waitUntil(this.send())
  }

  /** What follows from an entry that PostgreSQL has. */
  private written(entry: Logged, result: CommitResult): void {
    // Whoever wrote it was told that it is taken.
    if (entry.op === 'out' && result.refused && result.code !== undefined && !this.waiting.has(entry.n))
      for (const left of leftInChat(entry, result.code)) this.log.append(left)
    if (entry.messageId && (entry.op === 'out' || entry.op === 'requeue')) {
      // Of this very try: an entry that a death left in the log speaks of one that may have been sent since.
      const token = tokenOf(entry)
      if (result.dispatch) this.log.ready(entry.messageId, token, result.dispatch)
      else if (result.inserted !== true || result.dead !== undefined) this.log.drop(entry.messageId, token)
    }
    if (result.held) this.number.changed()
    // Two identities were one person: from here on the other object writes this chat.
    if (result.objectKey && this.origin && result.objectKey !== this.origin.objectKey) {
      this.alias = result.objectKey
      this.log.pointTo(result.objectKey)
    }
  }

  /** Sends what stands in line, one at a time, until it must wait. Never throws. */
  private async send(): Promise<void> {
    this.sendAgain = true
    if (this.sending || !this.origin) return
    this.sending = true
    try {
      while (this.sendAgain) {
        this.sendAgain = false
        while (await this.sendNext(this.origin)) await this.write()
      }
    } catch (error) {
      this.alarmBy(Date.now() + SAFETY_MS)
      log('error', { event: 'send_interrupted', channel: this.origin.channelId, error: errorText(error) })
    } finally {
      this.sending = false
    }
  }

  /** True when something was done and there may be more. */
  private async sendNext(origin: Origin): Promise<boolean> {
    const step = nextStep(this.log.line(1), false, Date.now())
    if (step.do === 'rest') return false
    if (step.do === 'sleep') {
      this.alarmBy(step.until)
      return false
    }
    if (step.do === 'doubt') {
      const { attempts, dispatch } = this.log.leased(step.messageId)
      const lost = { outcome: 'unknown' as const, error: { code: 'send_interrupted', providerCode: 'restarted' } }
      this.conclude(origin, step.messageId, lost, traceIdOf(dispatch), attempts, Date.now())
      return true
    }
    const { channel, isHeld } = await this.numberFor(
      origin,
      (number) => !number || number.sendingPaused || number.problem !== null,
    )
    if (!channel || isHeld) {
      this.alarmBy(Date.now() + (channel ? HELD_CHECK_MS : SAFETY_MS))
      return false
    }
    const startedAt = Date.now()
    const { attempts, dispatch } = this.log.lease(step.messageId)
    const outcome = await handOver(this.env, channel, dispatch)
    this.conclude(origin, step.messageId, outcome, traceIdOf(dispatch), attempts, startedAt)
    return true
  }

  /** Answer and line change in one go: no `await` stands between these writes. */
  private conclude(
    origin: Origin,
    messageId: string,
    outcome: Parameters<typeof settle>[0],
    traceId: string,
    attempts: number,
    startedAt: number,
  ): void {
    const about = { messageId, traceId, attempts, startedAt, now: Date.now(), spread: Math.random() }
    const { entry, again } = settle(outcome, about)
    this.log.append(stored({ ...entry, channelId: origin.channelId, objectKey: origin.objectKey }))
    if (again === null) this.log.settle(messageId)
    else this.log.waitUntil(messageId, again)
  }
}
