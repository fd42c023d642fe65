/** For tests in workerd: the simulated PayPal with an application of one's own, so that tests do not meet. */
import { env } from 'cloudflare:workers'
import * as z from 'zod'
import { settingsOf } from '../../lib/env.ts'
import { listOf } from '../../lib/untrusted.ts'
import { paypalGateway } from './paypal-gateway.ts'

const Row = z.looseObject({ id: z.optional(z.union([z.string(), z.number()])) })
const Headed = z.object({ headers: z.record(z.string(), z.string()) })
type Row = z.infer<typeof Row>

export const usd = (minor: bigint) => ({ minor, currency: 'USD' })

export async function aPaypal(settings: object = {}) {
  const simulators = new URL(settingsOf(env).bitrix24.oauth).origin
  const clientId = `tests-${crypto.randomUUID()}`
  // An id of PayPal's is capitals and digits.
  const hookId = crypto.randomUUID().replaceAll('-', '').toUpperCase().slice(0, 17)
  const clock = { aheadMs: 0 }
  const control = async (method: string, path: string, body?: object): Promise<Row> => {
    const response = await fetch(`${simulators}/control/paypal${path}`, { method, ...(body && { body: JSON.stringify(body) }) })
    if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`)
    return Row.parse(await response.json())
  }
  // It wants no kind that there is: what happens is read from the rows and brought to us by hand.
  const webhook = { id: hookId, url: '/hook', types: ['NONE'] }
  await control('POST', '/apps', { clientId, secret: 'secret', settings, webhook })
  const place = {
    ...{ api: `${simulators}/paypal`, clientId, secret: 'secret', hookId },
    ...{ fetch: (url: string, init: RequestInit) => fetch(url, init), now: () => Date.now() + clock.aheadMs },
  }
  const rows = async (table: string, holds = ''): Promise<Row[]> => {
    const told = await control('GET', `/rows/${table}?app=${clientId}&holds=${encodeURIComponent(holds)}`)
    return listOf(told['items']).map((row) => Row.parse(row))
  }
  return {
    ...{ place, gateway: paypalGateway(place), control, rows, hookId },
    topup: (topupId: string, minor = 2500n) => ({
      ...{ topupId, accountId: 'account', customerRef: null, amount: usd(minor), title: 'Saldo', language: 'es' as const },
      ...{ returnUrl: 'http://app.test/back', cancelUrl: 'http://app.test/left', keepsMethod: false },
    }),
    approve: (ref: string, how = 'pays') => control('POST', `/orders/${ref}/approve`, { how }),
    mischief: (fields: object) => control('POST', '/mischief', { app: clientId, next: 1, ...fields }),
    days: async (count: number) => {
      clock.aheadMs = count * 86_400_000
      await control('PUT', '/clock', { app: clientId, aheadMs: clock.aheadMs })
    },
    /** The latest event of this kind, with the headers that PayPal sends along. */
    event: async (type: string, more: object = {}) => {
      const text = String((await rows('happenings', type)).at(-1)?.['text'])
      const { headers } = Headed.parse(await control('POST', '/hooks/sign', { webhookId: hookId, text, ...more }))
      return { text, raw: new TextEncoder().encode(text), headers: new Headers(headers) }
    },
  }
}
