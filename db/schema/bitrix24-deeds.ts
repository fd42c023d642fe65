import { sql } from 'drizzle-orm'
import { check, index, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { createdAt, id, instant } from '../columns.ts'
import { portal } from './bitrix24.ts'
import { channel } from './channels.ts'
import { ofAccount } from './identity.ts'

/** A message that a robot of a portal, or somebody by its SMS, asked us to send. Its id is also the message's: asked twice, it is one. */
export const portalDeed = pgTable(
  'portal_deed',
  {
    id: id(),
    accountId: ofAccount(),
    portalId: uuid('portal_id')
      .notNull()
      .references(() => portal.id),
    /** `robot` or `sms`. */
    kind: text('kind').notNull(),
    /** What the portal calls it: the workflow's event token, or the number of its message. Answers go by this name. */
    key: text('key').notNull(),
    /** The robot or sender in the portal's words. */
    code: text('code').notNull(),
    channelId: uuid('channel_id').references(() => channel.id),
    /** What was asked for: template, params, text, phone, card, userId, waits. */
    body: jsonb('body').notNull(),
    /** `waiting`, then `sent` (it is a message of ours), or `refused` with the reason. */
    state: text('state').notNull().default('waiting'),
    problem: text('problem'),
    /** What the portal was told last of it; null: nothing yet. */
    told: text('told'),
    createdAt: createdAt(),
    settledAt: instant('settled_at'),
  },
  (t) => [
    uniqueIndex('portal_deed_once').on(t.portalId, t.kind, t.key),
    index('portal_deed_account').on(t.accountId, t.createdAt),
    check('portal_deed_kind', sql`${t.kind} in ('robot', 'sms')`),
    check('portal_deed_state', sql`${t.state} in ('waiting', 'sent', 'refused')`),
  ],
)
