import { sql } from 'drizzle-orm'
import { check, customType, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { createdAt, id, instant } from '../columns.ts'

const bytea = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' })

/** A company that uses the product. */
export const account = pgTable('account', {
  id: id(),
  name: text('name').notNull(),
  /** ISO 3166 country: national phone formats and holidays. */
  country: text('country').notNull().default('EC'),
  timeZone: text('time_zone').notNull().default('America/Guayaquil'),
  settings: jsonb('settings').notNull().default({}),
  createdAt: createdAt(),
  archivedAt: instant('archived_at'),
})

/** The company that a row belongs to: row-level security stands on this column. */
export const ofAccount = () =>
  uuid('account_id')
    .notNull()
    .references(() => account.id)

/** Someone who signs in. */
export const person = pgTable(
  'person',
  {
    id: id(),
    accountId: ofAccount(),
    email: text('email').notNull(),
    name: text('name').notNull(),
    role: text('role').notNull(),
    language: text('language').notNull().default('es'),
    /** `scrypt$N$r$p$salt$key`; null until the invitation is taken up. */
    passwordHash: text('password_hash'),
    createdAt: createdAt(),
    deactivatedAt: instant('deactivated_at'),
  },
  (t) => [
    uniqueIndex('person_email').on(sql`lower(${t.email})`),
    index('person_account').on(t.accountId),
    check('person_role', sql`${t.role} in ('administrator', 'supervisor', 'agent')`),
    check('person_language', sql`${t.language} in ('es', 'en', 'pt')`),
  ],
)

/** A sign-in that lasts. Only the hash of its token is stored. */
export const session = pgTable(
  'session',
  {
    id: id(),
    accountId: ofAccount(),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    tokenHash: bytea('token_hash').notNull(),
    kind: text('kind').notNull().default('app'),
    userAgent: text('user_agent'),
    createdAt: createdAt(),
    lastSeenAt: instant('last_seen_at').notNull().defaultNow(),
    expiresAt: instant('expires_at').notNull(),
    revokedAt: instant('revoked_at'),
  },
  (t) => [uniqueIndex('session_token').on(t.tokenHash), index('session_person').on(t.personId)],
)

/** Failed sign-ins, counted per address and per e-mail before any password is hashed. Belongs to no account. */
export const signInTry = pgTable('sign_in_try', {
  /** `email:<sha256>` or `address:<ip>`. */
  key: text('key').primaryKey(),
  failures: integer('failures').notNull().default(0),
  blockedUntil: instant('blocked_until'),
  updatedAt: instant('updated_at').notNull().defaultNow(),
})
