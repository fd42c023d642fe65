/** Which deliveries go in one request: of each chat its next ones of the same sort, several chats of one line together. */
import type { Delivery, Outcome } from './delivery.ts'

/** Sorts of requests. What a portal takes as new messages goes together, whatever it is to us. */
export type Group = 'send' | 'update' | 'delete' | 'delivery_status' | 'responsible' | 'session_finish'

const MAX = 20
/** Requests about one chat alone. */
const ALONE: ReadonlySet<Group> = new Set<Group>(['responsible', 'session_finish'])
const AGAIN_MS = 0
const FILE_AGAIN_MS = 20_000

export function groupOf(delivery: Delivery | undefined): Group {
  if (!delivery || delivery.kind === 'file' || delivery.kind === 'say') return 'send'
  return delivery.kind
}

/**
 * Batches of at most twenty, none of which splits what one chat sends now. `held`: what must stand behind something of its own
 * chat goes back to wait. `rows` come in the order of each chat; `awaits`: it cannot go yet, nor anything behind it.
 */
export function batchesOf(
  rows: readonly Delivery[],
  awaits: (one: Delivery) => boolean,
): { batches: Delivery[][]; held: Outcome[] } {
  const held: Outcome[] = []
  const open = new Map<string, Delivery[]>()
  const batches: Delivery[][] = []
  for (const chat of Map.groupBy(rows, (one) => one.chat.id).values()) {
    const run = runOf(chat, awaits)
    held.push(...chat.slice(run.length).map((one, n) => heldOne(one, n === 0 && run.length === 0)))
    const group = groupOf(run[0])
    if (run.length === 0) continue
    if (ALONE.has(group)) {
      batches.push(run)
      continue
    }
    const key = `${run[0]?.line.id}|${group}`
    const batch = open.get(key)
    if (batch && batch.length + run.length <= MAX) batch.push(...run)
    else {
      const next = [...run]
      open.set(key, next)
      batches.push(next)
    }
  }
  return { batches, held }
}

/** The first ones that may go together. */
function runOf(chat: readonly Delivery[], awaits: (one: Delivery) => boolean): Delivery[] {
  const group = groupOf(chat[0])
  const end = chat.findIndex((one, n) => awaits(one) || groupOf(one) !== group || (n > 0 && ALONE.has(group)))
  return chat.slice(0, Math.min(end === -1 ? chat.length : end, MAX))
}

function heldOne({ id }: Delivery, isFirst: boolean): Outcome {
  if (isFirst) return { id, outcome: 'later', code: 'portal_file_pending', afterMs: FILE_AGAIN_MS }
  return { id, outcome: 'later', afterMs: AGAIN_MS }
}
