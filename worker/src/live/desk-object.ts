/**
 * The Desk: one object per account. It writes what Chat objects hand over (grouped), numbers what changed, tells the
 * phones that may see it, and puts jobs on the queue. Sockets hibernate; a phone that comes back gets what it missed.
 */
import { DurableObject } from 'cloudflare:workers'
import * as z from 'zod'
import { CLOSE, type ClientFrame, type ServerFrame } from '#contract/live.ts'
import { meOf, sessionsNow, Sight, type SessionNow } from '../identity/index.ts'
import type { Env } from '../lib/env.ts'
import { wakeJobs } from '../lib/jobs.ts'
import { errorText, log } from '../lib/log.ts'
import { databaseOf } from '../lib/sql.ts'
import { eventsOf, resultsOf, writeOrBury, type CommitResult } from './commit.ts'
import { DeskLog, ToldEvent, type Numbered } from './desk-log.ts'
import { frameOf, MAX_UNACKED, RECHECK_MS, resumeFrom, unackedAfter } from './desk.rules.ts'
import { heardBy, type Told } from './sight.rules.ts'

const BATCH_MAX = 100
const IN_FLIGHT_MAX = 2
const BACKLOG_FRAME = 200

/** Survives hibernation with the socket. */
type Reader = {
  personId: string
  sessionId: string
  lastSeen: number
  unacked: number
  checkedAt: number
  /** The app is on the screen there, with this chat open. Absent: it is not, or has never said so. */
  sees?: { chatId: string | null } | undefined
}
type Handed = { entries: string[]; resolve: (results: CommitResult[]) => void; reject: (error: unknown) => void }

const Frame: z.ZodType<ClientFrame> = z.discriminatedUnion('t', [
  z.object({ t: z.literal('ack'), seq: z.number() }),
  z.object({ t: z.literal('see'), isVisible: z.boolean(), chatId: z.nullable(z.string().check(z.maxLength(40))) }),
  z.object({ t: z.literal('noted'), id: z.string() }),
])
/** A suspended phone keeps its socket and says nothing: it is pushed to after this time (reference/pwa.md §8.6). */
const NOTED_WITHIN_MS = 3_000

export class DeskObject extends DurableObject<Env> {
  private handed: Handed[] = []
  private inFlight = 0
  /** Pushes that wait to hear who shows them already, by their id. */
  private readonly noting = new Map<string, (socket: WebSocket) => void>()
  private readonly log: DeskLog

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    this.log = new DeskLog(ctx.storage.sql)
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair('ping', 'pong'))
  }

  /** Writes entries (JSON texts) of one Chat object, in order. Rejects when the database is away: the object keeps them and comes again. */
  commit(accountId: string, entries: string[]): Promise<CommitResult[]> {
    return new Promise((resolve, reject) => {
      this.handed.push({ entries, resolve, reject })
      this.pump(accountId)
    })
  }

  /** Tells phones about changes that were written elsewhere: events as {@link changeEvents} makes them. */
  tell(events: string): void {
    this.publish(z.array(ToldEvent).parse(JSON.parse(events)))
  }

  /** A Chat object waits for its number to be resumed; it is woken by {@link resume}. */
  hold(channelId: string, objectName: string): void {
    this.log.hold(channelId, objectName)
  }

  /** Wakes every Chat object that waits for this number. */
  async resume(channelId: string): Promise<number> {
    const names = this.log.release(channelId)
    const failed: string[] = []
    for (let i = 0; i < names.length; i += 32) {
      const wakes = names.slice(i, i + 32).map(async (name) => {
        try {
          await this.env.CHATS.get(this.env.CHATS.idFromName(name)).wake()
        } catch {
          failed.push(name)
        }
      })
      await Promise.all(wakes)
    }
    for (const name of failed) this.hold(channelId, name)
    return names.length - failed.length
  }

  /** Closes the sockets of a session that ended, or all of a person's: sockets carry both as tags. */
  signedOut(sessionOrPersonId: string): void {
    for (const socket of this.ctx.getWebSockets(sessionOrPersonId)) this.bye(socket, 'signed_out')
  }

  /**
   * Rights may have changed: asks again what everybody who is online may do and see. Who sees something else reads
   * everything again; who may not be here any more is signed out. Resolves when all have been told.
   */
  async rightsChanged(): Promise<void> {
    const readers = this.ctx.getWebSockets().map(readerOf)
    const sessions = [...new Set(readers.flatMap((reader) => (reader ? [reader.sessionId] : [])))]
    if (sessions.length > 0) await this.askRights(sessions)
  }

  /** People who have the app open. */
  whoIsHere(): string[] {
    return [...new Set(this.ctx.getWebSockets().flatMap((socket) => readerOf(socket)?.personId ?? []))]
  }

  /** Sessions that have the app open. */
  sessionsHere(): string[] {
    return [...new Set(this.ctx.getWebSockets().flatMap((socket) => readerOf(socket)?.sessionId ?? []))]
  }

  /**
   * Which of these people's sessions have the app on the screen, and who of them has this chat open on any device. Each is
   * asked, since a phone that was put to sleep still has its socket.
   */
  async whoSees(id: string, people: string[], chatId: string | null): Promise<{ sessions: string[]; readers: string[] }> {
    const asked = people.flatMap((person) => this.ctx.getWebSockets(person)).filter((socket) => readerOf(socket)?.sees)
    const heard = await this.note(id, asked)
    const seeing = heard.flatMap((socket) => readerOf(socket) ?? [])
    const reading = seeing.filter(({ sees }) => chatId !== null && sees?.chatId === chatId)
    return { sessions: seeing.map(({ sessionId }) => sessionId), readers: reading.map(({ personId }) => personId) }
  }

  /** Asks these sockets; resolves with those that have answered when all have, or the time is over. */
  private async note(id: string, asked: WebSocket[]): Promise<WebSocket[]> {
    const heard: WebSocket[] = []
    const { promise, resolve } = Promise.withResolvers<void>()
    const open = asked.filter((socket) => said(socket, { t: 'note', id }))
    if (open.length === 0) return heard
    const timer = setTimeout(resolve, NOTED_WITHIN_MS)
    this.noting.set(id, (socket) => {
      if (open.includes(socket) && !heard.includes(socket)) heard.push(socket)
      if (heard.length === open.length) resolve()
    })
    await promise
    clearTimeout(timer)
    this.noting.delete(id)
    return heard
  }

  /** The newest number of the account's stream. */
  seq(): number {
    return this.log.newest
  }

  /** `GET /api/live`, let in by live/routes.ts, which has checked who it is. */
  override async fetch(request: Request): Promise<Response> {
    const personId = request.headers.get('x-person') ?? ''
    const sessionId = request.headers.get('x-session') ?? ''
    const since = Number(request.headers.get('x-since') ?? -1)
    this.log.remember(sessionId, Sight.parse(JSON.parse(request.headers.get('x-sight') ?? '')))
    const [client, server] = Object.values(new WebSocketPair())
    if (!client || !server) return new Response(null, { status: 500 })
    this.ctx.acceptWebSocket(server, [sessionId, personId])
    server.send(JSON.stringify({ t: 'hello', seq: this.log.newest }))
    this.catchUp(server, { personId, sessionId, lastSeen: since, unacked: 0, checkedAt: Date.now() })
    return new Response(null, { status: 101, webSocket: client })
  }

  override async webSocketMessage(socket: WebSocket, data: string | ArrayBuffer): Promise<void> {
    if (typeof data !== 'string' || data.length > 65_536) return this.bye(socket, 'forbidden')
    const reader = readerOf(socket)
    if (!reader) return this.bye(socket, 'again')
    const { data: frame } = Frame.safeParse(parsed(data))
    if (!frame) return
    if (frame.t === 'noted') return this.noting.get(frame.id)?.(socket)
    if (frame.t === 'see') reader.sees = frame.isVisible ? { chatId: frame.chatId } : undefined
    else reader.unacked = unackedAfter(frame.seq, reader)
    if (Date.now() - reader.checkedAt > RECHECK_MS) {
      reader.checkedAt = Date.now()
      socket.serializeAttachment(reader)
      // A database that is away signs nobody out.
      return this.askRights([reader.sessionId]).catch(() => undefined)
    }
    socket.serializeAttachment(reader)
  }

  override webSocketClose(socket: WebSocket, code: number): void {
    // 1005 and 1006 are only reported, never sent.
    socket.close(code === 1005 || code === 1006 ? 1000 : code)
    const reader = readerOf(socket)
    const others = reader ? this.ctx.getWebSockets(reader.sessionId).filter((one) => one !== socket) : []
    if (reader && others.length === 0) this.log.drop(reader.sessionId)
  }

  private async askRights(sessionIds: string[]): Promise<void> {
    const now = await sessionsNow(databaseOf(this.env), sessionIds)
    for (const sessionId of sessionIds) {
      const me = now.get(sessionId)
      if (!me) this.signedOut(sessionId)
      else if (JSON.stringify(me.sight) !== JSON.stringify(this.log.sightOf(sessionId))) this.tellRights(sessionId, me)
    }
  }

  private tellRights(sessionId: string, me: SessionNow): void {
    this.log.remember(sessionId, me.sight)
    for (const socket of this.ctx.getWebSockets(sessionId)) {
      const reader = readerOf(socket)
      if (!reader) continue
      // A key has no face that could change.
      if ('account' in me) socket.send(JSON.stringify({ t: 'me', me: meOf(me) }))
      socket.send(JSON.stringify({ t: 'resync', seq: this.log.newest }))
      socket.serializeAttachment({ ...reader, lastSeen: this.log.newest, unacked: 0 })
    }
  }

  private pump(accountId: string): void {
    while (this.inFlight < IN_FLIGHT_MAX && this.handed.length > 0) {
      const group: Handed[] = []
      let size = 0
      while (this.handed[0] && (group.length === 0 || size + this.handed[0].entries.length <= BATCH_MAX)) {
        const next = this.handed.shift()
        if (!next) break
        group.push(next)
        size += next.entries.length
      }
      this.inFlight += 1
      void this.write(accountId, group).finally(() => {
        this.inFlight -= 1
        this.pump(accountId)
      })
    }
  }

  private async write(accountId: string, group: Handed[]): Promise<void> {
    try {
      const written = await writeOrBury(
        databaseOf(this.env),
        accountId,
        group.flatMap((handed) => handed.entries),
      )
      this.publish(eventsOf(written))
      await wakeJobs(this.env, written.jobs)
      const results = resultsOf(written)
      for (const handed of group) handed.resolve(results.splice(0, handed.entries.length))
    } catch (error) {
      log('warn', { event: 'commit_failed', account: accountId, count: group.length, error: errorText(error) })
      for (const handed of group) handed.reject(error)
    }
  }

  private publish(events: Told[]): void {
    if (events.length === 0) return
    const numbered = this.log.append(events)
    for (const socket of this.ctx.getWebSockets()) {
      const reader = readerOf(socket)
      if (reader) this.send(socket, reader, numbered)
    }
  }

  private catchUp(socket: WebSocket, reader: Reader): void {
    if (reader.lastSeen < 0) reader.lastSeen = this.log.newest
    if (resumeFrom(reader.lastSeen, this.log.floor, this.log.newest) === 'resync') {
      socket.send(JSON.stringify({ t: 'resync', seq: this.log.newest }))
      socket.serializeAttachment({ ...reader, lastSeen: this.log.newest, unacked: 0 })
      return
    }
    const missed = this.log.after(reader.lastSeen)
    for (let i = 0; i < missed.length; i += BACKLOG_FRAME) {
      this.send(socket, reader, missed.slice(i, i + BACKLOG_FRAME))
      // What was missed is not "unacknowledged": a phone that was away for long is not a slow one.
      reader.unacked = 0
    }
    socket.serializeAttachment(reader)
  }

  private send(socket: WebSocket, reader: Reader, events: Numbered[]): void {
    try {
      const sight = this.log.sightOf(reader.sessionId)
      const frame = sight && frameOf(events, reader.lastSeen, (event) => heardBy(sight, reader.personId, event))
      if (!frame) return
      socket.send(frame.text)
      reader.lastSeen = frame.lastSeen
      reader.unacked += frame.count
      socket.serializeAttachment(reader)
      if (reader.unacked > MAX_UNACKED) this.bye(socket, 'too_slow')
    } catch {
      // A socket that is closing: its phone will come back and ask from where it stood.
    }
  }

  private bye(socket: WebSocket, code: keyof typeof CLOSE): void {
    socket.send(JSON.stringify({ t: 'bye', code }))
    socket.close(CLOSE[code], code)
  }
}

function readerOf(socket: WebSocket): Reader | null {
  return socket.deserializeAttachment()
}

/** Whether the frame could be sent: a socket that is closing says no. */
function said(socket: WebSocket, frame: ServerFrame): boolean {
  try {
    socket.send(JSON.stringify(frame))
    return true
  } catch {
    return false
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
