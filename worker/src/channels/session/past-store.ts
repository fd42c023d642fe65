/**
 * What a Session object keeps of the phone's history: the pieces that the phone has announced, how far each has been read,
 * and what came of it. Pieces say where people's words lie and how they open: they are sealed.
 */
import { PAST_SKIPS, PhonePerson, type HistoryPiece, type To } from '#contract/session-node.ts'
import * as z from 'zod'
import { seal, unseal, type Keyring } from '../../lib/seal.ts'

/** WhatsApp's own host keeps the pieces for about a month. */
const KEPT_MS = 60 * 86_400_000
/** A row holds at most two megabytes. */
const PART_TEXT = 1_000_000

/** `since`: nothing from before; fixed when it began. */
export type PastPlan = { state: 'off' | 'running' | 'paused'; reach: 'month' | 'all'; since: number }
export type Anchor = { waId: string; fromMe: boolean; at: number; to: To }
export type Waiting = { id: string; kind: string; cursor: number; tries: number; gapSince: number | null }
export type Question = { n: number; anchor: Anchor; since: number }
/** What one slice came to. `from`: where it began. */
export type Step = {
  from: number
  next: number | null
  total: number
  counts: Record<string, number>
  chats: readonly string[]
}
export type Gaps = { asked: number; answered: number; silent: number; waiting: number; found: number }
export type Tally = {
  pieces: number
  done: number
  lost: number
  percent: number
  chats: number
  counts: Record<string, number>
  gaps: Gaps
}
type Row = Record<string, SqlStorageValue>

const AnchorKept = z.object({
  waId: z.string(),
  fromMe: z.boolean(),
  at: z.number(),
  to: z.object({ phone: z.string().optional(), lid: z.string().optional() }),
})

export class PastStore {
  private readonly storage: DurableObjectStorage
  private readonly name: string
  private readonly ring: () => Keyring

  constructor(storage: DurableObjectStorage, name: string, ring: () => Keyring) {
    this.storage = storage
    this.name = name
    this.ring = ring
    this.sql(
      'create table if not exists past_piece (n integer primary key autoincrement, id text not null unique, kind text not null, progress integer not null, request text, cursor integer not null default 0, total integer not null default 0, tries integer not null default 0, state text not null, at integer not null);' +
        'create table if not exists past_part (piece text not null, n integer not null, value text not null, primary key (piece, n)) without rowid;' +
        'create table if not exists past_chat (id text primary key) without rowid;' +
        'create table if not exists past_count (k text primary key, v integer not null) without rowid;' +
        'create table if not exists past_people (n integer primary key autoincrement, body text not null);' +
        "create table if not exists past_question (n integer primary key autoincrement, body text not null, since integer not null, state text not null default 'waiting', request text, at integer not null default 0)",
    )
  }

  private sql(query: string, ...values: SqlStorageValue[]): Row[] {
    return this.storage.sql.exec<Row>(query, ...values).toArray()
  }

  private place(what: string, id: string): string {
    return `session|${this.name}|past ${what}|${id}`
  }

  /** Writes a piece down: sealed first, then in the transaction of whatever it came with. */
  async piece({ id, kind, progress, request, proto }: HistoryPiece, now: number): Promise<() => void> {
    const parts: string[] = []
    for (let at = 0; at < proto.length; at += PART_TEXT)
      parts.push(await seal(proto.slice(at, at + PART_TEXT), this.place('part', `${id}|${parts.length}`), this.ring()))
    return () => {
      this.sql(
        "insert or ignore into past_piece (id, kind, progress, request, state, at) values (?, ?, ?, ?, 'waiting', ?)",
        ...[id, kind, progress, request, now],
      )
      for (const [n, value] of parts.entries())
        this.sql('insert or ignore into past_part (piece, n, value) values (?, ?, ?)', id, n, value)
    }
  }

  async proto(id: string): Promise<string> {
    const rows = this.sql('select n, value from past_part where piece = ? order by n', id)
    const parts = rows.map((row) => unseal(String(row['value']), this.place('part', `${id}|${Number(row['n'])}`), this.ring()))
    return (await Promise.all(parts)).join('')
  }

  /** What is to be read next. What somebody asked for goes first; of the rest only what `kinds` names, newest words before old ones. */
  next(kinds: readonly string[]): Waiting | null {
    const [row] = this.sql(
      "select p.id, p.kind, p.cursor, p.tries, q.since from past_piece p left join past_question q on q.request = p.request where p.state = 'waiting' and (q.n is not null or p.kind in (select value from json_each(?))) order by q.n is null, case p.kind when 'names' then 0 when 'initial' then 1 when 'recent' then 2 when 'demand' then 3 else 4 end, p.n limit 1",
      JSON.stringify(kinds),
    )
    if (!row) return null
    const since = row['since']
    return {
      ...{ id: String(row['id']), kind: String(row['kind']), cursor: Number(row['cursor']), tries: Number(row['tries']) },
      gapSince: since === null || since === undefined ? null : Number(since),
    }
  }

  /** A slice is in PostgreSQL: the next one begins behind it. The same slice again changes nothing. */
  advance(id: string, step: Step): void {
    this.storage.transactionSync(() => {
      const [row] = this.sql('select cursor, state, request from past_piece where id = ?', id)
      if (!row || Number(row['cursor']) !== step.from || row['state'] !== 'waiting') return
      const state = step.next === null ? 'done' : 'waiting'
      this.sql(
        'update past_piece set cursor = ?, total = ?, tries = 0, state = ? where id = ?',
        ...[step.next ?? step.total, step.total, state, id],
      )
      for (const chat of step.chats) this.sql('insert or ignore into past_chat (id) values (?)', chat)
      for (const [k, v] of Object.entries(step.counts))
        this.sql('insert into past_count (k, v) values (?, ?) on conflict (k) do update set v = v + excluded.v', k, v)
      if (state === 'done' && row['request'])
        this.sql("update past_question set state = 'answered' where request = ?", row['request'])
    })
  }

  /** It could not be read this time; after `most` times it never will be. */
  failed(id: string, most: number): void {
    this.sql(
      "update past_piece set tries = tries + 1, state = case when tries + 1 >= ? then 'lost' else state end where id = ?",
      most,
      id,
    )
  }

  /** Everything that is still here is read once more: somebody wants it from further back. */
  rewind(): void {
    this.storage.transactionSync(() => {
      this.sql(
        "update past_piece set cursor = 0, tries = 0, state = 'waiting' where state <> 'waiting' and exists (select 1 from past_part x where x.piece = past_piece.id)",
      )
      this.sql("delete from past_count where k not like 'gap%'")
      this.sql('delete from past_chat')
    })
  }

  // The address book --------------------------------------------------------------------------------------------------

  /** A portion of it, until it is in PostgreSQL. */
  async people(people: readonly PhonePerson[]): Promise<() => void> {
    const body = await seal(JSON.stringify(people), this.place('people', ''), this.ring())
    return () => this.sql('insert into past_people (body) values (?)', body)
  }

  async nextPeople(): Promise<{ n: number; people: PhonePerson[] } | null> {
    const [row] = this.sql('select n, body from past_people order by n limit 1')
    if (!row) return null
    const text = await unseal(String(row['body']), this.place('people', ''), this.ring())
    return { n: Number(row['n']), people: z.array(PhonePerson).parse(JSON.parse(text)) }
  }

  peopleTold(n: number): void {
    this.sql('delete from past_people where n = ?', n)
  }

  // What is asked of the phone -----------------------------------------------------------------------------------------

  async question(anchor: Anchor, since: number): Promise<void> {
    const body = await seal(JSON.stringify(anchor), this.place('question', String(since)), this.ring())
    this.sql('insert into past_question (body, since) values (?, ?)', body, since)
  }

  async nextQuestion(): Promise<Question | null> {
    const [row] = this.sql("select n, body, since from past_question where state = 'waiting' order by n limit 1")
    if (!row) return null
    const since = Number(row['since'])
    const text = await unseal(String(row['body']), this.place('question', String(since)), this.ring())
    const { to, ...anchor } = AnchorKept.parse(JSON.parse(text))
    return { n: Number(row['n']), since, anchor: { ...anchor, to: JSON.parse(JSON.stringify(to)) } }
  }

  asked(n: number, request: string | null, now: number): void {
    const state = request === null ? 'silent' : 'asked'
    this.sql('update past_question set state = ?, request = ?, at = ? where n = ?', state, request, now, n)
  }

  /** Phones that are off do not answer. A late answer is read all the same. */
  giveUpQuestions(before: number): number | null {
    this.sql("update past_question set state = 'silent' where state = 'asked' and at <= ?", before)
    const at = this.sql("select min(at) as at from past_question where state = 'asked'")[0]?.['at']
    return typeof at === 'number' ? at : null
  }

  /** A new round of questions: what was counted for the last one is over. */
  forgetQuestions(): void {
    this.storage.transactionSync(() => {
      this.sql("delete from past_question where state <> 'asked'")
      this.sql("delete from past_count where k like 'gap%'")
    })
  }

  // How far it is ------------------------------------------------------------------------------------------------------

  tally(): Tally {
    const [all] = this.sql(
      "select count(*) as pieces, coalesce(sum(state = 'done'), 0) as done, coalesce(sum(state = 'lost'), 0) as lost, coalesce(avg(case when state <> 'waiting' then 1.0 when total > 0 then 1.0 * cursor / total else 0 end), 0) as part from past_piece where kind <> 'demand'",
    )
    const counts = Object.fromEntries(this.sql('select k, v from past_count').map((row) => [String(row['k']), Number(row['v'])]))
    const questions = new Map(
      this.sql('select state, count(*) as n from past_question group by state').map((row) => [
        String(row['state']),
        Number(row['n']),
      ]),
    )
    const of = (state: string) => questions.get(state) ?? 0
    return {
      pieces: Number(all?.['pieces'] ?? 0),
      done: Number(all?.['done'] ?? 0),
      lost: Number(all?.['lost'] ?? 0),
      percent: Math.floor(Number(all?.['part'] ?? 0) * 100),
      chats: Number(this.sql('select count(*) as n from past_chat')[0]?.['n'] ?? 0),
      counts,
      gaps: {
        asked: of('waiting') + of('asked') + of('answered') + of('silent'),
        ...{ answered: of('answered'), silent: of('silent'), waiting: of('waiting') + of('asked') },
        found: counts['gap_stored'] ?? 0,
      },
    }
  }

  sweep(now: number): void {
    this.sql('delete from past_part where piece in (select id from past_piece where at < ?)', now - KEPT_MS)
    this.sql("update past_piece set state = 'lost' where state = 'waiting' and at < ?", now - KEPT_MS)
  }

  /** The link is over: the next one brings its own. */
  clear(): void {
    for (const table of ['past_piece', 'past_part', 'past_chat', 'past_count', 'past_people', 'past_question'])
      this.sql(`delete from ${table}`)
  }
}

/** Counts of what was left out, by reason. */
export function skippedOf(counts: Record<string, number>): Record<string, number> {
  return Object.fromEntries(PAST_SKIPS.flatMap((reason) => (counts[reason] ? [[reason, counts[reason]]] : [])))
}
