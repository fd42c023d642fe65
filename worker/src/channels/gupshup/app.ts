/** Questions about a Gupshup app, in self-serve and in partner words (reference/gupshup.md §3 and §4). */
import type { Line, Wire } from '../channel.ts'
import { ask } from '../../lib/ask.ts'
import type { Answer } from '../../lib/ask.ts'
import { fieldsOf } from '../../lib/untrusted.ts'
import { addressOf, gupshupOf, signedHeaders } from './api.ts'
import { failureOf } from './errors.ts'

/** Asks for something below the app. A form has its own type; other bodies are sent as urlencoded forms. */
export function askFor(
  line: Line,
  wire: Wire,
  resource: string,
  init: { method: string; body?: string | FormData },
): Promise<Answer> {
  const path = { selfServe: `wa/app/${encodeURIComponent(gupshupOf(line).appId)}/${resource}`, partner: resource }
  const isForm = typeof init.body === 'string'
  const type: Record<string, string> = isForm ? { 'content-type': 'application/x-www-form-urlencoded' } : {}
  return ask(wire, addressOf(line, path), { ...init, headers: { ...signedHeaders(line), accept: 'application/json', ...type } })
}

export function isGood(answer: Answer): answer is Answer & { came: true } {
  return answer.came && answer.status >= 200 && answer.status < 300 && fieldsOf(answer.json).status !== 'error'
}

/** What is asked here may be asked again: without an answer the provider was just not there. */
export function refused(answer: Answer): { ok: false; error: ReturnType<typeof failureOf>['error'] } {
  const { outcome, error } = failureOf(answer)
  return { ok: false, error: outcome === 'unknown' ? { ...error, code: 'provider_unreachable' } : error }
}
