/**
 * What Gupshup posts to a hook, as events: reference/gupshup.md §6 (second format) and §7 (third format, Meta's own with
 * Gupshup's ids beside). Told apart by shape, never by configuration. The hook's address names the channel, so no event
 * carries a line of its own.
 */
import type { ChannelEvent, DeliveryStatus } from '#contract/channel-event.ts'
import type { HookCheck, HookEvent, Line, Rejection } from '../channel.ts'
import { bounded, changesOf, eachItem } from '../cloud-format/envelope.ts'
import type { Change } from '../cloud-format/envelope.ts'
import { echoEvent, messageEvent, unknown } from '../cloud-format/messages.ts'
import { peopleIn } from '../cloud-format/people.ts'
import { preferenceEvent } from '../cloud-format/preferences.ts'
import { META_STATUS_WORDS, statusEvent } from '../cloud-format/statuses.ts'
import type { StatusDialect } from '../cloud-format/statuses.ts'
import { templateNews } from '../cloud-format/template-words.ts'
import { fieldsOf, idOf, instantOf, isFields, keep, readJson } from '../../lib/untrusted.ts'
import type { Fields } from '../../lib/untrusted.ts'
import { gupshupOf } from './api.ts'
import { billEvent } from './bill.ts'
import { failureOfGupshupCode } from './errors.ts'
import { secondFormatEvent } from './second-format.ts'

/**
 * The secret is the hook's own key, which the route has compared. Here only: is this callback about our app? An app may
 * be renamed, so its id decides where there is one. What says nothing about its app passes.
 */
export function verify(raw: Uint8Array, line: Line): HookCheck {
  const body = fieldsOf(readJson(raw))
  const { appId, appName } = gupshupOf(line)
  const givenId = idOf(body.gs_app_id) ?? idOf(body.appId)
  const isOurs = givenId === undefined ? isOurName(body.app, appName) : givenId.toLowerCase() === appId.toLowerCase()
  return isOurs ? { ok: true } : { ok: false, reason: 'wrong_signature' }
}

function isOurName(given: unknown, appName: string): boolean {
  return typeof given !== 'string' || given === '' || given.trim().toLowerCase() === appName.trim().toLowerCase()
}

/** Total: whatever the bytes are, it answers and does not throw. `now` dates what has no usable time of its own. */
export function parse(raw: Uint8Array, now: number): HookEvent[] | Rejection {
  const body = readJson(raw)
  if (body === undefined) return 'not_json'
  if (!isFields(body)) return [{ line: null, event: unknown('body', body, now) }]
  if (Array.isArray(body.entry)) return bounded(thirdFormatEvents(body, now), now)
  if (body.type === 'preference-event') return bounded(onOurLine(preferences(body, now)), now)
  return bounded(onOurLine(eachItem([body], (item) => secondFormatEvent(fieldsOf(item), now), now)), now)
}

function preferences(body: Fields, now: number): Iterable<ChannelEvent> {
  const told = fieldsOf(body.payload).user_preferences
  const at = instantOf(body.timestamp, now)
  return Array.isArray(told) ? eachItem(told, (item) => preferenceEvent(item, at), now) : [unknown('preference-event', body, now)]
}

function* onOurLine(events: Iterable<ChannelEvent>): Generator<HookEvent> {
  for (const event of events) yield { line: null, event }
}

/** `enqueued` exists only at Gupshup: it took the message, and tells the id that WhatsApp knows it by. */
const WORDS: ReadonlyMap<string, DeliveryStatus> = new Map([...META_STATUS_WORDS, ['enqueued', 'accepted']])

const DIALECT: StatusDialect = {
  ids: (status) => ({
    providerId: idOf(status.gs_id) ?? idOf(status.id),
    alias: idOf(status.meta_msg_id) ?? idOf(status.id),
  }),
  words: WORDS,
  codeToFailure: failureOfGupshupCode,
}

function* thirdFormatEvents(body: Fields, now: number): Generator<HookEvent> {
  for (const change of changesOf(body)) yield* onOurLine(changeEvents(change, now))
}

function* changeEvents({ field, value, raw }: Change, now: number): Generator<ChannelEvent> {
  switch (field) {
    case 'messages':
    case 'standby': {
      const people = peopleIn(value.contacts)
      yield* eachItem(value.messages, (item) => messageEvent(item, people, now), now)
      yield* eachItem(value.statuses, (item) => statusEvent(item, DIALECT, now), now)
      return
    }
    case 'smb_message_echoes':
      yield* eachItem(value.message_echoes, (item) => echoEvent(item, now), now)
      return
    case 'user_preferences':
      yield* eachItem(value.user_preferences, (item) => preferenceEvent(item, now), now)
      return
    case 'billing-event':
      yield billEvent(value, now) ?? { type: 'account', at: now, field, level: 'info', raw: keep(raw) }
      return
    case 'calls':
    case 'history':
      yield unknown(field, raw, now)
      return
    default:
      // Templates, account: whatever its name, it is news about the app, not a message.
      yield { type: 'account', at: now, field, level: 'info', raw: keep(raw), ...templateNews(value) }
  }
}
