/**
 * What a Session object keeps of its number: the library's keys, what was told and is not handed on yet, what must still
 * be sent, and messages as WhatsApp has them. Everything that says something about people is sealed. Sealing takes a
 * moment, so it is done first; then one transaction writes all of it or nothing.
 */
import type { ChannelEvent } from '#contract/channel-event.ts'
import {
  CROWDS,
  KeptMessage,
  SendOrder,
  type Ignored,
  type KeyRow,
  type SendChange,
  type To,
  type Write,
} from '#contract/session-node.ts'
import { seal, unseal, type Keyring } from '../../lib/seal.ts'
import { PastStore } from './past-store.ts'

/** Messages answer retries, quotes and late files for so long. */
const KEPT_MS = 30 * 86_400_000
/** Files of the past are read when somebody asks for them. */
const LATE_MS = 335 * 86_400_000

export type Order = { n: number; id: string; pair: string; state: 'waiting' | 'given' | 'stored'; order: SendOrder }
export type Told = { n: number; name: string; event: string; at: number }
/** A state of a number's keys: the write with which they came to it, at which object. */
export type KeysMark = { object: string; epoch: number; n: number }
type Row = Record<string, SqlStorageValue>
type Change = () => void

/** Orders to one customer leave one at a time. */
export function pairOf(to: To): string {
  return to.phone ?? to.lid ?? ''
}

export class SessionStore {
  private readonly storage: DurableObjectStorage
  private readonly ring: () => Keyring
  /** The object's own name is part of each seal: what is moved elsewhere does not open. */
  private readonly name: string
  /** The phone's history, as far as it is still to be read. */
  readonly past: PastStore
  private stamped = 0

  constructor(storage: DurableObjectStorage, name: string, ring: () => Keyring) {
    this.storage = storage
    this.name = name
    this.ring = ring
    this.past = new PastStore(storage, name, ring)
    this.sql(
      'create table if not exists key_row (kind text not null, id text not null, value text not null, primary key (kind, id)) without rowid;' +
        'create table if not exists kept (wa_id text primary key, value text not null, at integer not null) without rowid;' +
        'create table if not exists journal (n integer primary key autoincrement, name text not null unique, event text not null, at integer not null);' +
        "create table if not exists send_order (n integer primary key autoincrement, id text not null unique, pair text not null, body text not null, state text not null default 'waiting');" +
        'create table if not exists awaited (id text primary key, at integer not null, came_at integer not null) without rowid;' +
        'create table if not exists meta (k text primary key, v text not null)',
    )
  }

  private sql(query: string, ...values: SqlStorageValue[]): Row[] {
    return this.storage.sql.exec<Row>(query, ...values).toArray()
  }

  private place(table: string, id: string): string {
    return `session|${this.name}|${table}|${id}`
  }

  // Small facts --------------------------------------------------------------------------------------------------------

  /** JSON text. */
  get(k: string): string | null {
    const [row] = this.sql('select v from meta where k = ?', k)
    return row ? String(row['v']) : null
  }

  set(k: string, value: unknown): void {
    if (value === null) this.sql('delete from meta where k = ?', k)
    else this.sql('insert or replace into meta (k, v) values (?, ?)', k, JSON.stringify(value))
  }

  // What a node writes -------------------------------------------------------------------------------------------------

  /** Writes all of it or nothing, and `n` with it. A write that is here already changes nothing. */
  async write(epoch: number, n: number, write: Write, now: number, isLinked: boolean): Promise<void> {
    const changes = [
      ...(write.forget ? [() => this.forgetKeys()] : []),
      ...(await Promise.all((write.keys ?? []).map((row) => this.keyChange(row)))),
      ...(await Promise.all((write.kept ?? []).map((message) => this.keptChange(message, now)))),
      ...(await Promise.all((write.events ?? []).map((one) => this.journalChange(one, now)))),
      ...(await Promise.all((write.pieces ?? []).map((one) => this.past.piece(one, now)))),
      ...(write.people?.length ? [await this.past.people(write.people)] : []),
      ...(write.sends ?? []).map((change) => () => this.settle(change)),
    ]
    this.storage.transactionSync(() => {
      for (const change of changes) change()
      for (const { id, at } of write.awaited ?? [])
        this.sql('insert or ignore into awaited (id, at, came_at) values (?, ?, ?)', id, at, this.stamp(now))
      if (write.ignored) this.count(write.ignored)
      this.set('acked', { epoch, n })
      if (isLinked && write.keys?.length) this.set('keysMark', { epoch, n })
    })
  }

  /** What came from groups, lists, channels and status since the number was linked. */
  get ignored(): Ignored {
    return JSON.parse(this.get('ignored') ?? '{}')
  }

  private count(more: Ignored): void {
    const now = { ...this.ignored }
    for (const crowd of CROWDS) if (more[crowd]) now[crowd] = (now[crowd] ?? 0) + more[crowd]
    this.set('ignored', now)
  }

  /** The last write of this epoch. */
  acked(epoch: number): number {
    const known: { epoch: number; n: number } | null = JSON.parse(this.get('acked') ?? 'null')
    return known?.epoch === epoch ? known.n : 0
  }

  private async keyChange({ kind, id, value }: KeyRow): Promise<Change> {
    if (value === null) return () => this.sql('delete from key_row where kind = ? and id = ?', kind, id)
    const sealed = await seal(value, this.place('key', `${kind}|${id}`), this.ring())
    return () => this.sql('insert or replace into key_row (kind, id, value) values (?, ?, ?)', kind, id, sealed)
  }

  private async keptChange(message: KeptMessage, now: number): Promise<Change> {
    const sealed = await seal(JSON.stringify(message), this.place('kept', message.waId), this.ring())
    return () =>
      this.sql(
        'insert or ignore into kept (wa_id, value, at) values (?, ?, ?)',
        message.waId,
        sealed,
        message.late ? now + LATE_MS : now,
      )
  }

  private async journalChange({ name, event }: { name: string; event: object }, now: number): Promise<Change> {
    const sealed = await seal(JSON.stringify(event), this.place('journal', name), this.ring())
    return () => this.sql('insert or ignore into journal (name, event, at) values (?, ?, ?)', name, sealed, this.stamp(now))
  }

  private settle({ id, state }: SendChange): void {
    if (state === 'stored') this.sql("update send_order set state = 'stored' where id = ?", id)
    else this.sql('delete from send_order where id = ?', id)
  }

  /** The link is over: its keys open nothing any more. */
  forgetKeys(): void {
    this.sql('delete from key_row')
  }

  // Keys ---------------------------------------------------------------------------------------------------------------

  async keys(kind: string, ids: readonly string[] | null): Promise<KeyRow[]> {
    const rows =
      ids === null
        ? this.sql('select id, value from key_row where kind = ?', kind)
        : this.sql(
            'select id, value from key_row where kind = ? and id in (select value from json_each(?))',
            kind,
            JSON.stringify(ids),
          )
    return Promise.all(
      rows.map(async (row) => {
        const id = String(row['id'])
        return { kind, id, value: await unseal(String(row['value']), this.place('key', `${kind}|${id}`), this.ring()) }
      }),
    )
  }

  /** All keys as they are at one moment, and which moment that is. */
  async allKeys(): Promise<{ rows: KeyRow[]; mark: KeysMark }> {
    const mark = this.keysMark() ?? { epoch: 0, n: 0 }
    const rows = this.sql('select kind, id, value from key_row').map((row) => ({
      ...{ kind: String(row['kind']), id: String(row['id']), value: String(row['value']) },
    }))
    const open = ({ kind, id, value }: (typeof rows)[number]) => unseal(value, this.place('key', `${kind}|${id}`), this.ring())
    return {
      rows: await Promise.all(rows.map(async (row) => ({ ...row, value: await open(row) }))),
      mark: { object: this.name, ...mark },
    }
  }

  /** Takes other keys in the place of these. */
  async replaceKeys(rows: readonly KeyRow[], from: KeysMark): Promise<void> {
    const changes = await Promise.all(rows.map((row) => this.keyChange(row)))
    this.storage.transactionSync(() => {
      this.forgetKeys()
      for (const change of changes) change()
      this.set('keysMark', null)
      this.set('keysFrom', from)
    })
  }

  /** Whether the number has worked with its keys since they were as `mark` says. Of an object that is unknown here nobody can tell. */
  ranSince({ object, epoch, n }: KeysMark): boolean {
    const own = this.keysMark()
    if (object === this.name) return own !== null && (own.epoch > epoch || (own.epoch === epoch && own.n > n))
    const from: KeysMark | null = JSON.parse(this.get('keysFrom') ?? 'null')
    return from?.object === object && own !== null
  }

  /** The last write that changed keys while the number was linked. */
  private keysMark(): Omit<KeysMark, 'object'> | null {
    return JSON.parse(this.get('keysMark') ?? 'null')
  }

  async kept(waId: string): Promise<KeptMessage | null> {
    const [row] = this.sql('select value from kept where wa_id = ?', waId)
    if (!row) return null
    return KeptMessage.parse(JSON.parse(await unseal(String(row['value']), this.place('kept', waId), this.ring())))
  }

  sweep(now: number): void {
    this.sql('delete from kept where at < ?', now - KEPT_MS)
    this.sql('delete from awaited where came_at < ?', now - KEPT_MS)
    this.past.sweep(now)
  }

  // The journal --------------------------------------------------------------------------------------------------------

  /** What was told and is not handed on yet, oldest first. */
  async journal(limit: number): Promise<Told[]> {
    const rows = this.sql('select n, name, event, at from journal order by n limit ?', limit)
    return Promise.all(
      rows.map(async (row) => {
        const name = String(row['name'])
        const event = await unseal(String(row['event']), this.place('journal', name), this.ring())
        return { n: Number(row['n']), name, event, at: Number(row['at']) }
      }),
    )
  }

  /** When a message came first that had to be asked for again, and what WhatsApp's clock said; null: it opened at once. */
  awaited(id: string): { at: number; cameAt: number } | null {
    const [row] = this.sql('select at, came_at from awaited where id = ?', id)
    return row ? { at: Number(row['at']), cameAt: Number(row['came_at']) } : null
  }

  /** Our clock, never twice the same: what came first stands first. */
  private stamp(now: number): number {
    this.stamped = Math.max(now, this.stamped + 1)
    return this.stamped
  }

  handedOn(ns: readonly number[]): void {
    this.sql('delete from journal where n in (select value from json_each(?))', JSON.stringify(ns))
  }

  waiting(): number {
    return Number(this.sql('select count(*) as n from journal')[0]?.['n'] ?? 0)
  }

  // What is to be sent -------------------------------------------------------------------------------------------------

  hasOrders(): boolean {
    return this.sql('select 1 from send_order limit 1').length > 0
  }

  /** Stores an order under its id on WhatsApp; the same id again is the same order. */
  async order(id: string, order: SendOrder): Promise<void> {
    const sealed = await seal(JSON.stringify(order), this.place('order', id), this.ring())
    this.sql('insert or ignore into send_order (id, pair, body) values (?, ?, ?)', id, pairOf(order.to), sealed)
  }

  /** The first order of each customer, as far as it has the state; in the order in which they came. */
  async heads(state: 'waiting' | 'any', limit: number): Promise<Order[]> {
    const rows = this.sql(
      "select o.* from send_order o where o.n = (select min(n) from send_order x where x.pair = o.pair) and (? = 'any' or o.state = ?) order by o.n limit ?",
      state,
      state,
      limit,
    )
    return Promise.all(rows.map((row) => this.opened(row)))
  }

  private async opened(row: Row): Promise<Order> {
    const id = String(row['id'])
    const body = await unseal(String(row['body']), this.place('order', id), this.ring())
    const state = row['state'] === 'stored' ? 'stored' : row['state'] === 'given' ? 'given' : 'waiting'
    return { n: Number(row['n']), id, pair: String(row['pair']), state, order: SendOrder.parse(JSON.parse(body)) }
  }

  given(id: string): void {
    this.sql("update send_order set state = 'given' where id = ? and state = 'waiting'", id)
  }

  /** Ends every order: the number cannot send any more. `told` makes the event of each, in the same transaction. */
  async giveUp(told: (id: string, mayHaveLeft: boolean) => ChannelEvent, now: number): Promise<void> {
    const orders = this.sql('select id, state from send_order order by n')
    const changes = await Promise.all(
      orders.map(async (row) => {
        const id = String(row['id'])
        const journal = await this.journalChange(
          { name: `${id}|given-up|${now}`, event: told(id, row['state'] === 'stored') },
          now,
        )
        return () => {
          this.sql('delete from send_order where id = ?', id)
          journal()
        }
      }),
    )
    this.storage.transactionSync(() => {
      for (const change of changes) change()
    })
  }
}
