/** Stripe's objects as they are kept: whole, in its own words. Named here is what the simulator itself reads. */
export type Row = { id: string; object: string; created: number; [name: string]: unknown }
export type Metadata = { [name: string]: string }

export type Customer = Row & {
  email: string | null
  name: string | null
  metadata: Metadata
  balance: number
  invoice_settings: { default_payment_method: string | null; [name: string]: unknown }
}
export type Product = Row & { name: string; active: boolean; metadata: Metadata }
export type Every = { interval: 'day' | 'week' | 'month' | 'year'; interval_count: number; [name: string]: unknown }
export type Price = Row & {
  product: string
  active: boolean
  currency: string
  unit_amount: number
  lookup_key: string | null
  recurring: Every | null
  type: 'one_time' | 'recurring'
}
export type Method = Row & { type: string; customer: string | null }

export type IntentStatus =
  | 'requires_payment_method'
  | 'requires_confirmation'
  | 'requires_action'
  | 'processing'
  | 'succeeded'
  | 'canceled'
export type Intent = Row & {
  amount: number
  amount_received: number
  currency: string
  customer: string | null
  description: string | null
  latest_charge: string | null
  metadata: Metadata
  payment_method: string | null
  setup_future_usage: string | null
  status: IntentStatus
}
export type Charge = Row & {
  amount: number
  amount_refunded: number
  balance_transaction: string | null
  currency: string
  customer: string | null
  description: string | null
  disputed: boolean
  metadata: Metadata
  paid: boolean
  payment_intent: string | null
  payment_method: string | null
  refunded: boolean
  status: 'succeeded' | 'pending' | 'failed'
}
export type Movement = Row & {
  amount: number
  available_on: number
  currency: string
  fee: number
  net: number
  source: string | null
  status: string
  type: string
}
export type Payout = Row & { amount: number; currency: string; status: string; balance_transaction: string | null }
export type Refund = Row & {
  amount: number
  charge: string
  currency: string
  payment_intent: string | null
  status: 'pending' | 'requires_action' | 'succeeded' | 'failed' | 'canceled'
  balance_transaction: string | null
  metadata: Metadata
}
export type Dispute = Row & {
  amount: number
  balance_transactions: Movement[]
  charge: string
  currency: string
  payment_intent: string | null
  reason: string
  status: string
}

export type LineItem = {
  id: string
  object: 'item'
  amount_total: number
  currency: string
  description: string | null
  price: Price
  quantity: number
  [name: string]: unknown
}
export type Session = Row & {
  mode: 'payment' | 'subscription' | 'setup'
  status: 'open' | 'complete' | 'expired'
  payment_status: 'paid' | 'unpaid' | 'no_payment_required'
  amount_total: number | null
  currency: string | null
  customer: string | null
  success_url: string | null
  cancel_url: string | null
  expires_at: number
  payment_intent: string | null
  subscription: string | null
  setup_intent: string | null
  invoice: string | null
  payment_method_collection: 'always' | 'if_required' | null
  line_items: { data: LineItem[]; [name: string]: unknown }
}
export type SetupIntent = Row & {
  customer: string | null
  payment_method: string | null
  status: string
  usage: string
}

export type StripeEvent = Row & { type: string; data: { object: Row; previous_attributes?: object } }
export type Endpoint = Row & { url: string; enabled_events: string[]; status: string }
/** A delivery to an endpoint. `at`: when it is tried next, in real milliseconds. */
export type Delivery = {
  id: string
  event: string
  type: string
  endpoint: string
  state: 'waiting' | 'done' | 'gone'
  tries: number
  at: number
  status: number | null
}

/** How often the list of movements tells of one: otherwise once. */
export type Telling = { id: string; times: number }
/** What falls due at an instant of Stripe's clock. */
export type Task = { id: string; kind: string; ref: string; at: number }
/** What only the simulator knows of a payment method: how the card behaves. */
export type Secret = { id: string; card: string; authenticated: boolean }
/** The first answer to an idempotency key. */
export type Kept = { id: string; at: number; asked: string; requestId: string; status: number; body: unknown }

export type Line = {
  id: string
  object: 'line_item'
  amount: number
  currency: string
  description: string | null
  period: { start: number; end: number }
  subscription: string | null
  [name: string]: unknown
}
export type InvoiceStatus = 'draft' | 'open' | 'paid' | 'void' | 'uncollectible'
export type Invoice = Row & {
  amount_due: number
  amount_paid: number
  amount_remaining: number
  attempt_count: number
  billing_reason: string
  currency: string
  customer: string
  lines: { data: Line[]; [name: string]: unknown }
  next_payment_attempt: number | null
  parent: { subscription_details: { subscription: string } | null; [name: string]: unknown } | null
  starting_balance: number
  status: InvoiceStatus
  status_transitions: { [name: string]: number | null }
  total: number
}
export type InvoicePayment = Row & {
  invoice: string
  amount_requested: number
  payment: { type: string; payment_intent: string }
  status: string
}

export type SubscriptionStatus =
  | 'incomplete'
  | 'incomplete_expired'
  | 'trialing'
  | 'active'
  | 'past_due'
  | 'unpaid'
  | 'paused'
  | 'canceled'
export type Item = Row & {
  current_period_start: number
  current_period_end: number
  price: Price
  quantity: number
  subscription: string
}
export type Subscription = Row & {
  billing_cycle_anchor: number
  cancel_at: number | null
  cancel_at_period_end: boolean
  canceled_at: number | null
  currency: string
  customer: string
  default_payment_method: string | null
  description: string | null
  ended_at: number | null
  items: { data: Item[]; [name: string]: unknown }
  latest_invoice: string | null
  metadata: Metadata
  pending_update: { expires_at: number; [name: string]: unknown } | null
  status: SubscriptionStatus
  trial_end: number | null
  trial_settings: { end_behavior: { missing_payment_method: string } }
}
/** A line that waits for the next invoice of its subscription. */
export type Pending = { id: string; subscription: string; line: Line }
/** A change of plan that holds as soon as its invoice is paid. */
export type Promised = { id: string; invoice: string; items: Item[]; anchor: number }
export type Portal = Row & { customer: string; return_url: string | null; configuration: string }
export type PortalConfiguration = Row & { active: boolean; is_default: boolean; features: { [name: string]: unknown } }
