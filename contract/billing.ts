/** A company's balance: what is there, what moved it, and how money comes in and goes back. */
import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { ChannelId, ChatId, Instant } from './ids.ts'
import { Cursor, page } from './pages.ts'
import { PaperTold } from './papers.ts'

export const TopupId = z.uuidv7().brand<'Topup'>()
export const PaymentId = z.uuid().brand<'Payment'>()
export const RefundId = z.uuidv7().brand<'Refund'>()

export const Gateway = z.enum(['stripe', 'paypal'])
/** Micro-units as text: 1 USD = 1,000,000. JSON has no whole numbers of that size. */
export const Micro = z.string().check(z.regex(/^-?\d{1,18}$/))
/** As people write it: `25` or `25.50`. */
export const Amount = z.string().check(z.regex(/^\d{1,9}(\.\d{1,2})?$/))

export const Topup = z.object({
  id: TopupId,
  gateway: Gateway,
  amount: Micro,
  currency: z.string(),
  kind: z.enum(['manual', 'automatic']),
  /** Credited only when `paid`, which only the gateway's own object says. */
  state: z.enum(['created', 'open', 'pending', 'paid', 'failed', 'expired']),
  problem: z.nullable(z.string()),
  /** Where it is paid; null once that is over. */
  url: z.nullable(z.string()),
  at: Instant,
})
export type Topup = z.infer<typeof Topup>

export const Figures = z.object({
  currency: z.string(),
  balance: Micro,
  /** Promised to what is under way. */
  held: Micro,
  available: Micro,
  owed: Micro,
  /** While a payment is disputed nothing is spent. */
  frozen: z.boolean(),
})
export type Figures = z.infer<typeof Figures>

/** The balance fills itself: below `threshold` up to `target`, by no more than `ceiling` in a calendar month. Null: never chosen. */
export const Automatic = z.object({
  isOn: z.boolean(),
  threshold: z.nullable(Micro),
  target: z.nullable(Micro),
  ceiling: z.nullable(Micro),
  /** Of this month's ceiling: paid or under way. */
  spent: Micro,
  /** Nothing is charged any more until next month. */
  isAtCeiling: z.boolean(),
  /** Charges that failed in a row. */
  failures: z.int(),
  /** It has stopped until a person goes on: three charges failed, the bank asks for its owner, a payment is disputed. */
  stoppedFor: z.nullable(z.enum(['declined', 'authentication_required', 'disputed'])),
  /** After a charge that failed. */
  nextTry: z.nullable(Instant),
  /** What is charged, for people: visa ····4242. */
  method: z.nullable(z.object({ gateway: Gateway, label: z.string() })),
})
export type Automatic = z.infer<typeof Automatic>

export const Balance = z.object({
  balance: Figures,
  automatic: Automatic,
  /** How long it lasts at what is spent `perDay`, by the last `over` days. Null: too little was spent to tell. */
  forecast: z.nullable(z.object({ days: z.int(), perDay: Micro, over: z.literal([7, 30]) })),
  choice: z.object({ lowLevel: z.nullable(Micro), veryLowLevel: z.nullable(Micro) }),
  /** Top-ups under way. */
  topups: z.array(Topup),
  /** Where money can be paid here; none: nothing is sold. */
  gateways: z.array(Gateway),
  /** Those where a means of payment can be kept for automatic top-ups. */
  keepers: z.array(Gateway),
  least: Amount,
  most: Amount,
})
export type Balance = z.infer<typeof Balance>

export const getBalance = endpoint({
  method: 'GET',
  path: '/billing/balance',
  summary: 'The balance, top-ups under way, and when its people are warned',
  may: 'billing.read',
  input: z.object({}),
  returns: Balance,
})

const MOVEMENT_REASONS = [
  'topup',
  'message',
  'subscription',
  'fee',
  'refund',
  'dispute',
  'reinstated',
  'payout',
  'promo',
  'adjustment',
  /** Money that arrived and was nobody's, until we found out whose. */
  'allocated',
] as const

const MovementFilter = {
  /** `in`: top-ups and gifts; `spent`: messages and subscriptions; `back`: refunds and disputes. */
  kind: z.optional(z.enum(['in', 'spent', 'back'])),
  from: z.optional(Instant),
  to: z.optional(Instant),
  /** What messages of this number cost. */
  channelId: z.optional(ChannelId),
  /** In how it was paid, the gateway's id of it, why it was given, and the kind and country of a message. */
  q: z.optional(z.string().check(z.minLength(1), z.maxLength(100))),
}

export const Movement = z.object({
  id: z.string(),
  at: Instant,
  reason: z.enum(MOVEMENT_REASONS),
  /** Below zero: the balance became less. */
  amount: Micro,
  currency: z.string(),
  /** What there was after it, less what was owed. Null: it is older than this figure. */
  balanceAfter: z.nullable(Micro),
  /** So many messages of this day, where they are asked for as one line a day. */
  count: z.int(),
  day: z.nullable(z.string()),
  /** What a message was, and why it cost: the category asked for and the one that was billed, the country, the provider. */
  message: z.nullable(
    z.object({
      category: z.nullable(z.string()),
      billed: z.nullable(z.string()),
      market: z.nullable(z.string()),
      provider: z.nullable(z.string()),
      /** Null where the caller does not see the number or the chat. */
      channel: z.nullable(z.string()),
      chatId: z.nullable(ChatId),
      contact: z.nullable(z.string()),
    }),
  ),
  /** A top-up that nobody asked for by hand. */
  isAutomatic: z.boolean(),
  gateway: z.nullable(Gateway),
  method: z.nullable(z.string()),
  paymentId: z.nullable(PaymentId),
  receiptUrl: z.nullable(z.string()),
  invoiceUrl: z.nullable(z.string()),
  /** Our own receipt or credit note of it. */
  paper: z.nullable(PaperTold),
  /** Why we gave, took or gave back, in the words of who decided it. */
  note: z.nullable(z.string()),
  /** Of a top-up: what has not gone back yet. The balance bounds it too. */
  refundable: z.nullable(Micro),
})
export type Movement = z.infer<typeof Movement>

export const listMovements = endpoint({
  method: 'GET',
  path: '/billing/movements',
  summary: 'What made the balance more or less, the latest first',
  may: 'billing.read',
  /** `byDay`: messages are one line a day. */
  input: z.object({ ...MovementFilter, byDay: z.optional(z.literal('true')), cursor: z.optional(Cursor) }),
  returns: page(Movement),
})

export const exportMovements = endpoint({
  method: 'GET',
  path: '/billing/movements/export',
  summary: 'The same as a CSV file (UTF-8, 20,000 rows at most, `x-rows-left` when there are more)',
  may: 'billing.read',
  input: z.object(MovementFilter),
  returns: z.string(),
})

export const addTopup = endpoint({
  method: 'POST',
  path: '/billing/topups',
  summary: 'Begins a top-up and opens the gateway’s page for it. The same id again is the same top-up',
  may: 'billing.manage',
  input: z.object({
    id: TopupId,
    gateway: Gateway,
    amount: Amount,
    /** The buyer agrees that the means of payment is kept for automatic top-ups. Only at `keepers`. */
    keepsMethod: z._default(z.boolean(), false),
    /** The app stands in a portal’s frame: the gateway’s page opens beside it and returns to a page of its own. */
    inFrame: z._default(z.boolean(), false),
  }),
  returns: Topup,
})

export const lookTopup = endpoint({
  method: 'POST',
  path: '/billing/topups/:topupId/look',
  summary: 'Asks the gateway how a top-up stands, and credits it if it was paid',
  may: 'billing.read',
  input: z.object({ topupId: TopupId }),
  returns: Topup,
})

export const addRefund = endpoint({
  method: 'POST',
  path: '/billing/payments/:paymentId/refunds',
  summary: 'Gives unspent money of a payment back to whoever paid. It is held until the gateway has done it',
  may: 'billing.manage',
  input: z.object({ paymentId: PaymentId, id: RefundId, amount: Amount }),
  returns: z.object({ id: RefundId, state: z.enum(['asked', 'pending', 'succeeded', 'failed']) }),
})

export const chooseBalance = endpoint({
  method: 'PUT',
  path: '/billing/choice',
  summary: 'At which levels of the balance administrators are warned; null for not at all',
  may: 'billing.manage',
  input: z.object({ lowLevel: z.nullable(Amount), veryLowLevel: z.nullable(Amount) }),
  returns: z.object({ done: z.literal(true) }),
})

const Recipient = z.union([
  z.object({ chatId: ChatId }),
  /** With country code. */
  z.object({ phone: z.string().check(z.regex(/^\+?\d{7,15}$/)) }),
])

export const EstimateItem = z.object({
  /** `own`: the company’s own account at the provider, where we charge nothing. `unpriced`: no rate holds there, so it would not be sent. */
  why: z.enum(['own', 'free', 'included', 'priced', 'unpriced']),
  /** The country whose rate holds; `*` where it is not known. */
  market: z.string(),
  category: z.string(),
  price: Micro,
  /** Since when its rate holds. */
  rateFrom: z.nullable(Instant),
})
export type EstimateItem = z.infer<typeof EstimateItem>

export const Estimate = z.object({
  currency: z.string(),
  /** One for each recipient, in that order. */
  items: z.array(EstimateItem),
  total: Micro,
  /** What the plan of the number still includes; null where it includes nothing. */
  included: z.nullable(z.object({ left: z.number(), of: z.number() })),
  /** Null for who may not see the balance. */
  available: z.nullable(Micro),
  suffices: z.boolean(),
})
export type Estimate = z.infer<typeof Estimate>

export const estimate = endpoint({
  method: 'POST',
  path: '/billing/estimates',
  summary: 'What messages of a number will cost, and why. Nothing is promised or sent',
  may: 'messages.send',
  input: z.object({
    channelId: ChannelId,
    to: z.array(Recipient).check(z.minLength(1), z.maxLength(200)),
    /** Absent: a message without a template. */
    template: z.optional(z.object({ name: z.string().check(z.maxLength(512)), language: z.string().check(z.maxLength(20)) })),
  }),
  returns: Estimate,
})

export const chooseAutomatic = endpoint({
  method: 'PUT',
  path: '/billing/automatic',
  summary: 'Turns automatic top-ups on, off, or on again after they stopped; it is charged at once what is needed at once',
  may: 'billing.manage',
  input: z.object({ isOn: z.boolean(), threshold: Amount, target: Amount, ceiling: Amount }),
  returns: z.object({ done: z.literal(true) }),
})

export const forgetMethod = endpoint({
  method: 'DELETE',
  path: '/billing/method',
  summary: 'Forgets the means of payment that was kept, here and at its gateway, and turns automatic top-ups off',
  may: 'billing.manage',
  input: z.object({}),
  returns: z.object({ done: z.literal(true) }),
})
