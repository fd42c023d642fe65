/** Columns that tables share, so that an id or an instant looks the same everywhere. */
import { sql } from 'drizzle-orm'
import { timestamp, uuid } from 'drizzle-orm/pg-core'

/** Primary key, UUIDv7: made by whoever writes the row first, else by the database. */
export const id = () =>
  uuid('id')
    .primaryKey()
    .default(sql`new_id()`)

/** An instant with time zone, milliseconds. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' })

export const createdAt = () => instant('created_at').notNull().defaultNow()
