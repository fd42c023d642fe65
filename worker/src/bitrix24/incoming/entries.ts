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
    heardIn(name, data).map(async (heard) => ({
      key: keyOf(heard, String(ts ?? ''), toHex(await sha256(JSON.stringify(heard)))),
      name,
      lane: laneOf(heard),
      // Numbers of messages rise: one that was overtaken on its way takes its place again, while it can.
      order: 'imMessageId' in heard ? Number(heard.imMessageId) : null,
      body: JSON.stringify({ heard, ts: seconds > 0 ? seconds * 1_000 : null, traceId: newTraceId() } satisfies z.infer<
        typeof Body
      >),
    })),
  )
}

/** The event of a conversation in what was stored; null: it is one of the application itself. */
export function keptIn({ key, name, body, at }: KeptEvent): Kept | null {
  return TALK_EVENTS.includes(name) ? { key, name, at, ...Body.parse(JSON.parse(body)) } : null
}
