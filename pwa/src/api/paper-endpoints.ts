/** Rows of contract/papers.ts. */
import type * as papers from '#contract/papers.ts'
import { row } from './row.ts'

export const downloadPaper = row<typeof papers.downloadPaper>('GET', '/billing/movements/:movementId/paper')
export const getFiscal = row<typeof papers.getFiscal>('GET', '/billing/fiscal')
export const setFiscal = row<typeof papers.setFiscal>('PUT', '/billing/fiscal')
export const listSellers = row<typeof papers.listSellers>('GET', '/operator/sellers')
export const setSeller = row<typeof papers.setSeller>('PUT', '/operator/sellers')
