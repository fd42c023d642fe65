/** Rows of contract/cards.ts, apart from those that every chat loads. */
import type * as cards from '#contract/cards.ts'
import { row } from './row.ts'

export const openCard = row<typeof cards.openCard>('POST', '/billing/cards')
export const lookCard = row<typeof cards.lookCard>('POST', '/billing/cards/look')
