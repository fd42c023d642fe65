/** For tests: a PayPal with an application, a shop whose address takes webhooks, and ways to ask like a shop does. */
import { aListener } from '../lib/a-listener.ts'
import { fieldsOf, listOf, textOf } from '../lib/fields.ts'
import type { Fields } from '../lib/fields.ts'
import { startSimulators } from '../server.ts'
import type { SimulatorOptions } from '../server.ts'

type Letter = { text: string; headers: Record<string, string>; event: Fields }

/** A shop's server. */
const aShop = () =>
  aListener((raw, request): Letter => {
    const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)])
    const text = raw.toString('utf8')
    return { text, headers: Object.fromEntries(headers), event: fieldsOf(JSON.parse(text)) }
  })

export type Told = { status: number; body: Fields; issue: string | undefined }

/** The approval link of an order or a subscription. */
export function approvalOf(body: Fields): string {
  const links = listOf(body.links).map(fieldsOf)
  return String(links.find(({ rel }) => rel === 'payer-action' || rel === 'approve')?.href)
}

/** A PayPal of one's own; `await using` closes it. */
export async function aPaypal(options: Partial<SimulatorOptions> = {}) {
  const shop = await aShop()
  const sim = await startSimulators({ port: 0, dataDir: null, appOrigin: shop.origin, ...options })
  const control = async (method: string, path: string, body?: object): Promise<Fields> => {
    const response = await fetch(`${sim.origin}/control/paypal${path}`, { method, ...(body && { body: JSON.stringify(body) }) })
    const answer = fieldsOf(await response.json())
    if (!response.ok) throw new Error(`${method} ${path}: ${String(answer.error)}`)
    return answer
  }
  await control('POST', '/apps', { clientId: 'shop', secret: 'secret', webhook: { id: 'HOOK1', url: '/hook' } })
  const token = async () => {
    const authorization = `Basic ${Buffer.from('shop:secret').toString('base64')}`
    const headers = { authorization, 'content-type': 'application/x-www-form-urlencoded' }
    const response = await fetch(`${sim.origin}/paypal/v1/oauth2/token`, {
      method: 'POST',
      headers,
      body: 'grant_type=client_credentials',
    })
    return textOf(fieldsOf(await response.json()).access_token) ?? ''
  }
  let bearer = await token()
  const ask = async (
    method: string,
    path: string,
    body?: object | string,
    headers: Record<string, string> = {},
  ): Promise<Told> => {
    const response = await fetch(`${sim.origin}/paypal${path}`, {
      method,
      headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json', ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    const fields = fieldsOf(text === '' ? {} : JSON.parse(text))
    return { status: response.status, body: fields, issue: textOf(fieldsOf(listOf(fields.details)[0]).issue) }
  }
  return {
    ...{ shop, sim, control, ask, token },
    /** Moves PayPal's clock, and signs in again as its tokens may be over. */
    async clock(aheadMs: number) {
      await control('PUT', '/clock', { app: 'shop', aheadMs })
      bearer = await token()
    },
    rows: async (table: string) => listOf((await control('GET', `/rows/${table}`)).items).map(fieldsOf),
    /** What the shop was told, once nothing is under way any more. */
    async told(): Promise<string[]> {
      await control('POST', '/hooks/flush', {})
      return shop.got.map(({ event }) => String(event.event_type))
    },
    /** The buyer presses a button of a hosted page. */
    async presses(url: string, fields: Record<string, string>): Promise<URL> {
      const response = await fetch(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' })
      return new URL(response.headers.get('location') ?? `http://no.where/${response.status}`)
    },
    async [Symbol.asyncDispose]() {
      await sim.close()
      await shop.close()
    },
  }
}

/** An order as a shop asks for one. */
export function orderOf(value: string, invoiceId: string, currency = 'USD'): object {
  const pages = {
    return_url: 'https://shop.test/back',
    cancel_url: 'https://shop.test/left',
    user_action: 'PAY_NOW',
    shipping_preference: 'NO_SHIPPING',
  }
  return {
    intent: 'CAPTURE',
    purchase_units: [
      { reference_id: 'default', custom_id: invoiceId, invoice_id: invoiceId, amount: { currency_code: currency, value } },
    ],
    payment_source: { paypal: { experience_context: { ...pages, locale: 'es-PE', brand_name: 'WhatsappB24' } } },
  }
}
