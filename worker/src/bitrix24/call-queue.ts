/**
 * The line of a portal's REST calls: what is urgent first, what belongs to one chat in its order, and never more than the portal
 * takes. It lives in memory: whoever wants a call to outlive us keeps it where it is, and asks again.
 */
import { HELD_CODES, LATER_CODES, waitOf, type Held, type Wait } from './call-waits.rules.ts'
import type { Kind } from './rest/answers.ts'
import * as limits from './rest/limits.rules.ts'

const PRIORITIES = ['message', 'status', 'sync'] as const
export type Wanted = {
  method: string
  params: Record<string, unknown>
  priority: (typeof PRIORITIES)[number]
  /** Calls of one order leave one after the other. */
  order?: string
  /** Whose words it carries: ids of what is told. Whoever asks what these wait for is answered. */
  about?: readonly string[]
  /** It does no harm twice, so a lost answer is asked for again. */
  isRepeatable?: boolean
  /** The token of an employee with whose rights it is asked, instead of those of the administrator who connected us. */
  access?: string
}
/** `lost`: no answer came, and it may have been carried out. `later`: it was not; `againAt` says when it is worth another try. */
export type Called =
  | { ok: true; result: unknown }
  | { ok: false; kind: Kind | 'lost' | 'later'; code: string; text: string; againAt: number | null }

/** What one try came to. */
export type Tried =
  | { ok: true; result: unknown; operating: number; operatingResetAt: number | null }
  | { ok: false; kind: Kind | 'lost' | 'away'; code: string; text: string; operatingResetAt: number | null }

export type QueueWorld = {
  attempt: (wanted: Wanted) => Promise<Tried>
  now: () => number
  /** Calls back after so long; the calls wait in memory, so nothing need survive. */
  after: (ms: number, work: () => void) => void
  plan: () => limits.Plan
  /** The circuit opened or closed. */
  turned: (circuit: limits.Circuit) => void
  /** A call that carries somebody's words has stood in the line for a while, or stands there for another reason than was told. */
  held: (held: Held) => void
}

type Waiting = Wanted & {
  n: number
  tries: number
  from: number
  until: number
  told: Wait['why'] | null
  isWatched: boolean
  resolve: (called: Called) => void
}

/** Whoever asks waits no longer than this; then the call is theirs to ask again. */
const PATIENCE_MS = 30_000
/** Whoever stands in the line for longer is told why. */
const TOLD_AFTER_MS = 3_000
const AT_ONCE = 4
const TRIES = 4

export class CallQueue {
  private waiting: Waiting[] = []
  private readonly flying = new Set<Waiting>()
  private bucket: limits.Bucket = { level: 0, at: 0 }
  private readonly rests = new Map<string, number>()
  private circuit = limits.CLOSED
  private n = 0
  private wakesAt = Infinity
  private readonly world: QueueWorld

  constructor(world: QueueWorld) {
    this.world = world
  }

  call(wanted: Wanted): Promise<Called> {
    const { promise, resolve } = Promise.withResolvers<Called>()
    const now = this.world.now()
    this.n += 1
    const one: Waiting = {
      ...wanted,
      n: this.n,
      tries: 0,
      from: now,
      until: now + PATIENCE_MS,
      told: null,
      isWatched: false,
      resolve,
    }
    this.waiting.push(one)
    this.pump()
    if (this.waiting.includes(one)) this.watch(one)
    return promise
  }

  /** What the calls wait for now that carry somebody's words. */
  waits(): Held[] {
    const now = this.world.now()
    return this.waiting.flatMap((one) => (one.about ? [{ about: one.about, wait: this.waitOf(one, now) }] : []))
  }

  private waitOf(one: Waiting, now: number): Wait {
    const { circuit, bucket, rests } = this
    const isBefore = ({ priority, n }: Waiting) => {
      const by = PRIORITIES.indexOf(priority) - PRIORITIES.indexOf(one.priority)
      return by < 0 || (by === 0 && n < one.n)
    }
    return waitOf(one.method, this.waiting.filter(isBefore).length, { circuit, bucket, rests, plan: this.world.plan() }, now)
  }

  /** Tells why it stands in the line while it does, once for each reason. */
  private watch(one: Waiting): void {
    const { about } = one
    if (!about || one.isWatched) return
    one.isWatched = true
    this.world.after(TOLD_AFTER_MS, () => {
      one.isWatched = false
      if (!this.waiting.includes(one)) return
      const wait = this.waitOf(one, this.world.now())
      if (wait.why !== one.told) this.world.held({ about, wait })
      one.told = wait.why
      this.watch(one)
    })
  }

  /** How much of the portal's patience is used up now. */
  state(): {
    circuit: limits.Circuit
    used: number
    plan: limits.Plan
    waiting: number
    resting: { method: string; until: number }[]
  } {
    const [now, plan] = [this.world.now(), this.world.plan()]
    const resting = [...this.rests].flatMap(([method, until]) => (until > now ? [{ method, until }] : []))
    return { circuit: this.circuit, used: limits.levelOf(this.bucket, plan, now), plan, waiting: this.waiting.length, resting }
  }

  private pump(): void {
    const now = this.world.now()
    this.dismiss(now)
    for (;;) {
      if (this.waiting.length === 0 || this.flying.size >= AT_ONCE) return
      const wait = Math.max(limits.bucketWait(this.bucket, this.world.plan(), now), this.circuit.until - now)
      const next = wait > 0 ? null : this.next(now)
      if (!next) return this.wake(now, wait)
      this.waiting.splice(this.waiting.indexOf(next), 1)
      this.flying.add(next)
      this.bucket = limits.poured(this.bucket, this.world.plan(), now)
      void this.fly(next)
    }
  }

  /** The most urgent call that nothing holds back: neither one before it in its order, nor a pause of its own or its method's. */
  private next(now: number): Waiting | null {
    const taken = new Set([...this.flying].map(({ order }) => order))
    let best: Waiting | null = null
    for (const one of this.waiting) {
      const isHeld = one.order !== undefined && taken.has(one.order)
      if (one.order !== undefined) taken.add(one.order)
      if (isHeld || one.from > now || (this.rests.get(one.method) ?? 0) > now) continue
      if (!best || PRIORITIES.indexOf(one.priority) < PRIORITIES.indexOf(best.priority)) best = one
    }
    return best
  }

  /** Who cannot be helped within their patience is told so at once, and when to come again. */
  private dismiss(now: number): void {
    this.waiting = this.waiting.filter((one) => {
      const againAt = Math.max(one.from, this.circuit.until, this.rests.get(one.method) ?? 0)
      if (againAt <= one.until && now < one.until) return true
      one.resolve({
        ok: false,
        kind: 'later',
        code: HELD_CODES[this.waitOf(one, now).why] ?? 'portal_busy',
        text: '',
        againAt: Math.max(againAt, now + 1_000),
      })
      return false
    })
  }

  private wake(now: number, wait: number): void {
    const times = this.waiting.flatMap((one) => [one.until, Math.max(one.from, this.rests.get(one.method) ?? 0)])
    const at = Math.min(...times.filter((time) => time > now), wait > 0 ? now + wait : Infinity)
    if (at === Infinity || (at >= this.wakesAt && this.wakesAt > now)) return
    this.wakesAt = at
    this.world.after(at - now, () => {
      this.wakesAt = Infinity
      this.pump()
    })
  }

  private async fly(one: Waiting): Promise<void> {
    const tried = await this.world.attempt(one)
    this.flying.delete(one)
    one.tries += 1
    const settled = tried.ok ? this.succeeded(one, tried) : this.failed(one, tried)
    if (settled) one.resolve(settled)
    // In the place where it was: what came after it in its order still waits for it.
    else this.waiting = [...this.waiting, one].toSorted((a, b) => a.n - b.n)
    this.pump()
    if (this.waiting.includes(one)) this.watch(one)
  }

  private succeeded({ method }: Waiting, { result, operating, operatingResetAt }: Extract<Tried, { ok: true }>): Called {
    this.turn(limits.CLOSED)
    const rest = limits.methodRest(operating, operatingResetAt, false, this.world.now())
    if (rest > 0) this.rests.set(method, rest)
    return { ok: true, result }
  }

  /** Null: it goes once more. */
  private failed(one: Waiting, tried: Extract<Tried, { ok: false }>): Called | null {
    const now = this.world.now()
    const { kind, code, text } = tried
    if (kind === 'pace') this.bucket = limits.overflowed(this.world.plan(), now)
    if (kind === 'method_limit') this.rests.set(one.method, limits.methodRest(0, tried.operatingResetAt, true, now))
    if (kind === 'overload') this.turn(limits.opened(this.circuit, 'overload', now))
    else if (kind === 'away' || kind === 'lost') this.turn(limits.opened(this.circuit, 'unreachable', now))
    // It answered: whatever it says, it is there.
    else this.turn(limits.CLOSED)
    const mayRepeat = kind === 'pace' || kind === 'away' || kind === 'method_limit' || (kind === 'lost' && one.isRepeatable)
    // A portal that breaks off in the middle has perhaps carried it out.
    const isRetry = mayRepeat || (kind === 'retry' && one.isRepeatable)
    if (isRetry && one.tries < TRIES) {
      one.from = now + Math.round(500 * 1.5 ** one.tries)
      return null
    }
    const againAt =
      mayRepeat || kind === 'overload' ? Math.max(now + 2_000, this.circuit.until, this.rests.get(one.method) ?? 0) : null
    if (kind !== 'away' && kind !== 'pace' && kind !== 'overload' && kind !== 'method_limit')
      return { ok: false, kind, code, text, againAt }
    return { ok: false, kind: 'later', code: LATER_CODES[kind], text: [code, text].filter(Boolean).join(': '), againAt }
  }

  private turn(circuit: limits.Circuit): void {
    if (circuit.failures === 0 && this.circuit.failures === 0) return
    this.circuit = circuit
    this.world.turned(circuit)
  }
}
