/**
 * What a Portal object keeps: who it is, the tokens of the portal's administrators, and events that are not acted on yet. Tokens,
 * secrets and events are sealed to this object. Nothing is written for a portal that nobody has vouched for.
 */
import { seal, unseal, type Keyring } from '../lib/seal.ts'
import type { Grant } from './rest/oauth.ts'

export type Kept = Grant & { userId: string; name: string; refreshedAt: number }
export type KeptEvent = { n: number; name: string; body: string; at: number }
type Row = Record<string, SqlStorageValue>

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
  }

  private sql(query: string, ...values: SqlStorageValue[]): Row[] {
    return this.storage.sql.exec<Row>(query, ...values).toArray()
  }

  private begin(): void {
    if (this.isReady) return
    this.sql(
      'create table if not exists meta (k text primary key, v text not null);' +
        'create table if not exists admin (user_id text primary key, name text not null, sealed text not null, refreshed_at integer not null, at integer not null);' +
        'create table if not exists event (n integer primary key autoincrement, key text not null unique, name text not null, sealed text not null, at integer not null, done_at integer)',
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
  async addEvent(key: string, name: string, body: string, at: number): Promise<boolean> {
    const sealed = await seal(body, this.place(`event|${key}`), this.ring())
    this.begin()
    return (
      this.sql('insert or ignore into event (key, name, sealed, at) values (?, ?, ?, ?) returning n', key, name, sealed, at)
        .length > 0
    )
  }

  /** The oldest event that was not acted on. */
  async nextEvent(): Promise<KeptEvent | null> {
    if (!this.isReady) return null
    const [row] = this.sql('select n, key, name, sealed, at from event where done_at is null order by n limit 1')
    if (!row) return null
    const body = await unseal(String(row['sealed']), this.place(`event|${String(row['key'])}`), this.ring())
    return { n: Number(row['n']), name: String(row['name']), body, at: Number(row['at']) }
  }

  /** It was acted on: its name stays a day, so that a repeat is known; its words go. */
  eventDone(n: number, now: number): void {
    this.sql("update event set done_at = ?, sealed = '' where n = ?", now, n)
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
