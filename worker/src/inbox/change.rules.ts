/** May somebody change a message that has left? Pure. */
import { EDIT_MS, REVOKE_MS } from '#contract/change-limits.ts'
import type { RefusalCode } from '#contract/errors.ts'

export type Changed = { direction: string; kind: string; status: string | null; at: string; isDeleted: boolean; isOurs: boolean }

const LEFT = new Set(['sent', 'delivered', 'read', 'played'])

/** The code of a refusal, or null. What has not left yet is taken back from the line, not from the customer. */
export function changeRefusal(what: 'edit' | 'revoke', message: Changed, now: number): RefusalCode | null {
  const { direction, kind, status, at, isDeleted, isOurs } = message
  if (direction !== 'out' || !isOurs || isDeleted || !LEFT.has(status ?? '')) return 'not_changeable'
  if (what === 'edit' && kind !== 'text') return 'not_changeable'
  return now - Date.parse(at) > (what === 'edit' ? EDIT_MS : REVOKE_MS) ? 'change_too_late' : null
}

/** Nothing keeps it from being changed but that the provider has not said yet that it left: a matter of a second. */
export function isChangeableSoon(what: 'edit' | 'revoke', message: Changed, now: number): boolean {
  return message.status === 'sending' && changeRefusal(what, { ...message, status: 'sent' }, now) === null
}
