/** What who runs the service sees of the money and decides about it. For everybody else these doors are not there. */
import * as z from 'zod/mini'
import { Amount, Gateway, listMovements, Micro, PaymentId, RefundId } from './billing.ts'
import { endpoint } from './endpoint.ts'
import { Instant } from './ids.ts'
import { Customer, CustomerId } from './operator.ts'
import { Cursor, page } from './pages.ts'
import { Subscription, SubscriptionId } from './subscriptions.ts'

const ActId = z.uuidv7().brand<'Act'>()
const DisputeId = z.uuid().brand<'Dispute'>()
const EventId = z.uuid().brand<'GatewayEvent'>()
/** Why: the company reads it where it is about its money. */
const Reason = z.string().check(z.trim(), z.minLength(4), z.maxLength(300))
const Named = z.nullable(z.object({ id: CustomerId, name: z.string() }))
const Done = z.object({ done: z.literal(true) })

export const getOperatorDesk = endpoint({
  method: 'GET',
  path: '/operator/desk',
  summary: 'What needs a person now: the figures of GET /health, and whether payments wait because nobody is named who sells',
  may: 'signed-in',
  input: z.object({}),
  returns: z.object({
    deadGatewayEvents: z.number(),
    paymentsOfNobody: z.number(),
    openDisputes: z.number(),
    reconDifferences: z.number(),
    sellerMissing: z.number(),
  }),
})

export const OperatorPayment = z.object({
  id: PaymentId,
  gateway: Gateway,
  /** The gateway’s name of it. */
  ref: z.string(),
  amount: Micro,
  /** What has not been taken back. */
  left: Micro,
  /** What may still be asked back: `left` without what is on its way. The balance bounds it too. */
  returnable: Micro,
  currency: z.string(),
  method: z.nullable(z.string()),
  receiptUrl: z.nullable(z.string()),
  at: Instant,
  /** Why it was given to nobody. */
  problem: z.nullable(z.string()),
  /** What became of money that had a problem. */
  settledAs: z.nullable(z.enum(['balance', 'subscription', 'returned'])),
  /** Where its money stands. */
  stands: z.enum(['prepaid', 'revenue_subscriptions', 'unallocated']),
  customer: Named,
  /** Who wanted to pay, and how much, as far as the gateway has told. */
  meant: z.nullable(z.object({ customer: Named, amount: Micro, currency: z.string() })),
  /** The number whose subscription it was paid for. */
  number: z.nullable(z.string()),
  /** A refund of it is on its way. */
  underWay: z.boolean(),
})
export type OperatorPayment = z.infer<typeof OperatorPayment>

export const Dispute = z.object({
  id: DisputeId,
  gateway: Gateway,
  ref: z.string(),
  state: z.enum(['inquiry', 'open', 'won', 'lost']),
  /** The gateway’s own word. */
  reason: z.nullable(z.string()),
  amount: Micro,
  /** What was really moved so far. */
  taken: Micro,
  givenBack: Micro,
  fee: Micro,
  currency: z.string(),
  respondBy: z.nullable(Instant),
  at: Instant,
  closedAt: z.nullable(Instant),
  /** Its company spends nothing while it is open. */
  freezes: z.boolean(),
  /** We have decided that it may all the same. */
  releasedAt: z.nullable(Instant),
  payment: z.object({ id: PaymentId, ref: z.string(), method: z.nullable(z.string()), at: Instant }),
  customer: Named,
})
export type Dispute = z.infer<typeof Dispute>

export const Refund = z.object({
  id: z.string(),
  paymentId: PaymentId,
  amount: Micro,
  currency: z.string(),
  state: z.enum(['asked', 'pending', 'succeeded', 'failed']),
  problem: z.nullable(z.string()),
  reason: z.nullable(z.string()),
  at: Instant,
})
export type Refund = z.infer<typeof Refund>

const Event = z.object({ kind: z.string(), by: z.nullable(z.string()), at: Instant })

export const CustomerPage = z.object({
  customer: Customer,
  /** Who of it looks after the money: to write to. */
  administrators: z.array(z.object({ name: z.string(), email: z.string() })),
  subscriptions: z.array(z.object({ subscription: Subscription, number: z.string(), events: z.array(Event) })),
  payments: z.array(OperatorPayment),
  refunds: z.array(Refund),
  disputes: z.array(Dispute),
})
export type CustomerPage = z.infer<typeof CustomerPage>

export const getCustomer = endpoint({
  method: 'GET',
  path: '/operator/customers/:customerId',
  summary:
    'A company as a whole, also after it has left: balances, subscriptions with history, payments, refunds, disputes, administrators',
  may: 'signed-in',
  input: z.object({ customerId: CustomerId }),
  returns: CustomerPage,
})

export const listCustomerMovements = endpoint({
  method: 'GET',
  path: '/operator/customers/:customerId/movements',
  summary: 'What moved a company’s balance, as the company reads it',
  may: 'signed-in',
  input: z.object({ customerId: CustomerId, cursor: z.optional(Cursor) }),
  returns: listMovements.returns,
})

export const decideBalance = endpoint({
  method: 'POST',
  path: '/operator/customers/:customerId/decisions',
  summary: 'A gift, or a correction of a balance up or down. The same id again is the same decision',
  may: 'signed-in',
  input: z.object({
    customerId: CustomerId,
    id: ActId,
    kind: z.enum(['gift', 'add', 'take']),
    amount: Amount,
    reason: Reason,
    /** What the balance lacks is owed; without it, it is refused. */
    mayOwe: z._default(z.boolean(), false),
  }),
  returns: z.object({ available: Micro, owed: Micro, currency: z.string() }),
})

export const refundPayment = endpoint({
  method: 'POST',
  path: '/operator/payments/:paymentId/refunds',
  summary: 'Gives money of a payment back through its gateway, whoever it is of; without an amount all that is left',
  may: 'signed-in',
  input: z.object({ paymentId: PaymentId, id: RefundId, amount: z.optional(Amount), reason: Reason }),
  returns: z.object({ id: RefundId, state: z.enum(['asked', 'pending', 'succeeded', 'failed']) }),
})

export const listLoosePayments = endpoint({
  method: 'GET',
  path: '/operator/loose-payments',
  summary: 'Money that nobody could explain, and that nobody has decided on',
  may: 'signed-in',
  input: z.object({}),
  returns: z.object({ items: z.array(OperatorPayment) }),
})

export const allocatePayment = endpoint({
  method: 'PUT',
  path: '/operator/payments/:paymentId/owner',
  summary: 'Says whose such money is: it goes to that company’s balance, or pays a subscription of it',
  may: 'signed-in',
  input: z.object({
    paymentId: PaymentId,
    id: ActId,
    customerId: CustomerId,
    subscriptionId: z.optional(SubscriptionId),
    reason: Reason,
  }),
  returns: Done,
})

export const listDisputes = endpoint({
  method: 'GET',
  path: '/operator/disputes',
  summary: 'Contested payments: those that are open, the soonest to be answered first, or those that are over',
  may: 'signed-in',
  input: z.object({ state: z.enum(['open', 'over']), cursor: z.optional(Cursor) }),
  returns: page(Dispute),
})

export const releaseDispute = endpoint({
  method: 'PUT',
  path: '/operator/disputes/:disputeId/released',
  summary: 'Lets a company spend although a payment of it is contested, or takes that back',
  may: 'signed-in',
  input: z.object({ disputeId: DisputeId, isReleased: z.boolean(), reason: Reason }),
  returns: Dispute,
})

export const DeadEvent = z.object({
  id: EventId,
  gateway: Gateway,
  eventId: z.string(),
  kind: z.string(),
  about: z.array(z.object({ kind: z.enum(['topup', 'payment', 'subscription']), ref: z.string() })),
  tries: z.number(),
  /** The last answer. */
  problem: z.nullable(z.string()),
  at: Instant,
})
export type DeadEvent = z.infer<typeof DeadEvent>

export const listDeadEvents = endpoint({
  method: 'GET',
  path: '/operator/events',
  summary: 'Events of gateways that nobody could work on after every try',
  may: 'signed-in',
  input: z.object({ cursor: z.optional(Cursor) }),
  returns: page(DeadEvent),
})

export const retryEvent = endpoint({
  method: 'POST',
  path: '/operator/events/:eventId/retry',
  summary: 'Works on a dead event again, now and as often as on a new one. `isOver`: it is done',
  may: 'signed-in',
  input: z.object({ eventId: EventId }),
  returns: z.object({ isOver: z.boolean() }),
})

export const dropEvent = endpoint({
  method: 'PUT',
  path: '/operator/events/:eventId/dropped',
  summary: 'Sets a dead event aside that nobody needs',
  may: 'signed-in',
  input: z.object({ eventId: EventId, reason: Reason }),
  returns: Done,
})

export const OperatorAct = z.object({
  id: z.string(),
  at: Instant,
  by: z.string(),
  action: z.string(),
  customer: Named,
  subject: z.nullable(z.string()),
  reason: z.nullable(z.string()),
  data: z.record(z.string(), z.unknown()),
})
export type OperatorAct = z.infer<typeof OperatorAct>

export const listActs = endpoint({
  method: 'GET',
  path: '/operator/acts',
  summary: 'What operators have done and why, the latest first: at all, or to one company',
  may: 'signed-in',
  input: z.object({ customerId: z.optional(CustomerId), cursor: z.optional(Cursor) }),
  returns: page(OperatorAct),
})
