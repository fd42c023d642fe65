/**
 * A number's keys. Memory is the truth while the number is ours; the Session object follows in one ordered stream of
 * pieces, each of which is written whole or not at all. What belongs together (a message and the step of its ratchet)
 * goes into one piece: {@link KeyKeeper.together}.
 */
import { BufferJSON, initAuthCreds, proto } from 'baileys'
import type { AuthenticationCreds, SignalDataSet, SignalDataTypeMap, SignalKeyStore } from 'baileys'
import { CROWDS } from '#contract/session-node.ts'
import type { Ignored, KeyRow, Write } from '#contract/session-node.ts'

/** The link, as keys need it. Both throw when the number is not ours any more: an error is never "there is none". */
export type Shore = { write(write: Write): Promise<void>; keys(kind: string, ids: string[]): Promise<KeyRow[]> }

type Piece = Omit<Write, 'keys'> & { keys: Map<string, KeyRow> }

/** Rows in memory beyond which those that were not used for longest are read again when they are needed. */
const ROWS_MAX = 5_000
/** A piece holds no more (contract/session-node.ts). */
const ROWS_OF_A_PIECE = 5_000

export class KeyKeeper {
  /** The very object that the socket holds. */
  readonly creds: AuthenticationCreds
  private readonly shore: Shore
  /** As text, oldest use first; null: there is none. What is not here is asked for. */
  private readonly rows = new Map<string, string | null>()
  /** How many pieces that are not durable yet hold this row. */
  private readonly unwritten = new Map<string, number>()
  /** Everything that there is, is in memory: nothing needs to be asked for. */
  private isWhole: boolean
  private isForgotten = false
  private piece: Piece = { keys: new Map() }
  private holders = 0
  private isDue = false
  private last: Promise<void> = Promise.resolve()
  private waiters: (() => void)[] = []

  /** `rows`: what came with the grant. Without credentials among them the number begins anew. */
  constructor(shore: Shore, rows: readonly KeyRow[]) {
    this.shore = shore
    for (const { kind, id, value } of rows) this.rows.set(`${kind} ${id}`, value)
    const creds = this.rows.get('creds creds')
    this.isWhole = !creds
    this.creds = creds ? JSON.parse(creds, BufferJSON.reviver) : initAuthCreds()
  }

  /** For the library. */
  readonly store: SignalKeyStore = {
    get: (type, ids) => this.read(type, ids),
    set: async (data) => {
      this.put(data)
      // One-time keys are offered to strangers next: what a death could take back would leave their first words unreadable.
      if (Object.values(data['pre-key'] ?? {}).some((key) => key !== null)) await this.durable()
    },
  }

  /** A part of the credentials has changed: the whole document is written, newest last. */
  saveCreds(update: Partial<AuthenticationCreds>): void {
    Object.assign(this.creds, update)
    this.putRow({ kind: 'creds', id: 'creds', value: JSON.stringify(this.creds, BufferJSON.replacer) })
  }

  /** Something else that belongs to the piece which is being gathered. */
  add(more: Omit<Write, 'keys'>): void {
    const { kept, sends, events, awaited, ignored, pieces, faces, ...rest } = more
    const { piece } = this
    Object.assign(piece, rest)
    if (kept) piece.kept = [...(piece.kept ?? []), ...kept]
    if (sends) piece.sends = [...(piece.sends ?? []), ...sends]
    if (events) piece.events = [...(piece.events ?? []), ...events]
    if (awaited) piece.awaited = [...(piece.awaited ?? []), ...awaited]
    if (ignored) piece.ignored = added(piece.ignored, ignored)
    if (pieces) piece.pieces = [...(piece.pieces ?? []), ...pieces]
    if (faces) piece.faces = [...(piece.faces ?? []), ...faces]
    this.due()
  }

  /** Whatever is written meanwhile leaves in one piece with it, or after it: never before. */
  async together<T>(task: () => Promise<T>): Promise<T> {
    this.holders += 1
    try {
      return await task()
    } finally {
      this.holders -= 1
      this.due()
    }
  }

  /** Resolves when all that was written until now is durable; rejects when it never will be. Not to be asked inside {@link together}. */
  async durable(): Promise<void> {
    if (this.holders > 0 || !this.isEmpty()) {
      const left = new Promise<void>((resolve) => this.waiters.push(resolve))
      this.due()
      await left
    }
    await this.last
  }

  /** The link is over, or begins anew: no key of it is kept, also none that a message changes which was just being opened. */
  async forget(): Promise<void> {
    this.rows.clear()
    this.isWhole = true
    this.isForgotten = true
    this.piece = { ...this.piece, keys: new Map(), forget: true }
    // At once: the next link's keys must not be written before.
    this.leaveNow()
    await this.last
  }

  private async read<T extends keyof SignalDataTypeMap>(type: T, ids: string[]): Promise<{ [id: string]: SignalDataTypeMap[T] }> {
    const unknown = this.isWhole ? [] : ids.filter((id) => !this.rows.has(`${type} ${id}`))
    if (unknown.length > 0) {
      const came = new Map((await this.shore.keys(type, unknown)).map(({ id, value }) => [id, value]))
      // What was put meanwhile is newer than the answer.
      for (const id of unknown) if (!this.rows.has(`${type} ${id}`)) this.rows.set(`${type} ${id}`, came.get(id) ?? null)
    }
    const found: { [id: string]: SignalDataTypeMap[T] } = {}
    for (const id of ids) {
      const text = this.used(`${type} ${id}`)
      if (text) found[id] = revived(type, text)
    }
    return found
  }

  private put(data: SignalDataSet): void {
    for (const [kind, values] of Object.entries(data)) {
      for (const [id, value] of Object.entries(values))
        this.putRow({ kind, id, value: value === null ? null : JSON.stringify(value, BufferJSON.replacer) })
    }
  }

  private putRow(row: KeyRow): void {
    const name = `${row.kind} ${row.id}`
    this.rows.delete(name)
    this.rows.set(name, row.value)
    if (this.isForgotten) return
    this.piece.keys.set(name, row)
    this.due()
  }

  private used(name: string): string | null | undefined {
    const text = this.rows.get(name)
    if (text === undefined) return text
    this.rows.delete(name)
    this.rows.set(name, text)
    return text
  }

  /** Pieces leave once a turn of the event loop: what happens in one turn shares one. */
  private due(): void {
    if (this.isDue) return
    this.isDue = true
    setImmediate(() => {
      this.isDue = false
      this.leave()
    })
  }

  private isEmpty(): boolean {
    const { keys, ...more } = this.piece
    return keys.size === 0 && Object.keys(more).length === 0
  }

  private leave(): void {
    if (this.holders === 0 && !this.isEmpty()) this.leaveNow()
  }

  private leaveNow(): void {
    const { keys, ...more } = this.piece
    this.piece = { keys: new Map() }
    const rows = [...keys.values()]
    const names = [...keys.keys()]
    for (const name of names) this.unwritten.set(name, (this.unwritten.get(name) ?? 0) + 1)
    // Only a first link's keys come near the limit: they stand for themselves, and go before what refers to them.
    const early = rows.splice(0, Math.max(0, rows.length - ROWS_OF_A_PIECE))
    const writes =
      early.length > 0 ? [{ keys: early }, { ...more, keys: rows }] : [{ ...more, ...(rows.length > 0 && { keys: rows }) }]
    const written = Promise.all([this.last, ...writes.map((write) => this.shore.write(write))]).then(() => this.wrote(names))
    // Whoever needs to know asks `durable`; a number that is not ours any more is told by its link.
    written.catch(() => undefined)
    this.last = written
    for (const wake of this.waiters.splice(0)) wake()
  }

  private wrote(names: readonly string[]): void {
    for (const name of names) {
      const count = (this.unwritten.get(name) ?? 1) - 1
      if (count > 0) this.unwritten.set(name, count)
      else this.unwritten.delete(name)
    }
    this.tidy()
  }

  private tidy(): void {
    if (this.rows.size <= ROWS_MAX) return
    for (const name of this.rows.keys()) {
      if (this.rows.size <= ROWS_MAX) break
      if (name === 'creds creds' || this.unwritten.has(name) || this.piece.keys.has(name)) continue
      this.rows.delete(name)
      this.isWhole = false
    }
  }
}

/** Both counted together. */
export function added(one: Ignored = {}, other: Ignored): Ignored {
  return Object.fromEntries(
    CROWDS.flatMap((crowd) => {
      const count = (one[crowd] ?? 0) + (other[crowd] ?? 0)
      return count > 0 ? [[crowd, count]] : []
    }),
  )
}

/** A value as the library had it. Keys of the app's state are a message of the protocol: reference/baileys.md §3.3. */
function revived<T extends keyof SignalDataTypeMap>(type: T, text: string): SignalDataTypeMap[T] {
  const plain = JSON.parse(text, BufferJSON.reviver)
  const key: unknown = type === 'app-state-sync-key' ? proto.Message.AppStateSyncKeyData.fromObject(plain) : plain
  if (!isValue<SignalDataTypeMap[T]>(key)) throw new Error(`the ${type} that was kept is none`)
  return key
}

/** What the library put in is what it takes out. */
function isValue<V>(value: unknown): value is V {
  return value !== null && value !== undefined
}
