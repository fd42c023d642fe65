/** `/v1/notifications/…`: addresses, the second opinion on a signature, and events that nobody took. */
import { fieldsOf, listOf, textOf } from '../../lib/fields.ts'
import type { Route } from '../../lib/http.ts'
import { PayPalError } from '../answers.ts'
import type { Happening, Webhook } from '../model.ts'
import { makeId, own } from '../ground.ts'
import type { Answer, Call, Handle } from '../service.ts'
import { valueIn } from './raw-value.ts'
import { isOurs } from './sign.ts'

export const webhookRoutes: Route<Handle>[] = [
  { method: 'POST', path: '/v1/notifications/webhooks', handle: add },
  { method: 'GET', path: '/v1/notifications/webhooks', handle: list },
  { method: 'GET', path: '/v1/notifications/webhooks/:id', handle: (call) => ({ status: 200, body: shown(call, find(call)) }) },
  { method: 'DELETE', path: '/v1/notifications/webhooks/:id', handle: drop },
  { method: 'POST', path: '/v1/notifications/verify-webhook-signature', handle: verify },
  { method: 'GET', path: '/v1/notifications/webhooks-events', handle: events },
  {
    method: 'GET',
    path: '/v1/notifications/webhooks-events/:id',
    handle: ({ pp, app, names }) => ({ status: 200, body: eventOf(own(pp.happenings.get(names.id ?? ''), app)) }),
  },
  { method: 'POST', path: '/v1/notifications/webhooks-events/:id/resend', handle: resend },
]

const MOST_WEBHOOKS = 10

function find({ pp, app, names }: Call): Webhook {
  return own(pp.webhooks.get(names.id ?? ''), app)
}

function shown({ pp }: Call, webhook: Webhook): object {
  const href = `${pp.origin()}/v1/notifications/webhooks/${webhook.id}`
  const links = [{ href, rel: 'self', method: 'GET' }]
  return { id: webhook.id, url: webhook.url, event_types: webhook.types.map((name) => ({ name })), links }
}

function add(call: Call): Answer {
  const { pp, app, body } = call
  const [url, mine] = [textOf(body.url) ?? '', pp.webhooks.all().filter((one) => one.app === app.id)]
  if (mine.some((one) => one.url === url)) throw new PayPalError(400, 'WEBHOOK_URL_ALREADY_EXISTS')
  if (mine.length >= MOST_WEBHOOKS) throw new PayPalError(400, 'WEBHOOK_NUMBER_LIMIT_EXCEEDED')
  const types = listOf(body.event_types).flatMap((one) => textOf(fieldsOf(one).name) ?? [])
  return { status: 201, body: shown(call, pp.webhooks.put({ id: makeId(17), app: app.id, url, types })) }
}

function list(call: Call): Answer {
  const mine = call.pp.webhooks.all().filter((one) => one.app === call.app.id)
  return { status: 200, body: { webhooks: mine.map((one) => shown(call, one)) } }
}

function drop(call: Call): Answer {
  call.pp.webhooks.drop(find(call).id)
  return { status: 204 }
}

/** The event must come exactly as it was sent: whoever parses and writes it anew gets a FAILURE. */
function verify({ pp, app, body, raw }: Call): Answer {
  const webhookId = textOf(body.webhook_id) ?? ''
  const letter = {
    ...{ transmissionId: textOf(body.transmission_id) ?? '', time: textOf(body.transmission_time) ?? '', webhookId },
    text: valueIn(raw, 'webhook_event') ?? '',
  }
  const [signature, certUrl] = [textOf(body.transmission_sig) ?? '', textOf(body.cert_url) ?? '']
  const isMine = pp.webhooks.get(webhookId)?.app === app.id
  const isGood = isMine && isOurs(pp, letter, signature, certUrl, textOf(body.auth_algo) ?? '')
  return { status: 200, body: { verification_status: isGood ? 'SUCCESS' : 'FAILURE' } }
}

function eventOf({ text }: Happening): object {
  return fieldsOf(JSON.parse(text))
}

/** The newest first, by pages. */
function events({ pp, app, query }: Call): Answer {
  const [from, until] = [Date.parse(query.get('start_time') ?? ''), Date.parse(query.get('end_time') ?? '')]
  const type = query.get('event_type')
  const size = Math.min(300, Number(query.get('page_size') ?? 10))
  const found = pp.happenings
    .all()
    .filter((one) => one.app === app.id && !(one.at < from) && !(one.at > until) && (type === null || one.type === type))
    .filter(({ text }) => text.includes(query.get('transaction_id') ?? ''))
    .toReversed()
  const links = found.length > size ? [{ href: `${pp.origin()}${next(query, found[size - 1])}`, rel: 'next', method: 'GET' }] : []
  return {
    status: 200,
    body: { events: found.slice(0, size).map(eventOf), count: found.length, ...(links.length > 0 && { links }) },
  }
}

function next(query: URLSearchParams, last: Happening | undefined): string {
  const more = new URLSearchParams(query)
  if (last) more.set('end_time', new Date(last.at - 1).toISOString())
  return `/v1/notifications/webhooks-events?${more}`
}

function resend({ pp, app, names, body }: Call): Answer {
  const happening = own(pp.happenings.get(names.id ?? ''), app)
  pp.teller.again(happening, listOf(body.webhook_ids).map(String))
  return { status: 202, body: eventOf(happening) }
}
