/**
 * What a number's supervisor does when its line to WhatsApp ends, or goes quiet: reference/baileys.md §6. Pure: the clock
 * and the dice are given. A number that rests does nothing by itself until somebody asks for it.
 */
import type { Standing } from '#contract/session-node.ts'

/** How a line ended: with the library's code, at the door (HTTP), or not at all within its time. */
export type Ended = { how: 'closed'; code: number } | { how: 'refused'; status: number } | { how: 'stuck' }

/** What came before, for one number. Times in milliseconds. */
export type Course = {
  /** Ends in a row that nobody wished for. */
  failures: number
  /** Times in a row that another line took this one's place. */
  replaced: number
  /** The newest version of WhatsApp Web was fetched since the last good connection. */
  hasNewVersion: boolean
  /** Since when the line has been good; null while it is not. */
  upSince: number | null
}

export type Next =
  | { do: 'connect'; inMs: number; standing: Standing; course: Course; newVersion: boolean }
  | { do: 'rest'; standing: Standing; course: Course; /** The keys are worth nothing any more. */ forget: boolean }

export const FRESH: Course = { failures: 0, replaced: 0, hasNewVersion: false, upSince: null }

const BASE_MS = 2_000
const CAP_MS = 5 * 60_000
/** A server that says "busy" is left alone for longer. */
const BUSY_FLOOR_MS = 30_000
const STABLE_MS = 10 * 60_000
const MOST_REPLACED = 3
const REPLACED_MS = [30_000, 60_000] as const
/** A code that nobody scans is asked for again by a person, not by us: a loop looks like abuse. */
const MOST_LINK_FAILURES = 3

const CODES = {
  ...{ temporaryBan: 402, loggedOut: 401, forbidden: 403, oldVersion: 405, appBan: 406, timedOut: 408, notMultiDevice: 411 },
  ...{ replaced: 440, busy: 503, restart: 515 },
} as const

/** `isLinked`: a phone has signed this device (not merely that a code was asked for). `dice`: from 0 to below 1. */
export function afterEnd(ended: Ended, isLinked: boolean, before: Course, now: number, dice: number): Next {
  const course = settled(before, now)
  if (ended.how !== 'closed') return again(ended, isLinked, course, dice)
  const { code } = ended
  switch (code) {
    case CODES.restart:
      return {
        do: 'connect',
        inMs: 0,
        standing: { state: 'connecting' },
        course: { ...course, upSince: null },
        newVersion: false,
      }
    case CODES.loggedOut:
      return rest(isLinked ? 'logged_out' : 'unlinked', isLinked ? 'session_logged_out' : 'session_link_refused', code, true)
    case CODES.forbidden:
    case CODES.temporaryBan:
    case CODES.appBan:
    case CODES.notMultiDevice:
      return isLinked ? rest('blocked', 'session_blocked', code, false) : rest('unlinked', 'session_link_refused', code, true)
    case CODES.oldVersion:
      return course.hasNewVersion ? rest('refused', 'session_refused', code, false) : withNewVersion(course)
    case CODES.replaced:
      return afterReplaced(course, dice)
    case CODES.timedOut:
      return isLinked ? again(ended, isLinked, course, dice) : rest('unlinked', 'session_qr_over', code, true)
    default:
      return again(ended, isLinked, course, dice)
  }
}

/** Ten good minutes wash away what went wrong before. */
function settled(course: Course, now: number): Course {
  return course.upSince !== null && now - course.upSince >= STABLE_MS ? FRESH : course
}

function again(ended: Ended, isLinked: boolean, course: Course, dice: number): Next {
  const failures = course.failures + 1
  const providerCode = providerCodeOf(ended)
  if (!isLinked && failures >= MOST_LINK_FAILURES) return rest('unlinked', 'session_link_refused', providerCode, true)
  const isBusy = ended.how === 'closed' && ended.code === CODES.busy
  const inMs = Math.max(isBusy ? BUSY_FLOOR_MS : 0, backOff(failures, dice))
  const state = isLinked ? 'reconnecting' : 'linking'
  const standing: Standing = { state, code: isLinked ? 'session_away' : null, providerCode, againInMs: inMs }
  return { do: 'connect', inMs, standing, course: { ...course, failures, upSince: null }, newVersion: false }
}

/** The same a factor sooner: contract/session-node.ts, `TIME_SCALE`. */
export function sooner(next: Next, timeScale: number): Next {
  if (next.do === 'rest' || timeScale === 1) return next
  const inMs = Math.round(next.inMs * timeScale)
  return { ...next, inMs, standing: { ...next.standing, ...(next.standing.againInMs && { againInMs: inMs }) } }
}

/** Full jitter: numbers that fell together do not come back together. */
export function backOff(failures: number, dice: number): number {
  return Math.round(dice * Math.min(CAP_MS, BASE_MS * 2 ** Math.min(failures, 20)))
}

/** Somebody else has this very session: we give way a few times, then for good. */
function afterReplaced(course: Course, dice: number): Next {
  const replaced = course.replaced + 1
  if (replaced > MOST_REPLACED) return rest('replaced', 'session_replaced', CODES.replaced, false)
  const [least, most] = REPLACED_MS
  const inMs = Math.round(least + dice * (most - least))
  const standing: Standing = {
    state: 'reconnecting',
    code: 'session_replaced',
    providerCode: String(CODES.replaced),
    againInMs: inMs,
  }
  return { do: 'connect', inMs, standing, course: { ...course, replaced, upSince: null }, newVersion: false }
}

function withNewVersion(course: Course): Next {
  const standing: Standing = { state: 'connecting', providerCode: String(CODES.oldVersion) }
  return { do: 'connect', inMs: 0, standing, course: { ...course, hasNewVersion: true, upSince: null }, newVersion: true }
}

function rest(state: Standing['state'], code: string, providerCode: number | string, forget: boolean): Next {
  return { do: 'rest', standing: { state, code, providerCode: String(providerCode) }, course: FRESH, forget }
}

function providerCodeOf(ended: Ended): string {
  if (ended.how === 'closed') return String(ended.code)
  return ended.how === 'refused' ? `http_${ended.status}` : 'stuck'
}

/** The line is good: it is logged in, and has had everything that waited. */
export function nowUp(course: Course, now: number): Course {
  return { ...course, upSince: now, hasNewVersion: false }
}

// A line that is open and deaf -----------------------------------------------------------------------------------------

/** What a line showed, and when; null: not yet. */
export type Signs = {
  startedAt: number
  /** A code is on the screen, or it is logged in. */
  shownAt: number | null
  openAt: number | null
  /** It has had what waited for it. */
  readyAt: number | null
  /** The first message that came in and did not come out of the library. */
  stuckSince: number | null
  flushedAt: number | null
}

const SHOWN_WITHIN_MS = 45_000
const READY_WITHIN_MS = 90_000
const DEAF_MS = 60_000

/** Is the line all right? `flush`: the library holds something back; `end`: only a new line helps. */
export function lookAt(signs: Signs, now: number, timeScale = 1): 'fine' | 'flush' | 'end' {
  const { startedAt, shownAt, openAt, readyAt, stuckSince, flushedAt } = signs
  if (shownAt === null && openAt === null) return now - startedAt >= SHOWN_WITHIN_MS * timeScale ? 'end' : 'fine'
  if (openAt !== null && readyAt === null) return now - openAt >= READY_WITHIN_MS * timeScale ? 'end' : 'fine'
  if (stuckSince === null || now - stuckSince < DEAF_MS * timeScale) return 'fine'
  return flushedAt !== null && flushedAt >= stuckSince ? (now - flushedAt >= DEAF_MS * timeScale ? 'end' : 'fine') : 'flush'
}

// Many numbers in one process ------------------------------------------------------------------------------------------

/** Connections of one process that may begin within a second: a restart of fifty numbers does not stampede. */
const PER_SECOND = 5

/** When a number that wants to connect now may; `earlier`: the turns that were given out, oldest first. */
export function turnFor(earlier: readonly number[], now: number): number {
  const before = earlier.at(-PER_SECOND)
  return before === undefined ? now : Math.max(now, before + 1_000)
}
