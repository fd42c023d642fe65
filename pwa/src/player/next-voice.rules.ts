/** Which voice note is played after another: the one that follows it in the talk, if nothing else was said between. */
import type { Message } from '#contract/inbox.ts'

/** The next one; notes of the team and lines of the system do not count as said. */
export function nextVoice(items: readonly Message[], id: string): Message | null {
  const from = items.findIndex((item) => item.id === id)
  if (from < 0) return null
  const next = items
    .slice(from + 1)
    .find(({ direction, kind, deletedAt }) => direction !== 'note' && kind !== 'system' && deletedAt === null)
  return next?.kind === 'voice' && next.media?.state === 'ready' ? next : null
}
