import type { Cell } from '#contract/csv.ts'
import type { Transfer } from '#contract/desk.ts'
import { deskWork } from '../../text/desk-work.ts'

/** The history as a table: who asked, which customer, who decided, how it ended and when it was asked, and the rest. */
export function transferCells(transfers: readonly Transfer[]): Cell[][] {
  const { columns, states, byRule } = deskWork()
  const head = [
    ...[columns.askedBy, columns.contact, columns.decidedBy, columns.state, columns.createdAt],
    ...[columns.to, columns.reason, columns.decidedAt, columns.decidedReason],
  ]
  const rows = transfers.map(({ askedBy, contact, decided, state, createdAt, to, reason }) => [
    ...[askedBy.name, contact.name, decided ? (decided.by ?? byRule) : null, states[state], createdAt],
    ...[to.person?.name ?? to.department, reason, decided?.at ?? null, decided?.reason ?? null],
  ])
  return [head, ...rows]
}
