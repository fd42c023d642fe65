/**
 * The port to a payment gateway: what we ask of Stripe and PayPal, in our words (reference/payments.md). An adapter knows its
 * gateway and nothing of ours; it decides nothing and stores nothing.
 *
 * Every call that changes something carries an id of ours, from which the adapter derives its idempotency key: the same call
 * again does nothing twice. What may be believed of money is only what a `look…` answers.
 */
import type { Language } from '#contract/ids.ts'
import type { Money } from '#contract/money.ts'

export type GatewayName = 'stripe' | 'paypal'

/** What an adapter is given. Time and network come from outside. */
export type Surroundings = {
  /** Without a slash at its end. */
  api: string
  fetch: (url: string, init: RequestInit) => Promise<Response>
  now: () => number
}

/**
 * `declined`: the buyer's means of payment was refused (another may do). `refused`: what we asked makes no sense to the
 * gateway and never will. `unknown`: it may have been done; the same call again finds out. `busy`: surely not done, later.
 * `auth`: our own keys are not accepted. `gone`: there is no such object. `cannot`: this gateway does not do that.
 */
export type FailureKind = 'declined' | 'refused' | 'unknown' | 'busy' | 'auth' | 'gone' | 'cannot'

/** `code`: the gateway's own. `text`: its words for our log, without secrets; with its request id where it gave one. */
export type Failure = { ok: false; kind: FailureKind; code: string; text: string }
export type Result<T> = { ok: true; value: T } | Failure

/** A hosted page where the buyer pays. */
export type Page = { ref: string; url: string; expiresAt: Date | null }

/** Money that has arrived. `ref` is the gateway's id of the money itself: PaymentIntent, capture, sale. */
export type Payment = {
  ref: string
  amount: Money
  /** What the gateway keeps of it; null: not known yet. */
  fee: Money | null
  at: Date
  /** How it was paid, for people: `visa ····4242`, `PayPal`. */
  method: string | null
  receiptUrl: string | null
  invoiceUrl: string | null
}

export type TopupRequest = {
  topupId: string
  accountId: string
  /** Of `ensureCustomer`; null where the gateway knows none. */
  customerRef: string | null
  amount: Money
  /** What the buyer reads that they pay for. */
  title: string
  returnUrl: string
  cancelUrl: string
  language: Language
  /** The buyer agrees that the means of payment is kept for automatic top-ups. */
  keepsMethod: boolean
}

/** A top-up as the gateway has it now. Only `paid` has a payment. */
export type TopupSeen = {
  /** Ours, as we told the gateway. Null: it is not one of ours. */
  topupId: string | null
  seenAt: Date
  /** The means of payment that may be charged again, if the buyer agreed. */
  savedMethod: SavedMethod | null
} & ({ state: 'open' | 'pending' | 'failed' | 'expired'; problem: string | null } | { state: 'paid'; payment: Payment })

export type SavedMethod = { ref: string; label: string }

/** A page where a buyer lets us keep another means of payment, and pays nothing. `subscriptionId`: ours; null: for automatic top-ups. */
export type CardRequest = {
  cardId: string
  accountId: string
  customerRef: string
  subscriptionId: string | null
  currency: string
  returnUrl: string
  cancelUrl: string
  language: Language
}

/** Such a page as it is now; `over` without a method: nobody finished it. */
export type CardSeen = { state: 'open' | 'over'; subscriptionId: string | null; method: SavedMethod | null }

export type ChargeRequest = { topupId: string; accountId: string; customerRef: string; methodRef: string; amount: Money }

/**
 * What was taken back of a payment. A refund that is `pending` has left us already; one that `failed` came back.
 * Of a dispute, `taken` and `givenBack` are what was really moved so far: nothing while it is only an inquiry.
 */
export type TakenBack =
  /** `refundId`: ours, when we asked for it. */
  | { kind: 'refund'; ref: string; refundId: string | null; amount: Money; state: 'pending' | 'succeeded' | 'failed' }
  | {
      kind: 'dispute'
      ref: string
      amount: Money
      state: 'inquiry' | 'open' | 'won' | 'lost'
      reason: string | null
      taken: Money
      givenBack: Money
      fee: Money
      respondBy: Date | null
    }

/** A payment by its own name: whose it is, and whether it is money. */
export type PaymentSeen = {
  payment: Payment | null
  seenAt: Date
  topupId: string | null
  /** The gateway's id of the subscription that it was for. */
  subscriptionRef: string | null
}

/** What an event is worth a look at. `topup`: of a hosted page or charge; `card`: of a page where one is kept; `payment`: of the money, also for what was taken back. */
export type About = { kind: 'topup' | 'payment' | 'subscription' | 'card'; ref: string }

/** An event teaches ids only: what it says about states may be old or out of order, and is never read. */
export type News = { eventId: string; kind: string; about: About[] }

/** `away`: it could not be checked now (a certificate, a second opinion): the gateway should send it again. */
export type Rejection = 'unsigned' | 'wrong_signature' | 'too_old' | 'not_json' | 'away'
export type Verified = { ok: true; news: News } | { ok: false; reason: Rejection }

/**
 * What moved money in our account at the gateway. `payment`, `refund` and `dispute` (each with what came back of it) are of a payment;
 * `payout`: to or from our own bank; `fee`: theirs alone; `other`: nothing of these.
 */
export type MovementKind = 'payment' | 'refund' | 'dispute' | 'payout' | 'fee' | 'other'

/** One line of the gateway's own account of our money there. */
export type Movement = {
  /** Only this one has it. */
  ref: string
  kind: MovementKind
  paymentRef: string | null
  /** Above zero it came in. Before the fee. */
  amount: Money
  /** What the gateway kept; below zero it gave it back. In the same currency. */
  fee: Money
  at: Date
  /** The gateway's own word for it. */
  code: string
}

/** What the gateway has of ours, in one currency. `pending`: not to be paid out yet. */
export type Holding = { available: Money; pending: Money }

/** Reconciliation: what the gateway tells of our account, all of it. */
export type ReportGateway = {
  readonly name: GatewayName
  /** From an instant until before another. What is cut off would be a difference that is none: then it is `busy`. */
  movements(from: Date, to: Date): Promise<Result<Movement[]>>
  holdings(): Promise<Result<Holding[]>>
}

/** Balance: top-ups, refunds, events. */
export type TopupGateway = {
  readonly name: GatewayName
  /** Whether a buyer can let us keep a means of payment, for `chargeSaved`. */
  readonly keepsMethods: boolean
  /** The customer of this company at the gateway, made if there is none. Null: this gateway knows no customers. */
  ensureCustomer(who: { accountId: string; name: string; email: string }): Promise<Result<string | null>>
  openTopup(request: TopupRequest): Promise<Result<Page>>
  /** As it is now. Where a buyer has approved and the money must still be fetched, it is fetched on the way, once. */
  lookTopup(ref: string): Promise<Result<TopupSeen>>
  /** Charges a means of payment that was kept, without the buyer. Gives the ref for `lookTopup`. PayPal: `cannot`. */
  chargeSaved(request: ChargeRequest): Promise<Result<{ ref: string }>>
  /** It is not ours to charge any more, over there too. PayPal: `cannot`. */
  forgetMethod(methodRef: string): Promise<Result<null>>
  /** The same id again is the same page. PayPal: `cannot`, as its buyers change how they pay in their own account there. */
  openCard(request: CardRequest): Promise<Result<Page>>
  lookCard(ref: string): Promise<Result<CardSeen>>
  /** This subscription is charged to it from now on. `pageRef`: where it was kept. */
  setMethod(change: { pageRef: string; subscriptionRef: string; methodRef: string }): Promise<Result<null>>
  lookPayment(paymentRef: string): Promise<Result<PaymentSeen>>
  /** Gives back part of a payment. Its state afterwards comes from `lookTakenBack`. */
  refund(request: { refundId: string; paymentRef: string; amount: Money }): Promise<Result<{ ref: string }>>
  lookTakenBack(paymentRef: string): Promise<Result<{ seenAt: Date; items: TakenBack[] }>>
  /** Checks an event over its raw bytes, before anything of it is believed. */
  verify(raw: Uint8Array, headers: Headers): Promise<Verified>
  /** Events since then, the oldest first: what no webhook told. At most 1,000; what was cut off comes with the next call. */
  eventsSince(at: Date): Promise<Result<News[]>>
}

/** A price of ours as the gateway needs it. Its ref is kept with our row; a price never changes once it has one. */
export type PlanPrice = {
  /** Ours, which the gateway keeps too: the same again is the same price. */
  planPriceId: string
  planCode: string
  planName: string
  amount: Money
  every: 'month' | 'year'
  trialDays: number
}

export type SubscriptionRequest = {
  subscriptionId: string
  /** Rises only after a page was definitely refused or has expired. */
  attempt: number
  accountId: string
  customerRef: string | null
  email: string
  priceRef: string
  /** What the buyer reads: the plan and the channel. */
  title: string
  /** As in the price; 0 for who has had a trial. PayPal takes the trial from its plan: `cannot` when that has another. */
  trialDays: number
  returnUrl: string
  cancelUrl: string
  language: Language
}

/** `pending`: not paid yet. `late`: a renewal failed and is tried again. `suspended`: no more tries. */
export type SubscriptionState = 'pending' | 'trial' | 'active' | 'late' | 'suspended' | 'paused' | 'ended'

export type SubscriptionSeen = {
  /** The gateway's id of it; of a hosted page it is known only when the buyer has agreed. */
  ref: string | null
  /** Ours, as we told the gateway. */
  subscriptionId: string | null
  state: SubscriptionState
  /** Until when it is paid, or tried for nothing. */
  paidUntil: Date | null
  priceRef: string | null
  /** It ends then and is not renewed. */
  cancelsAt: Date | null
  /** The latest, the newest first, at most ten. */
  payments: Payment[]
  /** Why it was not paid: the gateway's code. */
  problem: string | null
  /** Where the buyer pays what is open, or mends their means of payment. */
  payUrl: string | null
  seenAt: Date
}

/** What a change of plan costs now, and what from `from` on. Null amounts: the gateway does not say. */
export type ChangePreview = { now: Money | null; next: Money | null; from: Date | null }

/** What a change leads to: done, or the buyer must agree on the gateway's page first. */
export type Changed = { done: true } | { done: false; url: string }

type Change = {
  subscriptionId: string
  ref: string
  priceRef: string
  /** Rises with each change that a person asks for. */ attempt: number
}

/** Channels: one subscription each. Every change is looked at afterwards; its answer is not believed. */
export type SubscriptionGateway = {
  readonly name: GatewayName
  ensurePrice(price: PlanPrice): Promise<Result<string>>
  /** A page where the buyer subscribes. Its `ref` is for `lookSubscription` until the subscription has one of its own. */
  openSubscription(request: SubscriptionRequest): Promise<Result<Page>>
  /** `ref`: of the page or of the subscription. */
  lookSubscription(ref: string): Promise<Result<SubscriptionSeen>>
  previewChange(change: { ref: string; priceRef: string }): Promise<Result<ChangePreview>>
  changePlan(change: Change & { returnUrl: string; cancelUrl: string }): Promise<Result<Changed>>
  pause(ref: string): Promise<Result<null>>
  resume(ref: string): Promise<Result<null>>
  /** Not renewed; what is paid is used. Where it cannot be taken back the gateway is told at once, and `takeBackCancel` is `cannot`. */
  cancelAtEnd(ref: string): Promise<Result<null>>
  takeBackCancel(ref: string): Promise<Result<null>>
  cancelNow(ref: string): Promise<Result<null>>
}

export type Gateway = TopupGateway & SubscriptionGateway & ReportGateway
