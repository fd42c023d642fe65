/** Session-nodes as processes of their own, each behind a wire and a line that tests can freeze, and killed without a word. */
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { openLine, type Line } from './line.ts'
import { openWire, type Trap, type Traps, type Wire } from './wire.ts'

const MAIN = join(import.meta.dirname, '..', '..', 'session-node', 'src', 'main.ts')

export type Place = { address: string; token: string; whatsappUrl: string; whatsappCa: string; timeScale: string }
export type SessionNode = {
  wire: Wire
  line: Line
  /** kill -9. */
  kill(): Promise<void>
  /** As a machine that falls asleep. */
  pause(): void
  wake(): void
  isAlive(): boolean
}

/** Starts one that takes `capacity` numbers; resolves when it has begun. */
async function startNode(place: Place, traps: Traps, name: string, capacity: number): Promise<SessionNode> {
  const [wire, line] = await Promise.all([openWire(place.address, traps), openLine(place.whatsappUrl)])
  const child: ChildProcess = fork(MAIN, {
    env: {
      ...{ PATH: process.env['PATH'], NODE_EXTRA_CA_CERTS: place.whatsappCa, TIME_SCALE: place.timeScale, LOG_LEVEL: 'error' },
      ...{ APP_URL: wire.address, SESSION_NODE_TOKEN: place.token, WA_WEB_URL: line.url },
      ...{ SESSION_NODE_NAME: name, SESSION_NODE_CAPACITY: String(capacity) },
    },
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  await once(child, 'message')
  const isAlive = () => child.exitCode === null && child.signalCode === null
  return {
    ...{ wire, line, isAlive },
    async kill() {
      if (isAlive()) {
        const gone = once(child, 'exit')
        child.kill('SIGKILL')
        await gone
      }
      await Promise.all([wire.close(), line.close()])
    },
    pause: () => void child.kill('SIGSTOP'),
    wake: () => void child.kill('SIGCONT'),
  }
}

/** The nodes of a test. */
export function makeNodes(place: Place) {
  const all: SessionNode[] = []
  const traps: Traps = new Map()
  let made = 0
  return {
    /** One more. */
    async start(capacity: number): Promise<SessionNode> {
      made += 1
      const one = await startNode(place, traps, `nodo ${made}`, capacity)
      all.push(one)
      return one
    },
    /** The one that runs this number just now. */
    of: (channelId: string) => all.find((node) => node.isAlive() && node.wire.runs(channelId)),
    /** Resolves when the trap has sprung, in whichever node it was. */
    trap: (trap: Trap) => new Promise<void>((caught) => traps.set(trap, caught)),
    end: () => Promise.all(all.map((node) => node.kill())),
  }
}
