/** What the bench asks of its load process, and what comes back. */
import { fork, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'

export type Asked = { method: string; url: string; headers: Record<string, string>; body?: string }
export type Live = { url: string; token: string }

type Hooks = {
  url: string
  phone: string
  phoneNumberId: string
  appSecret: string
  /** Names the messages of this task: no other one may use it. */
  run: string
  firstPhone: number
  senders: number
  count: number
  /** A customer's text, or `read` of a message of ours whose id and text carry the same run and number. */
  says?: 'text' | 'status'
}
/** As fast as the connections get answers. */
export type HookTask = Hooks & { do: 'hooks'; connections: number; live?: Live }
/** At an even pace, with phones that listen. */
export type WatchedTask = Hooks & { do: 'watch'; everyMs: number; sockets: number; live: Live }
export type GetTask = { do: 'get'; urls: string[]; token?: string; connections: number; seconds: number }
export type SendTask = { do: 'send'; requests: Asked[]; connections: number }
export type Task = HookTask | WatchedTask | GetTask | SendTask

/** Milliseconds throughout. `committed`: until it came out of a socket; for `watch`, last socket after the first. */
export type Answer = { seconds: number; statuses: Record<number, number>; latencies: number[]; committed?: number[] }

export type Load = { do(task: Task): Promise<Answer>; stop(): void }

/** Starts the load process. */
export function startLoad(): Load {
  const child: ChildProcess = fork(join(import.meta.dirname, 'load.ts'))
  return {
    do: (task) =>
      new Promise((done, fail) => {
        child.once('message', (answer: Answer | { error: string }) =>
          'error' in answer ? fail(new Error(answer.error)) : done(answer),
        )
        child.send(task)
      }),
    stop: () => child.disconnect(),
  }
}
