/** What an operator must not miss: their words did not arrive as they stand in the line. It stands there too; the bell says it where they are. */
import type { Wanted } from '../call-queue.ts'
import type { Delivery } from './delivery.ts'
import { textOf } from './item.ts'

const BAD = new Set(['failed', 'edit_failed', 'delete_failed', 'missed'])

/** The notice that goes with a line of ours; null: it needs none. One for each chat: a newer one takes the place of the one before. */
export function noticeOf(delivery: Delivery): Wanted | null {
  const { kind, body, operator, chat, contact } = delivery
  if (kind !== 'say' || operator === null || !BAD.has(body?.what ?? '')) return null
  const MESSAGE = `${contact.name ?? contact.phone ?? ''}: ${textOf(delivery)}`
  const params = { USER_ID: Number(operator), MESSAGE, TAG: `wab24|${chat.id}` }
  // A bell that does not ring is no reason to hold anything up: the line says it.
  return { method: 'im.notify.system.add', params, priority: 'status', isRepeatable: true }
}
