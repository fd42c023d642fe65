import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { createdAt, id, instant } from '../columns.ts'

export const bytea = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' })

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

/** A set of permissions. Three come with every company; own ones begin as a copy. */
export const role = pgTable(
  'role',
  {
    id: id(),
    accountId: ofAccount(),
    /** The standard role whose defaults stand behind it. */
    base: text('base').notNull(),
    /** A role that the company has added. */
    isOwn: boolean('is_own').notNull().default(false),
    /** Null for the standard roles: the app names them. */
    name: text('name'),
    /** What differs from the base's defaults: permission → reach, or null where it was taken away. */
    changes: jsonb('changes').notNull().default({}),
    /** An own role that the employees' screen of Bitrix24 has made: quality, quality_sales, head. Null: none of these. */
    preset: text('preset'),
    rev: bigint('rev', { mode: 'number' }).notNull().default(1),
    createdAt: createdAt(),
    archivedAt: instant('archived_at'),
  },
  (t) => [
    uniqueIndex('role_preset')
      .on(t.accountId, t.preset)
      .where(sql`${t.archivedAt} is null`),
    uniqueIndex('role_standard')
      .on(t.accountId, t.base)
      .where(sql`not ${t.isOwn}`),
    uniqueIndex('role_name')
      .on(t.accountId, sql`lower(${t.name})`)
      .where(sql`${t.archivedAt} is null`),
    check('role_base', sql`${t.base} in ('administrator', 'supervisor', 'agent')`),
  ],
)

/** Someone who signs in. */
export const person = pgTable(
  'person',
  {
    id: id(),
    accountId: ofAccount(),
    email: text('email').notNull(),
    name: text('name').notNull(),
    roleId: uuid('role_id')
      .notNull()
      .references(() => role.id),
    language: text('language').notNull().default('es'),
    /** `scrypt$N$r$p$salt$key`; null until the invitation is taken up. */
    passwordHash: text('password_hash'),
    /** Seed of the authenticator, sealed. It counts from `totp_at` on. */
    totpSealed: text('totp_sealed'),
    totpAt: instant('totp_at'),
    /** The last 30-second step whose code was taken: no code works twice. */
    totpStep: bigint('totp_step', { mode: 'number' }),
    /** Open chats beyond which rules give this person no more. */
    capacity: integer('capacity').notNull().default(25),
    /** On a break since then: rules give nothing, and colleagues see it. */
    awaySince: instant('away_since'),
    /** When a rule last gave them a chat: whose turn it is. */
    givenAt: instant('given_at'),
    createdAt: createdAt(),
    deactivatedAt: instant('deactivated_at'),
  },
  (t) => [
    uniqueIndex('person_email').on(sql`lower(${t.email})`),
    index('person_account').on(t.accountId),
    index('person_role').on(t.roleId),
    check('person_language', sql`${t.language} in ('es', 'en', 'pt')`),
  ],
)

/** A part of the company that chats and people belong to. */
export const department = pgTable(
  'department',
  {
    id: id(),
    accountId: ofAccount(),
    name: text('name').notNull(),
    createdAt: createdAt(),
    archivedAt: instant('archived_at'),
  },
  (t) => [
    uniqueIndex('department_name')
      .on(t.accountId, sql`lower(${t.name})`)
      .where(sql`${t.archivedAt} is null`),
  ],
)

/** Who stands in which department. */
export const departmentPerson = pgTable(
  'department_person',
  {
    accountId: ofAccount(),
    departmentId: uuid('department_id')
      .notNull()
      .references(() => department.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    /** Nothing is deleted: who left has an end. */
    endedAt: instant('ended_at'),
  },
  (t) => [
    primaryKey({ name: 'department_person_pk', columns: [t.departmentId, t.personId] }),
    index('department_person_person').on(t.personId),
  ],
)

/** Links that set a password: an invitation, or a new one for who forgot it. */
export const personLink = pgTable(
  'person_link',
  {
    id: id(),
    accountId: ofAccount(),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    kind: text('kind').notNull(),
    tokenHash: bytea('token_hash').notNull(),
    madeBy: uuid('made_by').references(() => person.id),
    createdAt: createdAt(),
    expiresAt: instant('expires_at').notNull(),
    /** Used, or replaced by a newer one. */
    spentAt: instant('spent_at'),
  },
  (t) => [
    uniqueIndex('person_link_token').on(t.tokenHash),
    index('person_link_person').on(t.personId),
    check('person_link_kind', sql`${t.kind} in ('invitation', 'reset')`),
  ],
)

/** One of the ten codes for the day on which the phone is lost. Only the hash is stored. */
export const recoveryCode = pgTable(
  'recovery_code',
  {
    id: id(),
    accountId: ofAccount(),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    hash: bytea('hash').notNull(),
    spentAt: instant('spent_at'),
  },
  (t) => [index('recovery_code_person').on(t.personId)],
)

/** A WebAuthn credential (reference/platform.md §9). */
export const passkey = pgTable(
  'passkey',
  {
    id: id(),
    accountId: ofAccount(),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    /** base64url, as the browser names it. */
    credentialId: text('credential_id').notNull(),
    publicKey: bytea('public_key').notNull(),
    counter: bigint('counter', { mode: 'number' }).notNull().default(0),
    transports: jsonb('transports').notNull().default([]),
    name: text('name').notNull(),
    createdAt: createdAt(),
    lastUsedAt: instant('last_used_at'),
    removedAt: instant('removed_at'),
  },
  (t) => [uniqueIndex('passkey_credential').on(t.credentialId), index('passkey_person').on(t.personId)],
)

/** A challenge that a passkey has to sign: five minutes, once. Belongs to no account, since nobody has signed in yet. */
export const passkeyChallenge = pgTable('passkey_challenge', {
  id: id(),
  /** Who makes a passkey; null while signing in. */
  personId: uuid('person_id').references(() => person.id),
  challenge: text('challenge').notNull(),
  expiresAt: instant('expires_at').notNull(),
})

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

/** A key for machines: `wb_live_<secret>`. Only the hash is stored. */
export const apiKey = pgTable(
  'api_key',
  {
    id: id(),
    accountId: ofAccount(),
    name: text('name').notNull(),
    ending: text('ending').notNull(),
    tokenHash: bytea('token_hash').notNull(),
    grants: jsonb('grants').notNull(),
    /** Only these numbers; empty: all. */
    channels: uuid('channels').array().notNull().default([]),
    madeBy: uuid('made_by').references(() => person.id),
    createdAt: createdAt(),
    expiresAt: instant('expires_at'),
    lastUsedAt: instant('last_used_at'),
    revokedAt: instant('revoked_at'),
  },
  (t) => [uniqueIndex('api_key_token').on(t.tokenHash), index('api_key_account').on(t.accountId, t.id)],
)

/**
 * Who did what, with before and after. Each row holds the hash of the one before it, so a row that is changed or taken
 * out later shows. Written by `audit_add` alone.
 */
export const audit = pgTable(
  'audit',
  {
    accountId: ofAccount(),
    n: bigint('n', { mode: 'number' }).notNull(),
    at: instant('at').notNull(),
    action: text('action').notNull(),
    actorKind: text('actor_kind').notNull(),
    actorId: uuid('actor_id'),
    actorName: text('actor_name'),
    objectKind: text('object_kind').notNull(),
    objectId: text('object_id'),
    objectName: text('object_name'),
    before: jsonb('before'),
    after: jsonb('after'),
    prevHash: text('prev_hash').notNull(),
    hash: text('hash').notNull(),
  },
  (t) => [
    primaryKey({ name: 'audit_pk', columns: [t.accountId, t.n] }),
    index('audit_actor').on(t.accountId, t.actorId, t.n),
    index('audit_action').on(t.accountId, t.action, t.n),
  ],
)

/** Failed sign-ins, counted per address and per e-mail before any password is hashed. Belongs to no account. */
export const signInTry = pgTable('sign_in_try', {
  /** `email:<sha256>` or `address:<ip>`. */
  key: text('key').primaryKey(),
  failures: integer('failures').notNull().default(0),
  blockedUntil: instant('blocked_until'),
  updatedAt: instant('updated_at').notNull().defaultNow(),
})
