/** A process of ours that is always there: when it dies, it is started again, until we stop it. */
import { fork, type ChildProcess } from 'node:child_process'

export type Child = {
  pid(): number | undefined
  /** Ends it as a power cut would; resolves when a new one is ready. */
  kill9(): Promise<void>
  /** Asks it to leave, and makes it after `ms`. */
  stop(ms?: number): Promise<void>
  /** Resolves when the present one has said that it is ready. */
  ready(): Promise<void>
  /** The last message of the present one; null until it says something. */
  message(): unknown
}

export type ChildOptions = {
  script: string
  env: NodeJS.ProcessEnv
  /** Runs between a death and the next start. */
  afterDeath?: () => void
  /** Told when it keeps dying at once; then it is not started again. */
  gaveUp: (output: string) => void
}

const AGAIN_MS = 300
const AT_ONCE_MS = 5_000
const GIVE_UP_AFTER = 5

function isReady(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'ready' in message && message.ready === true
}

/** Starts a script of ours and keeps it running. It says `{ready: true, …}` over IPC. */
export function keepRunning(options: ChildOptions): Child {
  let child: ChildProcess
  let stopping = false
  let quickDeaths = 0
  let said: unknown = null
  let readiness: PromiseWithResolvers<void> = Promise.withResolvers()

  const begin = (): void => {
    const startedAt = Date.now()
    let output = ''
    child = fork(options.script, { env: options.env, stdio: ['ignore', 'inherit', 'pipe', 'ipc'] })
    child.stderr?.on('data', (chunk) => {
      output = `${output}${chunk}`.slice(-4_000)
    })
    child.on('message', (message) => {
      said = message
      if (isReady(message)) readiness.resolve()
    })
    child.once('exit', () => {
      if (stopping) return
      readiness = Promise.withResolvers()
      // What the dead one last said is still needed here, to clean up after it.
      options.afterDeath?.()
      said = null
      quickDeaths = Date.now() - startedAt < AT_ONCE_MS ? quickDeaths + 1 : 0
      if (quickDeaths >= GIVE_UP_AFTER) return options.gaveUp(output)
      setTimeout(() => {
        if (!stopping) begin()
      }, AGAIN_MS)
    })
  }
  begin()
  return {
    pid: () => child.pid,
    message: () => said,
    ready: () => readiness.promise,
    async kill9() {
      await readiness.promise
      const old = child
      const gone = new Promise((done) => old.once('exit', done))
      old.kill('SIGKILL')
      await gone
      await readiness.promise
    },
    async stop(ms = 6_000) {
      stopping = true
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = new Promise((done) => child.once('exit', done))
      child.kill('SIGTERM')
      const timer = setTimeout(() => child.kill('SIGKILL'), ms)
      await gone
      clearTimeout(timer)
    },
  }
}
