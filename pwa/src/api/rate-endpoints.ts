/** Rows of contract/rates.ts: only the operator's console calls them. */
import type * as rates from '#contract/rates.ts'
import { row } from './row.ts'

export const listRates = row<typeof rates.listRates>('GET', '/operator/rates')
export const rateHistory = row<typeof rates.rateHistory>('GET', '/operator/rates/history')
export const setRates = row<typeof rates.setRates>('PUT', '/operator/rates')
export const withdrawRate = row<typeof rates.withdrawRate>('DELETE', '/operator/rates/:rateId')
