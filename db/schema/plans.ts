import { sql } from 'drizzle-orm'
import { bigint, boolean, check, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { createdAt, id, instant } from '../columns.ts'
import { channel } from './channels.ts'
import { account, ofAccount, person } from './identity.ts'

/** Who runs the service itself. Written by the owner of the database alone (scripts/operator.ts): no company reaches it. */
export const platformAdmin = pgTable('platform_admin', {
  personId: uuid('person_id')
    .primaryKey()
    .references(() => person.id),
  since: instant('since').notNull().defaultNow(),
})

/** How the service is sold here: one row. */
export const platformSetting = pgTable(
  'platform_setting',
  {
    id: integer('id').primaryKey().default(1),
    /** New companies need a subscription for each number. */
    sells: boolean('sells').notNull().default(false),
    /** How long a number goes on sending after its period was not paid. */
    graceDays: integer('grace_days').notNull().default(7),
  },
  (t) => [check('platform_setting_one', sql`${t.id} = 1`), check('platform_setting_grace', sql`${t.graceDays} between 0 and 60`)],
)

/** What we sell: a package that a number can have. Its price and what it holds are versions of plan_price. */
export const plan = pgTable(
  'plan',
  {
    id: id(),
    /** Its name at the gateways: never changes. */
    code: text('code').notNull(),
    name: text('name').notNull(),
    about: text('about').notNull().default(''),
    rev: bigint('rev', { mode: 'number' }).notNull().default(1),
    createdAt: createdAt(),
    /** Nobody new takes it since then; who has it keeps it. */
    retiredAt: instant('retired_at'),
  },
  (t) => [uniqueIndex('plan_code').on(t.code), check('plan_code_shape', sql`${t.code} ~ '^[a-z][a-z0-9_]{1,30}$'`)],
)

/** One version of a plan. It never changes: who took it keeps its terms (a trigger of 232_plans.sql). */
export const planPrice = pgTable(
  'plan_price',
  {
    id: id(),
    planId: uuid('plan_id')
      .notNull()
      .references(() => plan.id),
    version: integer('version').notNull(),
    /** For each number and period, in the currency's smallest units: 1500 is 15.00 USD. */
    minor: bigint('minor', { mode: 'number' }).notNull(),
    currency: text('currency').notNull(),
    every: text('every').notNull(),
    trialDays: integer('trial_days').notNull().default(0),
    /** Messages of a period that are paid with it. */
    includedMessages: integer('included_messages').notNull().default(0),
    /** A promotion: it costs `minor` for who takes it until then, and keeps costing them that; afterwards it is sold for this. */
    listMinor: bigint('list_minor', { mode: 'number' }),
    promoUntil: instant('promo_until'),
    createdAt: createdAt(),
    createdBy: uuid('created_by').references(() => person.id),
    /** A newer version is sold since then. */
    replacedAt: instant('replaced_at'),
  },
  (t) => [
    uniqueIndex('plan_price_version').on(t.planId, t.version),
    uniqueIndex('plan_price_current')
      .on(t.planId)
      .where(sql`${t.replacedAt} is null`),
    check('plan_price_minor', sql`${t.minor} >= 0`),
    check('plan_price_currency', sql`${t.currency} ~ '^[A-Z]{3}$'`),
    check('plan_price_every', sql`${t.every} in ('month', 'year')`),
    check('plan_price_trial', sql`${t.trialDays} between 0 and 365`),
    check('plan_price_included', sql`${t.includedMessages} >= 0`),
    check(
      'plan_price_promo',
      sql`(${t.listMinor} is null) = (${t.promoUntil} is null) and (${t.listMinor} is null or ${t.listMinor} > ${t.minor})`,
    ),
  ],
)

/** What a version of a plan is called at a gateway, once it is there. */
export const planPriceRef = pgTable(
  'plan_price_ref',
  {
    planPriceId: uuid('plan_price_id')
      .notNull()
      .references(() => planPrice.id),
    gateway: text('gateway').notNull(),
    /** Who has had a trial gets the same without: at PayPal that is another plan. */
    trialDays: integer('trial_days').notNull(),
    ref: text('ref').notNull(),
    madeAt: instant('made_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ name: 'plan_price_ref_pk', columns: [t.planPriceId, t.gateway, t.trialDays] }),
    index('plan_price_ref_there').on(t.gateway, t.ref),
  ],
)

/** Does this company need a subscription for each number? No row: no. */
export const selling = pgTable('selling', {
  accountId: uuid('account_id')
    .primaryKey()
    .references(() => account.id),
  isOn: boolean('is_on').notNull(),
  since: instant('since').notNull().defaultNow(),
})

/**
 * What lets one number send. Its state is written only from a look at the gateway's own object (233_subscriptions.sql): an older
 * look never overwrites a newer, and one that has ended never returns.
 */
export const subscription = pgTable(
  'subscription',
  {
    id: id(),
    accountId: ofAccount(),
    channelId: uuid('channel_id')
      .notNull()
      .references(() => channel.id),
    planPriceId: uuid('plan_price_id')
      .notNull()
      .references(() => planPrice.id),
    /** `stripe`, `paypal`, or `gift`: given by us until a day. */
    gateway: text('gateway').notNull(),
    /** The gateway's name of it, or of its hosted page while nobody has paid. */
    ref: text('ref'),
    state: text('state').notNull().default('pending'),
    /** Days to try it for nothing, that this one began with. */
    trialDays: integer('trial_days').notNull().default(0),
    /** Opened beside a portal's frame: the gateway's page returns to one that says so. */
    inFrame: boolean('in_frame').notNull().default(false),
    /** Where the buyer came from, when it is another name of ours than APP_URL: there they come back to, signed in. */
    home: text('home'),
    /** Until when it is paid, or tried. */
    paidUntil: instant('paid_until'),
    /** Where a payment failed: until when it sends all the same. */
    graceUntil: instant('grace_until'),
    /** Somebody has cancelled it: it ends then. */
    cancelsAt: instant('cancels_at'),
    /** Until when its number may send, of all of the above; null: not at all. */
    sendsUntil: instant('sends_until'),
    /** What the gateway says is wrong with the payment, and where it is mended. */
    problem: text('problem'),
    payUrl: text('pay_url'),
    /** The hosted page while nobody has paid. */
    url: text('url'),
    /** When the gateway was asked for what stands here. */
    seenAt: instant('seen_at'),
    /** When the sweep looks at it again. */
    lookAt: instant('look_at').notNull().defaultNow(),
    madeBy: uuid('made_by').references(() => person.id),
    rev: bigint('rev', { mode: 'number' }).notNull().default(1),
    createdAt: createdAt(),
    endedAt: instant('ended_at'),
  },
  (t) => [
    uniqueIndex('subscription_live')
      .on(t.channelId)
      .where(sql`${t.state} not in ('pending', 'ended')`),
    uniqueIndex('subscription_pending')
      .on(t.channelId)
      .where(sql`${t.state} = 'pending'`),
    uniqueIndex('subscription_ref')
      .on(t.gateway, t.ref)
      .where(sql`${t.ref} is not null`),
    index('subscription_account').on(t.accountId),
    index('subscription_look')
      .on(t.lookAt)
      .where(sql`${t.state} <> 'ended'`),
    check('subscription_gateway', sql`${t.gateway} in ('stripe', 'paypal', 'gift')`),
    check('subscription_state', sql`${t.state} in ('pending', 'trial', 'active', 'grace', 'suspended', 'paused', 'ended')`),
    check('subscription_ended', sql`(${t.state} = 'ended') = (${t.endedAt} is not null)`),
  ],
)

/** What has happened to a subscription, as a person reads it. */
export const subscriptionEvent = pgTable(
  'subscription_event',
  {
    id: id(),
    accountId: ofAccount(),
    subscriptionId: uuid('subscription_id')
      .notNull()
      .references(() => subscription.id),
    kind: text('kind').notNull(),
    /** Who did it; null: the gateway, or time. */
    personId: uuid('person_id').references(() => person.id),
    data: jsonb('data').notNull().default({}),
    at: instant('at').notNull().defaultNow(),
  },
  (t) => [index('subscription_event_of').on(t.subscriptionId, t.at), index('subscription_event_account').on(t.accountId, t.at)],
)
