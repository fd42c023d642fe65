/** Everything that a provider may do wrong, on command. */
import { fieldsOf, numberOf, textOf } from './lib/fields.ts'

export type Target = 'meta' | 'gupshup' | 'clients'
/** Which requests it hits: messages that go out, files, or any. */
export type Hits = 'send' | 'media' | 'all'

type Misbehaviour = {
  target: Target
  /** Only this number (its id); null: all of the target. */
  number: string | null
  on: Hits
  /** For how many more requests; null: until it is taken away. Webhooks are not counted. */
  next: number | null
  /** The answer waits this long, after the request was worked on. */
  slowMs: number
  slowRate: number
  /** Answered instead of what is right. */
  status: number | null
  body: string | null
  /** With `status`: the request is worked on all the same. */
  processed: boolean
  failRate: number
  /** The request is worked on and the connection is cut instead of an answer. */
  dropAnswer: boolean
  dropRate: number
  expireToken: boolean
  /** Requests per second; beyond them the provider's own rate error. */
  rateLimit: number | null
  /** The message is taken, and fails later with this code. */
  failStatus: number | null
  /** Each webhook comes this many times more. */
  duplicateHooks: number
  /** `read` before `delivered` before `sent`. */
  reorderStatuses: boolean
  delayStatusesMs: number
  /** Up to this many messages and statuses in one POST (Meta, and Gupshup's v3). */
  batchHooks: number
}

/** What happens to one request. */
export type Verdict = {
  slowMs: number
  refuse: { status: number; body: string | null; processed: boolean } | null
  drop: boolean
  expired: boolean
  limited: boolean
  failStatus: number | null
}

type HookManners = Pick<Misbehaviour, 'duplicateHooks' | 'reorderStatuses' | 'delayStatusesMs' | 'batchHooks'>

export type Misbehaviours = {
  set(misbehaviour: Misbehaviour): void
  clear(target: Target | null): void
  all(): Misbehaviour[]
  judge(target: Target, numberId: string | null, kind: Hits): Verdict
  hooks(target: Target, numberId: string): HookManners
}

const GOOD: Verdict = { slowMs: 0, refuse: null, drop: false, expired: false, limited: false, failStatus: null }
const POLITE: HookManners = { duplicateHooks: 0, reorderStatuses: false, delayStatusesMs: 0, batchHooks: 1 }

/** `random` gives numbers from 0 to below 1 and decides what a rate hits; `now` is in milliseconds. */
export function makeMisbehaviours(random: () => number, now: () => number): Misbehaviours {
  const current = new Map<Target, Misbehaviour>()
  const recent = new Map<Target, number[]>()
  return {
    set: (misbehaviour) => void current.set(misbehaviour.target, { ...misbehaviour }),
    clear(target) {
      for (const each of target ? [target] : [...current.keys()]) current.delete(each)
    },
    all: () => [...current.values()],
    judge(target, numberId, kind) {
      const bad = current.get(target)
      if (!bad || !concerns(bad, numberId) || (bad.on !== 'all' && bad.on !== kind) || bad.next === 0) return GOOD
      if (bad.next !== null) bad.next -= 1
      return verdictOf(bad, random, () => isTooFast(bad, recent, now()))
    },
    hooks(target, numberId) {
      const bad = current.get(target)
      return bad && concerns(bad, numberId) ? bad : POLITE
    },
  }
}

function concerns(bad: Misbehaviour, numberId: string | null): boolean {
  return bad.number === null || bad.number === numberId
}

function verdictOf(bad: Misbehaviour, random: () => number, isLimited: () => boolean): Verdict {
  const fails = bad.status !== null && random() < bad.failRate
  return {
    slowMs: bad.slowMs > 0 && random() < bad.slowRate ? bad.slowMs : 0,
    refuse: fails ? { status: bad.status ?? 500, body: bad.body, processed: bad.processed } : null,
    drop: bad.dropAnswer && random() < bad.dropRate,
    expired: bad.expireToken,
    limited: bad.rateLimit !== null && isLimited(),
    failStatus: bad.failStatus,
  }
}

function isTooFast(bad: Misbehaviour, recent: Map<Target, number[]>, now: number): boolean {
  const times = (recent.get(bad.target) ?? []).filter((time) => time > now - 1000)
  const tooFast = times.length >= (bad.rateLimit ?? 0)
  recent.set(bad.target, tooFast ? times : [...times, now])
  return tooFast
}

export function isTarget(value: unknown): value is Target {
  return value === 'meta' || value === 'gupshup' || value === 'clients'
}

/** Reads the command of `PUT /control/misbehaviour`; a sentence when it cannot be read. */
export function misbehaviourIn(value: unknown): Misbehaviour | string {
  const fields = fieldsOf(value)
  if (!isTarget(fields.target)) return 'target must be "meta", "gupshup" or "clients"'
  const unknown = Object.keys(fields).find((name) => !KNOWN.has(name))
  if (unknown !== undefined) return `unknown field: ${unknown}`
  const usual = fields.target === 'clients' ? 'all' : 'send'
  const on = fields.on === 'media' || fields.on === 'all' || fields.on === 'send' ? fields.on : usual
  const failRate = numberOf(fields.failRate)
  const dropRate = numberOf(fields.dropRate)
  const duplicates = fields.duplicateHooks === true ? 1 : numberOf(fields.duplicateHooks)
  return {
    target: fields.target,
    number: textOf(fields.number) ?? null,
    on,
    next: numberOf(fields.next) ?? null,
    slowMs: numberOf(fields.slowMs) ?? 0,
    slowRate: numberOf(fields.slowRate) ?? 1,
    status: numberOf(fields.status) ?? (failRate === undefined ? null : 500),
    body: bodyIn(fields.body),
    processed: fields.processed === true,
    failRate: failRate ?? 1,
    dropAnswer: fields.dropAnswer === true || dropRate !== undefined,
    dropRate: dropRate ?? 1,
    expireToken: fields.expireToken === true,
    rateLimit: numberOf(fields.rateLimit) ?? null,
    failStatus: numberOf(fields.failStatus) ?? null,
    duplicateHooks: duplicates ?? 0,
    reorderStatuses: fields.reorderStatuses === true,
    delayStatusesMs: numberOf(fields.delayStatusesMs) ?? 0,
    batchHooks: Math.max(1, numberOf(fields.batchHooks) ?? 1),
  }
}

const KNOWN = new Set(
  'target number on next slowMs slowRate status body processed failRate dropAnswer dropRate expireToken rateLimit failStatus duplicateHooks reorderStatuses delayStatusesMs batchHooks'.split(
    ' ',
  ),
)

function bodyIn(value: unknown): string | null {
  if (value === undefined || value === null) return null
  return typeof value === 'string' ? value : JSON.stringify(value)
}
