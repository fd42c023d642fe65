/** One JSON line an event. Only declared fields get in: never message text, never a secret, never a whole number. */
export type LogLevel = 'info' | 'warn' | 'error'

export type LogLine = {
  event: string
  trace?: string | undefined
  account?: string | undefined
  channel?: string | undefined
  gateway?: string | undefined
  chat?: string | undefined
  message?: string | undefined
  method?: string | undefined
  path?: string | undefined
  status?: number | undefined
  ms?: number | undefined
  code?: string | undefined
  count?: number | undefined
  attempts?: number | undefined
  error?: string | undefined
}

const ORDER: Record<LogLevel, number> = { info: 0, warn: 1, error: 2 }
let threshold: LogLevel = 'info'

/** From LOG_LEVEL: what is below is not written. */
export function setLogLevel(level: string | undefined): void {
  if (level === 'info' || level === 'warn' || level === 'error') threshold = level
}

export function log(level: LogLevel, line: LogLine): void {
  if (ORDER[level] < ORDER[threshold]) return
  console[level](JSON.stringify({ ts: new Date().toISOString(), level, ...line }))
}

/** What may be written of something thrown: its kind and message, on one line. */
export function errorText(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return text.replaceAll(/\s+/g, ' ').slice(0, 300)
}
