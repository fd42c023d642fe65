/** How events stand in the portal's object until they are acted on: those of conversations one message each, without anybody's tokens. */
import * as z from 'zod'
import { sha256, toHex } from '../../lib/bytes.ts'
import { newTraceId } from '../../lib/ids.ts'
import type { KeptEvent, NewEvent } from '../portal-store.ts'
import { Heard, heardIn, keyOf, laneOf, TALK_EVENTS, type Kept } from './heard.ts'

const Event = z.looseObject({ data: z.optional(z.unknown()), ts: z.optional(z.unknown()) })
const Body = z.object({ heard: Heard, ts: z.nullable(z.number()), traceId: z.string() })

/** What is stored of an event. `body`: as it came, as JSON. */
export async function entriesOf({ key, name, body }: { key: string; name: string; body: string }): Promise<NewEvent[]> {
  if (!TALK_EVENTS.includes(name)) return [{ key, name, body }]
  const { data, ts } = Event.parse(JSON.parse(body))
  const seconds = Number(ts)
  return Promise.all(
    heardIn(name, data).map(async (heard) => {
      const hash = toHex(await sha256(JSON.stringify(heard)))
      return entryFor(name, heard, seconds > 0 ? seconds * 1_000 : null, newTraceId(), `${String(ts ?? '')}|${hash.slice(0, 16)}`)
    }),
  )
}

/** One thing that happened in a conversation. `edition`: tells an edit from the next one of the same message. */
export function entryFor(name: string, heard: Heard, ts: number | null, traceId: string, edition = ''): NewEvent {
  return {
    key: keyOf(heard, edition),
    name,
    lane: laneOf(heard),
    // Numbers of messages rise: one that was overtaken on its way takes its place again, while it can.
    order: 'imMessageId' in heard ? Number(heard.imMessageId) : null,
    body: JSON.stringify({ heard, ts, traceId } satisfies z.infer<typeof Body>),
  }
}

/** The event of a conversation in what was stored; null: it is one of the application itself. */
export function keptIn({ key, name, body, at }: KeptEvent): Kept | null {
  return TALK_EVENTS.includes(name) || name === 'SWEEP' ? { key, name, at, ...Body.parse(JSON.parse(body)) } : null
}
