/** What Meta posts to a hook, as events: reference/meta-cloud-api.md §2 to §6, §12. */
import type { ChannelEvent } from '#contract/channel-event.ts'
import type { HookEvent, Rejection } from '../channel.ts'
import { failureOfMetaCode } from '../cloud-format/codes.ts'
import { bounded, changesOf, eachItem } from '../cloud-format/envelope.ts'
import type { Change } from '../cloud-format/envelope.ts'
import { echoEvent, messageEvent, unknown } from '../cloud-format/messages.ts'
import { peopleIn } from '../cloud-format/people.ts'
import { preferenceEvent } from '../cloud-format/preferences.ts'
import { META_STATUS_WORDS, statusEvent } from '../cloud-format/statuses.ts'
import type { StatusDialect } from '../cloud-format/statuses.ts'
import { idOf, isFields, readJson } from '../../lib/untrusted.ts'
import { accountEvent, isAccountField } from './fields.ts'

const DIALECT: StatusDialect = {
  ids: (status) => ({ providerId: idOf(status.id) }),
  words: META_STATUS_WORDS,
  codeToFailure: failureOfMetaCode,
}

/** Total: whatever the bytes are, it answers and does not throw. `now` dates what has no usable time of its own. */
export function parse(raw: Uint8Array, now: number): HookEvent[] | Rejection {
  const body = readJson(raw)
  if (body === undefined) return 'not_json'
  if (!isFields(body) || !Array.isArray(body.entry)) return [{ line: null, event: unknown('body', body, now) }]
  return bounded(eventsOf(changesOf(body), now), now)
}

function* eventsOf(changes: Iterable<Change>, now: number): Generator<HookEvent> {
  for (const change of changes) {
    for (const event of changeEvents(change, now)) yield { line: change.line, event }
  }
}

function* changeEvents(change: Change, now: number): Generator<ChannelEvent> {
  const { field, value, raw } = change
  switch (field) {
    // `standby`: Meta's own Business Agent answers meanwhile; the inner shape is the same (§6).
    case 'messages':
    case 'standby':
      yield* messagesEvents(change, now)
      return
    case 'smb_message_echoes':
      yield* numberEvents(change, value.message_echoes, (item) => echoEvent(item, now), now)
      return
    case 'user_preferences':
      yield* numberEvents(change, value.user_preferences, (item) => preferenceEvent(item, now), now)
      return
    default:
      yield isAccountField(field) ? accountEvent(field, value, raw, now) : unknown(field, raw, now)
  }
}

function* messagesEvents(change: Change, now: number): Generator<ChannelEvent> {
  const { value, raw } = change
  const people = peopleIn(value.contacts)
  yield* numberEvents(change, value.messages, (item) => messageEvent(item, people, now), now)
  yield* numberEvents(change, value.statuses, (item) => statusEvent(item, DIALECT, now), now)
  // Complaints that belong to no message: about the app, the number or the account (§3).
  if (Array.isArray(value.errors))
    yield {
      type: 'account',
      at: now,
      field: 'errors',
      level: 'error',
      raw: unknown('', raw, now).raw,
    }
}

/** Items belong to the number named beside them; where none is named we must not guess whose they are. */
function numberEvents(
  change: Change,
  items: unknown,
  read: (item: unknown) => ChannelEvent,
  now: number,
): Generator<ChannelEvent> {
  const { field, line } = change
  return eachItem(items, line === null ? (item) => unknown(field, item, now) : read, now)
}
