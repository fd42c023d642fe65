/**
 * The life of the live stream's socket, as a pure machine: what happened and what time it is go in, the next state and
 * what to do come out. socket.ts supplies the socket and the timers.
 */
import type { LiveItem, ServerFrame } from '#contract/live.ts'
import type { Me } from '#contract/session.ts'

export const PING_EVERY_MS = 20_000
/** No pong within this time, and the connection is dead, whatever the browser thinks of it. */
export const PONG_WITHIN_MS = 5_000
/** When the phone wakes up, the answer to a probe must come faster. */
const PROBE_WITHIN_MS = 3_000
const CONNECT_WITHIN_MS = 10_000
const RETRY_FIRST_MS = 500
const RETRY_MAX_MS = 30_000
/** Somebody looks at the screen: the server is missed for seconds only, once it is back. */
const RETRY_MAX_SEEN_MS = 5_000
const ACK_EVERY_EVENTS = 100
const ACK_EVERY_MS = 5_000

export type Phase = 'off' | 'connecting' | 'open' | 'waiting' | 'refused'

export type Connection = {
  phase: Phase
  /** The last event applied here; -1 before the first connection of this phone. */
  lastSeen: number
  /** Tries since the stream was last open. */
  tries: number
  /** When a phase must be over: the dial, the pong, or the pause before the next dial. */
  deadline: number | null
  nextPing: number | null
  acked: number
  lastAckAt: number
  /** When the other side was last heard. */
  heardAt: number | null
  /** What is on the screen here: the server leaves out pushes to a phone that shows the app. */
  sees: Seeing
}

export type Seeing = { isVisible: boolean; chatId: string | null }

export type Happening =
  | { type: 'start' }
  | { type: 'stop' }
  | { type: 'opened' }
  | { type: 'frame'; frame: ServerFrame }
  | { type: 'pong' }
  | { type: 'closed' }
  | { type: 'tick' }
  /** The app came to the screen or left it, or another chat was opened. */
  | { type: 'see'; sees: Seeing }
  /** The network or the person came back: look at once whether the stream is alive. */
  | { type: 'wake' }

export type Doing =
  | { do: 'dial'; since: number }
  | { do: 'hang-up' }
  | { do: 'say'; text: string }
  | { do: 'apply'; items: LiveItem[] }
  /** Read everything again; the stream goes on from `seq`. */
  | { do: 'pull'; seq: number }
  /** What this person may do is another thing now. */
  | { do: 'note-me'; me: Me }
  | { do: 'sign-out' }

export type Step = { next: Connection; doings: Doing[] }

export function newConnection(lastSeen: number): Connection {
  return {
    ...{ phase: 'off', lastSeen, tries: 0, deadline: null, nextPing: null, acked: lastSeen, lastAckAt: 0, heardAt: null },
    sees: { isVisible: false, chatId: null },
  }
}

/** One step. `random` in [0, 1) spreads the phones of a whole company after a deployment (full jitter). */
export function step(now: Connection, what: Happening, at: number, random: number): Step {
  switch (what.type) {
    case 'start':
      return now.phase === 'off' || now.phase === 'refused' ? dial({ ...now, tries: 0 }, at) : stay(now)
    case 'stop':
      return { next: { ...now, phase: 'off', deadline: null, nextPing: null }, doings: [{ do: 'hang-up' }] }
    case 'opened':
      return stay({ ...now, heardAt: at })
    case 'frame':
      return now.phase === 'connecting' || now.phase === 'open'
        ? onFrame({ ...now, heardAt: at }, what.frame, at, random)
        : stay(now)
    case 'pong':
      return now.phase === 'open' ? stay({ ...now, heardAt: at, deadline: null, nextPing: at + PING_EVERY_MS }) : stay(now)
    case 'closed':
      return now.phase === 'connecting' || now.phase === 'open' ? wait(now, at, random) : stay(now)
    case 'see':
      return stay({ ...now, sees: what.sees }, now.phase === 'open' ? [saySeen(what.sees)] : [])
    case 'tick':
      return onTick(now, at, random)
    case 'wake':
      return onWake(now, at)
  }
}

const stay = (next: Connection, doings: Doing[] = []): Step => ({ next, doings })

function dial(now: Connection, at: number): Step {
  const next: Connection = { ...now, phase: 'connecting', deadline: at + CONNECT_WITHIN_MS, nextPing: null }
  return { next, doings: [{ do: 'dial', since: now.lastSeen }] }
}

/** Hangs up and waits: longer after each failed try, and never the same time for two phones. */
function wait(now: Connection, at: number, random: number): Step {
  const most = Math.min(now.sees.isVisible ? RETRY_MAX_SEEN_MS : RETRY_MAX_MS, RETRY_FIRST_MS * 2 ** now.tries)
  const next: Connection = { ...now, phase: 'waiting', tries: now.tries + 1, deadline: at + random * most, nextPing: null }
  return { next, doings: [{ do: 'hang-up' }] }
}

function onFrame(now: Connection, frame: ServerFrame, at: number, random: number): Step {
  switch (frame.t) {
    case 'hello':
      return onHello(now, frame.seq, at)
    case 'ev':
      return onEvents(now, frame.items, at, random)
    case 'note':
      return stay(now, now.sees.isVisible ? [{ do: 'say', text: JSON.stringify({ t: 'noted', id: frame.id }) }] : [])
    case 'me':
      return stay(now, [{ do: 'note-me', me: frame.me }])
    case 'resync':
      return stay({ ...now, lastSeen: frame.seq, acked: frame.seq }, [{ do: 'pull', seq: frame.seq }])
    case 'bye':
      if (frame.code === 'signed_out')
        return stay({ ...now, phase: 'off', deadline: null, nextPing: null }, [{ do: 'hang-up' }, { do: 'sign-out' }])
      if (frame.code === 'forbidden')
        return stay({ ...now, phase: 'refused', deadline: null, nextPing: null }, [{ do: 'hang-up' }])
      return wait(now, at, random)
  }
}

function onHello(now: Connection, seq: number, at: number): Step {
  const open: Connection = { ...now, phase: 'open', tries: 0, deadline: null, nextPing: at + PING_EVERY_MS, lastAckAt: at }
  // The first time there is nothing to go on from; and a smaller number than ours is another life of the server.
  const isNew = now.lastSeen < 0 || seq < now.lastSeen
  const seen = now.sees.isVisible ? [saySeen(now.sees)] : []
  return isNew ? stay({ ...open, lastSeen: seq, acked: seq }, [...seen, { do: 'pull', seq }]) : stay(open, seen)
}

const saySeen = ({ isVisible, chatId }: Seeing): Doing => ({ do: 'say', text: JSON.stringify({ t: 'see', isVisible, chatId }) })

function onEvents(now: Connection, items: readonly LiveItem[], at: number, random: number): Step {
  const fresh: LiveItem[] = []
  let lastSeen = now.lastSeen
  for (const item of items) {
    if (item.seq <= lastSeen) continue
    if (item.prev > lastSeen) {
      // Something for us lies between: apply what is whole, then ask again from there.
      const broken = wait({ ...now, lastSeen }, at, random)
      return { next: broken.next, doings: [...applying(fresh), ...broken.doings] }
    }
    fresh.push(item)
    lastSeen = item.seq
  }
  const next = { ...now, lastSeen }
  const isDue = lastSeen - now.acked >= ACK_EVERY_EVENTS
  return isDue ? ack(next, at, applying(fresh)) : stay(next, applying(fresh))
}

const applying = (items: LiveItem[]): Doing[] => (items.length > 0 ? [{ do: 'apply', items }] : [])

function ack(now: Connection, at: number, before: Doing[] = []): Step {
  const text = JSON.stringify({ t: 'ack', seq: now.lastSeen })
  return stay({ ...now, acked: now.lastSeen, lastAckAt: at }, [...before, { do: 'say', text }])
}

function onTick(now: Connection, at: number, random: number): Step {
  if (now.deadline !== null && at >= now.deadline) {
    if (now.phase === 'waiting') return dial(now, at)
    if (now.phase === 'connecting' || now.phase === 'open') return wait(now, at, random)
  }
  if (now.phase !== 'open') return stay(now)
  if (now.nextPing !== null && at >= now.nextPing) return ping(now, at, PONG_WITHIN_MS)
  if (now.lastSeen > now.acked && at - now.lastAckAt >= ACK_EVERY_MS) return ack(now, at)
  return stay(now)
}

function ping(now: Connection, at: number, within: number): Step {
  return stay({ ...now, deadline: at + within, nextPing: null }, [{ do: 'say', text: 'ping' }])
}

function onWake(now: Connection, at: number): Step {
  if (now.phase === 'waiting') return dial({ ...now, tries: 0 }, at)
  return now.phase === 'open' ? ping(now, at, PROBE_WITHIN_MS) : stay(now)
}
