/**
 * A Chat object's own storage: the write-ahead log of what it accepted, and the line of what it has to send. Rows live
 * until PostgreSQL has them (log) or the provider's answer is written (outbox). Made in one statement: objects are many.
 */
import type { Origin, Stored } from './entry.ts'
import type { Waiting } from './outgoing.rules.ts'

export type Logged = Stored & { n: number }
type LogRow = { n: number; op: string; message_id: string | null; entry: string }

export class ChatLog {
  private readonly sql: SqlStorage
  /** The rows of `log` that PostgreSQL does not have yet, oldest first: read from the table once a life. */
  private waiting: Logged[]
  /** Rows that PostgreSQL has; they leave the table with its next change, for each change costs a write to the disk. */
  private spent: number[] = []

  constructor(sql: SqlStorage) {
    this.sql = sql
    sql.exec(
      'create table if not exists log (n integer primary key autoincrement, op text not null, message_id text, entry text not null);' +
        'create table if not exists outbox (n integer primary key autoincrement, message_id text not null unique, token text not null, state text not null,' +
        " attempts integer not null default 0, not_before integer not null default 0, dispatch text not null default '');" +
        'create table if not exists meta (k text primary key, v text not null)',
    )
    this.waiting = sql
      .exec<LogRow>('select n, op, message_id, entry from log order by n')
      .toArray()
      .map((row) => ({ n: row.n, op: row.op, messageId: row.message_id, text: row.entry }))
  }

  append(entry: Stored): number {
    this.sweep()
    const { n } = this.sql
      .exec<{ n: number }>(
        'insert into log (op, message_id, entry) values (?, ?, ?) returning n',
        entry.op,
        entry.messageId,
        entry.text,
      )
      .one()
    this.waiting.push({ ...entry, n })
    return n
  }

  /** The oldest entries that PostgreSQL does not have yet. */
  pending(limit: number): Logged[] {
    return this.waiting.slice(0, limit)
  }

  hasPending(): boolean {
    return this.waiting.length > 0
  }

  /**
   * PostgreSQL has these entries. `mayRepeat`: nothing comes of it when they are written once more, after a death, so
   * their rows may stay until the next change; else they leave at once.
   */
  done(entries: readonly Logged[], mayRepeat: boolean): void {
    const ns = new Set(entries.map(({ n }) => n))
    this.waiting = this.waiting.filter(({ n }) => !ns.has(n))
    this.spent.push(...ns)
    if (!mayRepeat) this.sweep()
  }

  /** Takes the rows that PostgreSQL has out of the table. */
  sweep(): void {
    for (const n of this.spent) this.sql.exec('delete from log where n = ?', n)
    this.spent = []
  }

  /** Puts a message in the line; the token that it already has when it stands there (a repeated request). */
  queue(messageId: string, token: string): string {
    this.sql.exec("insert or ignore into outbox (message_id, token, state) values (?, ?, 'writing')", messageId, token)
    return this.sql.exec<{ token: string }>('select token from outbox where message_id = ?', messageId).one().token
  }

  /** PostgreSQL has this try of the message: it may go. Only from `writing`: what is under way stays as it is. */
  ready(messageId: string, token: string, dispatch: string): void {
    this.sql.exec(
      "update outbox set state = 'ready', dispatch = ? where message_id = ? and token = ? and state = 'writing'",
      dispatch,
      messageId,
      token,
    )
  }

  line(limit: number): Waiting[] {
    return this.sql
      .exec<{ message_id: string; state: Waiting['state']; attempts: number; not_before: number }>(
        'select message_id, state, attempts, not_before from outbox order by n limit ?',
        limit,
      )
      .toArray()
      .map((row) => ({ messageId: row.message_id, state: row.state, attempts: row.attempts, notBefore: row.not_before }))
  }

  /** Marks that a request is about to leave; durable before it does (the output gate holds the fetch until then). */
  lease(messageId: string): { attempts: number; dispatch: string } {
    return this.sql
      .exec<{ attempts: number; dispatch: string }>(
        "update outbox set state = 'leased', attempts = attempts + 1 where message_id = ? returning attempts, dispatch",
        messageId,
      )
      .one()
  }

  /** What was leased by an earlier life of this object. */
  leased(messageId: string): { attempts: number; dispatch: string } {
    return this.sql
      .exec<{ attempts: number; dispatch: string }>('select attempts, dispatch from outbox where message_id = ?', messageId)
      .one()
  }

  waitUntil(messageId: string, notBefore: number): void {
    this.sql.exec("update outbox set state = 'ready', not_before = ? where message_id = ?", Math.ceil(notBefore), messageId)
  }

  /** Tries again at once what a person or a resumed number set free. */
  hurry(): void {
    this.sql.exec("update outbox set not_before = 0 where state = 'ready'")
  }

  /** Takes a message out of the line (only this try of it, if told which), unless a request of it is under way. */
  drop(messageId: string, token: string | null = null): void {
    this.sql.exec(
      "delete from outbox where message_id = ? and token = coalesce(?, token) and state <> 'leased'",
      messageId,
      token,
    )
  }

  settle(messageId: string): void {
    this.sql.exec('delete from outbox where message_id = ?', messageId)
  }

  origin(): Origin | null {
    const row = this.sql.exec<{ v: string }>("select v from meta where k = 'origin'").toArray()[0]
    return row ? JSON.parse(row.v) : null
  }

  remember(origin: Origin): void {
    this.sql.exec("insert or replace into meta (k, v) values ('origin', ?)", JSON.stringify(origin))
  }

  /** The object that writes this chat, when it is not this one: two identities were one person. */
  alias(): string | null {
    return this.sql.exec<{ v: string }>("select v from meta where k = 'alias'").toArray()[0]?.v ?? null
  }

  pointTo(objectKey: string): void {
    this.sql.exec("insert or replace into meta (k, v) values ('alias', ?)", objectKey)
  }

  /** Nothing is left to do since this was noted. */
  isResting(): boolean {
    return this.sql.exec("select 1 from meta where k = 'resting'").toArray().length > 0
  }

  rest(): void {
    this.sql.exec("insert or replace into meta (k, v) values ('resting', '1')")
  }

  stir(): void {
    this.sql.exec("delete from meta where k = 'resting'")
  }
}
