/** Answers as REST writes them, with what they cost. */
import { json } from '../../lib/http.ts'
import type { Reply } from '../../lib/http.ts'
import { isoOf } from '../service.ts'
import { Page } from './page.ts'
import type { RestError } from '../service.ts'

export type Time = Readonly<Record<string, number | string>>

/** What stands in `time`; `operating` is what this method has cost in the last ten minutes. */
export function timeOf(now: number, operating: number, resetAt: number): Time {
  const start = now / 1000
  const reset: Record<string, number> = resetAt > 0 ? { operating_reset_at: resetAt } : {}
  return {
    ...{ start, finish: start + 0.01, duration: 0.01, processing: 0.01, date_start: isoOf(now), date_finish: isoOf(now) },
    ...{ ...reset, operating: Math.round(operating * 1e6) / 1e6 },
  }
}

export function resultBody(result: unknown, time: Time): object {
  if (!(result instanceof Page)) return { result, time }
  const next = result.next === undefined ? {} : { next: result.next }
  const total = result.total < 0 ? {} : { total: result.total }
  return { result: result.items, ...next, ...total, time }
}

export function errorBody({ code, message, more }: RestError): object {
  return { error: code, error_description: message, ...more }
}

export function errorReply(error: RestError): Reply {
  return json(error.status, errorBody(error))
}
