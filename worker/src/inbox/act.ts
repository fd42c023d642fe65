/** How a person's act reaches the Chat object, and how its answer becomes ours. */
import { Refusal } from '../lib/refusal.ts'
import { RawJson } from '../http/serve.ts'
import type { Env } from '../lib/env.ts'
import type { Answer } from './chat-object.ts'
import { asSeen } from '../live/index.ts'
import type { Caller } from '../identity/index.ts'
import { objectName, stored, type Entry, type Origin } from './entry.ts'

const UNSENDABLE = ['subscription_ended', 'balance_empty', 'balance_frozen', 'price_missing'] as const

/** What only the statement that stores a message can know, and then says no to: nothing of it is stored. */
export function unsendable(code: string | undefined): (typeof UNSENDABLE)[number] | undefined {
  return UNSENDABLE.find((known) => known === code)
}

/** Hands an entry to the chat's object. `token` marks a try of an outgoing message; null for everything else. */
export async function give(env: Env, origin: Origin, entry: Entry, token: string | null): Promise<Answer> {
  return env.CHATS.get(env.CHATS.idFromName(objectName(origin.channelId, origin.objectKey))).take(origin, stored(entry), token)
}

/**
 * The written row as the caller may see it, or what to say while PostgreSQL is late: the act is durable, so the caller is
 * told it is taken.
 */
export function answerOf({ sight }: Caller, answer: Answer, whilePending: () => object): RawJson {
  switch (answer.state) {
    case 'written':
      return new RawJson(answer.told ? asSeen(sight, answer.told) : JSON.stringify(whilePending()))
    case 'pending':
      return new RawJson(JSON.stringify(whilePending()))
    case 'conflict':
      throw new Refusal('id_reused')
    case 'refused':
      throw new Refusal(unsendable(answer.code) ?? 'not_retryable')
    case 'dead':
      throw new Refusal('internal')
  }
}
