import { noteServerTime } from '../lib/server-time.ts'
import type { Asking } from './early.ts'
import type { Row } from './row.ts'
import { ApiProblem, problemIn, problemOf } from './problem.rules.ts'

/** No answer after this time counts as none: the phone tries again or says so. */
const TIMEOUT_MS = 15_000

type Listener = () => void
const signedOutListeners = new Set<Listener>()

/** Tells when the server no longer knows this session. Returns how to stop listening. */
export function onSignedOut(listener: Listener): () => void {
  signedOutListeners.add(listener)
  return () => signedOutListeners.delete(listener)
}

/**
 * `deed`: the request's own id, with which it is carried out once, however often it is sent. `early`: an answer to the same
 * question that is on its way already (api/early.ts).
 */
type More = { timeoutMs?: number; deed?: string; early?: Asking['early'] }

/** Calls an endpoint with the cookie's session. Throws {@link ApiProblem}, always. */
export function call<Input extends object, Output>(row: Row<Input, Output>, input: Input, more: More = {}): Promise<Output> {
  return ask(row, input, more, async (response): Promise<Output> => {
    if (!(response.headers.get('content-type') ?? '').startsWith('application/json')) {
      throw new ApiProblem('bad_answer', { status: 0 })
    }
    return await response.json()
  })
}

/** The same for an endpoint that answers with a file. Throws {@link ApiProblem}, always. */
export function callForFile<Input extends object>(
  row: Row<Input, string>,
  input: Input,
  more: More = {},
): Promise<{ blob: Blob; headers: Headers }> {
  return ask(row, input, more, async (response) => ({ blob: await response.blob(), headers: response.headers }))
}

async function ask<Input extends object, Output, Read>(
  row: Row<Input, Output>,
  input: Input,
  { timeoutMs = TIMEOUT_MS, deed, early }: More,
  read: (response: Response) => Promise<Read>,
): Promise<Read> {
  const { url, rest } = addressOf(row.path, input)
  const isRead = row.method === 'GET'
  const init: RequestInit = {
    method: row.method,
    signal: AbortSignal.timeout(timeoutMs),
    headers: { accept: 'application/json' },
  }
  if (!isRead && row.method !== 'DELETE') {
    init.headers = { accept: 'application/json', 'content-type': 'application/json', ...(deed && { 'idempotency-key': deed }) }
    init.body = JSON.stringify(rest)
  }
  try {
    const whole = isRead ? withQuery(url, rest) : url
    const response = (await early?.(whole)) ?? (await fetch(whole, init))
    noteServerTime(response.headers.get('date'))
    if (!response.ok) throw await problemIn(response)
    return await read(response)
  } catch (error) {
    const problem = problemOf(error)
    if (problem.code === 'signed_out') for (const listener of signedOutListeners) listener()
    throw problem
  }
}

function addressOf(path: string, input: object): { url: string; rest: Record<string, unknown> } {
  const rest: Record<string, unknown> = { ...input }
  const url = path.replace(/:(\w+)/g, (_, name: string) => {
    const value = String(rest[name])
    delete rest[name]
    return encodeURIComponent(value)
  })
  return { url: `/api${url}`, rest }
}

function withQuery(url: string, rest: Record<string, unknown>): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(rest)) {
    if (value !== undefined && value !== null) query.set(name, String(value))
  }
  const text = query.toString()
  return text ? `${url}?${text}` : url
}
