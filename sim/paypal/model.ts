/** What the simulated PayPal keeps. Times are milliseconds of the application's own clock. */
import type { Money } from './money.ts'

export type Settings = {
  /** A second payment with an `invoice_id` that was paid is refused: PayPal's usual setting. */
  blocksDuplicates: boolean
  /** What a new refund is at first. */
  refundAs: 'COMPLETED' | 'PENDING' | 'FAILED'
  /** How late movements come into the reports. */
  reportsLateMs: number
  /** An order that nobody approved in time: is no more (404), or says VOIDED. */
  deadOrders: 'gone' | 'voided'
}

/** An application of a merchant, with the merchant's money. */
export type App = { id: string; secret: string; merchant: string; aheadMs: number; settings: Settings }

export type Token = { id: string; app: string; until: number }

/** How the buyer pays: what the bank says when the money is fetched. */
export type How = 'pays' | 'declined' | 'review' | 'denied'

export type Order = {
  id: string
  app: string
  status: 'CREATED' | 'PAYER_ACTION_REQUIRED' | 'APPROVED' | 'COMPLETED' | 'VOIDED'
  /** It was made with `payment_source`: the link is called `payer-action`. */
  withSource: boolean
  createdAt: number
  updatedAt: number
  /** Until then it may be approved, or captured. */
  until: number
  amount: Money
  referenceId: string
  customId: string | null
  invoiceId: string | null
  description: string | null
  brand: string | null
  returnUrl: string
  cancelUrl: string
  how: How
  captureId: string | null
}

export type Capture = {
  id: string
  app: string
  orderId: string
  status: 'COMPLETED' | 'PENDING' | 'DECLINED' | 'REFUNDED' | 'PARTIALLY_REFUNDED' | 'FAILED'
  reason: string | null
  amount: Money
  fee: Money
  customId: string | null
  invoiceId: string | null
  createdAt: number
  updatedAt: number
  /** Refunds and disputes together. */
  takenBack: number
}

export type Refund = {
  id: string
  app: string
  /** Of a capture, or of a sale. */
  of: { kind: 'capture' | 'sale'; id: string }
  status: 'COMPLETED' | 'PENDING' | 'FAILED' | 'CANCELLED'
  amount: Money
  invoiceId: string | null
  customId: string | null
  /** The buyer's bank or PayPal took it, not the merchant. */
  isReversal: boolean
  createdAt: number
  updatedAt: number
}

export type Product = { id: string; app: string; fields: object; createdAt: number }

export type Cycle = {
  tenure: 'TRIAL' | 'REGULAR'
  sequence: number
  /** 0: endless. */
  total: number
  unit: 'DAY' | 'WEEK' | 'MONTH' | 'YEAR'
  count: number
  price: Money | null
}

export type Plan = {
  id: string
  app: string
  productId: string
  name: string
  description: string | null
  status: 'CREATED' | 'ACTIVE' | 'INACTIVE'
  cycles: Cycle[]
  billsOutstanding: boolean
  /** 0: never suspended. */
  threshold: number
  createdAt: number
}

export type Subscription = {
  id: string
  app: string
  planId: string
  status: 'APPROVAL_PENDING' | 'APPROVED' | 'ACTIVE' | 'SUSPENDED' | 'CANCELLED' | 'EXPIRED'
  note: string | null
  customId: string | null
  /** `CONTINUE`: the merchant activates it after the approval. */
  continues: boolean
  brand: string | null
  returnUrl: string
  cancelUrl: string
  createdAt: number
  updatedAt: number
  startAt: number
  /** How often each cycle of the plan was done, by its sequence. */
  done: Record<string, number>
  nextAt: number | null
  retryAt: number | null
  triesLeft: number
  outstanding: Money
  failedCount: number
  last: { amount: Money; at: number } | null
  lastFailed: { amount: Money; at: number } | null
  /** The buyer's next payments that their bank refuses. */
  refuses: number
  /** A change that waits for the buyer's consent. */
  change: { planId: string; returnUrl: string; cancelUrl: string } | null
}

/** A recurring payment: PayPal's v1 calls it a sale. */
export type Sale = {
  id: string
  app: string
  subscriptionId: string
  status: 'completed' | 'partially_refunded' | 'refunded' | 'reversed'
  amount: Money
  fee: Money
  customId: string | null
  at: number
  takenBack: number
}

export type Dispute = {
  id: string
  app: string
  transaction: string
  amount: Money
  reason: string
  status: 'OPEN' | 'WAITING_FOR_SELLER_RESPONSE' | 'UNDER_REVIEW' | 'RESOLVED'
  outcome: string | null
  /** `INQUIRY`: nothing is taken; `CHARGEBACK`: taken at once. */
  stage: 'INQUIRY' | 'CHARGEBACK'
  moves: { debit: boolean; reason: 'DISPUTE_SETTLEMENT' | 'DISPUTE_FEE'; amount: Money; at: number }[]
  createdAt: number
  updatedAt: number
}

export type Webhook = { id: string; app: string; url: string; types: string[] }

export type Happening = {
  id: string
  app: string
  type: string
  at: number
  resourceType: string
  /** The event's own text: byte for byte the same at every attempt. */
  text: string
}

export type Delivery = {
  id: string
  app: string
  happening: string
  webhook: string
  attempts: number
  lastStatus: number | null
  state: 'waiting' | 'held' | 'taken' | 'lost'
}

/** A line of the merchant's account: what Transaction Search shows. */
export type Movement = {
  id: string
  app: string
  transaction: string
  /** `T0006`: a payment by checkout; `T0002`: of a subscription; `T1107`: refund; `T1106`, `T1201`: reversal. */
  code: string
  amount: Money
  fee: Money
  at: number
  reference: { type: 'ODR' | 'TXN' | 'SUB'; id: string } | null
  invoiceId: string | null
  customId: string | null
}

/** How often a report tells of a movement: otherwise once. */
export type Telling = { id: string; times: number }

/** What an id of a request led to. */
export type Remembered = { id: string; app: string; kind: string; ref: string; until: number }

/** What was asked of us, for tests: how often, and what was really done. */
export type Asking = {
  id: number
  app: string | null
  at: number
  call: string
  requestId: string | null
  status: number
  issue: string | null
  answered: boolean
  body: string
}
