/** For tests in workerd: the simulated PayPal of the product itself, and somebody who pays there. */
import { env } from 'cloudflare:workers'
import * as z from 'zod'
import { newId } from '../lib/ids.ts'
import type { aBuyer } from './a-buyer.ts'

const Rows = z.object({ items: z.array(z.looseObject({ id: z.string() })) })

/** A command for the simulated PayPal. */
export async function paypalControl(method: string, path: string, body?: object): Promise<unknown> {
  const at = `${new URL(env.PAYPAL_API_URL ?? '').origin}/control/paypal${path}`
  const response = await fetch(at, { method, ...(body && { body: JSON.stringify(body) }) })
  if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`)
  return response.json()
}

/** Its rows that hold this text. */
export const paypalRows = async (table: string, holds: string) =>
  Rows.parse(await paypalControl('GET', `/rows/${table}?holds=${encodeURIComponent(holds)}`)).items

/** A top-up that its buyer has approved at PayPal. */
export async function approved({ ask, row }: Awaited<ReturnType<typeof aBuyer>>, amount: string, how: string) {
  const id = newId()
  const { status, json } = await ask('POST', '/billing/topups', { id, gateway: 'paypal', amount })
  if (status !== 200) throw new Error(`top-up: ${status} ${JSON.stringify(json)}`)
  const ref = String((await row('topup', id))['ref'])
  await paypalControl('POST', `/orders/${ref}/approve`, { how })
  return { id, ref }
}
