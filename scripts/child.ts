/** A process of ours that is always there: when it dies, it is started again, until we stop it. */
import { fork, type ChildProcess, type Serializable } from 'node:child_process'
import { join } from 'node:path'

export type Child = {
  pid(): number | undefined
  /** Ends it as a power cut would; resolves when a new one is ready. */
  kill9(): Promise<void>
  /** Asks it to leave, and makes it after `ms`. */
  stop(ms?: number): Promise<void>
  /** Resolves when the present one has said that it is ready; throws what it complained of when it cannot start. */
  ready(): Promise<void>
  /** The last message of the present one; null until it says something. */
  message(): unknown
  /** Tells the present one something; one that has just died does not hear it. */
  tell(message: Serializable): void
}

export type ChildOptions = {
  /** What people call it. */
  name: string
  script: string
  env: NodeJS.ProcessEnv
  /** Print what it prints. */
  logs: boolean
  /** Runs between a death and the next start. */
  afterDeath?: () => void
  /** Told of every death that nobody asked for. */
  say: (line: string) => void
}

const AGAIN_MS = 100
const GIVE_UP_AFTER = 5
const LEAVE_WITH_PARENT = join(import.meta.dirname, 'leave-with-parent.ts')

function isReady(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'ready' in message && message.ready === true
}

/** Starts a script of ours and keeps it running. It says `{ready: true, …}` over IPC. */
export function keepRunning(options: ChildOptions): Child {
  let child: ChildProcess
  let stopping = false
  /** Deaths in a row before it was ready: then it cannot start, and trying for ever would hide why. */
  let falseStarts = 0
  let said: unknown = null
  let readiness: PromiseWithResolvers<void> = Promise.withResolvers()

  const begin = (): void => {
    let output = ''
    let wasReady = false
    child = fork(options.script, {
      env: options.env,
      execArgv: ['--import', LEAVE_WITH_PARENT],
      stdio: ['ignore', options.logs ? 'inherit' : 'ignore', 'pipe', 'ipc'],
      // A group of its own: a terminal's Ctrl-C reaches it only through us.
      detached: true,
    })
    child.stderr?.on('data', (chunk) => {
      output = `${output}${chunk}`.slice(-4_000)
      if (options.logs) process.stderr.write(chunk)
    })
    child.on('message', (message) => {
      said = message
      if (!isReady(message)) return
      wasReady = true
      falseStarts = 0
      readiness.resolve()
    })
    child.once('exit', (_code, signal) => {
      if (stopping) return
      if (wasReady) readiness = Promise.withResolvers()
      else if (signal !== 'SIGKILL') falseStarts += 1
      // What the dead one last said is still needed here, to clean up after it.
      options.afterDeath?.()
      said = null
      if (falseStarts >= GIVE_UP_AFTER) {
        // Whoever waits is told; when nobody does, the line below says it.
        readiness.promise.catch(() => undefined)
        readiness.reject(new Error(`${options.name} no arranca:\n${output.trim()}`))
        return options.say(`${options.name} no arranca y no se vuelve a intentar:\n${output.trim()}`)
      }
      options.say(`${options.name} se detuvo; se inicia otra vez.`)
      setTimeout(() => {
        if (!stopping) begin()
      }, AGAIN_MS)
    })
  }
  begin()
  return {
    pid: () => child.pid,
    message: () => said,
    tell(message) {
      if (child.connected) child.send(message, () => undefined)
    },
    ready: () => readiness.promise,
    async kill9() {
      await readiness.promise
      const old = child
      const gone = new Promise((done) => old.once('exit', done))
      old.kill('SIGKILL')
      await gone
      await readiness.promise
    },
    async stop(ms = 4_000) {
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
