import type { OutputOf } from '#contract/endpoint.ts'
import type { readPortalCard } from '#contract/portal-card.ts'

/** The card of a client as it was read: names, numbers, and the chats with them. */
export type Card = OutputOf<typeof readPortalCard>
