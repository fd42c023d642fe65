/** Webhook endpoints, and the list of events that were. */
import { randomBytes } from 'node:crypto'
import { blank } from '../contract.ts'
import { listOf, textOf } from '../../lib/fields.ts'
import type { Fields } from '../../lib/fields.ts'
import type { Endpoint } from '../model.ts'
import { DAY, makeId } from '../service.ts'
import type { Stripe } from '../service.ts'
import { found, getMany, getOne, idOf, metadataOf } from '../rest/call.ts'
import type { Operations } from '../rest/call.ts'
import { shown } from '../rest/shown.ts'
import { API_VERSION } from './tell.ts'

const endpoints = (s: Stripe) => s.tables.endpoints
/** Events can be read for so long. */
const EVENT_LIFE_S = 30 * DAY

/** Who is told from now on; the same address again: its secret and its events are changed. */
export function putEndpoint(s: Stripe, url: string, given: Fields, secret: string): Endpoint {
  const known = endpoints(s)
    .all()
    .find((one) => one.url === url)
  const endpoint = endpoints(s).put({
    ...blank('webhook_endpoint'),
    ...{ id: known?.id ?? makeId('we'), object: 'webhook_endpoint', created: known?.created ?? s.now(), livemode: false, url },
    ...{
      enabled_events: given.enabled_events === undefined ? ['*'] : listOf(given.enabled_events).map(String),
      status: 'enabled',
    },
    ...{ api_version: textOf(given.api_version) ?? API_VERSION, metadata: metadataOf(given.metadata) },
    description: textOf(given.description) ?? null,
  })
  s.tables.signing.put({ id: endpoint.id, secret })
  return endpoint
}

export const eventOperations: Operations = {
  GetEvents: getMany(
    (s) => s.tables.events,
    (row, query) => isTypeWanted(row.type, query),
  ),
  GetEventsId: getOne((s) => s.tables.events, 'event'),
  GetWebhookEndpoints: getMany(endpoints),
  GetWebhookEndpointsWebhookEndpoint: getOne(endpoints, 'webhook endpoint'),
  PostWebhookEndpoints({ s, body }) {
    const secret = `whsec_${randomBytes(24).toString('hex')}`
    // The secret is told once.
    return { ...shown(s, putEndpoint(s, String(body.url), body, secret)), secret }
  },
  PostWebhookEndpointsWebhookEndpoint(call) {
    const { s, body } = call
    const endpoint = found(endpoints(s), idOf(call), 'webhook endpoint')
    const changed = endpoints(s).put({
      ...endpoint,
      ...{ url: textOf(body.url) ?? endpoint.url, metadata: metadataOf(body.metadata, metadataOf(endpoint.metadata)) },
      ...(body.enabled_events !== undefined && { enabled_events: listOf(body.enabled_events).map(String) }),
      ...(body.disabled !== undefined && { status: body.disabled === true ? 'disabled' : 'enabled' }),
    })
    return shown(s, changed)
  },
  DeleteWebhookEndpointsWebhookEndpoint(call) {
    const { s } = call
    const endpoint = found(endpoints(s), idOf(call), 'webhook endpoint')
    endpoints(s).drop(endpoint.id)
    s.tables.signing.drop(endpoint.id)
    return { id: endpoint.id, object: 'webhook_endpoint', deleted: true }
  },
}

/** `type`, or any of `types`; `charge.*` stands for all that begin so. */
function isTypeWanted(type: string, query: Fields): boolean {
  const wanted = [...(query.type === undefined ? [] : [query.type]), ...listOf(query.types)].map(String)
  return wanted.length === 0 || wanted.some((one) => one === type || (one.endsWith('.*') && type.startsWith(one.slice(0, -1))))
}

/** At the start: events older than Stripe remembers, deliveries that are over, keys that hold no more. */
export function forgetOld(s: Stripe): void {
  const { events, deliveries, keys } = s.tables
  for (const { id, created } of events.all()) if (created < s.now() - EVENT_LIFE_S) events.drop(id)
  for (const { id, state } of deliveries.all()) if (state !== 'waiting') deliveries.drop(id)
  for (const { id, at } of keys.all()) if (at < s.now() - DAY) keys.drop(id)
}
