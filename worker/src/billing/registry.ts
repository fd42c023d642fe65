/** Which gateways there are here. Nobody else knows. */
import { settingsOf, type Env } from '../lib/env.ts'
import type { GatewayName, Surroundings, Gateway } from './gateway.ts'
import { paypalGateway } from './paypal/paypal-gateway.ts'
import { stripeGateway } from './stripe/stripe-gateway.ts'

const around = (api: string): Surroundings => ({
  api,
  fetch: (url, init) => fetch(url, { ...init, redirect: 'manual' }),
  now: () => Date.now(),
})

/** The gateway of this name, or null where it is not set up. */
export function gatewayOf(env: Env, name: string): Gateway | null {
  const { stripe, paypal } = settingsOf(env)
  if (name === 'stripe' && stripe) return stripeGateway({ ...around(stripe.api), ...stripe })
  if (name === 'paypal' && paypal) return paypalGateway({ ...around(paypal.api), ...paypal })
  return null
}

/** Those where a buyer can let us keep a means of payment. */
export function keepersHere(env: Env): GatewayName[] {
  return gatewaysHere(env).filter((name) => gatewayOf(env, name)?.keepsMethods)
}

/** Gateways that are set up. None: nothing is sold here. */
export function gatewaysHere(env: Env): GatewayName[] {
  const names = ['stripe', 'paypal'] as const
  return names.filter((name) => gatewayOf(env, name) !== null)
}
