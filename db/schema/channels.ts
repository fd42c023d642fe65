import { sql } from 'drizzle-orm'
import { bigint, boolean, check, index, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { createdAt, id, instant } from '../columns.ts'
import { bytea, department, ofAccount, person } from './identity.ts'

/** A program of a company's own that runs unofficial numbers, on a computer of theirs. What it shows at the door is not kept. */
export const sessionNode = pgTable(
  'session_node',
  {
    id: id(),
    accountId: ofAccount(),
    name: text('name').notNull(),
    /** SHA-256 of its token. */
    tokenHash: bytea('token_hash').notNull(),
    madeBy: uuid('made_by').references(() => person.id),
    createdAt: createdAt(),
    revokedAt: instant('revoked_at'),
  },
  (t) => [index('session_node_account').on(t.accountId)],
)

/** One WhatsApp number on one provider. */
export const channel = pgTable(
  'channel',
  {
    id: id(),
    accountId: ofAccount(),
    kind: text('kind').notNull(),
    name: text('name').notNull(),
    /** The unguessable part of the hook's address. */
    key: text('key').notNull(),
    phone: text('phone').notNull(),
    /** The provider's id of the number: Meta phone_number_id, Gupshup app id. */
    line: text('line').notNull(),
    /** Credentials, sealed with AES-256-GCM: they never leave the Worker. */
    sealed: text('sealed').notNull(),
    settings: jsonb('settings').notNull().default({ allowVideo: false, allowLinks: false }),
    /** Our failure code when the provider refuses the number or its credentials. */
    problem: text('problem'),
    sendingPausedAt: instant('sending_paused_at'),
    receivingPausedAt: instant('receiving_paused_at'),
    lastHookAt: instant('last_hook_at'),
    /** The provider's word on the number, as it was last told: high, medium, low, unknown. */
    quality: text('quality'),
    qualityAt: instant('quality_at'),
    /** Since when it stands as it does: written by a trigger when pause, trouble or archive begin or end. */
    stateAt: instant('state_at').notNull().defaultNow(),
    /** `shared`: a pool for everybody who may see the queue. `exclusive`: only the people named in channel_person. */
    access: text('access').notNull().default('shared'),
    /** Where its new chats go. */
    departmentId: uuid('department_id').references(() => department.id),
    /** A number to try with, by the provider's word. */
    sandbox: boolean('sandbox').notNull().default(false),
    /** The last characters of the key that is sealed here, and since when it holds: enough for people to tell keys apart. */
    keyEnding: text('key_ending'),
    keyChangedAt: instant('key_changed_at'),
    /** Limits of an unofficial number (contract/guard.ts); null: the usual ones. */
    guard: jsonb('guard'),
    /** What becomes of the contacts of an unofficial number's phone: `off`, `propose` or `direct`; and of our client database, too. */
    contactsWay: text('contacts_way').notNull().default('propose'),
    contactsToClients: boolean('contacts_to_clients').notNull().default(true),
    /** Since when it is linked with this phone. */
    linkedAt: instant('linked_at'),
    /** The program of the company's own that runs it, or another of theirs while that one is away; null: our servers run it. */
    nodeId: uuid('node_id').references(() => sessionNode.id),
    /** WhatsApp does not let it write first until then. */
    firstFrozenUntil: instant('first_frozen_until'),
    /** Whose account at the provider pays for its messages: the company's own, or ours, which charges them (221_charges.sql). Operators set it. */
    whoPays: text('who_pays').notNull().default('client'),
    rev: bigint('rev', { mode: 'number' }).notNull().default(1),
    createdAt: createdAt(),
    archivedAt: instant('archived_at'),
  },
  (t) => [
    uniqueIndex('channel_key').on(t.key),
    uniqueIndex('channel_line')
      .on(t.kind, t.line)
      .where(sql`${t.archivedAt} is null`),
    index('channel_account').on(t.accountId),
    check('channel_access', sql`${t.access} in ('shared', 'exclusive')`),
    check('channel_contacts_way', sql`${t.contactsWay} in ('off', 'propose', 'direct')`),
    check('channel_kind', sql`${t.kind} in ('meta', 'gupshup', 'session')`),
    check('channel_who_pays', sql`${t.whoPays} in ('client', 'us') and (${t.whoPays} = 'client' or ${t.kind} <> 'session')`),
  ],
)

/** What the provider last told of a number, and what is wrong with it. */
export const channelReport = pgTable('channel_report', {
  channelId: uuid('channel_id')
    .primaryKey()
    .references(() => channel.id),
  accountId: ofAccount(),
  /** contract/channel-provider.ts, NumberTold. */
  number: jsonb('number'),
  toldAt: instant('told_at'),
  /** Also when it gave no answer. */
  askedAt: instant('asked_at').notNull(),
  /** Our failure codes. */
  alerts: text('alerts').array().notNull().default([]),
  /** Below this credit at the provider an alert is raised: micro-units of the wallet's own currency. */
  lowMicros: bigint('low_micros', { mode: 'number' }).notNull().default(5_000_000),
})

/** News of a provider about account, templates or number, and whatever no parser knows yet; kept as it came. */
export const channelNews = pgTable(
  'channel_news',
  {
    id: id(),
    accountId: ofAccount(),
    channelId: uuid('channel_id')
      .notNull()
      .references(() => channel.id),
    field: text('field').notNull(),
    level: text('level').notNull(),
    raw: jsonb('raw').notNull(),
    /** SHA-256 of field and raw: a repeated delivery is the same row. */
    fingerprint: text('fingerprint').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [uniqueIndex('channel_news_once').on(t.channelId, t.fingerprint), index('channel_news_at').on(t.accountId, t.at)],
)

/** Who is assigned to which number. */
export const channelPerson = pgTable(
  'channel_person',
  {
    accountId: ofAccount(),
    channelId: uuid('channel_id')
      .notNull()
      .references(() => channel.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    /** Nothing is deleted: who left has an end. */
    endedAt: instant('ended_at'),
  },
  (t) => [
    primaryKey({ name: 'channel_person_pk', columns: [t.channelId, t.personId] }),
    index('channel_person_person').on(t.personId),
  ],
)

/** A time in which a number did not work: from the moment its problem was set until it was gone. Written by a trigger. */
export const channelOutage = pgTable(
  'channel_outage',
  {
    id: id(),
    accountId: ofAccount(),
    channelId: uuid('channel_id')
      .notNull()
      .references(() => channel.id),
    /** Our failure code: the last one, where it changed meanwhile. */
    problem: text('problem').notNull(),
    beganAt: instant('began_at').notNull().defaultNow(),
    endedAt: instant('ended_at'),
  },
  (t) => [
    uniqueIndex('channel_outage_open')
      .on(t.channelId)
      .where(sql`${t.endedAt} is null`),
    index('channel_outage_account').on(t.accountId, t.beganAt),
  ],
)

/** Who is told of an outage, written in the transaction that begins it. */
export const channelOutageTold = pgTable(
  'channel_outage_told',
  {
    accountId: ofAccount(),
    outageId: uuid('outage_id')
      .notNull()
      .references(() => channelOutage.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    toldAt: instant('told_at').notNull().defaultNow(),
    /** When the app has shown it to them. */
    seenAt: instant('seen_at'),
  },
  (t) => [
    primaryKey({ name: 'channel_outage_told_pk', columns: [t.outageId, t.personId] }),
    index('channel_outage_unseen')
      .on(t.personId)
      .where(sql`${t.seenAt} is null`),
  ],
)

/** A time in which a number was not meant to work: paused, or put away. Written by a trigger. */
export const channelRest = pgTable(
  'channel_rest',
  {
    id: id(),
    accountId: ofAccount(),
    channelId: uuid('channel_id')
      .notNull()
      .references(() => channel.id),
    what: text('what').notNull(),
    beganAt: instant('began_at').notNull().defaultNow(),
    endedAt: instant('ended_at'),
  },
  (t) => [
    uniqueIndex('channel_rest_open')
      .on(t.channelId, t.what)
      .where(sql`${t.endedAt} is null`),
    index('channel_rest_channel').on(t.channelId, t.beganAt),
    check('channel_rest_what', sql`${t.what} in ('paused', 'archived')`),
  ],
)
