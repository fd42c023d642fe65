/**
 * A Desk object's own storage: the numbered events that phones may have missed, what each signed-in session may see, the
 * Chat objects that wait for a paused number, and which moves of chats have been told.
 */
import * as z from 'zod'
import { Sight } from '../identity/index.ts'
import { LOG_KEEPS } from './desk.rules.ts'
import type { Told } from './sight.rules.ts'

/** Longer than the database goes on telling of a move (chat_facts). */
const MOVES_KEPT_MS = 10 * 60_000

const Place = z.object({ channelId: z.string(), assigneeId: z.nullable(z.string()), departmentId: z.nullable(z.string()) })
const About = z.nullable(
  z.union([
    z.object({ chatId: z.string(), now: Place, was: z.nullable(Place.extend({ until: z.string() })) }),
    z.object({ channelId: z.string() }),
  ]),
)
/** An event as it is handed over by whoever wrote elsewhere. */
export const ToldEvent: z.ZodType<Told> = z.object({
  type: z.enum(['chat', 'message', 'channel', 'transfer', 'labels', 'templates', 'mention', 'draft', 'read', 'forget']),
  json: z.string(),
  about: About,
})

export type Numbered = Told & { seq: number }
type EventRow = { seq: number; json: string; type: string; about: string | null }

export class DeskLog {
  /** The newest number of the stream, and the oldest that is kept. */
  newest: number
  floor: number
  private readonly sql: SqlStorage
  private readonly sights = new Map<string, Sight>()

  constructor(sql: SqlStorage) {
    this.sql = sql
    sql.exec(
      "create table if not exists event (seq integer primary key autoincrement, json text not null, type text not null default '', about text);" +
        'create table if not exists held (channel_id text not null, object_name text not null, primary key (channel_id, object_name));' +
        'create table if not exists moved (chat_id text primary key, until text not null);' +
        'create table if not exists sight (session_id text primary key, sight text not null)',
    )
    this.addColumns()
    const { newest, floor } = sql
      .exec<{ newest: number; floor: number }>(
        'select coalesce(max(seq), 0) as newest, coalesce(min(seq), 1) as floor from event',
      )
      .one()
    this.newest = newest
    this.floor = floor
  }

  /** Numbers events and keeps the last {@link LOG_KEEPS} of all. */
  append(events: readonly Told[]): Numbered[] {
    const numbered = events.map((told) => {
      const event = this.moveToldOnce(told)
      const { seq } = this.sql
        .exec<{ seq: number }>(
          'insert into event (json, type, about) values (?, ?, ?) returning seq',
          event.json,
          event.type,
          event.about && JSON.stringify(event.about),
        )
        .one()
      return { ...event, seq }
    })
    this.newest = numbered.at(-1)?.seq ?? this.newest
    if (this.newest - this.floor > LOG_KEEPS * 1.2) {
      this.floor = this.newest - LOG_KEEPS
      this.sql.exec('delete from event where seq < ?', this.floor)
    }
    return numbered
  }

  /** Everything after a number, in order. */
  after(seq: number): Numbered[] {
    return this.sql
      .exec<EventRow>('select seq, json, type, about from event where seq > ? order by seq', seq)
      .toArray()
      .map((row) => ({ ...row, about: About.parse(JSON.parse(row.about ?? 'null')) }))
  }

  hold(channelId: string, objectName: string): void {
    this.sql.exec('insert or ignore into held values (?, ?)', channelId, objectName)
  }

  /** Who waits for this number; from now on nobody does. */
  release(channelId: string): string[] {
    return this.sql
      .exec<{ object_name: string }>('delete from held where channel_id = ? returning object_name', channelId)
      .toArray()
      .map((row) => row.object_name)
  }

  remember(sessionId: string, sight: Sight): void {
    this.sights.set(sessionId, sight)
    this.sql.exec('insert or replace into sight values (?, ?)', sessionId, JSON.stringify(sight))
  }

  /** What a session may see; null when it was never let in here. */
  sightOf(sessionId: string): Sight | null {
    const known = this.sights.get(sessionId)
    if (known) return known
    const [row] = this.sql.exec<{ sight: string }>('select sight from sight where session_id = ?', sessionId).toArray()
    const sight = row ? Sight.parse(JSON.parse(row.sight)) : null
    if (sight) this.sights.set(sessionId, sight)
    return sight
  }

  /** The last socket of a session is closed: what it may see is asked again when it comes back. */
  drop(sessionId: string): void {
    this.sights.delete(sessionId)
    this.sql.exec('delete from sight where session_id = ?', sessionId)
  }

  /** Who lost sight of a chat is told once, with the event of the move: a second `forget` would tell that it goes on. */
  private moveToldOnce(event: Told): Told {
    const { about } = event
    if (event.type === 'forget' || about === null || !('now' in about) || about.was === null) return event
    const { chatId, was } = about
    const known = this.sql.exec('select 1 from moved where chat_id = ? and until = ?', chatId, was.until).toArray()
    if (known.length > 0) return { ...event, about: { ...about, was: null } }
    // Only a chat event becomes a `forget`.
    if (event.type !== 'chat') return event
    this.sql.exec('insert or replace into moved values (?, ?)', chatId, was.until)
    this.sql.exec('delete from moved where until < ?', new Date(Date.now() - MOVES_KEPT_MS).toISOString())
    return event
  }

  /** An object of a version before has no columns for what an event is about. */
  private addColumns(): void {
    const columns = this.sql.exec<{ name: string }>("select name from pragma_table_info('event')").toArray()
    if (columns.some(({ name }) => name === 'about')) return
    this.sql.exec("alter table event add column type text not null default ''; alter table event add column about text")
  }
}
