/** Rows of contract/alerts.ts. */
import type * as alerts from '#contract/alerts.ts'
import { row } from './row.ts'

export const getAlertHook = row<typeof alerts.getAlertHook>('GET', '/billing/alert-hook')
export const changeAlertHook = row<typeof alerts.changeAlertHook>('PUT', '/billing/alert-hook')
export const changeAlertSecret = row<typeof alerts.changeAlertSecret>('POST', '/billing/alert-hook/secret')
export const testAlertHook = row<typeof alerts.testAlertHook>('POST', '/billing/alert-hook/test')
export const resendAlert = row<typeof alerts.resendAlert>('POST', '/billing/alert-hook/deliveries/:deliveryId/send')
