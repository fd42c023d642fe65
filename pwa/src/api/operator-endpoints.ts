/** Rows of endpoints.ts that only the console calls. */
import type * as money from '#contract/operator-money.ts'
import type * as operator from '#contract/operator.ts'
import { row } from './row.ts'

export const listPlans = row<typeof operator.listPlans>('GET', '/operator/plans')
export const savePlan = row<typeof operator.savePlan>('PUT', '/operator/plans')
export const retirePlan = row<typeof operator.retirePlan>('PUT', '/operator/plans/:planId/retired')
export const setSetting = row<typeof operator.setSetting>('PUT', '/operator/setting')
export const listCustomers = row<typeof operator.listCustomers>('GET', '/operator/customers')
export const setCustomer = row<typeof operator.setCustomer>('PUT', '/operator/customers/:customerId/buys')
export const setNumberPayer = row<typeof operator.setNumberPayer>('PUT', '/operator/numbers/:channelId/payer')
export const getOperatorDesk = row<typeof money.getOperatorDesk>('GET', '/operator/desk')
export const getCustomer = row<typeof money.getCustomer>('GET', '/operator/customers/:customerId')
export const listCustomerMovements = row<typeof money.listCustomerMovements>('GET', '/operator/customers/:customerId/movements')
export const decideBalance = row<typeof money.decideBalance>('POST', '/operator/customers/:customerId/decisions')
export const refundPayment = row<typeof money.refundPayment>('POST', '/operator/payments/:paymentId/refunds')
export const listLoosePayments = row<typeof money.listLoosePayments>('GET', '/operator/loose-payments')
export const allocatePayment = row<typeof money.allocatePayment>('PUT', '/operator/payments/:paymentId/owner')
export const listDisputes = row<typeof money.listDisputes>('GET', '/operator/disputes')
export const releaseDispute = row<typeof money.releaseDispute>('PUT', '/operator/disputes/:disputeId/released')
export const listDeadEvents = row<typeof money.listDeadEvents>('GET', '/operator/events')
export const retryEvent = row<typeof money.retryEvent>('POST', '/operator/events/:eventId/retry')
export const dropEvent = row<typeof money.dropEvent>('PUT', '/operator/events/:eventId/dropped')
export const listActs = row<typeof money.listActs>('GET', '/operator/acts')
