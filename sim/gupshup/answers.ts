/** Gupshup's answers: reference/gupshup.md §2. */
import { json } from '../lib/http.ts'
import type { Reply } from '../lib/http.ts'
import type { Handled, Note } from '../provider.ts'

/** Taken, not sent. The content type is not JSON's with the real one either: callers must read the text. */
export function submitted(gsId: string): Reply {
  return {
    status: 202,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: JSON.stringify({ status: 'submitted', messageId: gsId }),
  }
}

function gupshupError(status: number, message: string): Reply {
  return json(status, { status: 'error', message })
}

export const UNAUTHORIZED = gupshupError(401, 'Authentication Failed')
export const TOO_MANY = gupshupError(429, 'Too Many Requests')

export function refused(status: number, message: string, note: Note = {}): Handled {
  return { reply: gupshupError(status, message), note: { ...note, errorCode: message } }
}

export function success(value: object): Handled {
  return { reply: json(200, { status: 'success', ...value }), note: { processed: true } }
}

export function broken(status: number): Reply {
  if (status === 429) return TOO_MANY
  return { status, headers: { 'content-type': 'text/html' }, body: `<html><body><h1>${status} Server Error</h1></body></html>` }
}
