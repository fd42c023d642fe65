import type { LiveItem, ServerFrame } from '#contract/live.ts'
import type { Me } from '#contract/session.ts'
import { newConnection, step, type Connection, type Doing, type Happening, type Seeing } from './connection.rules.ts'

const TICK_MS = 250

type Deps = {
  lastSeen: number
  /** Events in order, each once. */
  apply(items: LiveItem[]): void
  pull(seq: number): void
  noteMe(me: Me): void
  signedOut(): void
  changed(connection: Connection): void
}

/** The live stream of this tab. Returns how to say what is on the screen, and how to stop it. */
export function startSocket(deps: Deps): { see(sees: Seeing): void; wake(): void; stop(): void } {
  let connection = newConnection(deps.lastSeen)
  let socket: WebSocket | null = null

  function happen(what: Happening): void {
    const { next, doings } = step(connection, what, Date.now(), Math.random())
    const isNews = next.phase !== connection.phase || next.lastSeen !== connection.lastSeen
    connection = next
    for (const doing of doings) perform(doing)
    if (isNews) deps.changed(connection)
  }

  function perform(doing: Doing): void {
    switch (doing.do) {
      case 'dial':
        return dial(doing.since)
      case 'hang-up':
        return hangUp()
      case 'say':
        return socket?.readyState === WebSocket.OPEN ? socket.send(doing.text) : undefined
      case 'apply':
        return deps.apply(doing.items)
      case 'pull':
        return deps.pull(doing.seq)
      case 'note-me':
        return deps.noteMe(doing.me)
      case 'sign-out':
        return deps.signedOut()
    }
  }

  function dial(since: number): void {
    hangUp()
    const url = new URL('/api/live', location.href)
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
    if (since >= 0) url.searchParams.set('since', String(since))
    const dialled = new WebSocket(url)
    socket = dialled
    // A socket that was hung up must not speak for its successor.
    const only = (handle: () => void) => () => dialled === socket && handle()
    dialled.addEventListener(
      'open',
      only(() => happen({ type: 'opened' })),
    )
    dialled.addEventListener(
      'close',
      only(() => happen({ type: 'closed' })),
    )
    dialled.addEventListener('message', (event: MessageEvent<string>) => {
      if (dialled !== socket) return
      if (event.data === 'pong') return happen({ type: 'pong' })
      const frame: ServerFrame = JSON.parse(event.data)
      happen({ type: 'frame', frame })
    })
  }

  function hangUp(): void {
    const old = socket
    socket = null
    old?.close()
  }

  const timer = setInterval(() => happen({ type: 'tick' }), TICK_MS)
  const onWake = () => document.visibilityState === 'visible' && happen({ type: 'wake' })
  window.addEventListener('online', onWake)
  window.addEventListener('pageshow', onWake)
  document.addEventListener('visibilitychange', onWake)
  happen({ type: 'start' })

  return {
    see: (sees) => happen({ type: 'see', sees }),
    /** Is the line still there? */
    wake: () => happen({ type: 'wake' }),
    stop() {
      clearInterval(timer)
      window.removeEventListener('online', onWake)
      window.removeEventListener('pageshow', onWake)
      document.removeEventListener('visibilitychange', onWake)
      happen({ type: 'stop' })
    },
  }
}
