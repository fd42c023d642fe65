/** Stripe's own client inside workerd, and its errors as values: whoever moves money must know what may have been done. */
import Stripe from 'stripe'
import { sha256, toHex } from '../../lib/bytes.ts'
import type { Failure, FailureKind, Result, Surroundings } from '../gateway.ts'

/** `hookSecret`: what Stripe signs its events with. */
export type StripeSettings = Surroundings & { key: string; hookSecret: string }
export type Client = { stripe: Stripe; settings: StripeSettings }

const REAL = 'https://api.stripe.com'

/** The client of one account. Every request carries the version that these types were made from. */
export function clientOf(settings: StripeSettings): Client {
  const there = (url: string) => (url.startsWith(`${REAL}/`) ? settings.api + url.slice(REAL.length) : url)
  const fetch = (input: string | URL | Request, init: RequestInit = {}) =>
    settings.fetch(there(input instanceof Request ? input.url : String(input)), init)
  const stripe = new Stripe(settings.key, {
    httpClient: Stripe.createFetchHttpClient(fetch),
    // Once more by itself, with the same key; what then is still unclear is ours to find out.
    maxNetworkRetries: 1,
    timeout: 20_000,
    telemetry: false,
    appInfo: { name: 'WhatsappB24' },
  })
  return { stripe, settings }
}

const { errors } = Stripe

function kindOf(error: InstanceType<typeof errors.StripeError>): FailureKind {
  if (error instanceof errors.StripeCardError) return 'declined'
  if (error instanceof errors.StripeRateLimitError) return 'busy'
  if (error instanceof errors.StripeAuthenticationError || error instanceof errors.StripePermissionError) return 'auth'
  if (error instanceof errors.StripeIdempotencyError) return error.statusCode === 409 ? 'busy' : 'refused'
  if (error instanceof errors.StripeInvalidRequestError) {
    if (error.code === 'lock_timeout' || error.statusCode === 409) return 'busy'
    return error.code === 'resource_missing' || error.statusCode === 404 ? 'gone' : 'refused'
  }
  return 'unknown'
}

function failureOf(error: unknown): Failure {
  if (!(error instanceof errors.StripeError)) return { ok: false, kind: 'unknown', code: 'no_answer', text: String(error) }
  const request = error.requestId ? ` (${error.requestId})` : ''
  const code = error.decline_code ?? error.code ?? error.type
  return { ok: false, kind: kindOf(error), code, text: `${error.message}${request}` }
}

/** Asks, and gives what came of it as a value. */
export async function asked<T>(work: () => Promise<T>): Promise<Result<T>> {
  try {
    return { ok: true, value: await work() }
  } catch (error) {
    return failureOf(error)
  }
}

/** A key for a request whose words may have changed since: other words are another request. */
export async function keyFor(name: string, words: unknown): Promise<string> {
  return `${name}:${toHex(await sha256(JSON.stringify(words))).slice(0, 16)}`
}

/** The id of what Stripe names or, where we asked for it, shows whole. */
export function idOf(value: string | { id: string } | null | undefined): string | null {
  return typeof value === 'string' ? value : (value?.id ?? null)
}

/** What was shown whole, since we asked for it. */
export function whole<T extends { id: string }>(value: string | T | null | undefined): T | null {
  return typeof value === 'object' ? value : null
}

export const dateOf = (seconds: number): Date => new Date(seconds * 1000)
