/**
 * What a Portal object keeps: who it is, the tokens of the portal's administrators, and events that are not acted on yet. Tokens,
 * secrets and events are sealed to this object. Nothing is written for a portal that nobody has vouched for.
 */
import * as z from 'zod'
import { seal, unseal, type Keyring } from '../lib/seal.ts'
import type { Grant } from './rest/oauth.ts'

export type Kept = Grant & { userId: string; name: string; refreshedAt: number }
export type KeptEvent = { n: number; key: string; name: string; body: string; at: number }
/** An event in the line; `lane`: the conversation that it belongs to, empty: the application itself. */
export type Picked = { n: number; key: string; name: string; sealed: string; at: number; lane: string; tries: number }
/** An event as it comes in. `order`: its place among what its conversation waits for; null: behind all of it. */
export type NewEvent = { key: string; name: string; body: string; lane?: string; order?: number | null }
/** Which installation it is. */
export const Origin = z.object({
  appId: z.nullable(z.string()),
  memberId: z.string(),
  domain: z.string(),
  oauth: z.string(),
  since: z.number(),
  portalId: z.nullable(z.string()),
})
export type Origin = z.infer<typeof Origin>
type Row = Record<string, SqlStorageValue>

const LANES =
  'create table if not exists event_lane (n integer primary key, lane text not null, ord integer not null, not_before integer not null default 0, tries integer not null default 0)'

export class PortalStore {
  private readonly storage: DurableObjectStorage
  private readonly name: string
  private readonly ring: () => Keyring
  private isReady: boolean

  constructor(storage: DurableObjectStorage, name: string, ring: () => Keyring) {
    this.storage = storage
    this.name = name
    this.ring = ring
    this.isReady = storage.sql.exec("select 1 from sqlite_master where name = 'meta'").toArray().length > 0
    // Objects of an older version have no lanes yet.
    if (this.isReady) storage.sql.exec(LANES)
  }

  private sql(query: string, ...values: SqlStorageValue[]): Row[] {
    return this.storage.sql.exec<Row>(query, ...values).toArray()
  }

  private begin(): void {
    if (this.isReady) return
    this.sql(
      'create table if not exists meta (k text primary key, v text not null);' +
        'create table if not exists admin (user_id text primary key, name text not null, sealed text not null, refreshed_at integer not null, at integer not null);' +
        'create table if not exists event (n integer primary key autoincrement, key text not null unique, name text not null, sealed text not null, at integer not null, done_at integer);' +
        LANES,
    )
    this.isReady = true
  }

  private place(what: string): string {
    return `portal|${this.name}|${what}`
  }

  /** What is written is on the disk. */
  async sync(): Promise<void> {
    await this.storage.sync()
  }

  // Small facts ----------------------------------------------------------------------------------------------------------

  get<T>(k: string, read: (value: unknown) => T): T | null {
    if (!this.isReady) return null
    const [row] = this.sql('select v from meta where k = ?', k)
    return row ? read(JSON.parse(String(row['v']))) : null
  }

  set(k: string, value: unknown): void {
    this.begin()
    if (value === null) this.sql('delete from meta where k = ?', k)
    else this.sql('insert or replace into meta (k, v) values (?, ?)', k, JSON.stringify(value))
  }

  async secret(k: string): Promise<string | null> {
    const sealed = this.get(k, String)
    return sealed === null ? null : unseal(sealed, this.place(k), this.ring())
  }

  async setSecret(k: string, value: string): Promise<void> {
    const sealed = await seal(value, this.place(k), this.ring())
    this.set(k, sealed)
  }

  // Tokens ---------------------------------------------------------------------------------------------------------------

  async keep({ userId, name, refreshedAt, ...grant }: Kept): Promise<void> {
    const sealed = await seal(JSON.stringify(grant), this.place(`admin|${userId}`), this.ring())
    this.begin()
    this.sql(
      'insert into admin (user_id, name, sealed, refreshed_at, at) values (?, ?, ?, ?, ?) on conflict (user_id) do update set name = excluded.name, sealed = excluded.sealed, refreshed_at = excluded.refreshed_at',
      ...[userId, name, sealed, refreshedAt, refreshedAt],
    )
  }

  /** Tokens of administrators: whoever connected the portal first, the others in case theirs die. */
  async grants(): Promise<Kept[]> {
    if (!this.isReady) return []
    const rows = this.sql('select user_id, name, sealed, refreshed_at from admin order by at, rowid')
    return Promise.all(
      rows.map(async (row) => {
        const userId = String(row['user_id'])
        const grant: Grant = JSON.parse(await unseal(String(row['sealed']), this.place(`admin|${userId}`), this.ring()))
        return { ...grant, userId, name: String(row['name']), refreshedAt: Number(row['refreshed_at']) }
      }),
    )
  }

  dropGrant(userId: string): void {
    this.sql('delete from admin where user_id = ?', userId)
  }

  // Events ---------------------------------------------------------------------------------------------------------------

  /** Stores an event; false when it is here already. */
  async addEvent({ key, name, body, lane = '', order = null }: NewEvent, at: number): Promise<boolean> {
    const sealed = await seal(body, this.place(`event|${key}`), this.ring())
    this.begin()
    const [row] = this.sql(
      'insert or ignore into event (key, name, sealed, at) values (?, ?, ?, ?) returning n',
      ...[key, name, sealed, at],
    )
    if (!row) return false
    this.sql(
      'insert into event_lane (n, lane, ord) select ?, ?, coalesce(?, (select max(l.ord) from event_lane l join event e using (n) where l.lane = ? and e.done_at is null), 0)',
      ...[Number(row['n']), lane, order, lane],
    )
    return true
  }

  /** The next event that may be acted on: of each conversation its first one, unless that one waits or somebody is at it. */
  pickEvent(busy: readonly string[], now: number): Picked | null {
    if (!this.isReady) return null
    const [row] = this.sql(
      `select * from (
         select e.n, e.key, e.name, e.sealed, e.at, coalesce(l.lane, '') as lane, coalesce(l.tries, 0) as tries, coalesce(l.not_before, 0) as later,
           min(coalesce(l.ord, 0) * 1000000000 + e.n) as place
         from event e left join event_lane l using (n)
         where e.done_at is null and coalesce(l.lane, '') not in (select value from json_each(?))
         group by coalesce(l.lane, ''))
       where later <= ? order by n limit 1`,
      JSON.stringify(busy),
      now,
    )
    if (!row) return null
    const text = (name: string) => String(row[name])
    const number = (name: string) => Number(row[name])
    return {
      ...{ n: number('n'), key: text('key'), name: text('name'), sealed: text('sealed') },
      ...{ at: number('at'), lane: text('lane'), tries: number('tries') },
    }
  }

  async openEvent({ n, key, name, sealed, at }: Picked): Promise<KeptEvent> {
    return { n, key, name, at, body: await unseal(sealed, this.place(`event|${key}`), this.ring()) }
  }

  /** It is tried again, not before then; what comes after it in its conversation waits with it. */
  postpone(n: number, until: number): void {
    if (!this.isReady) return
    this.sql(
      "insert into event_lane (n, lane, ord, not_before, tries) values (?, '', 0, ?, 1) on conflict (n) do update set not_before = excluded.not_before, tries = tries + 1",
      ...[n, until],
    )
  }

  /** When the next event that had to wait is worth another try. */
  nextTry(now: number): number | null {
    if (!this.isReady) return null
    const [row] = this.sql(
      'select min(l.not_before) as at from event e join event_lane l using (n) where e.done_at is null and l.not_before > ?',
      now,
    )
    return typeof row?.['at'] === 'number' ? row['at'] : null
  }

  /** It was acted on: its name stays a day, so that a repeat is known; its words go. */
  eventDone(n: number, now: number): void {
    // It may have been the last one, and everything is forgotten.
    if (!this.isReady) return
    this.sql("update event set done_at = ?, sealed = '' where n = ?", now, n)
    this.sql('delete from event_lane where n = ?', n)
    this.sql('delete from event where done_at < ?', now - 86_400_000)
  }

  // The end --------------------------------------------------------------------------------------------------------------

  /** What opens the portal is gone; the rest stays until the database knows. */
  dropGrants(): void {
    if (this.isReady) this.sql('delete from admin')
  }

  async forgetAll(): Promise<void> {
    await this.storage.deleteAlarm()
    await this.storage.deleteAll()
    this.isReady = false
  }
}
