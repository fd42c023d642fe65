/** What lets each number send: its own subscription, bought, changed and ended apart from all others. */
import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { ChannelId, Instant } from './ids.ts'
import { MovementId, PaperTold } from './papers.ts'

export const SubscriptionId = z.uuid().brand<'Subscription'>()
export const PlanPriceId = z.uuid().brand<'PlanPrice'>()
const Gateway = z.enum(['stripe', 'paypal'])

/** A version of a plan: it never changes. `minor`: the currency's smallest units, 1500 is 15.00 USD. */
export const PlanPrice = z.object({
  id: PlanPriceId,
  version: z.number(),
  minor: z.number(),
  currency: z.string(),
  every: z.enum(['month', 'year']),
  trialDays: z.number(),
  includedMessages: z.number(),
  /** Who takes it until then keeps this price; afterwards it is sold for `listMinor`. */
  promo: z.nullable(z.object({ listMinor: z.number(), until: Instant })),
})
export type PlanPrice = z.infer<typeof PlanPrice>

export const Plan = z.object({ id: z.string(), code: z.string(), name: z.string(), about: z.string(), price: PlanPrice })
export type Plan = z.infer<typeof Plan>

export const SUBSCRIPTION_STATES = ['pending', 'trial', 'active', 'grace', 'suspended', 'paused', 'ended'] as const

export const Subscription = z.object({
  id: SubscriptionId,
  channelId: ChannelId,
  /** `gift`: given by us until a day. */
  gateway: z.enum(['stripe', 'paypal', 'gift']),
  state: z.enum(SUBSCRIPTION_STATES),
  paidUntil: z.nullable(Instant),
  graceUntil: z.nullable(Instant),
  cancelsAt: z.nullable(Instant),
  /** Until when its number sends; null: it does not. */
  sendsUntil: z.nullable(Instant),
  problem: z.nullable(z.string()),
  /** Where what is open is paid. */
  payUrl: z.nullable(z.string()),
  /** The gateway's page while nobody has paid. */
  url: z.nullable(z.string()),
  trialDays: z.number(),
  createdAt: Instant,
  plan: z.object({ id: z.string(), name: z.string(), price: PlanPrice }),
})
export type Subscription = z.infer<typeof Subscription>

export const NumberSubscription = z.object({
  channel: z.object({ id: ChannelId, name: z.string(), phone: z.nullable(z.string()), kind: z.string(), archived: z.boolean() }),
  live: z.nullable(Subscription),
  pending: z.nullable(Subscription),
  /** The one that has ended last. */
  last: z.nullable(Subscription),
})
export type NumberSubscription = z.infer<typeof NumberSubscription>

export const whomToAsk = endpoint({
  method: 'GET',
  path: '/subscriptions/payers',
  summary: 'Who of the company can pay for a number: for whoever cannot, and finds that it sends nothing',
  may: 'signed-in',
  input: z.object({}),
  returns: z.object({ names: z.array(z.string()) }),
})

export const listSubscriptions = endpoint({
  method: 'GET',
  path: '/subscriptions',
  summary: 'The company’s numbers with the subscription of each, and the plans that are sold',
  may: 'billing.read',
  input: z.object({}),
  returns: z.object({
    /** Numbers of this company need a subscription. */
    sells: z.boolean(),
    graceDays: z.number(),
    gateways: z.array(Gateway),
    items: z.array(NumberSubscription),
    plans: z.array(Plan),
  }),
})

const Event = z.object({ kind: z.string(), by: z.nullable(z.string()), at: Instant, data: z.record(z.string(), z.unknown()) })
const Payment = z.object({
  id: z.string(),
  at: Instant,
  /** Micro-units as text. */
  amount: z.string(),
  currency: z.string(),
  method: z.nullable(z.string()),
  receiptUrl: z.nullable(z.string()),
  invoiceUrl: z.nullable(z.string()),
  /** Our own: its receipt, and credit notes for what went back of it. */
  papers: z.array(z.extend(PaperTold, { movementId: MovementId })),
})

const one = z.object({ subscriptionId: SubscriptionId })

export const getSubscription = endpoint({
  method: 'GET',
  path: '/subscriptions/:subscriptionId',
  summary: 'A subscription with what has happened to it and what was paid for it',
  may: 'billing.read',
  input: one,
  returns: z.object({ subscription: Subscription, events: z.array(Event), payments: z.array(Payment) }),
})

export const openSubscription = endpoint({
  method: 'POST',
  path: '/subscriptions',
  summary: 'Begins a subscription: the gateway’s page where it is paid. The same choice again is the same page',
  may: 'billing.manage',
  input: z.object({
    channelId: ChannelId,
    planPriceId: PlanPriceId,
    gateway: Gateway,
    /** The app is open in a portal’s frame, where a gateway’s page cannot stand. */
    inFrame: z.optional(z.boolean()),
  }),
  returns: z.object({ subscriptionId: SubscriptionId, url: z.string() }),
})

export const lookSubscription = endpoint({
  method: 'POST',
  path: '/subscriptions/:subscriptionId/look',
  summary: 'Asks the gateway how it stands now, as after its page was closed',
  may: 'billing.read',
  input: one,
  returns: Subscription,
})

const Money = z.object({ minor: z.number(), currency: z.string() })

export const previewPlan = endpoint({
  method: 'POST',
  path: '/subscriptions/:subscriptionId/preview',
  summary: 'What a change of plan costs now, and what from the next period on. Null: the gateway does not say',
  may: 'billing.manage',
  input: z.object({ subscriptionId: SubscriptionId, planPriceId: PlanPriceId }),
  returns: z.object({ now: z.nullable(Money), next: z.nullable(Money), from: z.nullable(Instant) }),
})

export const changePlan = endpoint({
  method: 'PUT',
  path: '/subscriptions/:subscriptionId/plan',
  summary: 'Changes the plan. `url`: where the buyer must agree first',
  may: 'billing.manage',
  input: z.object({
    subscriptionId: SubscriptionId,
    planPriceId: PlanPriceId,
    /** Rises with each time that somebody asks for a change. */
    attempt: z.number().check(z.int(), z.minimum(0)),
    inFrame: z.optional(z.boolean()),
  }),
  returns: z.object({ url: z.nullable(z.string()), subscription: Subscription }),
})

export const SUBSCRIPTION_ACTS = ['pause', 'resume', 'cancel', 'keep', 'drop'] as const

export const actSubscription = endpoint({
  method: 'PUT',
  path: '/subscriptions/:subscriptionId/state',
  summary: 'Pauses, resumes, cancels at the period’s end, takes that back (keep), or closes a page that nobody pays (drop)',
  may: 'billing.manage',
  input: z.object({ subscriptionId: SubscriptionId, act: z.enum(SUBSCRIPTION_ACTS) }),
  returns: Subscription,
})
