/** A signed-in phone for tests: the real desk, store and outbox; only the network is ours. */
import { vi } from 'vitest'
import type { LiveEvent, ServerFrame } from '#contract/live.ts'
import type { Me } from '#contract/session.ts'
import { loadText, setLanguage } from '../text/text.ts'
import { aMe } from './fakes.ts'
import { startDesk } from './start.ts'

type Answer = { status?: number; body: unknown }
type Asked = { method: string; path: string; body: Record<string, unknown>; deed: string | null }

let phones = 0

/** The socket of the phone, held from the server's end. */
class FakeSocket extends EventTarget {
  static readonly OPEN = 1
  static last: FakeSocket | null = null
  readonly readyState = 1
  constructor() {
    super()
    FakeSocket.last = this
    queueMicrotask(() => this.hear({ t: 'hello', seq: 10 }))
  }
  send(): void {}
  close(): void {}
  hear(frame: ServerFrame): void {
    this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(frame) }))
  }
}

/** `answer` plays the server; undefined is a lost network. Unasked-for lists are empty. */
export async function aPhone(answer: (asked: Asked) => Answer | undefined, more: { me?: Me } = {}) {
  phones += 1
  const me: Me = more.me ?? aMe()
  const asked: Asked[] = []
  vi.stubGlobal('WebSocket', FakeSocket)
  vi.stubGlobal('fetch', async (url: string, init?: RequestInit) => {
    const body: Record<string, unknown> = typeof init?.body === 'string' ? JSON.parse(init.body) : {}
    const deed = new Headers(init?.headers).get('idempotency-key')
    const request = { method: init?.method ?? 'GET', path: url.replace('/api', ''), body, deed }
    asked.push(request)
    const given = answer(request) ?? (request.method === 'GET' ? { body: emptyAnswer(request.path) } : undefined)
    if (!given) throw new TypeError('no network')
    const status = given.status ?? 200
    const type = status < 400 ? 'application/json' : 'application/problem+json'
    return new Response(JSON.stringify(given.body), { status, headers: { 'content-type': type } })
  })
  const locks = new Map<string, Promise<unknown>>()
  vi.stubGlobal('navigator', {
    ...navigator,
    languages: ['es'],
    onLine: true,
    locks: {
      request(name: string, run: () => Promise<void>) {
        const mine = (locks.get(name) ?? Promise.resolve()).then(run)
        locks.set(
          name,
          mine.catch(() => undefined),
        )
        return mine
      },
    },
  })
  await setLanguage('es')
  await loadText()
  const person = { ...me.person, id: `${me.person.id.slice(0, -4)}${String(phones).padStart(4, '0')}` as Me['person']['id'] }
  const running = await startDesk({ ...me, person })
  let seq = 10
  return {
    running,
    asked,
    /** The server tells something over the live stream. */
    tell(...events: LiveEvent[]): void {
      const items = events.map((event) => {
        seq += 1
        return { seq, prev: seq - 1, event }
      })
      FakeSocket.last?.hear({ t: 'ev', items })
    },
    /** The server says what this person may do from now on. */
    tellMe(change: Partial<Me>): void {
      FakeSocket.last?.hear({ t: 'me', me: { ...running.desk.me, ...change } })
    },
    async [Symbol.asyncDispose](): Promise<void> {
      await running.stop()
      vi.unstubAllGlobals()
    },
  }
}

function emptyAnswer(path: string): unknown {
  if (path.startsWith('/chat-counts')) return { trays: { mine: 0, unassigned: 0, new: 0, open: 0, closed: 0 }, unanswered: 0 }
  return { items: [], next: null }
}
