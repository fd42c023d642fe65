import { sql } from 'drizzle-orm'
import {
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
import { channel } from './channels.ts'
import { ofAccount, person } from './identity.ts'

const bytea = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' })

/** A local application of one portal: its administrator typed its id and secret here. The marketplace's is in the environment. */
export const portalApp = pgTable(
  'portal_app',
  {
    id: id(),
    accountId: ofAccount(),
    /** As Bitrix24 names it: `local.6f0c…`. */
    clientId: text('client_id').notNull(),
    /** Its secret, sealed to this row. */
    sealed: text('sealed').notNull(),
    madeBy: uuid('made_by').references(() => person.id),
    createdAt: createdAt(),
    archivedAt: instant('archived_at'),
  },
  (t) => [
    uniqueIndex('portal_app_client')
      .on(t.clientId)
      .where(sql`${t.archivedAt} is null`),
    index('portal_app_account').on(t.accountId),
  ],
)

/** An installation of our application in a Bitrix24 portal. Its tokens are in its own object and never here. */
export const portal = pgTable(
  'portal',
  {
    id: id(),
    accountId: ofAccount(),
    /** Null: the application of the marketplace. */
    appId: uuid('app_id').references(() => portalApp.id),
    /** The portal's own id, which it keeps when its name changes. */
    memberId: text('member_id').notNull(),
    domain: text('domain').notNull(),
    state: text('state').notNull().default('active'),
    /** Why it is not active: Bitrix24's own code. */
    problem: text('problem'),
    problemAt: instant('problem_at'),
    /** The company began with this installation: who administrates the portal administrates it. */
    begins: boolean('begins').notNull().default(false),
    /** What the authorization server says of it: status, license, version, days, scope. */
    facts: jsonb('facts').notNull().default({}),
    /** Whose tokens are used: name and number of the employee. */
    connectedAs: text('connected_as'),
    connectedUser: text('connected_user'),
    installedAt: instant('installed_at').notNull().defaultNow(),
    /** The last event that it sent, and when. */
    lastEvent: text('last_event'),
    lastEventAt: instant('last_event_at'),
    uninstalledAt: instant('uninstalled_at'),
    /** What is known of its employees goes then. */
    wipeAt: instant('wipe_at'),
    /** When its employees were last read whole; and why the latest try could not: Bitrix24's own code. */
    peopleReadAt: instant('people_read_at'),
    peopleProblem: text('people_problem'),
    /** Something has waited for so long that its administrators are woken. */
    alarmMinutes: integer('alarm_minutes').notNull().default(15),
  },
  (t) => [
    uniqueIndex('portal_member').on(t.memberId, sql`coalesce(${t.appId}, '00000000-0000-0000-0000-000000000000'::uuid)`),
    index('portal_account').on(t.accountId),
    check(
      'portal_state',
      sql`${t.state} in ('active', 'needs_reconnect', 'payment_required', 'disconnected', 'overloaded', 'deleted', 'uninstalled')`,
    ),
    check('portal_alarm', sql`${t.alarmMinutes} between 5 and 240`),
  ],
)

/** An employee of a portal, as it was last read there, and who that is among our people. */
export const portalPerson = pgTable(
  'portal_person',
  {
    portalId: uuid('portal_id')
      .notNull()
      .references(() => portal.id),
    /** Their number in the portal. */
    userId: text('user_id').notNull(),
    accountId: ofAccount(),
    /** Null: nobody has given them access. */
    personId: uuid('person_id').references(() => person.id),
    name: text('name').notNull(),
    isAdmin: boolean('is_admin').notNull().default(false),
    /** What they are there. */
    position: text('position').notNull().default(''),
    /** Numbers of the departments there that they stand in. */
    departments: text('departments')
      .array()
      .notNull()
      .default(sql`'{}'`),
    /** False: dismissed there. */
    isActive: boolean('is_active').notNull().default(true),
    /** When they last opened the application; null: never. */
    seenAt: instant('seen_at'),
  },
  (t) => [
    primaryKey({ name: 'portal_person_pk', columns: [t.portalId, t.userId] }),
    index('portal_person_person').on(t.personId),
    index('portal_person_account').on(t.accountId),
  ],
)

/** Roles that somebody has chosen on the employees' screen and not applied: a frame may have no store of its own. */
export const portalRoleDraft = pgTable(
  'portal_role_draft',
  {
    portalId: uuid('portal_id')
      .notNull()
      .references(() => portal.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    accountId: ofAccount(),
    /** [{ userId, from, to }], as they are applied. */
    changes: jsonb('changes').notNull(),
    at: instant('at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ name: 'portal_role_draft_pk', columns: [t.portalId, t.personId] }),
    index('portal_role_draft_account').on(t.accountId),
  ],
)

/** A department of a portal, as it was last read there. */
export const portalDepartment = pgTable(
  'portal_department',
  {
    portalId: uuid('portal_id')
      .notNull()
      .references(() => portal.id),
    /** Its number in the portal. */
    departmentId: text('department_id').notNull(),
    accountId: ofAccount(),
    name: text('name').notNull(),
    parentId: text('parent_id'),
    sort: integer('sort').notNull().default(0),
  },
  (t) => [
    primaryKey({ name: 'portal_department_pk', columns: [t.portalId, t.departmentId] }),
    index('portal_department_account').on(t.accountId),
  ],
)

/** A code with which a portal joins a company that exists: good once, for an hour. */
export const portalCode = pgTable(
  'portal_code',
  {
    id: id(),
    accountId: ofAccount(),
    /** Who made it; whoever uses it in the portal is this person. */
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    codeHash: bytea('code_hash').notNull(),
    expiresAt: instant('expires_at').notNull(),
    spentAt: instant('spent_at'),
  },
  (t) => [uniqueIndex('portal_code_hash').on(t.codeHash), index('portal_code_person').on(t.personId)],
)

/** A code with which somebody who is in a portal's frame goes on in their phone's own browser: good once, for a minute. */
export const portalExit = pgTable(
  'portal_exit',
  {
    id: id(),
    accountId: ofAccount(),
    /** Whose frame it was; whoever comes with it is this person and nobody else. */
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    codeHash: bytea('code_hash').notNull(),
    expiresAt: instant('expires_at').notNull(),
    spentAt: instant('spent_at'),
  },
  (t) => [uniqueIndex('portal_exit_hash').on(t.codeHash), index('portal_exit_person').on(t.personId)],
)

/**
 * A channel carried into an open line of a portal. The row is what shall be; the Portal object makes the portal agree (`set_at`,
 * `cleared_at`). A binding that ended keeps its row: what chats once used stays explainable.
 */
export const portalLine = pgTable(
  'portal_line',
  {
    id: id(),
    accountId: ofAccount(),
    portalId: uuid('portal_id')
      .notNull()
      .references(() => portal.id),
    channelId: uuid('channel_id')
      .notNull()
      .references(() => channel.id),
    /** Our connector's id in the portal, `wab24_…`: always the same for a channel (db/functions/217_portal_lines.sql). */
    connector: text('connector').notNull(),
    /** The open line's number in the portal, and its name as we last read it. */
    line: integer('line').notNull(),
    lineName: text('line_name').notNull(),
    /**
     * `paused` by a person: nothing is carried to the portal, it waits until somebody resumes; operators' answers still go out.
     * `broken`: the portal does not take it (`problem`); what is for it waits too.
     */
    state: text('state').notNull().default('active'),
    /** Why it is broken: Bitrix24's code, or ours (`line_deleted`, `detached`, `uninstalled`). */
    problem: text('problem'),
    problemAt: instant('problem_at'),
    /** Our chat is closed when the portal's session is finished. */
    closesWithSession: boolean('closes_with_session').notNull().default(true),
    /** The portal's session is finished when our chat is closed. */
    finishesWithChat: boolean('finishes_with_chat').notNull().default(true),
    /** The customer reads the operator's name above what they write in the portal. */
    signs: boolean('signs').notNull().default(false),
    /** Sessions and missed calls stand in the timeline of the client's card. What stands there is kept true also when it is off. */
    timeline: boolean('timeline').notNull().default(true),
    createdAt: createdAt(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
    /** When the portal last took connector, line and data as they are here; null: it has yet to. */
    setAt: instant('set_at'),
    endedAt: instant('ended_at'),
    /** When the portal forgot a binding that ended; null: it has yet to. */
    clearedAt: instant('cleared_at'),
  },
  (t) => [
    uniqueIndex('portal_line_channel')
      .on(t.channelId)
      .where(sql`${t.endedAt} is null`),
    uniqueIndex('portal_line_line')
      .on(t.portalId, t.line)
      .where(sql`${t.endedAt} is null`),
    index('portal_line_account').on(t.accountId),
    index('portal_line_portal').on(t.portalId),
    check('portal_line_state', sql`${t.state} in ('active', 'paused', 'broken')`),
  ],
)

/**
 * An event of a portal that we acted on, or could not: what an operator wrote, a session that ended. It is in the portal's object first;
 * here it is found, deduplicated and explained. Kept 30 days, without tokens.
 */
export const portalEvent = pgTable(
  'portal_event',
  {
    id: id(),
    accountId: ofAccount(),
    portalId: uuid('portal_id')
      .notNull()
      .references(() => portal.id),
    /** What it is, however often it comes: `add|1767|86497`, else the hash of what came. */
    key: text('key').notNull(),
    /** As Bitrix24 names it, or `sweep` for what we found ourselves. */
    name: text('name').notNull(),
    /** `data` as it came. */
    body: jsonb('body').notNull(),
    at: instant('at').notNull(),
    chatId: uuid('chat_id'),
    state: text('state').notNull().default('waiting'),
    /** Why it was refused, or is not done yet. */
    problem: text('problem'),
    tries: integer('tries').notNull().default(0),
    /** How often it came again. */
    repeats: integer('repeats').notNull().default(0),
    settledAt: instant('settled_at'),
  },
  (t) => [
    uniqueIndex('portal_event_key').on(t.portalId, t.key),
    index('portal_event_account').on(t.accountId),
    index('portal_event_age').on(t.at),
    // What waits, and what an operator wrote that nobody can send any more (db/functions/225_portal_queue.sql).
    index('portal_event_stands')
      .on(t.portalId, t.at)
      .where(sql`${t.state} = 'waiting' or ${t.problem} = 'missed'`),
    check('portal_event_state', sql`${t.state} in ('waiting', 'done', 'ignored', 'refused')`),
  ],
)
