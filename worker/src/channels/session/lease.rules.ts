/** Who may speak for a number. Pure: the Session object brings clock and sockets. */
import { LEASE_MS } from '#contract/session-node.ts'

/** The owner's right, as the Session object keeps it. */
export type Lease = {
  node: string
  epoch: number
  /** When it was last heard: its last ping, or anything else. Milliseconds. */
  heardAt: number
  /** It has said that its WhatsApp socket is closed. */
  left: boolean
}

export type Verdict =
  /** The same node in the same epoch: it never stopped. */
  { do: 'resume'; epoch: number } | { do: 'grant'; epoch: number } | { do: 'wait'; ms: number } | { do: 'deny' }

/**
 * Answers a node that dials for a number. `assigned`: whom the Fleet gave it to. `epoch`: the one that the node says it
 * holds, null for a fresh start. A node that begins anew gets a new epoch even where it was the owner: what an earlier
 * life of it may still send is refused.
 */
export function mayOwn(
  asks: { node: string; epoch: number | null },
  assigned: string | null,
  lease: Lease | null,
  lastEpoch: number,
  now: number,
  leaseMs: number = LEASE_MS,
): Verdict {
  if (asks.node !== assigned) return { do: 'deny' }
  const isFree = !lease || lease.left || now - lease.heardAt >= leaseMs
  const isOwner = lease !== null && !lease.left && lease.node === asks.node
  if (isOwner && asks.epoch === lease.epoch && !isFree) return { do: 'resume', epoch: lease.epoch }
  if (isFree || isOwner) return { do: 'grant', epoch: lastEpoch + 1 }
  return { do: 'wait', ms: leaseMs - (now - lease.heardAt) }
}
