/**
 * Pictures of customers: the number's phone is asked for them gently, one after the other, since many such questions look like
 * a machine's. Asked is for who writes and was not asked for in a week, and for whom WhatsApp says that theirs has changed.
 */
import type { Identities } from '#contract/channel-event.ts'
import type { To } from '#contract/session-node.ts'
import * as z from 'zod'
import { scaled, type Env } from '../../lib/env.ts'
import { sha256, toHex } from '../../lib/bytes.ts'
import { Pump } from '../../lib/pump.ts'
import { seal, unseal, type Keyring } from '../../lib/seal.ts'
import type { Answer } from './link.ts'
import type { Origin, SessionFacts } from './session-facts.ts'

const PAUSE_MS = 15_000
const FRESH_MS = 7 * 86_400_000
/** Of one day and number. */
const MOST_A_DAY = 300
const DAY_MS = 86_400_000
const TRIES = 2
const SETTLE_MS = 2_000
/** They show none, or not to us. */
const NONE: ReadonlySet<string> = new Set(['media_gone', 'picture_hidden'])

export type PhotoHouse = {
  /** Keeps somebody's picture, whose bytes wait under this ask (null: they show none). False: there is no such contact (yet). */
  photo(env: Env, origin: Origin, to: To, askId: string | null): Promise<boolean>
}
type Around = {
  /** Has the node put the bytes where the object's door takes them; `id` names them. */
  picture(to: To): Promise<Answer & { id: string }>
  isOpen(): boolean
  wakeBy(at: number): Promise<void>
  again(event: string, error: unknown): Promise<void>
}
type Row = Record<string, SqlStorageValue>

const Person = z.object({ phone: z.exactOptional(z.string()), lid: z.exactOptional(z.string()) })

export class SessionPhotos {
  private readonly ctx: DurableObjectState
  private readonly env: Env
  private readonly house: () => PhotoHouse
  private readonly facts: SessionFacts
  private readonly ring: () => Keyring
  private readonly around: Around
  private readonly asking: Pump

  constructor(
    ctx: DurableObjectState,
    env: Env,
    house: () => PhotoHouse,
    facts: SessionFacts,
    ring: () => Keyring,
    around: Around,
  ) {
    this.ctx = ctx
    this.env = env
    this.house = house
    this.facts = facts
    this.ring = ring
    this.around = around
    this.asking = new Pump(
      () => this.askNext(),
      (error) => around.again('session_photo_delayed', error),
    )
    this.sql(
      "create table if not exists photo (person text primary key, body text not null, state text not null default 'due', tries integer not null default 0, at integer not null) without rowid",
    )
  }

  private sql(query: string, ...values: SqlStorageValue[]): Row[] {
    return this.ctx.storage.sql.exec<Row>(query, ...values).toArray()
  }

  private place(): string {
    return `session|${this.ctx.id.toString()}|photo`
  }

  /** Somebody has written; `isNew`: WhatsApp says that their picture is another one. */
  async seen(people: readonly Identities[], isNew: boolean): Promise<void> {
    const now = Date.now()
    for (const { phone, lid } of people) {
      const to: To = { ...(phone && { phone }), ...(lid && { lid }) }
      const person = toHex(await sha256(`${this.place()} ${lid ?? phone ?? ''}`))
      const [known] = this.sql('select state, at from photo where person = ?', person)
      const isFresh = known !== undefined && (known['state'] === 'due' || now - Number(known['at']) < FRESH_MS)
      // Pictures of whom nobody has heard a word are nobody's business.
      if (isNew ? known === undefined : isFresh) continue
      const body = await seal(JSON.stringify(to), this.place(), this.ring())
      this.sql("insert or replace into photo (person, body, state, at) values (?, ?, 'due', ?)", person, body, now)
    }
    this.go()
  }

  go(): void {
    this.ctx.waitUntil(this.asking.run())
  }

  private async askNext(): Promise<void> {
    const { origin } = this.facts
    if (!origin || !this.around.isOpen()) return
    const [row] = this.sql("select person, body, at from photo where state = 'due' order by at limit 1")
    if (!row) return
    const now = Date.now()
    // A customer's first word is in the database a moment later: before that there is nobody whose picture it could be.
    const readyAt = Math.max(this.readyAt(now), Number(row['at']) + SETTLE_MS)
    if (readyAt > now) return this.around.wakeBy(readyAt)
    this.facts.photoAsked = { at: now, today: this.today(now) + 1 }
    const to = Person.parse(JSON.parse(await unseal(String(row['body']), this.place(), this.ring())))
    const { ok, code, id } = await this.around.picture(to)
    // The line broke: it is asked again when it is back.
    if (!ok && !NONE.has(code ?? '') && !this.around.isOpen()) return
    const isKept = !(ok || NONE.has(code ?? '')) || (await this.house().photo(this.env, origin, to, ok ? id : null))
    // It changed once more while we asked, or their first word is still on its way to the database: then it is due again.
    const { person = '', at = 0 } = row
    this.sql(
      "update photo set tries = tries + 1, state = case when ? or tries >= ? then 'asked' else 'due' end, at = ? where person = ? and at = ?",
      ...[isKept ? 1 : 0, TRIES, Date.now(), person, at],
    )
    await this.around.wakeBy(this.readyAt(Date.now()))
  }

  /** When the next question may leave. */
  private readyAt(now: number): number {
    const { at } = this.facts.photoAsked
    return this.today(now) < MOST_A_DAY ? at + scaled(this.env, PAUSE_MS) : (Math.floor(at / DAY_MS) + 1) * DAY_MS
  }

  private today(now: number): number {
    const { at, today } = this.facts.photoAsked
    return Math.floor(at / DAY_MS) === Math.floor(now / DAY_MS) ? today : 0
  }
}
