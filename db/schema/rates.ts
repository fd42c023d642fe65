import { sql } from 'drizzle-orm'
import { bigint, check, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { createdAt, id, instant } from '../columns.ts'
import { person } from './identity.ts'

/**
 * What one delivered message costs from a day on, where it goes out through our own account at a provider. Of the service, not of a
 * company. Another price is another row: what was valid once never changes (a trigger of 025_rates.sql).
 */
export const rate = pgTable(
  'rate',
  {
    id: id(),
    provider: text('provider').notNull(),
    /** The country of who receives it, as ISO 3166 names it; `*`: every one that has no rate of its own. */
    market: text('market').notNull(),
    /** Meta's words. `service`: what is not a template. */
    category: text('category').notNull(),
    currency: text('currency').notNull(),
    /** What a company pays for it, in micro-units; and what the provider takes from us. */
    price: bigint('price', { mode: 'bigint' }).notNull(),
    cost: bigint('cost', { mode: 'bigint' }).notNull(),
    validFrom: instant('valid_from').notNull(),
    createdBy: uuid('created_by').references(() => person.id),
    createdAt: createdAt(),
    /** Taken back before it was valid. */
    retiredAt: instant('retired_at'),
  },
  (t) => [
    uniqueIndex('rate_from')
      .on(t.provider, t.market, t.category, t.currency, t.validFrom)
      .where(sql`${t.retiredAt} is null`),
    check('rate_provider', sql`${t.provider} in ('meta', 'gupshup')`),
    check('rate_market', sql`${t.market} ~ '^([A-Z]{2}|[*])$'`),
    check(
      'rate_category',
      sql`${t.category} in ('marketing', 'utility', 'authentication', 'authentication_international', 'service')`,
    ),
    check('rate_currency', sql`${t.currency} ~ '^[A-Z]{3}$'`),
    check('rate_amounts', sql`${t.price} >= 0 and ${t.cost} >= 0`),
    check('rate_retired', sql`${t.retiredAt} < ${t.validFrom}`),
  ],
)
