import { sql } from 'drizzle-orm'
import { bigint, boolean, check, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { createdAt, id, instant } from '../columns.ts'
import { account, ofAccount, person } from './identity.ts'

/** Micro-units: 1 USD = 1,000,000. */
const micro = (name: string) => bigint(name, { mode: 'bigint' })
const gateway = () => text('gateway').notNull()
const currency = () => text('currency').notNull()

/**
 * An event of a payment gateway, stored before it is answered. It belongs to no company: whose it is, is known only after a look.
 * Ends as done, ignored or dead. Its body is kept sealed for 30 days.
 */
export const gatewayEvent = pgTable(
  'gateway_event',
  {
    id: id(),
    gateway: gateway(),
    /** The gateway's own. A second delivery is the same row. */
    eventId: text('event_id').notNull(),
    kind: text('kind').notNull(),
    /** What is worth a look: [{kind: topup|payment|subscription, ref}]. */
    about: jsonb('about').notNull(),
    /** The raw body; null once 30 days are over, and for what was fetched because no webhook came. */
    sealed: text('sealed'),
    state: text('state').notNull().default('new'),
    tries: integer('tries').notNull().default(0),
    problem: text('problem'),
    runAfter: instant('run_after').notNull().defaultNow(),
    createdAt: createdAt(),
    doneAt: instant('done_at'),
  },
  (t) => [
    uniqueIndex('gateway_event_once').on(t.gateway, t.eventId),
    index('gateway_event_open')
      .on(t.runAfter)
      .where(sql`${t.state} = 'new'`),
    index('gateway_event_dead')
      .on(t.createdAt)
      .where(sql`${t.state} = 'dead'`),
    index('gateway_event_sealed')
      .on(t.createdAt)
      .where(sql`${t.sealed} is not null`),
    check('gateway_event_state', sql`${t.state} in ('new', 'done', 'ignored', 'dead')`),
  ],
)

/** Money that somebody wants to put on the company's balance. It is credited only after a look at the gateway's own object. */
export const topup = pgTable(
  'topup',
  {
    /** Made by the app, or derived for an automatic one: asked twice, it is one. The gateway is told it too. */
    id: id(),
    accountId: ofAccount(),
    gateway: gateway(),
    /** The gateway's page or charge; null: it has not answered yet. */
    ref: text('ref'),
    /** Where the buyer pays. */
    url: text('url'),
    amount: micro('amount').notNull(),
    currency: currency(),
    kind: text('kind').notNull().default('manual'),
    /** Who asked; null: automatic. */
    personId: uuid('person_id').references(() => person.id),
    keepsMethod: boolean('keeps_method').notNull().default(false),
    /** What an automatic one charges: kept here, so that a repeat is the same request though the card was changed since. */
    methodRef: text('method_ref'),
    /** The app is open in a portal's frame: a gateway's page cannot stand in one, so it returns to a page that says so. */
    inFrame: boolean('in_frame').notNull().default(false),
    /** Where the buyer came from, when it is another name of ours than APP_URL: there they come back to, signed in. */
    home: text('home'),
    /** created, open, pending: under way. paid, failed, expired: over. */
    state: text('state').notNull().default('created'),
    /** Why it is not paid: the gateway's code, or ours. */
    problem: text('problem'),
    expiresAt: instant('expires_at'),
    /** When the gateway was last looked at: an older look changes nothing. */
    seenAt: instant('seen_at'),
    /** When the sweep looks by itself. */
    lookAfter: instant('look_after').notNull().defaultNow(),
    looks: integer('looks').notNull().default(0),
    createdAt: createdAt(),
    settledAt: instant('settled_at'),
  },
  (t) => [
    uniqueIndex('topup_ref').on(t.gateway, t.ref),
    uniqueIndex('topup_one_automatic')
      .on(t.accountId)
      .where(sql`${t.kind} = 'automatic' and ${t.state} in ('created', 'open', 'pending')`),
    index('topup_account').on(t.accountId, t.createdAt),
    index('topup_look')
      .on(t.lookAfter)
      .where(sql`${t.state} in ('created', 'open', 'pending')`),
    check('topup_state', sql`${t.state} in ('created', 'open', 'pending', 'paid', 'failed', 'expired')`),
    check(
      'topup_kind',
      sql`(${t.kind} = 'manual' and ${t.personId} is not null) or (${t.kind} = 'automatic' and ${t.personId} is null)`,
    ),
    check('topup_amount', sql`${t.amount} > 0`),
    check('topup_currency', sql`${t.currency} ~ '^[A-Z]{3}$'`),
  ],
)

/** Money that a gateway has really received, as its own object says. One row for each id that the gateway gives to money. */
export const payment = pgTable(
  'payment',
  {
    id: id(),
    /** Null: nobody knows whose it is; it stands in the ledger as unallocated. */
    accountId: uuid('account_id').references(() => account.id),
    gateway: gateway(),
    ref: text('ref').notNull(),
    topupId: uuid('topup_id').references(() => topup.id),
    /** The subscription of a channel that it was for. */
    subscriptionId: uuid('subscription_id'),
    amount: micro('amount').notNull(),
    currency: currency(),
    /** What the gateway keeps of it; null: not known yet. */
    fee: micro('fee'),
    /** How it was paid, for people: visa ····4242. */
    method: text('method'),
    receiptUrl: text('receipt_url'),
    invoiceUrl: text('invoice_url'),
    /** Why it was not given to anybody: nobody's, other amount, other currency, a second one for the same number. */
    problem: text('problem'),
    /** What became of money that had a problem: `balance`, `subscription`, `returned`; null: a person has to decide. */
    settledAs: text('settled_as'),
    at: instant('at').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('payment_ref').on(t.gateway, t.ref),
    index('payment_account').on(t.accountId, t.at),
    index('payment_topup').on(t.topupId),
    index('payment_subscription').on(t.subscriptionId),
    index('payment_loose')
      .on(t.createdAt)
      .where(sql`${t.problem} is not null and ${t.settledAs} is null`),
    check('payment_settled', sql`${t.settledAs} in ('balance', 'subscription', 'returned')`),
    check('payment_currency', sql`${t.currency} ~ '^[A-Z]{3}$'`),
  ],
)

/** Part of a payment that goes back: asked for here, or seen at the gateway. */
export const refund = pgTable(
  'refund',
  {
    /** The gateway is told it too: asked twice, it is one. */
    id: id(),
    accountId: uuid('account_id').references(() => account.id),
    paymentId: uuid('payment_id')
      .notNull()
      .references(() => payment.id),
    gateway: gateway(),
    ref: text('ref'),
    amount: micro('amount').notNull(),
    currency: currency(),
    /** Who asked; null: it was made at the gateway. */
    personId: uuid('person_id').references(() => person.id),
    /** asked: the money is held, the gateway has not answered. pending: it is on its way. */
    state: text('state').notNull().default('asked'),
    problem: text('problem'),
    /** Why we give it back, where it is us. */
    reason: text('reason'),
    seenAt: instant('seen_at'),
    lookAfter: instant('look_after').notNull().defaultNow(),
    looks: integer('looks').notNull().default(0),
    createdAt: createdAt(),
    settledAt: instant('settled_at'),
  },
  (t) => [
    uniqueIndex('refund_ref').on(t.gateway, t.ref),
    index('refund_payment').on(t.paymentId),
    index('refund_account').on(t.accountId, t.createdAt),
    index('refund_look')
      .on(t.lookAfter)
      .where(sql`${t.state} in ('asked', 'pending')`),
    check('refund_state', sql`${t.state} in ('asked', 'pending', 'succeeded', 'failed')`),
    check('refund_amount', sql`${t.amount} > 0`),
  ],
)

/** A buyer's bank or gateway takes a payment back, or asks about it. While one is open the company's balance is frozen. */
export const dispute = pgTable(
  'dispute',
  {
    id: id(),
    accountId: uuid('account_id').references(() => account.id),
    paymentId: uuid('payment_id')
      .notNull()
      .references(() => payment.id),
    gateway: gateway(),
    ref: text('ref').notNull(),
    amount: micro('amount').notNull(),
    currency: currency(),
    /** inquiry: no money has moved. */
    state: text('state').notNull(),
    reason: text('reason'),
    /** What was moved so far, as the gateway says; the ledger has the postings. */
    taken: micro('taken').notNull(),
    givenBack: micro('given_back').notNull(),
    fee: micro('fee').notNull(),
    respondBy: instant('respond_by'),
    /** Open, and its company may spend all the same: an operator has decided so. */
    releasedAt: instant('released_at'),
    seenAt: instant('seen_at').notNull(),
    createdAt: createdAt(),
    closedAt: instant('closed_at'),
  },
  (t) => [
    uniqueIndex('dispute_ref').on(t.gateway, t.ref),
    index('dispute_payment').on(t.paymentId),
    index('dispute_account').on(t.accountId, t.createdAt),
    check('dispute_state', sql`${t.state} in ('inquiry', 'open', 'won', 'lost')`),
  ],
)

/** What a company is called at a gateway, and the means of payment that may be charged without anybody. */
export const gatewayCustomer = pgTable(
  'gateway_customer',
  {
    accountId: ofAccount(),
    gateway: gateway(),
    ref: text('ref').notNull(),
    methodRef: text('method_ref'),
    /** For people: visa ····4242. */
    methodLabel: text('method_label'),
    /** Where another card is being kept, by the gateway's name of the page: the last one that was asked for. */
    cardPage: text('card_page'),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ name: 'gateway_customer_pk', columns: [t.accountId, t.gateway] }),
    uniqueIndex('gateway_customer_ref').on(t.gateway, t.ref),
  ],
)

/** What a company has chosen for its balance: when to be warned, and when it fills itself. No row: the defaults. */
export const balanceChoice = pgTable(
  'balance_choice',
  {
    accountId: uuid('account_id')
      .primaryKey()
      .references(() => account.id),
    currency: currency(),
    /** Below this administrators are warned; and again below that. Null: not at all. */
    lowLevel: micro('low_level'),
    veryLowLevel: micro('very_low_level'),
    /** Fills itself below `threshold` up to `target`, at most `ceiling` in a calendar month. */
    isAutomatic: boolean('is_automatic').notNull().default(false),
    threshold: micro('threshold'),
    target: micro('target'),
    ceiling: micro('ceiling'),
    /** When somebody turned it on, or on again after it had stopped. */
    automaticSince: instant('automatic_since'),
    /** Failures in a row; three stop it. */
    failures: integer('failures').notNull().default(0),
    /** Why it has stopped, until a person goes on: declined, authentication_required, disputed. */
    stoppedFor: text('stopped_for'),
    changedAt: instant('changed_at').notNull().defaultNow(),
  },
  (t) => [
    check(
      'balance_choice_levels',
      sql`coalesce(${t.veryLowLevel}, 0) >= 0 and coalesce(${t.lowLevel}, ${t.veryLowLevel}, 0) >= coalesce(${t.veryLowLevel}, 0)`,
    ),
    check('balance_choice_stopped', sql`${t.stoppedFor} in ('declined', 'authentication_required', 'disputed')`),
    check(
      'balance_choice_automatic',
      sql`not ${t.isAutomatic} or (${t.threshold} >= 0 and ${t.target} > ${t.threshold} and ${t.ceiling} >= ${t.target} - ${t.threshold})`,
    ),
  ],
)
