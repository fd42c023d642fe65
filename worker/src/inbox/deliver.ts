import { conversationKey, customerOf, type ChannelEvent } from '#contract/channel-event.ts'
import { fingerprintOf, type ChannelNow } from '../channels/index.ts'
import type { Env } from '../lib/env.ts'
import { closedAt } from './automatic.ts'
import { entryOf, objectName, stored, type Origin, type Stored } from './entry.ts'

const AT_ONCE = 32
/** An object that is being moved or restarted answers a moment later; more than this is for the provider to repeat. */
const TRIES = 3

function mayTryAgain(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'retryable' in error &&
    error.retryable === true &&
    !('overloaded' in error && error.overloaded === true)
  )
}

async function hand(env: Env, origin: Origin, entries: Stored[]): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      // A stub that threw is broken: a new one for each try.
      await env.CHATS.get(env.CHATS.idFromName(objectName(origin.channelId, origin.objectKey))).receive(origin, entries)
      return
    } catch (error) {
      if (attempt >= TRIES || !mayTryAgain(error)) throw error
    }
  }
}

/**
 * Gives a number's events to the Chat objects of their conversations and resolves when all are durable. If one fails,
 * the whole delivery does: the provider repeats it, and ids make the repeat harmless for those who had it.
 */
export async function deliver(env: Env, channel: ChannelNow, events: ChannelEvent[], traceId: string): Promise<void> {
  const receivedMs = Date.now()
  const groups = new Map<string, { origin: Origin; entries: Stored[] }>()
  for (const event of events) {
    const objectKey = conversationKey(customerOf(event))
    const group = groups.get(objectKey) ?? {
      origin: { accountId: channel.accountId, channelId: channel.id, channelKey: channel.key, objectKey },
      entries: [],
    }
    const fingerprint = 'raw' in event ? await fingerprintOf(['field' in event ? event.field : event.type, event.raw]) : ''
    const entry = entryOf(event, group.origin, traceId, receivedMs, fingerprint)
    const closed = event.type === 'message' && event.origin === 'customer' ? closedAt(channel, Date.parse(entry.at)) : null
    group.entries.push(stored(closed ? { ...entry, closed } : entry))
    groups.set(objectKey, group)
  }
  const all = [...groups.values()]
  for (let i = 0; i < all.length; i += AT_ONCE) {
    await Promise.all(all.slice(i, i + AT_ONCE).map(({ origin, entries }) => hand(env, origin, entries)))
  }
}
