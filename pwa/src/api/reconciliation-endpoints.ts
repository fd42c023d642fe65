/** Rows of endpoints.ts that only reconciliation calls: no chat waits for them. */
import type * as reconciliation from '#contract/reconciliation.ts'
import { row } from './row.ts'

export const getReconciliation = row<typeof reconciliation.getReconciliation>('GET', '/operator/reconciliation')
export const runReconciliation = row<typeof reconciliation.runReconciliation>('POST', '/operator/reconciliation')
export const listReconItems = row<typeof reconciliation.listReconItems>('GET', '/operator/reconciliation/items')
export const exportReconItems = row<typeof reconciliation.exportReconItems>('GET', '/operator/reconciliation/items/export')
export const decideReconItem = row<typeof reconciliation.decideReconItem>(
  'PUT',
  '/operator/reconciliation/items/:itemId/decision',
)
