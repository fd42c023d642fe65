/** What every part of the simulated PayPal works with. */
import type { Fields } from '../lib/fields.ts'
import type { Ground } from './ground.ts'
import type { App } from './model.ts'
import type { Teller } from './webhooks/tell.ts'

export type Paypal = Ground & { teller: Teller }

/** A call of the API, checked against its description. */
export type Call = {
  pp: Paypal
  app: App
  names: Record<string, string>
  body: Fields
  raw: string
  query: URLSearchParams
  /** `Prefer: return=representation`. */
  isWhole: boolean
  requestId: string | null
}

/** `made`: what a repetition of the request gets to see again, with 200. */
export type Answer = { status: number; body?: object; made?: { kind: string; ref: string } }

export type Handle = (call: Call) => Answer
