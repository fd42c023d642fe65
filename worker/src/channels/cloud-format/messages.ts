/** `messages[]` and `message_echoes[]` (reference/meta-cloud-api.md §3, §12): one item, one event. */
import type { ChannelEvent, Identities, UnknownEvent } from '#contract/channel-event.ts'
import { fieldsOf, idOf, instantOf, keep, nameOf, textOf } from '../../lib/untrusted.ts'
import type { Fields } from '../../lib/untrusted.ts'
import { firstError } from './codes.ts'
import { contentOf } from './content.ts'
import { identitiesOf, senderOf } from './people.ts'
import type { People, Sender } from './people.ts'

/** A message of a customer; `people` are the contacts beside it. */
export function messageEvent(item: unknown, people: People, now: number): ChannelEvent {
  const message = fieldsOf(item)
  const change = identityEvent(message, now)
  if (change) return change
  const sender = senderOf(message, people)
  // A group's message answered as if it were private would go to the wrong people: kept, not shown.
  if (!sender || message.group_id !== undefined) return unknown('messages', item, now)
  return anyMessage(message, sender, 'customer', now) ?? unknown('messages', item, now)
}

/** A message which the business wrote in its own phone app. */
export function echoEvent(item: unknown, now: number): ChannelEvent {
  const message = fieldsOf(item)
  const customer = identitiesOf(message.to, message.to_user_id)
  if (!customer || message.group_id !== undefined) return unknown('message_echoes', item, now)
  return anyMessage(message, { customer }, 'echo', now) ?? unknown('message_echoes', item, now)
}

/** What we cannot read, kept within bounds. */
export function unknown(field: string, raw: unknown, now: number): UnknownEvent {
  return { type: 'unknown', at: now, field, raw: keep(raw) }
}

type Origin = 'customer' | 'echo'

function anyMessage(message: Fields, sender: Sender, origin: Origin, now: number): ChannelEvent | undefined {
  const providerId = idOf(message.id)
  if (providerId === undefined) return undefined
  const head = { at: instantOf(message.timestamp, now), providerId, customer: sender.customer }
  switch (message.type) {
    case 'reaction':
      return reactionEvent(fieldsOf(message.reaction), origin, head)
    case 'edit':
      return editEvent(fieldsOf(message.edit), origin, head)
    case 'revoke':
      return revokeEvent(fieldsOf(message.revoke), origin, head)
    default:
      return plainMessage(message, sender, origin, head)
  }
}

type Head = { at: number; providerId: string; customer: Identities }

function plainMessage(message: Fields, sender: Sender, origin: Origin, head: Head): ChannelEvent {
  return {
    type: 'message',
    origin,
    ...head,
    profileName: sender.profileName,
    username: sender.username,
    ...contentOf(message),
    quoted: idOf(fieldsOf(message.context).id),
    error: firstError(message.errors),
  }
}

/** A missing or empty emoji takes the reaction away. */
function reactionEvent(reaction: Fields, origin: Origin, head: Head): ChannelEvent | undefined {
  const target = idOf(reaction.message_id)
  if (target === undefined) return undefined
  return { type: 'reaction', origin, ...head, target, emoji: nameOf(reaction.emoji, 64) ?? null }
}

/** Meta's pages do not fix these two shapes yet (§12: "unverified"), so the names seen so far are all read. */
function editEvent(edit: Fields, origin: Origin, head: Head): ChannelEvent | undefined {
  const target = idOf(edit.original_message_id) ?? idOf(edit.message_id)
  const message = fieldsOf(edit.message ?? edit)
  const text = contentOf(message).text
  return target === undefined || text === undefined ? undefined : { type: 'edit', origin, ...head, target, text }
}

function revokeEvent(revoke: Fields, origin: Origin, head: Head): ChannelEvent | undefined {
  const target = idOf(revoke.original_message_id) ?? idOf(revoke.message_id)
  return target === undefined ? undefined : { type: 'revoke', origin, ...head, target }
}

const CHANGES = new Set<unknown>(['user_changed_number', 'customer_changed_number', 'user_changed_user_id'])

/** `from` is the old number, `system.wa_id` the new one; both are absent when only the user id changed. */
function identityEvent(message: Fields, now: number): ChannelEvent | undefined {
  const system = fieldsOf(message.system)
  const providerId = idOf(message.id)
  if (message.type !== 'system' || !CHANGES.has(system.type) || providerId === undefined) return undefined
  const before = identitiesOf(message.from, system.previous_user_id ?? message.from_user_id)
  const after = identitiesOf(system.wa_id ?? system.new_wa_id, system.user_id)
  if (!before || !after) return undefined
  const text = textOf(system.body, 1024)
  return { type: 'identity', at: instantOf(message.timestamp, now), providerId, before, after, text }
}
