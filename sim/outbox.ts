/**
 * Webhooks on their way to the product. One that is not taken (no 2xx) is sent again, with growing pauses, for seven
 * days: reference/meta-cloud-api.md §2. Hooks of one lane keep their order; one that is refused with a 4xx steps
 * aside, so that a body which is never taken does not hold up what comes after it.
 */
import { encode } from './encode.ts'
import type { Encoded } from './encode.ts'
import type { Hook, HookNumber } from './model.ts'
import type { Misbehaviours } from './misbehaviour.ts'
import type { World } from './world.ts'

type OutboxOptions = {
  world: World
  misbehaviours: Misbehaviours
  now: () => number
  /** Pauses after the first, second … failure, in milliseconds; the last one stays. */
  pausesMs: readonly number[]
  /** How long a hook may take to answer, in milliseconds. */
  timeoutMs: number
}

type Pending = Hook & { attempts: number; lastAnswer: string | null }

type Waiting = { hook: Hook; attempts: number; notBefore: number; lastAnswer: string | null }
type Lane = { items: Waiting[]; isOut: boolean }
type Batch = { lanes: Lane[]; items: Waiting[]; number: HookNumber; url: string }

const KEEP_TRYING_MS = 7 * 24 * 3600_000
const AT_ONCE = 24
/** How long a batch waits to be filled. */
const LINGER_MS = 40

export class Outbox {
  readonly #options: OutboxOptions
  readonly #lanes = new Map<string, Lane>()
  readonly #answers: Record<string, number> = {}
  readonly #waiters = new Set<() => void>()
  readonly #stop = new AbortController()
  #running = 0
  #timer: NodeJS.Timeout | undefined
  #wakeAt = Number.POSITIVE_INFINITY

  /** Starts with the hooks that the world still has. */
  constructor(options: OutboxOptions) {
    this.#options = options
    for (const hook of options.world.hooks.values()) this.#enqueue(hook)
    this.#wake(0)
  }

  /** Takes a hook that is already in the world. */
  add(hook: Hook): void {
    this.#enqueue(hook)
    const lingerMs = this.#batchSize(hook) > 1 ? LINGER_MS : 0
    this.#wake(Math.max(hook.notBefore - this.#options.now(), lingerMs))
  }

  /** Tries everything again now, without waiting for its pause. */
  flush(): void {
    const now = this.#options.now()
    for (const item of this.#items()) item.notBefore = Math.min(item.notBefore, now)
    this.#wake(0)
  }

  /** Hooks that wait or are under way, with what the last try gave. */
  pending(): Pending[] {
    return this.#items().map(({ hook, attempts, lastAnswer, notBefore }) => ({ ...hook, attempts, lastAnswer, notBefore }))
  }

  /** What was posted so far, counted by the answer: `200`, `500`, `error`. */
  answers(): Record<string, number> {
    return { ...this.#answers }
  }

  /** Resolves when nothing waits or is under way. */
  settled(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiters.add(resolve)
      this.#tidy()
    })
  }

  /** Drops whatever waits. */
  forget(): void {
    for (const lane of this.#lanes.values()) lane.items = []
    this.#tidy()
  }

  close(): void {
    this.#stop.abort()
    clearTimeout(this.#timer)
  }

  #items(): Waiting[] {
    return [...this.#lanes.values()].flatMap((lane) => lane.items)
  }

  #enqueue(hook: Hook): void {
    const key = `${hook.numberId}|${hook.lane}`
    const lane = this.#lanes.get(key) ?? { items: [], isOut: false }
    this.#lanes.set(key, lane)
    lane.items.push({ hook, attempts: 0, notBefore: hook.notBefore, lastAnswer: null })
  }

  #wake(inMs: number): void {
    const at = this.#options.now() + inMs
    if (this.#stop.signal.aborted || at >= this.#wakeAt) return
    clearTimeout(this.#timer)
    this.#wakeAt = at
    this.#timer = setTimeout(() => this.#pump(), inMs)
  }

  #pump(): void {
    this.#wakeAt = Number.POSITIVE_INFINITY
    while (this.#running < AT_ONCE && !this.#stop.signal.aborted) {
      const batch = this.#nextBatch()
      if (!batch) return
      void this.#send(batch)
    }
  }

  /** The next hooks that may go together; sets the clock for those whose time has not come. */
  #nextBatch(): Batch | undefined {
    const now = this.#options.now()
    let batch: Batch | undefined
    let size = 1
    for (const lane of this.#lanes.values()) {
      const first = lane.items[0]
      const place = first && this.#placeOf(first.hook)
      if (lane.isOut || !first || !place) continue
      if (first.notBefore > now) {
        this.#wake(first.notBefore - now)
        continue
      }
      if (!batch) size = this.#batchSize(first.hook)
      else if (!mayShare(batch, place, first.hook)) continue
      batch ??= { lanes: [], items: [], ...place }
      batch.lanes.push(lane)
      batch.items.push(...leading(lane, size - batch.items.length, now))
      if (batch.items.length >= size) break
    }
    return batch
  }

  /** Whose hook it is and where it goes; undefined while there is no address. */
  #placeOf(hook: Hook): { number: HookNumber; url: string } | undefined {
    const number = this.#numberOf(hook)
    const url = hook.url ?? number?.hookUrl
    return number && url ? { number, url } : undefined
  }

  #numberOf(hook: Hook): HookNumber | undefined {
    const number = this.#options.world.numbers.get(hook.numberId)
    return number?.kind === 'session' ? undefined : number
  }

  #batchSize(hook: Hook): number {
    const number = this.#numberOf(hook)
    return number && hook.part.form === 'cloud' ? this.#options.misbehaviours.hooks(number.kind, number.id).batchHooks : 1
  }

  async #send(batch: Batch): Promise<void> {
    this.#running += 1
    for (const lane of batch.lanes) lane.isOut = true
    const { number, url, items } = batch
    const parts = items.map((item) => item.hook.part)
    const encoded = encode(number, parts, items[0]?.hook.headers ?? {})
    const answer = await this.#post(url, encoded)
    if (answer.startsWith('2')) {
      this.#taken(batch)
      const times = this.#options.misbehaviours.hooks(number.kind, number.id).duplicateHooks
      for (let time = 0; time < times; time += 1) void this.#repeat(url, encoded)
    } else this.#putOff(batch, answer)
    for (const lane of batch.lanes) lane.isOut = false
    this.#finished()
  }

  /** The same bytes once more; whatever the answer, that was it. */
  async #repeat(url: string, encoded: Encoded): Promise<void> {
    this.#running += 1
    await this.#post(url, encoded)
    this.#finished()
  }

  #finished(): void {
    this.#running -= 1
    this.#tidy()
    if (!this.#stop.signal.aborted) this.#pump()
  }

  async #post(url: string, { body, headers }: Encoded): Promise<string> {
    const answer = await this.#answerOf(url, {
      method: 'POST',
      body,
      headers,
      redirect: 'manual',
      signal: AbortSignal.any([this.#stop.signal, AbortSignal.timeout(this.#options.timeoutMs)]),
    })
    this.#answers[answer] = (this.#answers[answer] ?? 0) + 1
    return answer
  }

  async #answerOf(url: string, init: RequestInit): Promise<string> {
    try {
      const response = await fetch(url, init)
      await response.arrayBuffer()
      return String(response.status)
    } catch {
      return 'error'
    }
  }

  #taken({ lanes, items }: Batch): void {
    const { world } = this.#options
    const done = new Set(items)
    for (const lane of lanes) lane.items = lane.items.filter((item) => !done.has(item))
    for (const { hook } of items) {
      // `forget` may have emptied the world while this was under way.
      if (!world.hooks.has(hook.id)) continue
      world.record({ t: 'taken', id: hook.id })
      const message = hook.carries === null ? undefined : world.messages.get(hook.carries)
      if (message?.progress === 'sending') world.record({ t: 'change', id: message.id, patch: { progress: 'delivered' } })
    }
  }

  #putOff({ lanes, items }: Batch, answer: string): void {
    const { pausesMs, now, world } = this.#options
    const tried = new Set(items)
    const isRefusal = answer.startsWith('4') && answer !== '429'
    for (const item of items) {
      const pause = pausesMs[Math.min(item.attempts, pausesMs.length - 1)] ?? 1000
      Object.assign(item, { attempts: item.attempts + 1, lastAnswer: answer, notBefore: now() + pause })
      this.#wake(pause)
    }
    for (const lane of lanes) {
      const leaving = lane.items.filter((item) => tried.has(item) && (isRefusal || this.#isGivenUp(item.hook)))
      lane.items = lane.items.filter((item) => !leaving.includes(item))
      for (const item of leaving) {
        if (this.#isGivenUp(item.hook)) world.record({ t: 'taken', id: item.hook.id })
        else this.#lanes.set(`aside ${item.hook.id}`, { items: [item], isOut: false })
      }
    }
  }

  #isGivenUp(hook: Hook): boolean {
    return this.#options.now() - hook.notBefore > KEEP_TRYING_MS
  }

  #tidy(): void {
    for (const [key, lane] of this.#lanes) if (lane.items.length === 0 && !lane.isOut) this.#lanes.delete(key)
    if (this.#running > 0 || this.#lanes.size > 0) return
    for (const resolve of this.#waiters) resolve()
    this.#waiters.clear()
  }
}

/** Only parts of Meta's envelope travel together, and only to the same place. */
function mayShare(batch: Batch, place: { number: HookNumber; url: string }, hook: Hook): boolean {
  const isCloud = hook.part.form === 'cloud' && batch.items[0]?.hook.part.form === 'cloud'
  return isCloud && batch.number.id === place.number.id && batch.url === place.url
}

/** The first hooks of a lane that may go in one body: the very first in any case. */
function leading(lane: Lane, room: number, now: number): Waiting[] {
  const address = lane.items[0]?.hook.url
  const mayFollow = ({ hook, notBefore }: Waiting) => notBefore <= now && hook.part.form === 'cloud' && hook.url === address
  const end = lane.items.findIndex((item, index) => index > 0 && !mayFollow(item))
  return lane.items.slice(0, Math.min(end < 0 ? lane.items.length : end, Math.max(1, room)))
}
