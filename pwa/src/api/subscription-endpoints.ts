/** Rows of endpoints.ts that only the screens of subscriptions call: no chat waits for them. */
import type * as operator from '#contract/operator.ts'
import type * as subscriptions from '#contract/subscriptions.ts'
import { row } from './row.ts'

export const whomToAsk = row<typeof subscriptions.whomToAsk>('GET', '/subscriptions/payers')
export const isOperator = row<typeof operator.isOperator>('GET', '/operator')
export const listSubscriptions = row<typeof subscriptions.listSubscriptions>('GET', '/subscriptions')
export const getSubscription = row<typeof subscriptions.getSubscription>('GET', '/subscriptions/:subscriptionId')
export const openSubscription = row<typeof subscriptions.openSubscription>('POST', '/subscriptions')
export const lookSubscription = row<typeof subscriptions.lookSubscription>('POST', '/subscriptions/:subscriptionId/look')
export const previewPlan = row<typeof subscriptions.previewPlan>('POST', '/subscriptions/:subscriptionId/preview')
export const changePlan = row<typeof subscriptions.changePlan>('PUT', '/subscriptions/:subscriptionId/plan')
export const actSubscription = row<typeof subscriptions.actSubscription>('PUT', '/subscriptions/:subscriptionId/state')
