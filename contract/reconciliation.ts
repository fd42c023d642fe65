/** Our account at each gateway beside our books, for who runs the service. For everybody else these doors are not there. */
import * as z from 'zod/mini'
import { Gateway, Micro } from './billing.ts'
import { endpoint } from './endpoint.ts'
import { Instant } from './ids.ts'
import { Cursor, page } from './pages.ts'

const ReconItemId = z.uuid().brand<'ReconItem'>()
/** By Greenwich, as gateways count. */
const Day = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/))
const Currency = z.string()

export const ReconDay = z.object({
  gateway: Gateway,
  day: Day,
  /** Null: the gateway's report could not be read yet; `problem` says why. */
  lookedAt: z.nullable(Instant),
  problem: z.nullable(z.string()),
  matched: z.number(),
  /** Younger than a day: the other side may still come. */
  late: z.number(),
  open: z.number(),
  decided: z.number(),
})
export type ReconDay = z.infer<typeof ReconDay>

/** What a gateway says that it has of ours. What of the difference no movement explains is wrong. */
const ReconBalance = z.object({
  gateway: Gateway,
  currency: Currency,
  available: Micro,
  pending: Micro,
  books: Micro,
  explained: Micro,
  seenAt: Instant,
  offSince: z.nullable(Instant),
})
export type ReconBalance = z.infer<typeof ReconBalance>

const ReconBooks = z.object({
  currency: Currency,
  debits: Micro,
  credits: Micro,
  /** Balances of companies by their postings, and as their screens show them. */
  prepaid: Micro,
  shown: Micro,
  seenAt: Instant,
})
export type ReconBooks = z.infer<typeof ReconBooks>

export const Reconciliation = z.object({
  days: z.array(ReconDay),
  next: z.nullable(z.string()),
  /** Differences of all days that nobody has decided over. */
  open: z.number(),
  balances: z.array(ReconBalance),
  books: z.array(ReconBooks),
})
export type Reconciliation = z.infer<typeof Reconciliation>

export const ReconItem = z.object({
  id: ReconItemId,
  gateway: Gateway,
  day: Day,
  at: Instant,
  kind: z.enum(['payment', 'refund', 'dispute', 'payout', 'fee', 'other']),
  /** The gateway's name of the movement; null: it has none. */
  ref: z.nullable(z.string()),
  paymentRef: z.nullable(z.string()),
  code: z.string(),
  amount: z.nullable(Micro),
  fee: Micro,
  currency: Currency,
  verdict: z.enum(['matched', 'late', 'missing_here', 'missing_there', 'differs', 'decided']),
  /** All that the gateway and our books say of the same payment, or of what was taken back of it. */
  theirs: Micro,
  ours: Micro,
  company: z.nullable(z.string()),
  /** Its money stands apart until somebody says whose it is. */
  ofNobody: z.boolean(),
  decision: z.nullable(z.object({ by: z.string(), at: Instant, reason: z.string(), isBooked: z.boolean(), difference: Micro })),
})
export type ReconItem = z.infer<typeof ReconItem>

export const getReconciliation = endpoint({
  method: 'GET',
  path: '/operator/reconciliation',
  summary: 'Days with each gateway, what each has of ours beside our books, and our own books',
  may: 'signed-in',
  input: z.object({ cursor: z.optional(Cursor) }),
  returns: Reconciliation,
})

export const runReconciliation = endpoint({
  method: 'POST',
  path: '/operator/reconciliation',
  summary: 'Reads the gateways’ reports of the last days now, and of one more day where one is named. Again: nothing new',
  may: 'signed-in',
  input: z.object({ day: z.optional(Day) }),
  returns: Reconciliation,
})

const ItemFilter = {
  gateway: z.optional(Gateway),
  day: z.optional(Day),
  show: z.optional(z.enum(['open', 'late', 'decided', 'matched'])),
}

export const listReconItems = endpoint({
  method: 'GET',
  path: '/operator/reconciliation/items',
  summary: 'Movements beside our books, the latest first: of a day, of a gateway, or of all',
  may: 'signed-in',
  input: z.object({ ...ItemFilter, cursor: z.optional(Cursor) }),
  returns: page(ReconItem),
})

export const exportReconItems = endpoint({
  method: 'GET',
  path: '/operator/reconciliation/items/export',
  summary: 'The same as a CSV file (UTF-8, 20,000 rows at most, `x-rows-left` when there are more)',
  may: 'signed-in',
  input: z.object(ItemFilter),
  returns: z.string(),
})

export const decideReconItem = endpoint({
  method: 'PUT',
  path: '/operator/reconciliation/items/:itemId/decision',
  summary: 'Decides over a difference: noted, or taken upon ourselves, so that our books say what the gateway says',
  may: 'signed-in',
  input: z.object({
    itemId: ReconItemId,
    isBooked: z.boolean(),
    reason: z.string().check(z.trim(), z.minLength(3), z.maxLength(300)),
  }),
  returns: ReconItem,
})
