/** Installations in the database: what happens before anybody has signed in, and what a Portal object says of itself. */
import * as z from 'zod'
import type { Database } from '../lib/sql.ts'

const App = z.object({ accountId: z.string(), clientId: z.string(), sealed: z.string() })
const Arrived = z.union([
  z.object({ portalId: z.string(), accountId: z.string(), isNew: z.boolean() }),
  z.object({ choose: z.literal(true) }),
  z.object({ refusal: z.enum(['not_found', 'link_spent']) }),
])
export type Arrived = z.infer<typeof Arrived>
const Entered = z.union([
  z.object({ personId: z.string(), isBare: z.boolean() }),
  z.object({ refusal: z.enum(['not_found', 'no_access']) }),
])

/** A local application, with its sealed secret. */
export async function appBy(db: Database, appId: string): Promise<z.infer<typeof App> | null> {
  const [row] = await db.query('select portal_app_by($1) as app', [appId])
  return z.nullable(App).parse(row?.['app'] ?? null)
}

/** Makes the row of an installation, or finds it: db/functions/210_portals.sql. */
export async function arrives(db: Database, args: object): Promise<Arrived> {
  const [row] = await db.query('select portal_arrives($1) as arrived', [JSON.stringify(args)])
  return Arrived.parse(row?.['arrived'])
}

/** Begins a frame's session for an employee. `hash`: of its token. */
export async function enters(
  db: Database,
  portalId: string,
  user: object,
  hash: string,
  agent: string,
): Promise<z.infer<typeof Entered>> {
  const [row] = await db.query('select portal_enters($1, $2, $3, $4) as entered', [portalId, JSON.stringify(user), hash, agent])
  return Entered.parse(row?.['entered'])
}

/** Names of those who may let an employee in. */
export async function whomToAsk(db: Database, portalId: string): Promise<string[]> {
  const [row] = await db.query('select portal_whom_to_ask($1) as names', [portalId])
  return z.array(z.string()).parse(row?.['names'] ?? [])
}

/** How a portal stands; gives the jobs that follow. */
export async function stands(
  db: Database,
  portalId: string,
  { state, problem, facts, as }: { state: string; problem: string | null; facts: object; as: object },
): Promise<unknown> {
  const params = [portalId, state, problem, JSON.stringify(facts), JSON.stringify(as)]
  const [row] = await db.query('select portal_stands($1, $2, $3, $4, $5) as jobs', params)
  return row?.['jobs']
}

/** Writes down the last event of a portal. */
export async function heard(db: Database, portalId: string, event: string, at: Date): Promise<void> {
  await db.query('select portal_heard($1, $2, $3)', [portalId, event, at.toISOString()])
}

const PeopleKept = z.nullable(
  z.object({ accountId: z.string(), added: z.number(), dismissed: z.number(), chats: z.unknown(), facts: z.unknown() }),
)

/** Writes down a portal's employees as they were read: db/functions/219_portal_people.sql. Null: there is no such portal. */
export async function peopleRead(db: Database, portalId: string, read: object): Promise<z.infer<typeof PeopleKept>> {
  const [row] = await db.query('select portal_people_read($1, $2) as kept', [portalId, JSON.stringify(read)])
  return PeopleKept.parse(row?.['kept'] ?? null)
}

/** They could not be read, and why. */
export async function peopleUnread(db: Database, portalId: string, code: string): Promise<void> {
  await db.query('select portal_people_unread($1, $2)', [portalId, code])
}

/** The application was taken out. `isClean`: with everything that was known of its employees. */
export async function leaves(db: Database, portalId: string, isClean: boolean): Promise<void> {
  await db.query('select portal_leaves($1, $2)', [portalId, isClean])
}
