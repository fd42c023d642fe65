import { sql } from 'drizzle-orm'
import { check, index, pgTable, primaryKey, text, uuid, type AnyPgColumn } from 'drizzle-orm/pg-core'
import { createdAt, id, instant } from '../columns.ts'
import { ofAccount } from './identity.ts'

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
    /** Lower-case, unaccented names, user name and phone: what search looks at. */
    search: text('search').notNull().default(''),
    mergedInto: uuid('merged_into').references((): AnyPgColumn => contact.id),
    createdAt: createdAt(),
    archivedAt: instant('archived_at'),
  },
  (t) => [index('contact_search').using('gin', t.search.op('gin_trgm_ops')), index('contact_account').on(t.accountId, t.id)],
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
