/** Stripe's events: verified over their raw bytes, and read for ids only. */
import Stripe from 'stripe'
import * as z from 'zod'
import type { About, News, Result, Verified } from '../gateway.ts'
import { asked, type Client } from './client.ts'

const TOLERANCE_S = 300

const Id = z.union([z.string(), z.object({ id: z.string() }).transform(({ id }) => id)])
const Named = z.nullish(Id)
const Thing = z.object({
  object: z.string(),
  id: z.optional(z.string()),
  mode: z.nullish(z.string()),
  payment_intent: Named,
  parent: z.nullish(z.object({ subscription_details: z.nullish(z.object({ subscription: Named })) })),
})
const StripeEvent = z.object({ id: z.string(), type: z.string(), data: z.object({ object: Thing }) })

const one = (kind: About['kind'], ref: string | null | undefined): About[] => (ref ? [{ kind, ref }] : [])

/** What an event is worth a look at. Anything that we do not know is worth none. */
function aboutOf({ object, id, mode, payment_intent, parent }: z.infer<typeof Thing>): About[] {
  switch (object) {
    case 'checkout.session':
      return one(mode === 'payment' ? 'topup' : mode === 'setup' ? 'card' : 'subscription', id)
    case 'payment_intent':
      return one('payment', id)
    case 'charge':
    case 'refund':
    case 'dispute':
      return one('payment', payment_intent)
    case 'subscription':
      return one('subscription', id)
    case 'invoice':
      return one('subscription', parent?.subscription_details?.subscription)
    default:
      return []
  }
}

/** An event as ids, or null when it is none. */
export function newsIn(event: unknown): News | null {
  const read = StripeEvent.safeParse(event)
  return read.success ? { eventId: read.data.id, kind: read.data.type, about: aboutOf(read.data.data.object) } : null
}

/** Stripe's client accepts signatures of the future; a clock of ours that runs five minutes late must be enough. */
function isFromFuture(header: string, now: number): boolean {
  const told = Number(/(?:^|,)\s*t=(\d+)/.exec(header)?.[1] ?? Number.NaN)
  return told > now / 1000 + TOLERANCE_S
}

export async function verify({ stripe, settings }: Client, raw: Uint8Array, headers: Headers): Promise<Verified> {
  const header = headers.get('stripe-signature')
  if (!header) return { ok: false, reason: 'unsigned' }
  if (isFromFuture(header, settings.now())) return { ok: false, reason: 'too_old' }
  let event: unknown
  try {
    event = await stripe.webhooks.constructEventAsync(
      new TextDecoder().decode(raw),
      header,
      settings.hookSecret,
      TOLERANCE_S,
      Stripe.createSubtleCryptoProvider(),
      settings.now(),
    )
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeSignatureVerificationError)) return { ok: false, reason: 'not_json' }
    return { ok: false, reason: /outside the tolerance/.test(error.message) ? 'too_old' : 'wrong_signature' }
  }
  const news = newsIn(event)
  return news ? { ok: true, news } : { ok: false, reason: 'not_json' }
}

const AT_MOST = 1_000
const PAGE = 100

/** Events since then, the oldest first. Stripe gives the newest first, so that all pages are read before any is believed whole. */
export function eventsSince({ stripe }: Client, at: Date): Promise<Result<News[]>> {
  return asked(async () => {
    const found: News[] = []
    const list = stripe.events.list({ created: { gt: Math.floor(at.getTime() / 1000) }, limit: PAGE })
    for await (const event of list) {
      const news = newsIn(event)
      if (news) found.push(news)
    }
    return found.toReversed().slice(0, AT_MOST)
  })
}
