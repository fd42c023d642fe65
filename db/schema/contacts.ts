import { sql } from 'drizzle-orm'
import {
  bigint,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
  type AnyPgColumn,
} from 'drizzle-orm/pg-core'
import { createdAt, id, instant } from '../columns.ts'
import { channel } from './channels.ts'
import { ofAccount, person } from './identity.ts'

/** Who writes to us. */
export const contact = pgTable(
  'contact',
  {
    id: id(),
    accountId: ofAccount(),
    /** As our people call them; null until somebody names them. */
    name: text('name'),
    /** As they call themselves on WhatsApp. */
    profileName: text('profile_name'),
    username: text('username'),
    /** Digits with country code; absent for people who hide it. */
    phone: text('phone'),
    /** Of identity or tax: how the company's own database may know them. */
    document: text('document'),
    email: text('email'),
    /** The picture that they show on WhatsApp: its place in R2 is `p/<account>/<photo>`. */
    photo: text('photo'),
    /** Lower-case, unaccented names, user name and phone: what search looks at. */
    search: text('search').notNull().default(''),
    mergedInto: uuid('merged_into').references((): AnyPgColumn => contact.id),
    /** What a supervisor has looked at and left as it is (contract: CONTACT_ISSUES); forgotten when the contact changes. */
    accepted: text('accepted').array().notNull().default([]),
    /** Who wrote the card by hand; null for whoever wrote to us first. */
    createdBy: uuid('created_by').references(() => person.id),
    rev: bigint('rev', { mode: 'number' }).notNull().default(1),
    createdAt: createdAt(),
    archivedAt: instant('archived_at'),
  },
  (t) => [
    index('contact_search').using('gin', t.search.op('gin_trgm_ops')),
    index('contact_account').on(t.accountId, t.id),
    index('contact_by_name')
      .on(t.accountId, t.search, t.id)
      .where(sql`${t.mergedInto} is null`),
  ],
)

/** What a contact is known by. A phone or id points at one contact of the account, for ever (aliases stay). */
export const contactIdentity = pgTable(
  'contact_identity',
  {
    accountId: ofAccount(),
    kind: text('kind').notNull(),
    value: text('value').notNull(),
    contactId: uuid('contact_id')
      .notNull()
      .references(() => contact.id),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ name: 'contact_identity_pk', columns: [t.accountId, t.kind, t.value] }),
    index('contact_identity_contact').on(t.contactId),
    check('contact_identity_kind', sql`${t.kind} in ('phone', 'bsuid', 'lid', 'portal')`),
  ],
)

/** A file of contacts that was brought in. It can be taken back while nobody has built on it. */
export const contactImport = pgTable(
  'contact_import',
  {
    id: id(),
    accountId: ofAccount(),
    personId: uuid('person_id').references(() => person.id),
    fileName: text('file_name').notNull(),
    /** How many rows came to what. */
    counts: jsonb('counts').notNull().default({}),
    /** What was answered for each part that is done, for a day: asked again, it goes on after the last one. */
    parts: jsonb('parts').notNull().default([]),
    createdAt: createdAt(),
    undoneAt: instant('undone_at'),
    undoneBy: uuid('undone_by').references(() => person.id),
  },
  (t) => [index('contact_import_account').on(t.accountId, t.id)],
)

/** What one row of an import did to a contact. */
export const contactImportRow = pgTable(
  'contact_import_row',
  {
    accountId: ofAccount(),
    importId: uuid('import_id')
      .notNull()
      .references(() => contactImport.id),
    /** Its place in the file, from 0. */
    n: integer('n').notNull(),
    contactId: uuid('contact_id')
      .notNull()
      .references(() => contact.id),
    outcome: text('outcome').notNull(),
    /** The fields that it changed: as they were, and as it left them. */
    before: jsonb('before').notNull().default({}),
    after: jsonb('after').notNull().default({}),
    /** What the file says otherwise; a supervisor decides. */
    proposal: jsonb('proposal'),
    settledAt: instant('settled_at'),
    /** The contact's `rev` after it: a later one was changed by somebody since. */
    rev: bigint('rev', { mode: 'number' }).notNull(),
  },
  (t) => [
    primaryKey({ name: 'contact_import_row_pk', columns: [t.importId, t.n] }),
    index('contact_import_row_contact').on(t.contactId),
    index('contact_import_row_open')
      .on(t.accountId, t.contactId)
      .where(sql`${t.proposal} is not null and ${t.settledAt} is null`),
    check('contact_import_row_outcome', sql`${t.outcome} in ('created', 'updated', 'conflict')`),
  ],
)

/** Whom the phone of an unofficial number has in its address book: proposals for our contacts, and what became of them. */
export const phoneContact = pgTable(
  'phone_contact',
  {
    id: id(),
    accountId: ofAccount(),
    channelId: uuid('channel_id')
      .notNull()
      .references(() => channel.id),
    /** Digits with country code. */
    phone: text('phone').notNull(),
    lid: text('lid'),
    /** As the phone calls them. */
    name: text('name').notNull(),
    /** `taken`: a contact of ours has this name. `left`: somebody does not want it. */
    state: text('state').notNull().default('open'),
    contactId: uuid('contact_id').references(() => contact.id),
    toldAt: instant('told_at').notNull().defaultNow(),
    settledAt: instant('settled_at'),
    settledBy: uuid('settled_by').references(() => person.id),
    /** What became of it in the company's client database; null: it is not for there. */
    clientState: text('client_state'),
    clientCode: text('client_code'),
  },
  (t) => [
    uniqueIndex('phone_contact_once').on(t.channelId, t.phone),
    index('phone_contact_open').on(t.accountId, t.channelId, t.state, t.id),
    index('phone_contact_due')
      .on(t.accountId, t.id)
      .where(sql`${t.clientState} = 'due'`),
    check('phone_contact_state', sql`${t.state} in ('open', 'taken', 'left')`),
    check('phone_contact_client_state', sql`${t.clientState} in ('due', 'added', 'changed', 'same', 'conflict', 'failed')`),
  ],
)
