/** A WebSocket to the Worker that pings, and says when a ping that was answered had been sent. */
import { PING_MS } from '#contract/session-node.ts'
import { WebSocket } from 'ws'

export type Dialled = {
  say(frame: object): void
  close(): void
  /** At once, without a word. */
  cut(): void
}

export type Hears = {
  open(): void
  frame(text: string): void
  /** The Worker is there: it has answered the ping that was sent then. */
  answered(sentAt: number): void
  /** The Worker answered with this status instead of opening; `closed` follows. */
  refused?(status: number): void
  /** 1006: it never opened, or broke. */
  closed(code: number): void
}

/** Every ping is answered within so many pings, or the link is dead. */
const SILENT_PINGS = 3
const FRAME_MAX = 20_000_000

/** Opens the link. `closed` comes once, whatever happens. `timeScale`: contract/session-node.ts. */
export function dial(address: string, token: string, hears: Hears, timeScale = 1): Dialled {
  const pingMs = PING_MS * timeScale
  const socket = new WebSocket(address, {
    headers: { authorization: `Bearer ${token}` },
    maxPayload: FRAME_MAX,
    handshakeTimeout: 10_000,
    perMessageDeflate: false,
  })
  let sentAt = 0
  let heardAt = 0
  const ping = (): void => {
    if (heardAt !== 0 && Date.now() - heardAt > SILENT_PINGS * pingMs) return socket.terminate()
    sentAt = Date.now()
    socket.send('ping')
  }
  let beat: NodeJS.Timeout | undefined
  socket.on('open', () => {
    heardAt = Date.now()
    beat = setInterval(ping, pingMs)
    ping()
    hears.open()
  })
  socket.on('message', (data) => {
    heardAt = Date.now()
    const text = String(data)
    if (text === 'pong') hears.answered(sentAt)
    else hears.frame(text)
  })
  socket.on('unexpected-response', (_, { statusCode = 0 }) => {
    hears.refused?.(statusCode)
    socket.terminate()
  })
  // What went wrong is told by the close that follows.
  socket.on('error', () => undefined)
  socket.on('close', (code) => {
    clearInterval(beat)
    hears.closed(code)
  })
  return {
    say: (frame) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame))
    },
    close: () => socket.close(1000),
    cut: () => socket.terminate(),
  }
}
