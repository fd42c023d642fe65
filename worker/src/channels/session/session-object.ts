/**
 * The Session object: one number's memory and its only writer. It stores what the number's node writes before it says so,
 * hands what happened to the Chat objects, keeps what must be sent until WhatsApp has it, and lets nobody speak for the
 * number but the node that holds its newest epoch. docs/sessions.md tells the whole way.
 */
import { DurableObject } from 'cloudflare:workers'
import { BEAT_MS, LEASE_MS, LINK_CLOSE } from '#contract/session-node.ts'
import type { Ask, LinkFrame, SendOrder, Standing, To, Typing, Write } from '#contract/session-node.ts'
import { scaled, settingsOf, type Env } from '../../lib/env.ts'
import { errorText, log } from '../../lib/log.ts'
import { Asked, frameOf, holderOf, tell, tellKeys, type Answer, type Holder } from './link.ts'
import { mayOwn } from './lease.rules.ts'
import { GAP_AFTER_MS, SessionPast, type PastNow } from './past.ts'
import { SessionPhotos } from './photos.ts'
import { SessionFacts, type Origin, type SessionNow } from './session-facts.ts'
import { RETRY_MS, SessionFlow, type House } from './session-flow.ts'
import { SessionStore } from './session-store.ts'
import { SessionTold } from './session-told.ts'
import { SessionUptime } from './session-uptime.ts'
import { Typists } from './typing.ts'

const DAY_MS = 86_400_000
/** These are read at once; everything else when it is needed. */
const IN_MEMORY = ['creds', 'app-state-sync-key', 'app-state-sync-version'] as const

export abstract class SessionBase extends DurableObject<Env> {
  protected abstract readonly house: House
  protected readonly store: SessionStore
  protected readonly facts: SessionFacts
  protected readonly uptimes: SessionUptime
  protected readonly asked = new Asked(() => `${settingsOf(this.env).appUrl}/session-node/files/${this.facts.origin?.channelId}`)
  private readonly typists = new Typists((ask) => this.ask(ask, 10_000))
  /** Frames are taken one after the other: sealing takes a moment, and the order is the node's. */
  private line: Promise<void> = Promise.resolve()
  private alarmAt = Infinity
  private readonly flow: SessionFlow
  protected readonly told: SessionTold
  protected readonly past: SessionPast
  private readonly photos: SessionPhotos

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    this.store = new SessionStore(ctx.storage, ctx.id.toString(), () => settingsOf(env).keyring)
    this.facts = new SessionFacts(this.store)
    this.uptimes = new SessionUptime(ctx.storage.sql)
    this.flow = new SessionFlow(ctx, env, () => this.house, this.store, this.facts, {
      socket: () => this.socket(),
      again: (event, error) => this.delayed(event, error),
      heardFrom: (customers) => this.photos.seen(customers, false),
    })
    this.photos = new SessionPhotos(
      ctx,
      env,
      () => this.house,
      this.facts,
      () => settingsOf(env).keyring,
      {
        picture: (to) => this.asked.bytes(this.socket(), (url) => ({ do: 'picture', to, url })),
        isOpen: () => this.socket() !== null && this.facts.standing.state === 'open',
        wakeBy: (at) => this.alarmBy(at),
        again: (event, error) => this.delayed(event, error),
      },
    )
    this.told = new SessionTold(env, () => this.house, this.facts, this.uptimes, {
      hasNode: () => this.socket() !== null,
      alarmBy: (at) => this.alarmBy(at),
      again: (event, error) => this.delayed(event, error),
    })
    this.past = new SessionPast(ctx, env, () => this.house, this.store.past, this.facts, {
      ask: (ask, withinMs) => this.ask(ask, withinMs),
      isOpen: () => this.socket() !== null && this.facts.standing.state === 'open',
      changed: () => this.told.turned(),
      again: (event, error) => this.delayed(event, error),
      wakeBy: (at) => this.alarmBy(at),
    })
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair('ping', 'pong'))
    // It broke with us: we heard nobody meanwhile, and whoever held the number may still do so.
    if (this.facts.hasLink && ctx.getWebSockets().length === 0) {
      this.facts.hasLink = false
      this.told.note()
      this.facts.heard(Date.now())
    }
    if (this.store.waiting() > 0) void this.alarmBy(Date.now() + 1_000)
    else if (this.facts.isLinked) void this.alarmBy(Date.now() + scaled(this.env, BEAT_MS))
  }

  // For the rest of the house ------------------------------------------------------------------------------------------

  /** Whose number this is. Said once, when it is added. */
  begin(origin: Origin): void {
    this.facts.begin(origin)
  }

  now(): SessionNow & { past: PastNow } {
    return { ...this.facts.now(), past: this.past.now() }
  }

  /** Resolves when something is other than at `rev`, or after a while. */
  async watch(rev: number): Promise<ReturnType<SessionBase['now']>> {
    if (this.facts.rev === rev) await this.told.wait()
    return this.now()
  }

  /** Takes something to send, under the id that it will have on WhatsApp. Returning means: durable; it tells why it cannot leave yet, if so. */
  async send(id: string, order: SendOrder): Promise<string | null> {
    await this.store.order(id, order)
    this.flow.give()
    return this.facts.waitsFor
  }

  /** What this customer does while we wait for their words: {@link Typists.watch}. */
  typing(to: To, seen: Typing | undefined): Promise<Typing> {
    return this.typists.watch(to, seen)
  }

  ask(ask: Ask, withinMs: number): Promise<Answer> {
    return this.asked.ask(this.socket(), () => ask, withinMs)
  }

  /** The number was resumed, or mended: what waits may go. */
  wake(): void {
    this.flow.wake()
  }

  /** Who shall run the number; null: nobody can. Whoever does now is asked to give it back. */
  async assign(node: { id: string; name: string } | null): Promise<void> {
    this.facts.assign(node)
    const socket = this.socket()
    if (socket && holderOf(socket)?.node !== node?.id) tell(socket, { t: 'stop' })
    await this.told.changed()
  }

  // The node's link ----------------------------------------------------------------------------------------------------

  /** `/session-node/link/:channelId`, let in by the route, which has checked the token. */
  override async fetch(request: Request): Promise<Response> {
    const node = request.headers.get('x-node') ?? ''
    const given = request.headers.get('x-epoch')
    const [client, server] = Object.values(new WebSocketPair())
    if (!client || !server) return new Response(null, { status: 500 })
    const asks = { node, epoch: given !== null && this.facts.isRun(Number(given)) ? Number(given) : null }
    this.noteHeard()
    const isOwners = request.headers.get('x-owner') === this.facts.owner
    const chosen = isOwners ? this.facts.assigned : null
    const verdict = mayOwn(asks, chosen, this.facts.lease, this.facts.epoch, Date.now(), scaled(this.env, LEASE_MS))
    if (verdict.do === 'deny' || verdict.do === 'wait') {
      server.accept()
      if (verdict.do === 'wait') tell(server, { t: 'wait', ms: verdict.ms })
      server.close(verdict.do === 'deny' ? LINK_CLOSE.denied : LINK_CLOSE.again, verdict.do)
      return new Response(null, { status: 101, webSocket: client })
    }
    this.facts.away()
    for (const old of this.ctx.getWebSockets()) old.close(LINK_CLOSE.replaced, 'replaced')
    this.ctx.acceptWebSocket(server)
    server.serializeAttachment({ node, epoch: verdict.epoch } satisfies Holder)
    this.facts.hasLink = true
    this.facts.own({ node, epoch: verdict.epoch, heardAt: Date.now(), left: false })
    const greeted = this.line.then(() => this.greet(server, verdict.epoch, verdict.do === 'resume'))
    // One that was granted the number and not given its keys would hold it and wait for them.
    this.line = greeted.catch((error: unknown) => this.failed(server, error))
    return new Response(null, { status: 101, webSocket: client })
  }

  private async greet(socket: WebSocket, epoch: number, resumed: boolean): Promise<void> {
    tell(socket, { t: 'granted', epoch, resumed, acked: this.store.acked(epoch), plan: this.facts.planNow })
    if (resumed) this.facts.back()
    else {
      const rows = (await Promise.all(IN_MEMORY.map((kind) => this.store.keys(kind, null)))).flat()
      tellKeys(socket, rows)
      await this.stand({ state: this.facts.isLinked ? 'connecting' : 'linking' })
    }
    await this.told.changed()
    this.flow.linked()
    this.goOn()
  }

  override webSocketMessage(socket: WebSocket, data: string | ArrayBuffer): Promise<void> {
    const frame = frameOf(data)
    if (!frame) {
      socket.close(LINK_CLOSE.denied, 'not_a_frame')
      return Promise.resolve()
    }
    // An answer is waited for by somebody; it must not queue behind what is being written.
    if (frame.t === 'done') this.asked.answered(frame)
    else this.line = this.line.then(() => this.take(socket, frame)).catch((error: unknown) => this.failed(socket, error))
    return this.line
  }

  override async webSocketClose(socket: WebSocket): Promise<void> {
    this.noteHeard(socket)
    socket.close(1000)
    if (holderOf(socket)?.epoch !== this.facts.epoch || this.socket()) return
    this.facts.hasLink = false
    this.asked.drop()
    await this.told.changed()
  }

  /** What could not be stored was not acknowledged: the node dials again and sends it again. */
  private failed(socket: WebSocket, error: unknown): void {
    log('error', { event: 'session_write_failed', channel: this.facts.origin?.channelId, error: errorText(error) })
    socket.close(LINK_CLOSE.again, 'not_written')
  }

  /** What the phone remembers, and how its people look: as far as it is to be asked. */
  private goOn(): void {
    this.past.go()
    this.photos.go()
  }

  private async take(socket: WebSocket, frame: LinkFrame): Promise<void> {
    const holder = holderOf(socket)
    const isStale = holder?.epoch !== this.facts.lease?.epoch || (frame.t === 'write' && frame.epoch !== holder?.epoch)
    if (!holder || isStale) return socket.close(LINK_CLOSE.stale, 'stale')
    switch (frame.t) {
      case 'write':
        return this.write(socket, frame)
      case 'keys':
        tell(socket, { t: 'found', id: frame.id, rows: await this.store.keys(frame.kind, frame.ids) })
        return
      case 'kept':
        tell(socket, { t: 'found', id: frame.id, kept: await this.store.kept(frame.waId) })
        return
      case 'typing':
        return this.typists.heard(frame)
      case 'left':
        this.facts.left()
        socket.close(1000, 'left')
        return this.told.changed()
      case 'done':
        return this.asked.answered(frame)
    }
  }

  private async write(socket: WebSocket, { n, epoch, write: whole }: Extract<LinkFrame, { t: 'write' }>): Promise<void> {
    const { keys: _keys, forget: _forget, standing: _standing, ...ofPeople } = whole
    const write: Write = this.facts.isRun(epoch) ? whole : ofPeople
    const acked = this.store.acked(epoch)
    // Pieces hold together in their order: where one is missing, all that follow it come again.
    if (n > acked + 1) throw new Error(`write ${n} came after ${acked}`)
    // It came twice: the acknowledgement of the first was lost.
    if (n > acked) await this.store.write(epoch, n, write, Date.now(), this.facts.isLinked)
    // Stored is stored; the node is told once it surely is.
    await this.ctx.storage.sync()
    tell(socket, { t: 'ack', n })
    if (write.standing) await this.stood(write.standing)
    if (write.events?.length) this.flow.hand()
    if (write.pieces?.length || write.people?.length) this.past.go()
    if (write.faces?.length) await this.photos.seen(write.faces, true)
    const { origin } = this.facts
    if (origin && write.sends?.some(({ code }) => code === 'session_first_contact')) await this.house.froze(this.env, origin)
    if (write.sends?.length) this.flow.give()
  }

  private async stood(standing: Standing): Promise<void> {
    if (standing.me) this.facts.linkedAs(standing.me)
    if (standing.state === 'logged_out') return this.unlink('logged_out', standing.code ?? null, standing.providerCode ?? null)
    this.facts.away()
    await this.stand(standing)
    if (standing.state === 'open') await this.opened(this.facts.back())
    if (standing.state === 'blocked') await this.flow.giveUp('session_blocked')
    await this.tellLinked()
  }

  /** The line is good. Where it was away for longer than WhatsApp surely keeps things for it, the phone is asked. */
  private async opened(awayFrom: number | null): Promise<void> {
    this.flow.opened()
    this.goOn()
    if (awayFrom === null || Date.now() - awayFrom < GAP_AFTER_MS) return
    await this.past.fillGaps(awayFrom - GAP_AFTER_MS).catch((error: unknown) => this.delayed('session_gaps_delayed', error))
  }

  /** Says once whose number it is, and ends a link that must not be. While the database is away it is said later. */
  private async tellLinked(): Promise<void> {
    const { origin, me } = this.facts
    if (!origin || !me || this.facts.linkTold === me.phone) return
    try {
      const refusal = await this.house.linked(this.env, origin, me)
      if (refusal === null) {
        this.facts.linkTold = me.phone
        return
      }
      await this.asked.ask(this.socket(), () => ({ do: 'logout' }), 10_000)
      await this.unlink('unlinked', refusal)
    } catch (error) {
      await this.delayed('session_link_not_told', error)
    }
  }

  /** The link is over: its keys open nothing any more, and what waited cannot leave. */
  protected async unlink(
    state: 'unlinked' | 'logged_out',
    code: string | null = null,
    providerCode: string | null = null,
  ): Promise<void> {
    const { origin } = this.facts
    this.store.forgetKeys()
    this.store.past.clear()
    this.facts.unlinked()
    await this.flow.giveUp(state === 'logged_out' ? 'session_logged_out' : 'session_unlinked')
    await this.stand({ state, code, providerCode })
    if (origin) await this.house.want(this.env, origin, this.facts.place, false)
    this.tellNode({ t: 'stop' })
  }

  protected async stand(standing: Standing): Promise<void> {
    this.facts.stand(standing, Date.now())
    await this.told.changed()
  }

  // What goes on by itself ---------------------------------------------------------------------------------------------

  override async alarm(): Promise<void> {
    this.alarmAt = Infinity
    this.sweep()
    await this.beat()
    await this.inLine(() => this.tellLinked())
    await this.told.problem()
    this.flow.hand()
    if (this.store.hasOrders()) this.flow.give()
    this.goOn()
    if (this.facts.isLinked) await this.alarmBy(Date.now() + scaled(this.env, BEAT_MS))
  }

  private sweep(): void {
    const now = Date.now()
    if (now - this.facts.sweptAt < DAY_MS) return
    this.store.sweep(now)
    this.uptimes.sweep(now)
    this.facts.sweptAt = now
  }

  /** A node whose pings have stopped is gone, though its socket still stands. */
  private async beat(): Promise<void> {
    const socket = this.socket()
    this.noteHeard(socket)
    if (!socket || Date.now() - (this.facts.lease?.heardAt ?? 0) < scaled(this.env, LEASE_MS)) return
    this.drop(socket, LINK_CLOSE.again, 'silent')
    await this.told.changed()
  }

  protected drop(socket: WebSocket, code: number, why: string): void {
    this.noteHeard(socket)
    this.facts.hasLink = false
    this.asked.drop()
    socket.close(code, why)
  }

  private async alarmBy(at: number): Promise<void> {
    // After a rest this isolate does not know what was set before.
    const set = this.alarmAt === Infinity ? await this.ctx.storage.getAlarm() : null
    if (this.alarmAt === Infinity) this.alarmAt = set ?? Infinity
    if (at >= this.alarmAt && this.alarmAt > Date.now()) return
    this.alarmAt = at
    await this.ctx.storage.setAlarm(at)
  }

  private async delayed(event: string, error: unknown): Promise<void> {
    log('warn', { event, channel: this.facts.origin?.channelId, error: errorText(error) })
    await this.alarmBy(Date.now() + scaled(this.env, RETRY_MS))
  }

  /**
   * Does it between two frames: nothing that a node wrote is half done meanwhile. Nor is what somebody asked for: of two who link the
   * number and end its link at once, the one who comes later has the last word, and it runs accordingly.
   */
  protected inLine<T>(work: () => Promise<T>): Promise<T> {
    const done = this.line.then(work)
    this.line = done.then(
      () => undefined,
      () => undefined,
    )
    return done
  }

  protected socket(): WebSocket | null {
    const epoch = this.facts.lease?.epoch
    return this.ctx.getWebSockets().find((one) => holderOf(one)?.epoch === epoch && one.readyState === WebSocket.OPEN) ?? null
  }

  protected tellNode(frame: Parameters<typeof tell>[1]): void {
    const socket = this.socket()
    if (socket) tell(socket, frame)
  }

  /** Writes down when the node was last heard: its pings wake nobody. */
  protected noteHeard(socket: WebSocket | null = this.socket()): void {
    const at = socket && this.ctx.getWebSocketAutoResponseTimestamp(socket)
    if (at) this.facts.heard(at.getTime())
  }
}
