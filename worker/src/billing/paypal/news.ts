/** What an event is worth a look at: ids alone are read (reference/payments.md §3.5). */
import { fieldsOf, idOf, listOf, type Fields } from '../../lib/untrusted.ts'
import type { About, News, Result } from '../gateway.ts'
import { read, type PayPalSettings } from './client.ts'
import { Event, Events, idIn, linkOf, Links } from './shapes.ts'

/** Null: this is no event. */
export function newsIn(value: unknown): News | null {
  const event = Event.safeParse(value)
  if (!event.success) return null
  const { id, event_type: kind, resource } = event.data
  return { eventId: id, kind, about: aboutOf(kind, fieldsOf(resource)) }
}

const a = (kind: About['kind'], ref: string | undefined | null): About[] => (ref ? [{ kind, ref }] : [])

function aboutOf(kind: string, resource: Fields): About[] {
  const id = idOf(resource['id'])
  if (kind === 'CHECKOUT.PAYMENT-APPROVAL.REVERSED') return a('topup', idOf(resource['order_id']) ?? id)
  if (kind.startsWith('CHECKOUT.ORDER.')) return a('topup', id)
  if (kind.startsWith('PAYMENT.CAPTURE.')) return ofCapture(kind, resource)
  if (kind.startsWith('BILLING.SUBSCRIPTION.')) return a('subscription', id)
  if (kind.startsWith('PAYMENT.SALE.')) return ofSale(kind, resource)
  if (kind.startsWith('CUSTOMER.DISPUTE.')) {
    const disputed = listOf(resource['disputed_transactions']).map((one) => idOf(fieldsOf(one)['seller_transaction_id']))
    return disputed.flatMap((ref) => a('payment', ref))
  }
  return []
}

function upOf(resource: Fields): string | null {
  const links = Links.safeParse(resource['links'])
  return links.success ? idIn(linkOf(links.data, 'up', 'sale')) : null
}

/** Of what is given back the resource is the refund, and its capture is one link up; else it is the capture, below its order. */
function ofCapture(kind: string, resource: Fields): About[] {
  const id = idOf(resource['id'])
  if (kind.endsWith('.REFUNDED') || kind.endsWith('.REVERSED')) return a('payment', upOf(resource) ?? id)
  const related = fieldsOf(fieldsOf(resource['supplementary_data'])['related_ids'])
  const order = idOf(related['order_id']) ?? upOf(resource)
  return order ? a('topup', order) : a('payment', id)
}

function ofSale(kind: string, resource: Fields): About[] {
  const subscription = a('subscription', idOf(resource['billing_agreement_id']))
  const sale = idOf(resource['sale_id']) ?? idOf(resource['id'])
  return kind.endsWith('.COMPLETED') ? subscription : [...a('payment', sale), ...subscription]
}

const PAGE = 300
const MOST_PAGES = 20
const MOST = 1_000

/** Events since then, the oldest first. PayPal lists the newest first: all pages are read, and the end is cut off. */
export async function eventsSince(settings: PayPalSettings, at: Date): Promise<Result<News[]>> {
  const found: News[] = []
  const seen = new Set<string>()
  const period = { start_time: at.toISOString(), end_time: new Date(settings.now()).toISOString() }
  let query: URLSearchParams | null = new URLSearchParams({ page_size: String(PAGE), ...period })
  for (let page = 0; query && page < MOST_PAGES; page += 1) {
    const path: string = `/v1/notifications/webhooks-events?${query}`
    const listed = await read(settings, { method: 'GET', path }, Events)
    if (!listed.ok) return listed
    for (const news of (listed.value.events ?? []).map(newsIn)) {
      if (news === null || seen.has(news.eventId)) continue
      seen.add(news.eventId)
      found.push(news)
    }
    query = nextOf(listed.value.links)
  }
  return { ok: true, value: found.toReversed().slice(0, MOST) }
}

/** Only what it asks for is taken from a link, never where it leads. */
function nextOf(links: Links): URLSearchParams | null {
  const next = linkOf(links, 'next')
  return next !== null && URL.canParse(next) ? new URL(next).searchParams : null
}
