/**
 * PayPal's own public descriptions as the judge of every request, and of our answers too: a simulator that answers what
 * PayPal never would is found out. A description is read and compiled when the first request for it comes.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { middleware } from 'express-openapi-validator'
import type { RequestHandler } from 'express'
import { isFields } from '../lib/fields.ts'

type Spec = Parameters<typeof middleware>[0]['apiSpec']

const FILES: readonly [prefix: string, file: string][] = [
  ['/v2/checkout/', 'checkout_orders_v2'],
  ['/v2/payments/', 'payments_payment_v2'],
  ['/v1/catalogs/', 'catalogs_products_v1'],
  ['/v1/billing/', 'billing_subscriptions_v1'],
  ['/v1/notifications/', 'notifications_webhooks_v1'],
  ['/v1/customer/', 'customer_disputes_v1'],
  ['/v1/reporting/', 'reporting_transactions_v1'],
]

/** They remember nothing of what they judge: one for all simulators of this process, as compiling them takes a second. */
const judges = new Map<string, Promise<RequestHandler[]>>()

/** What checks the requests of a path and its answers; nothing for addresses that no description knows. */
export async function judgesOf(path: string): Promise<RequestHandler[]> {
  const file = FILES.find(([prefix]) => path.startsWith(prefix))?.[1]
  if (file === undefined) return []
  const known = judges.get(file) ?? judgeOf(file)
  judges.set(file, known)
  return known
}

async function judgeOf(file: string): Promise<RequestHandler[]> {
  const text = await readFile(join(import.meta.dirname, 'contract', `${file}.min.json`), 'utf8')
  const spec: unknown = JSON.parse(text, repaired)
  if (!isSpec(spec)) throw new Error(`${file} is no description`)
  return middleware({
    // Their own host: ours has none of it. The reporting file names its folder in the server and in the paths.
    ...{
      apiSpec: { ...spec, servers: [{ url: '/' }] },
      validateApiSpec: false,
      validateRequests: { allowUnknownQueryParameters: false },
    },
    ...{ validateResponses: true, validateSecurity: false, validateFormats: false },
  })
}

function isSpec(value: unknown): value is Exclude<Spec, string> {
  return isFields(value) && 'openapi' in value && 'paths' in value
}

/**
 * The traps of the description (shared/contracts/paypal/README.md): patterns that are no regular expressions, which would
 * switch the whole check off; defaults, of which one breaks its own rule; and an event that is read-only also where it must be
 * sent back whole, for the second opinion on its signature; and a rule for names of events that no real name (`WH-…`) keeps.
 */
function repaired(this: unknown, key: string, value: unknown): unknown {
  const isOfSchema = isFields(this) && ('type' in this || '$ref' in this)
  if (key === 'default' && isOfSchema) return undefined
  if (key === 'readOnly' && value === true) return undefined
  if (key === 'schema' && isFields(this) && this.name === 'event_id') return { type: 'string' }
  return key === 'pattern' && typeof value === 'string' && !isPattern(value) ? undefined : value
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, 'u').source !== ''
  } catch {
    return false
  }
}
