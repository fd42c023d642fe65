/** What every part of the simulated Stripe works with. */
import { randomInt } from 'node:crypto'
import type { Fields } from '../lib/fields.ts'
import type { Shelf } from '../lib/shelf.ts'
import { openTable } from '../lib/tables.ts'
import type { Sim } from '../sim.ts'
import type { Mischiefs } from './mischief.ts'
import type * as m from './model.ts'

/** How Stripe's account is set: what one chooses in its Dashboard. */
export type Settings = {
  id: string
  /** Days after the first failure at which a renewal is tried again. */
  retryDays: number[]
  /** What becomes of a subscription when the last try failed. */
  afterRetries: 'cancel' | 'unpaid' | 'past_due'
  /** In thousandths of the amount, and in minor units beside it. */
  feePerMille: number
  feeFixed: number
  disputeFee: number
  /** After how many days of its clock a payment that takes its time is decided. */
  delayedDays: number
}

const SETTINGS: Settings = {
  ...{ id: 'settings', retryDays: [1, 3, 5, 7, 9, 11, 13, 14], afterRetries: 'cancel' },
  ...{ feePerMille: 29, feeFixed: 30, disputeFee: 1500, delayedDays: 3 },
}

export function openTables(shelf: Shelf) {
  return {
    customers: openTable<m.Customer>(shelf.drawer('customers')),
    products: openTable<m.Product>(shelf.drawer('products')),
    prices: openTable<m.Price>(shelf.drawer('prices')),
    methods: openTable<m.Method>(shelf.drawer('payment_methods')),
    intents: openTable<m.Intent>(shelf.drawer('payment_intents')),
    charges: openTable<m.Charge>(shelf.drawer('charges')),
    movements: openTable<m.Movement>(shelf.drawer('balance_transactions')),
    payouts: openTable<m.Payout>(shelf.drawer('payouts')),
    tellings: openTable<m.Telling>(shelf.drawer('tellings')),
    refunds: openTable<m.Refund>(shelf.drawer('refunds')),
    disputes: openTable<m.Dispute>(shelf.drawer('disputes')),
    sessions: openTable<m.Session>(shelf.drawer('checkout_sessions')),
    setups: openTable<m.SetupIntent>(shelf.drawer('setup_intents')),
    subscriptions: openTable<m.Subscription>(shelf.drawer('subscriptions')),
    invoices: openTable<m.Invoice>(shelf.drawer('invoices')),
    invoicePayments: openTable<m.InvoicePayment>(shelf.drawer('invoice_payments')),
    pendings: openTable<m.Pending>(shelf.drawer('pendings')),
    promised: openTable<m.Promised>(shelf.drawer('promised')),
    portals: openTable<m.Portal>(shelf.drawer('portals')),
    portalConfigurations: openTable<m.PortalConfiguration>(shelf.drawer('portal_configurations')),
    events: openTable<m.StripeEvent>(shelf.drawer('events')),
    endpoints: openTable<m.Endpoint>(shelf.drawer('webhook_endpoints')),
    deliveries: openTable<m.Delivery>(shelf.drawer('deliveries')),
    tasks: openTable<m.Task>(shelf.drawer('tasks')),
    secrets: openTable<m.Secret>(shelf.drawer('secrets')),
    signing: openTable<{ id: string; secret: string }>(shelf.drawer('signing')),
    wanted: openTable<{ id: string; wanted: Fields }>(shelf.drawer('wanted')),
    asked: openTable<{ id: string; method: string }>(shelf.drawer('asked')),
    keys: openTable<m.Kept>(shelf.drawer('idempotency')),
    settings: openTable<Settings>(shelf.drawer('settings')),
    clock: openTable<{ id: string; ahead: number }>(shelf.drawer('clock')),
  }
}

export type Tables = ReturnType<typeof openTables>

export type Stripe = {
  sim: Sim
  tables: Tables
  mischief: Mischiefs
  /** Stripe's clock, in seconds: it can be moved. */
  now(): number
  /** Something happened: an event is made and its webhooks set off. */
  tell(type: string, row: m.Row, previous?: Fields): void
  /** Runs a task at an instant of Stripe's clock; the same kind and reference again moves it. */
  schedule(kind: string, ref: string, at: number): void
  unschedule(kind: string, ref: string): void
  settings(): Settings
  /** A payment was decided: what hangs on it follows. */
  follow(intent: m.Intent): void
  /** The request that is being worked on, as its events name it. */
  request: { id: string | null; idempotency_key: string | null }
}

export function settingsOf(tables: Tables): Settings {
  return tables.settings.get('settings') ?? SETTINGS
}

/** A refusal as the API tells it. */
export class StripeError extends Error {
  status: number
  body: Fields
  constructor(status: number, body: Fields & { type: string; message: string }) {
    super(body.message)
    this.status = status
    this.body = body
  }
}

export function refuse(message: string, more: Fields = {}): StripeError {
  return new StripeError(400, { type: 'invalid_request_error', message, ...more })
}

export function missing(what: string, id: string, param = 'id'): StripeError {
  return new StripeError(404, {
    ...{ type: 'invalid_request_error', code: 'resource_missing', param },
    message: `No such ${what}: '${id}'`,
  })
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** `ch_3Q…`: as long and as wild as the real ones. */
export function makeId(prefix: string): string {
  return `${prefix}_${Array.from({ length: 24 }, () => LETTERS[randomInt(LETTERS.length)]).join('')}`
}

export const DAY = 86_400
