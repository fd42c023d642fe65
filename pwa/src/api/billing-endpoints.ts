/** Rows of contract/billing.ts, apart from those that every chat loads. */
import type * as billing from '#contract/billing.ts'
import { row } from './row.ts'

export const getBalance = row<typeof billing.getBalance>('GET', '/billing/balance')
export const listMovements = row<typeof billing.listMovements>('GET', '/billing/movements')
export const exportMovements = row<typeof billing.exportMovements>('GET', '/billing/movements/export')
export const addTopup = row<typeof billing.addTopup>('POST', '/billing/topups')
export const lookTopup = row<typeof billing.lookTopup>('POST', '/billing/topups/:topupId/look')
export const addRefund = row<typeof billing.addRefund>('POST', '/billing/payments/:paymentId/refunds')
export const estimate = row<typeof billing.estimate>('POST', '/billing/estimates')
export const chooseBalance = row<typeof billing.chooseBalance>('PUT', '/billing/choice')
export const chooseAutomatic = row<typeof billing.chooseAutomatic>('PUT', '/billing/automatic')
export const forgetMethod = row<typeof billing.forgetMethod>('DELETE', '/billing/method')
