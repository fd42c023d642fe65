/**
 * Webhooks on their way to the product. One that is not taken (no 2xx) is sent again, with growing pauses, for seven
 * days: reference/meta-cloud-api.md §2. Hooks of one lane keep their order; one that is refused with a 4xx steps
 * aside, so that a body which is never taken does not hold up what comes after it.
 */
import { encode } from './encode.ts'
import type { Encoded } from './encode.ts'
import type { Hook } from './model.ts'
import type { Misbehaviours } from './misbehaviour.ts'
import type { World } from './world.ts'

export type Outbox = {
  /** Takes a hook that is already in the world. */
  add(hook: Hook): void
  /** Tries everything again now, without waiting for its pause. */
  flush(): void
  /** Hooks that wait or are under way, with what the last try gave. */
  pending(): (Hook & { attempts: number; lastError: string | null })[]
  /** Resolves when nothing waits or is under way. */
  settled(): Promise<void>
  /** What was posted so far, counted by the answer: `200`, `500`, `error`. */
  counts(): Record<string, number>
  forget(): void
  close(): Promise<void>
}

export type OutboxOptions = {
  world: World
  misbehaviours: Misbehaviours
  now: () => number
  /** Pauses after the first, second … failure, in milliseconds; the last one stays. */
  pausesMs: readonly number[]
  /** How long a hook may take to answer, in milliseconds. */
  timeoutMs: number
}

const KEEP_TRYING_MS = 7 * 24 * 3600_000
const AT_ONCE = 24
/** How long a batch waits to be filled. */
const LINGER_MS = 40

type Waiting = { hook: Hook; attempts: number; notBefore: number; lastError: string | null; isOut: boolean }
type Lane = { items: Waiting[]; isOut: boolean }

/** Makes the outbox and starts with the hooks that the world still has. */
export function makeOutbox({ world, misbehaviours, now, pausesMs, timeoutMs }: OutboxOptions): Outbox {
  const lanes = new Map<string, Lane>()
  const counts: Record<string, number> = {}
  const waiters = new Set<() => void>()
  const stop = new AbortController()
  let running = 0
  let timer: NodeJS.Timeout | undefined
  let wakeAt = Number.POSITIVE_INFINITY

  for (const hook of world.hooks.values()) enqueue(hook)
  wake(0)

  function enqueue(hook: Hook): void {
    const key = `${hook.numberId}|${hook.lane}`
    const lane = lanes.get(key) ?? { items: [], isOut: false }
    lanes.set(key, lane)
    lane.items.push({ hook, attempts: 0, notBefore: hook.notBefore, lastError: null, isOut: false })
  }

  function wake(inMs: number): void {
    const at = now() + inMs
    if (stop.signal.aborted || at >= wakeAt) return
    clearTimeout(timer)
    wakeAt = at
    timer = setTimeout(pump, inMs)
  }

  function pump(): void {
    wakeAt = Number.POSITIVE_INFINITY
    while (running < AT_ONCE && !stop.signal.aborted) {
      const batch = nextBatch()
      if (!batch) return
      running += 1
      void send(batch)
    }
  }

  /** The next hooks that may go together; sets the clock for those whose time has not come. */
  function nextBatch(): { lanes: Lane[]; items: Waiting[] } | undefined {
    const chosen: { lanes: Lane[]; items: Waiting[] } = { lanes: [], items: [] }
    let size = 1
    for (const lane of lanes.values()) {
      const first = lane.items[0]
      if (lane.isOut || !first) continue
      const waitMs = first.notBefore - now()
      if (waitMs > 0) wake(waitMs)
      if (waitMs > 0 || !urlOf(first.hook) || (chosen.items[0] && !mayShare(chosen.items[0], first))) continue
      if (chosen.items.length === 0) size = batchSize(first.hook)
      for (const item of lane.items) {
        if (chosen.items.length >= size || item.notBefore > now() || !mayShare(first, item)) break
        chosen.items.push(item)
      }
      chosen.lanes.push(lane)
      if (chosen.items.length >= size) break
    }
    return chosen.items.length > 0 ? chosen : undefined
  }

  function batchSize(hook: Hook): number {
    const number = world.numbers.get(hook.numberId)
    return number && hook.part.form === 'cloud' ? misbehaviours.hooks(number.kind, number.id).batchHooks : 1
  }

  function mayShare(first: Waiting, other: Waiting): boolean {
    if (first === other) return true
    const isCloud = first.hook.part.form === 'cloud' && other.hook.part.form === 'cloud'
    return isCloud && first.hook.numberId === other.hook.numberId && urlOf(first.hook) === urlOf(other.hook)
  }

  function urlOf(hook: Hook): string | null {
    const number = world.numbers.get(hook.numberId)
    return number ? (hook.url ?? number.hookUrl) : null
  }

  async function send(batch: { lanes: Lane[]; items: Waiting[] }): Promise<void> {
    const first = batch.items[0]
    const number = first && world.numbers.get(first.hook.numberId)
    const url = first && urlOf(first.hook)
    if (!first || !number || !url) {
      running -= 1
      return
    }
    for (const lane of batch.lanes) lane.isOut = true
    for (const item of batch.items) item.isOut = true
    const encoded = encode(
      number,
      batch.items.map((item) => item.hook.part),
      first.hook.headers,
    )
    const answer = await post(url, encoded)
    counts[answer] = (counts[answer] ?? 0) + 1
    if (answer.startsWith('2')) {
      taken(batch)
      repeat(misbehaviours.hooks(number.kind, number.id).duplicateHooks, url, encoded)
    } else putOff(batch, answer)
    for (const lane of batch.lanes) lane.isOut = false
    running -= 1
    tidy()
    if (!stop.signal.aborted) pump()
  }

  async function post(url: string, { body, headers }: Encoded): Promise<string> {
    const signal = AbortSignal.any([stop.signal, AbortSignal.timeout(timeoutMs)])
    try {
      const response = await fetch(url, { method: 'POST', body, headers, signal, redirect: 'manual' })
      await response.arrayBuffer()
      return String(response.status)
    } catch {
      return 'error'
    }
  }

  function taken({ lanes: from, items }: { lanes: Lane[]; items: Waiting[] }): void {
    const done = new Set(items)
    for (const lane of from) lane.items = lane.items.filter((item) => !done.has(item))
    for (const { hook } of items) {
      // `forget` may have emptied the world while this was under way.
      if (!world.hooks.has(hook.id)) continue
      world.record({ t: 'taken', id: hook.id })
      const message = hook.carries === null ? undefined : world.messages.get(hook.carries)
      if (message?.progress === 'sending') world.record({ t: 'change', id: message.id, patch: { progress: 'delivered' } })
    }
  }

  function putOff({ lanes: from, items }: { lanes: Lane[]; items: Waiting[] }, answer: string): void {
    for (const item of items) {
      const pause = pausesMs[Math.min(item.attempts, pausesMs.length - 1)] ?? 1000
      item.attempts += 1
      item.lastError = answer
      item.isOut = false
      item.notBefore = now() + pause
      wake(pause)
    }
    const tired = items.filter(({ hook }) => now() - hook.notBefore > KEEP_TRYING_MS)
    for (const { hook } of tired) world.record({ t: 'taken', id: hook.id })
    for (const lane of from) lane.items = lane.items.filter((item) => !tired.includes(item))
    if (!answer.startsWith('4') || answer === '429') return
    for (const lane of from) {
      for (const item of lane.items.filter((each) => items.includes(each))) stepAside(lane, item)
    }
  }

  function stepAside(lane: Lane, item: Waiting): void {
    lane.items = lane.items.filter((each) => each !== item)
    lanes.set(`aside ${item.hook.id}`, { items: [item], isOut: false })
  }

  function repeat(times: number, url: string, encoded: Encoded): void {
    for (let time = 0; time < times; time += 1) {
      running += 1
      void post(url, encoded).then((answer) => {
        counts[answer] = (counts[answer] ?? 0) + 1
        running -= 1
        tidy()
        if (!stop.signal.aborted) pump()
      })
    }
  }

  function tidy(): void {
    for (const [key, lane] of lanes) if (lane.items.length === 0 && !lane.isOut) lanes.delete(key)
    if (running > 0 || lanes.size > 0) return
    for (const resolve of waiters) resolve()
    waiters.clear()
  }

  return {
    add(hook) {
      enqueue(hook)
      wake(Math.max(hook.notBefore - now(), batchSize(hook) > 1 ? LINGER_MS : 0))
    },
    flush() {
      for (const lane of lanes.values()) for (const item of lane.items) item.notBefore = Math.min(item.notBefore, now())
      wake(0)
    },
    pending: () =>
      [...lanes.values()].flatMap((lane) =>
        lane.items.map(({ hook, attempts, lastError, notBefore }) => ({ ...hook, attempts, lastError, notBefore })),
      ),
    settled: () =>
      new Promise((resolve) => {
        waiters.add(resolve)
        tidy()
      }),
    counts: () => ({ ...counts }),
    forget() {
      for (const lane of lanes.values()) lane.items = []
      tidy()
    },
    async close() {
      stop.abort()
      clearTimeout(timer)
    },
  }
}
