/** The simulated Stripe as its door knows it. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Asked, Reply } from '../lib/http.ts'

/** What is behind the door, once it is loaded. */
export type OpenStripe = {
  api(request: IncomingMessage, response: ServerResponse): Promise<void>
  /** A page for people; the path comes without `/stripe`. */
  page(asked: Asked, path: string): Promise<Reply>
  /** A command; the path comes without `/control/stripe`. */
  commands(asked: Asked, path: string): Promise<Reply>
  close(): void
}

export type StripeOptions = {
  /** The product's address for events, registered when Stripe is first asked something. */
  hook?: { url: string; secret: string }
}
