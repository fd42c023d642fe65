/** The one socket of a number's node, as the Session object holds it: frames out, questions and their answers. */
import { LinkFrame, type Ask, type KeyRow, type PastSlice, type SessionFrame } from '#contract/session-node.ts'
import { newId } from '../../lib/ids.ts'
import type { SessionAnswer } from '../channel.ts'

/** Survives hibernation with the socket. */
export type Holder = { node: string; epoch: number }
export type Answer = SessionAnswer & { past: PastSlice | null }

const BYTES_MS = 55_000
const FRAME_MAX = 20_000_000

export function holderOf(socket: WebSocket): Holder | null {
  return socket.deserializeAttachment()
}

/** Whether the frame could be sent: a socket that is closing says no, and what was to be sent comes again with the next link. */
export function tell(socket: WebSocket, frame: SessionFrame): boolean {
  try {
    socket.send(JSON.stringify(frame))
    return true
  } catch {
    return false
  }
}

/** Rows of keys in one frame: 500 of a kilobyte or two. */
const KEYS_A_FRAME = 500

/** What the node must have in memory before it begins. */
export function tellKeys(socket: WebSocket, rows: KeyRow[]): void {
  for (let i = 0; i < rows.length; i += KEYS_A_FRAME)
    tell(socket, { t: 'keys', rows: rows.slice(i, i + KEYS_A_FRAME), last: false })
  tell(socket, { t: 'keys', rows: [], last: true })
}

/** A frame of the node, or null when it is none. */
export function frameOf(data: string | ArrayBuffer): LinkFrame | null {
  if (typeof data !== 'string' || data.length > FRAME_MAX) return null
  try {
    return LinkFrame.safeParse(JSON.parse(data)).data ?? null
  } catch {
    return null
  }
}

const NO_LINK: Answer = { ok: false, code: 'session_away', value: null, past: null }

/** Questions that wait for their answer. They do not outlive the object: whoever asked asks again. */
export class Asked {
  private readonly open = new Map<string, (answer: Answer) => void>()
  /** Where the node puts bytes. */
  private readonly door: () => string

  constructor(door: () => string) {
    this.door = door
  }

  has(id: string): boolean {
    return this.open.has(id)
  }

  /** Asks and waits; no link, or no answer in time, is an answer too. */
  async ask(socket: WebSocket | null, make: (id: string) => Ask, withinMs: number): Promise<Answer> {
    const id = newId()
    const { promise, resolve } = Promise.withResolvers<Answer>()
    this.open.set(id, resolve)
    const timer = setTimeout(() => resolve(NO_LINK), withinMs)
    if (!socket || !tell(socket, { t: 'ask', id, ask: make(id) })) resolve(NO_LINK)
    const answer = await promise
    clearTimeout(timer)
    this.open.delete(id)
    return answer
  }

  /** Asks for bytes, which the node puts at the object's door; `id` names them there. */
  async bytes(socket: WebSocket | null, make: (url: string) => Ask): Promise<Answer & { id: string }> {
    let asked = ''
    const answer = await this.ask(
      socket,
      (id) => {
        asked = id
        return make(`${this.door()}/${id}`)
      },
      BYTES_MS,
    )
    return { ...answer, id: asked }
  }

  answered({ id, ok, code, value, past }: Extract<LinkFrame, { t: 'done' }>): void {
    this.open.get(id)?.({ ok, code: code ?? null, value: value ?? null, past: past ?? null })
  }

  /** The link is gone: nobody will answer. */
  drop(): void {
    for (const resolve of this.open.values()) resolve(NO_LINK)
  }
}
