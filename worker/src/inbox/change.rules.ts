/** May somebody change a message that has left? Pure. */
import type { RefusalCode } from '#contract/errors.ts'

export type Changed = { direction: string; kind: string; status: string | null; at: string; isDeleted: boolean; isOurs: boolean }

/** As long as WhatsApp itself lets people: a word for a quarter of an hour, a message for two days. */
export const EDIT_MS = 15 * 60_000
export const REVOKE_MS = 48 * 3_600_000

const LEFT = new Set(['sent', 'delivered', 'read', 'played'])

/** The code of a refusal, or null. What has not left yet is taken back from the line, not from the customer. */
export function changeRefusal(what: 'edit' | 'revoke', message: Changed, now: number): RefusalCode | null {
  const { direction, kind, status, at, isDeleted, isOurs } = message
  if (direction !== 'out' || !isOurs || isDeleted || !LEFT.has(status ?? '')) return 'not_changeable'
  if (what === 'edit' && kind !== 'text') return 'not_changeable'
  return now - Date.parse(at) > (what === 'edit' ? EDIT_MS : REVOKE_MS) ? 'change_too_late' : null
}
