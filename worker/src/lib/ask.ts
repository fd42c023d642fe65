/**
 * One HTTP question to an outside service, with an answer for every way in which it can go wrong. Nothing is thrown:
 * whoever sends messages must know whether the request may have left.
 */
export type Asker = {
  fetch: (url: string, init: RequestInit) => Promise<Response>
  timeoutMs: number
}

export type Answer =
  /** The service answered. `text` is at most 1 MB, empty when the body was lost on the way; `json` undefined when it is none. */
  | { came: true; status: number; headers: Headers; text: string; json: unknown }
  /** No answer. `left`: the request may have reached the service. `detail` holds no secret and no address. */
  | { came: false; left: boolean; detail: string }

export type Opened = { came: true; response: Response } | { came: false; left: boolean; detail: string }

const MAX_ANSWER = 1024 * 1024

/** Asks and reads the whole answer, both within `timeoutMs`. Redirects are not followed. */
export async function ask(asker: Asker, url: string, init: RequestInit): Promise<Answer> {
  const timer = new Timer(asker.timeoutMs)
  try {
    const opened = await openWithin(timer, asker, url, init)
    if (!opened.came) return opened
    const { response } = opened
    const text = await readText(response, timer)
    return {
      came: true,
      status: response.status,
      headers: response.headers,
      text,
      json: jsonIn(text),
    }
  } finally {
    timer.stop()
  }
}

/** Asks and hands over the answer once its head is there; the body then has no limit of time. */
export async function open(asker: Asker, url: string, init: RequestInit): Promise<Opened> {
  const timer = new Timer(asker.timeoutMs)
  try {
    return await openWithin(timer, asker, url, init)
  } finally {
    timer.stop()
  }
}

/** Lets a body go unread, so that its connection is free again. */
export function release(response: Response): void {
  response.body?.cancel().catch(() => {})
}

async function openWithin(timer: Timer, asker: Asker, url: string, init: RequestInit): Promise<Opened> {
  if (!isSendable(url, init)) return { came: false, left: false, detail: 'request_not_sendable' }
  try {
    const answer = asker.fetch(url, { ...init, redirect: 'manual', signal: timer.signal })
    return { came: true, response: await timer.race(answer) }
  } catch (error) {
    return { came: false, ...whatHappened(error, timer) }
  }
}

/** An address or header that fetch would refuse never leaves; found out beforehand, it is not mistaken for a lost answer. */
function isSendable(url: string, init: RequestInit): boolean {
  try {
    return new Request(url, { method: init.method ?? 'GET', headers: init.headers ?? {} }).url !== ''
  } catch {
    return false
  }
}

/**
 * Node names the errors that come before a connection stands. workerd says "Network connection lost." for a refused
 * connection and for one that broke after the request (seen on workerd 2026-11), so there the request may have left.
 */
const NEVER_LEFT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'])

function whatHappened(error: unknown, timer: Timer): { left: boolean; detail: string } {
  if (timer.rang) return { left: true, detail: 'timeout' }
  const code = codeOf(error) ?? (error instanceof Error ? codeOf(error.cause) : undefined)
  if (code !== undefined) return { left: !NEVER_LEFT.has(code), detail: code }
  return { left: true, detail: 'connection_lost' }
}

function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code.slice(0, 40) : undefined
}

async function readText(response: Response, timer: Timer): Promise<string> {
  const reader = response.body?.getReader()
  if (!reader) return ''
  const decoder = new TextDecoder()
  let text = ''
  try {
    for (;;) {
      const { done, value } = await timer.race(reader.read())
      if (done) return text + decoder.decode()
      text += decoder.decode(value, { stream: true })
      if (text.length > MAX_ANSWER) return ''
    }
  } catch {
    return ''
  } finally {
    reader.cancel().catch(() => {})
  }
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Aborts the request when the time is over, and also frees whoever waits for a fetch that does not heed the signal. */
class Timer {
  readonly #controller = new AbortController()
  readonly #timeout: ReturnType<typeof setTimeout>
  readonly #over: Promise<never>
  rang = false

  constructor(ms: number) {
    const { promise, reject } = Promise.withResolvers<never>()
    this.#over = promise
    promise.catch(() => {})
    this.#timeout = setTimeout(() => {
      this.rang = true
      reject(new Error('timeout'))
      this.#controller.abort()
    }, ms)
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  race<T>(promise: Promise<T>): Promise<T> {
    return Promise.race([promise, this.#over])
  }

  stop(): void {
    clearTimeout(this.#timeout)
  }
}
