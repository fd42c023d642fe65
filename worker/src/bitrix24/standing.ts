/** How a portal stands, worked out from what it and the authorization server have said. */
import type { Kind } from './rest/answers.ts'
import type { AppFacts, OauthVerdict } from './rest/verdicts.ts'

export const STATES = ['active', 'needs_reconnect', 'payment_required', 'disconnected', 'overloaded', 'deleted'] as const
export type Standing = { state: (typeof STATES)[number]; problem: string | null }

export const WELL: Standing = { state: 'active', problem: null }

/** After a refresh that was refused; null: it says nothing about how the portal stands. */
export function afterOauth(verdict: OauthVerdict, code: string): Standing | null {
  switch (verdict) {
    case 'dead':
      return { state: 'needs_reconnect', problem: code }
    case 'disconnected':
    case 'scope':
      return { state: 'disconnected', problem: code }
    case 'unpaid':
      return { state: 'payment_required', problem: code }
    case 'later':
    case 'bug':
      return null
  }
}

/** After a call that was refused, its token renewed if need be. A method that is not allowed says nothing about the rest. */
export function afterCall(kind: Kind, code: string): Standing | null {
  if (kind === 'token') return { state: 'needs_reconnect', problem: code }
  if (kind === 'unpaid') return { state: 'payment_required', problem: code }
  if (kind === 'overload') return { state: 'overloaded', problem: code }
  if (kind === 'gone') return { state: 'deleted', problem: code }
  return null
}

/** After the authorization server's word on the application. A term that is over, its grace too, is not paid. */
export function afterFacts({ paymentExpired, days }: Pick<AppFacts, 'paymentExpired' | 'days'>): Standing {
  return paymentExpired && (days ?? 0) < 0 ? { state: 'payment_required', problem: 'PAYMENT_EXPIRED' } : WELL
}
