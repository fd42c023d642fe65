/**
 * Stripe, simulated: its API at `/v1/…` for the unmodified `stripe` client, hosted pages at `/stripe/…`, webhooks,
 * and a clock that can be moved. Behaves as reference/payments.md says; README.md tells what to ask of it. Nothing of it is
 * loaded before somebody asks, unless a former process left something that goes on by itself.
 */
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Sim } from '../sim.ts'
import type { OpenStripe, StripeOptions } from './port.ts'

export type StripePort = Omit<OpenStripe, 'close'> & {
  /** The client cannot take a path before `/v1`: it has the port's own. */
  takes(url: string): boolean
  close(): Promise<void>
}

export function openStripe(sim: Sim, dataDir: string | null, options: StripeOptions): StripePort {
  let opened: Promise<OpenStripe> | null = null
  const open = (): Promise<OpenStripe> => {
    opened ??= import('./open.ts').then(({ openWhole }) => openWhole(sim, dataDir, options))
    return opened
  }
  if (dataDir !== null && hasJournal(dataDir)) void open()
  return {
    takes: (url) => /^(\/stripe)?\/v1\//.test(url),
    api: async (request, response) => (await open()).api(request, response),
    page: async (asked, path) => (await open()).page(asked, path),
    commands: async (asked, path) => (await open()).commands(asked, path),
    close: async () => (await opened)?.close(),
  }
}

function hasJournal(dataDir: string): boolean {
  const path = join(dataDir, 'sim', 'stripe.jsonl')
  return existsSync(path) && statSync(path).size > 0
}
