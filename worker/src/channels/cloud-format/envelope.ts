/**
 * `{object, entry: [{id, time, changes: [{field, value}]}]}`: the wrapping of everything that Meta, and Gupshup in its
 * third format, post to a hook. Several entries, changes and items in one POST are normal (§2), so all levels are walked.
 */
import type { ChannelEvent } from '#contract/channel-event.ts'
import { MAX_ITEMS, fieldsOf, idOf, listOf, nameOf } from '../../lib/untrusted.ts'
import type { Fields } from '../../lib/untrusted.ts'
import { unknown } from './messages.ts'

export type Change = {
  field: string
  value: Fields
  /** Meta's phone_number_id of the number it is about; null when the field is not about one number. */
  line: string | null
  /** For events that keep it as it came: with the id and time of its entry. */
  raw: Fields
}

/** Entries and changes that we look at in one body; a real one has a handful. */
const MAX_STEPS = 10 * MAX_ITEMS

/** Every change of a body, in order. */
export function* changesOf(body: Fields): Generator<Change> {
  let steps = 0
  for (const item of listOf(body.entry, MAX_STEPS)) {
    const entry = fieldsOf(item)
    for (const change of listOf(entry.changes, MAX_STEPS)) {
      if (steps++ > MAX_STEPS) return
      yield changeOf(fieldsOf(change), entry)
    }
  }
}

function changeOf(change: Fields, entry: Fields): Change {
  const value = fieldsOf(change.value)
  return {
    field: nameOf(change.field, 60) ?? 'none',
    value,
    line: idOf(fieldsOf(value.metadata).phone_number_id, 40) ?? null,
    raw: { entry: entry.id, time: entry.time, value: change.value },
  }
}

/** One event per item of a list; a defect of ours in one item never costs its neighbours. */
export function* eachItem(list: unknown, read: (item: unknown) => ChannelEvent, now: number): Generator<ChannelEvent> {
  for (const item of listOf(list, Number.POSITIVE_INFINITY)) {
    try {
      yield read(item)
    } catch {
      yield unknown('defect', item, now)
    }
  }
}

type Located<E> = { line: string | null; event: E }

/**
 * At most 1,000 events of one POST, which is also Meta's own limit. Where there were more, a last event says so; the
 * bytes are kept elsewhere and can be read again.
 */
export function bounded(events: Iterable<Located<ChannelEvent>>, now: number): Located<ChannelEvent>[] {
  const taken: Located<ChannelEvent>[] = []
  for (const event of events) {
    if (taken.length === MAX_ITEMS) return [...taken, { line: null, event: unknown('overflow', { limit: MAX_ITEMS }, now) }]
    taken.push(event)
  }
  return taken
}
