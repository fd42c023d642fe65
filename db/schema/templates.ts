import { sql } from 'drizzle-orm'
import { bigint, check, index, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { createdAt, id, instant } from '../columns.ts'
import { channel } from './channels.ts'
import { ofAccount, person } from './identity.ts'

/** A message that WhatsApp approves before it may be sent: our drafts, and what the provider has. */
export const template = pgTable(
  'template',
  {
    id: id(),
    accountId: ofAccount(),
    channelId: uuid('channel_id')
      .notNull()
      .references(() => channel.id),
    /** The provider's id; null for a draft. */
    providerId: text('provider_id'),
    name: text('name').notNull(),
    language: text('language').notNull(),
    category: text('category').notNull(),
    status: text('status').notNull().default('draft'),
    /** Why it was rejected, paused or disabled, in the provider's words. */
    reason: text('reason'),
    quality: text('quality').notNull().default('unknown'),
    /** Header, body, footer and buttons in our shape (contract/templates.ts, TemplateContent). */
    components: jsonb('components').notNull(),
    /** When the provider last told of it. */
    syncedAt: instant('synced_at'),
    createdBy: uuid('created_by').references(() => person.id),
    rev: bigint('rev', { mode: 'number' }).notNull().default(1),
    createdAt: createdAt(),
    /** The provider has it no more, or the draft was thrown away. */
    archivedAt: instant('archived_at'),
  },
  (t) => [
    uniqueIndex('template_name').on(t.channelId, t.name, t.language),
    index('template_account').on(t.accountId, t.channelId),
    index('template_provider')
      .on(t.accountId, t.providerId)
      .where(sql`${t.providerId} is not null`),
    check('template_category', sql`${t.category} in ('utility', 'marketing', 'authentication')`),
  ],
)

/** When a number's templates were last read at its provider. */
export const templateRead = pgTable('template_read', {
  channelId: uuid('channel_id')
    .primaryKey()
    .references(() => channel.id),
  accountId: ofAccount(),
  at: instant('at').notNull(),
})
