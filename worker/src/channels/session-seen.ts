/** A number's link as people are shown it. */
import type { OutputOf } from '#contract/endpoint.ts'
import { NodeId } from '#contract/ids.ts'
import { SessionPast, type watchSession } from '#contract/sessions.ts'
import type { sessionOf } from './session-port.ts'

type Session = OutputOf<typeof watchSession>
type SessionNow = Awaited<ReturnType<ReturnType<typeof sessionOf>['now']>>

const iso = (ms: number | null): string | null => (ms === null || ms === 0 ? null : new Date(ms).toISOString())

/** As whoever looks after the number sees it; `past` is theirs alone. */
export function seen({ past, ...now }: SessionNow): Session {
  return { ...seenByGuest(now), past: { ...past, skipped: SessionPast.shape.skipped.parse(past.skipped) } }
}

/** The same for who was only invited to link it. */
export function seenByGuest({
  rev,
  standing,
  since,
  until,
  againAt,
  me,
  linkedAt,
  node,
  place: nodeId,
  ignored,
}: Omit<SessionNow, 'past'>): Session {
  return {
    rev,
    state: standing.state,
    since: iso(since),
    code: standing.code ?? null,
    providerCode: standing.providerCode ?? null,
    qr: standing.qr?.text ?? null,
    pairingCode: standing.pairingCode ?? null,
    until: iso(until),
    againAt: iso(againAt),
    me: me && { phone: me.phone, name: me.name },
    linkedAt: iso(linkedAt),
    node,
    place: NodeId.safeParse(nodeId).data ?? null,
    ignored: {
      group: ignored.group ?? 0,
      broadcast: ignored.broadcast ?? 0,
      status: ignored.status ?? 0,
      newsletter: ignored.newsletter ?? 0,
    },
    past: null,
  }
}
