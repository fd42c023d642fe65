/**
 * A browser's push service, and the browser behind it: makes subscriptions, takes pushes as strictly as the real ones do,
 * and opens them with the keys that only the browser has. Kept in memory: a restart knows no subscription any more (404).
 */
import { createECDH, randomBytes } from 'node:crypto'
import { json } from '../lib/http.ts'
import type { Asked, Reply } from '../lib/http.ts'
import { checked, type Claims } from './checks.ts'
import { decrypt, type BrowserKeys } from './decrypt.ts'

type Subscription = {
  id: string
  keys: BrowserKeys
  /** Statuses that the next pushes get, one each, before everything is well again. */
  answers: { status: number; retryAfter: number | null }[]
  gone: boolean
  /** The sender that the browser subscribed with: known by the first push. */
  sender: string | null
}

export type Pushed = {
  seq: number
  at: number
  subscription: string
  ttl: number
  urgency: string | null
  topic: string | null
  size: number
  claims: Claims | null
  /** What the browser reads; null when it is not for its keys. */
  text: string | null
  status: number
  reason: string | null
}

export type PushService = ReturnType<typeof makePushService>

export function makePushService(now: () => number, origin: () => string) {
  const subscriptions = new Map<string, Subscription>()
  const received: Pushed[] = []

  function answerOf(
    asked: Asked,
    subscription: Subscription | undefined,
  ): { status: number; reason: string | null; claims: Claims | null; retryAfter?: number | null } {
    if (!subscription) return { status: 404, reason: 'no such subscription', claims: null }
    if (subscription.gone) return { status: 410, reason: 'Unregistered', claims: null }
    const verdict = checked({ ...asked, origin: origin() }, now())
    if ('status' in verdict) return { ...verdict, claims: null }
    // A subscription belongs to the key that it was made with.
    if (subscription.sender !== null && subscription.sender !== verdict.publicKey)
      return { status: 403, reason: 'VapidPkHashMismatch', claims: verdict.claims }
    subscription.sender = verdict.publicKey
    const scripted = subscription.answers.shift()
    if (scripted)
      return { status: scripted.status, reason: 'as scripted', claims: verdict.claims, retryAfter: scripted.retryAfter }
    return { status: 201, reason: null, claims: verdict.claims }
  }

  return {
    received,

    /** A browser subscribes: what `PushSubscription.toJSON()` holds. */
    subscribe(): { id: string; endpoint: string; p256dh: string; auth: string } {
      const pair = createECDH('prime256v1')
      const publicKey = pair.generateKeys()
      const [id, auth] = [randomBytes(12).toString('base64url'), randomBytes(16)]
      const keys = { privateKey: pair.getPrivateKey(), publicKey, auth }
      subscriptions.set(id, { id, keys, answers: [], gone: false, sender: null })
      return { id, endpoint: `${origin()}/push/${id}`, p256dh: publicKey.toString('base64url'), auth: auth.toString('base64url') }
    },

    /** Scripts what comes next for a subscription; false when there is none. */
    script(id: string, answers: Subscription['answers'], gone: boolean): boolean {
      const subscription = subscriptions.get(id)
      if (!subscription) return false
      subscription.answers = answers
      subscription.gone = gone
      return true
    },

    /** `POST /push/<id>`: somebody pushes. */
    take(asked: Asked, id: string): Reply {
      if (asked.method !== 'POST') return json(405, { reason: 'POST' })
      const subscription = subscriptions.get(id)
      const { status, reason, claims, retryAfter } = answerOf(asked, subscription)
      received.push({
        ...{ seq: received.length + 1, at: now(), subscription: id, status, reason, claims, size: asked.body.length },
        ...{ ttl: Number(asked.headers.ttl), urgency: headerOf(asked, 'urgency'), topic: headerOf(asked, 'topic') },
        text: subscription ? decrypt(asked.body, subscription.keys) : null,
      })
      const headers: Record<string, string> = {
        ...(retryAfter && { 'retry-after': String(retryAfter) }),
        ...(status === 201 && { location: `${origin()}/push/${id}/m/${received.length}` }),
      }
      return { status, headers, body: reason ?? '' }
    },
  }
}

function headerOf({ headers }: Asked, name: string): string | null {
  const value = headers[name]
  return typeof value === 'string' ? value : null
}
