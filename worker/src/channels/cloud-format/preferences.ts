/** A customer's wish about advertising, told by WhatsApp: reference/meta-cloud-api.md §6, gupshup.md §6.3. */
import type { ChannelEvent } from '#contract/channel-event.ts'
import { fieldsOf, instantOf, keep, nameOf } from '../../lib/untrusted.ts'
import { unknown } from './messages.ts'
import { identitiesOf } from './people.ts'

const STATES: Partial<Record<string, 'in' | 'out'>> = { stop: 'out', resume: 'in' }

/** One of `user_preferences`. What names nobody, or wishes that we do not know, is kept as it came. */
export function preferenceEvent(item: unknown, at: number): ChannelEvent {
  const given = fieldsOf(item)
  const customer = identitiesOf(given.wa_id, given.user_id ?? given.userid)
  const how = nameOf(given.value, 40) ?? ''
  const state = STATES[how]
  const category = nameOf(given.category, 60) ?? 'marketing_messages'
  if (!customer || !state || category !== 'marketing_messages') return unknown('user_preferences', item, at)
  return { type: 'consent', at: instantOf(given.timestamp, at), customer, purpose: 'marketing', state, how, raw: keep(given) }
}
