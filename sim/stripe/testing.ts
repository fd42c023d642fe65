/** For tests: simulators with a Stripe, the official client for it, and a product's webhook address that notes what comes. */
import Stripe from 'stripe'
import { aListener } from '../lib/a-listener.ts'
import { fieldsOf } from '../lib/fields.ts'
import type { Fields } from '../lib/fields.ts'
import { startSimulators } from '../server.ts'
import type { SimulatorOptions } from '../server.ts'

const SECRET = 'whsec_of_the_tests'
const CLIENT = { maxNetworkRetries: 0, timeout: 20_000, telemetry: false } as const

/** A product's address for webhooks: checks the signature with the client's own code. */
async function aHookAddress(stripe: () => Stripe) {
  const { origin, got, answers, close } = await aListener((raw, { headers }) =>
    stripe().webhooks.constructEvent(raw, headers['stripe-signature'] ?? '', SECRET),
  )
  const url = `${origin}/hooks/stripe`
  return { url, got, answers, close }
}

/** A Stripe in a world of its own; `await using` closes it. */
export async function aStripe(options: Partial<SimulatorOptions> = {}) {
  const hook = await aHookAddress(() => stripe)
  const sim = await startSimulators({
    port: 0,
    dataDir: null,
    appOrigin: 'http://127.0.0.1:1',

    ...options,
  })
  const clientFor = (key: string, more: object = {}) =>
    new Stripe(key, { ...CLIENT, host: '127.0.0.1', port: sim.port, protocol: 'http', ...more })
  const stripe = clientFor('sk_test_simulador')
  const control = async (method: string, path: string, body?: object): Promise<Fields> => {
    const response = await fetch(`${sim.origin}/control/stripe${path}`, { method, ...(body && { body: JSON.stringify(body) }) })
    const answer = fieldsOf(await response.json())
    if (!response.ok) throw new Error(`${method} ${path}: ${String(answer.error)}`)
    return answer
  }
  await control('POST', '/hooks', { url: hook.url, secret: SECRET })
  return {
    ...{ hook, sim, stripe, clientFor, control },
    pay: (session: { id: string }, card = 'ok', more: object = {}) =>
      control('POST', `/sessions/${session.id}/pay`, { card, ...more }),
    days: (count: number) => control('PUT', '/clock', { by: count * 86_400 }),
    mischief: (fields: object) => control('POST', '/mischief', fields),
    /** Events that came, by type, once no webhook waits any more. */
    async events(...types: string[]): Promise<Stripe.Event[]> {
      await control('POST', '/hooks/flush', { wait: true })
      return hook.got.filter(({ type }) => types.length === 0 || types.includes(type))
    },
    async [Symbol.asyncDispose]() {
      await sim.close()
      await hook.close()
    },
  }
}

/** What a session for a top-up of the balance is made of. */
export function aTopup(more: Partial<Stripe.Checkout.SessionCreateParams> = {}): Stripe.Checkout.SessionCreateParams {
  return {
    mode: 'payment',
    client_reference_id: 'topup-1',
    line_items: [{ quantity: 1, price_data: { currency: 'usd', unit_amount: 2500, product_data: { name: 'Recarga de saldo' } } }],
    success_url: 'http://app.test/saldo?session={CHECKOUT_SESSION_ID}',
    cancel_url: 'http://app.test/saldo',
    metadata: { topup_id: 'topup-1' },
    payment_intent_data: { metadata: { topup_id: 'topup-1' } },
    ...more,
  }
}
