/** The Fleet object: sees the nodes that dial in, and deals the numbers out among them. It knows no message and no key. */
import { DurableObject } from 'cloudflare:workers'
import { LEASE_MS, LINK_CLOSE, NodeFrame, type FleetFrame } from '#contract/session-node.ts'
import { scaled, type Env } from '../../lib/env.ts'
import { errorText, log } from '../../lib/log.ts'
import { Pump } from '../../lib/pump.ts'
import { deal, type NodeNow } from './deal.rules.ts'

/** Survives hibernation with the socket. */
type Node = Required<Omit<NodeNow, 'settled'>> & { name: string; version: string; memoryMb: number; since: number }
/** `goneAt`: since when the node that has it has not been here. */
type Dealt = { channelId: string; node: string | null; goneAt: number | null; prefers: string | null }
/** A node as people see it. `token`: the company's own program that it is. */
export type NodeSeen = {
  token: string | null
  name: string
  version: string
  running: number
  capacity: number
  memoryMb: number
  leaving: boolean
  since: number
}

const FRAME_MAX = 200_000
/** How often it is checked that those who were given a number are still there. */
const CHECK_MS = 5_000
/** A node that has been here for so long stays, as far as one can tell. */
const SETTLED_MS = 2 * 60_000

export class FleetObject extends DurableObject<Env> {
  private readonly dealing = new Pump(
    () => this.dealOut(),
    async (error) => {
      log('warn', { event: 'fleet_not_dealt', error: errorText(error) })
      await this.ctx.storage.setAlarm(Date.now() + scaled(this.env, CHECK_MS))
    },
  )

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair('ping', 'pong'))
    ctx.storage.sql.exec(
      'create table if not exists number (channel_id text primary key, node text, gone_at integer) without rowid;' +
        'create table if not exists preference (channel_id text primary key, token text not null) without rowid;' +
        'create table if not exists expelled (token text primary key) without rowid;' +
        'create table if not exists seen (token text primary key, at integer not null, version text not null, memory_mb integer not null, capacity integer not null) without rowid',
    )
  }

  /** Has a number run, or run no more; whether it ran before. `prefers`: the program that shall run it when it can. */
  async want(channelId: string, isWanted: boolean, prefers: string | null = null): Promise<boolean> {
    const { sql } = this.ctx.storage
    const [before] = sql.exec<{ node: string | null }>('select node from number where channel_id = ?', channelId).toArray()
    sql.exec('delete from preference where channel_id = ?', channelId)
    if (isWanted) {
      sql.exec('insert or ignore into number (channel_id) values (?)', channelId)
      if (prefers !== null) sql.exec('insert into preference (channel_id, token) values (?, ?)', channelId, prefers)
    } else {
      sql.exec('delete from number where channel_id = ?', channelId)
      if (before?.node) this.order(before.node, { t: 'stop', channelId })
    }
    await this.dealing.run()
    return before !== undefined
  }

  /** This program is let in no more: its links are closed, and its numbers go to others at once. */
  async expel(token: string): Promise<void> {
    const { sql } = this.ctx.storage
    sql.exec('insert or ignore into expelled (token) values (?)', token)
    for (const socket of this.ctx.getWebSockets()) {
      const node = nodeOf(socket)
      if (node?.token !== token) continue
      const its = this.numbers().filter((one) => one.node === node.id)
      for (const { channelId } of its) {
        await this.env.SESSIONS.get(this.env.SESSIONS.idFromName(channelId)).expel(node.id)
        this.free(node.id, channelId)
      }
      socket.close(LINK_CLOSE.denied, 'expelled')
    }
    await this.dealing.run()
  }

  /** When the company's programs were last here, and what they said of themselves. */
  seen(): { token: string; at: number; version: string; memoryMb: number; capacity: number }[] {
    return this.ctx.storage.sql
      .exec<{ token: string; at: number; version: string; memory_mb: number; capacity: number }>('select * from seen')
      .toArray()
      .map(({ memory_mb: memoryMb, ...row }) => ({ ...row, memoryMb }))
  }

  /** The nodes that are here. */
  nodes(): NodeSeen[] {
    return this.ctx.getWebSockets().flatMap((socket) => {
      const node = nodeOf(socket)
      if (!node) return []
      const { token, name, version, capacity, memoryMb, leaving, since } = node
      return [{ token, name, version, capacity, memoryMb, leaving, since, running: this.runningOn(node.id) }]
    })
  }

  /** `/session-node/link`, let in by the route, which has checked the token. */
  override fetch(request: Request): Response {
    const id = request.headers.get('x-node') ?? ''
    const token = request.headers.get('x-token')
    const [client, server] = Object.values(new WebSocketPair())
    if (!client || !server) return new Response(null, { status: 500 })
    if (token !== null && this.ctx.storage.sql.exec('select 1 from expelled where token = ?', token).toArray().length > 0)
      return new Response(null, { status: 401 })
    this.socketOf(id)?.close(1000, 'again')
    this.ctx.acceptWebSocket(server)
    // It is nobody until it has said what it takes.
    // The company's own are called as the company calls them.
    const name = decodeURIComponent(request.headers.get('x-name') ?? '')
    const unknown: Node = { id, token, name, version: '', capacity: 0, memoryMb: 0, leaving: true, since: Date.now() }
    server.serializeAttachment(unknown)
    return new Response(null, { status: 101, webSocket: client })
  }

  override async webSocketMessage(socket: WebSocket, data: string | ArrayBuffer): Promise<void> {
    const node = nodeOf(socket)
    const frame = typeof data === 'string' && data.length < FRAME_MAX ? frameOf(data) : null
    if (!node || !frame) return socket.close(1008, 'not_a_frame')
    if (frame.t === 'left') this.free(node.id, frame.channelId)
    else {
      const { version, capacity, memoryMb, leaving } = frame
      const name = node.token === null ? frame.name : node.name
      socket.serializeAttachment({ ...node, name, version, capacity, memoryMb, leaving } satisfies Node)
      if (node.token !== null) this.note({ token: node.token, version, memoryMb, capacity })
      this.agree(socket, node.id, frame.running)
    }
    await this.dealing.run()
  }

  override async webSocketClose(socket: WebSocket): Promise<void> {
    socket.close(1000)
    await this.dealing.run()
  }

  override async alarm(): Promise<void> {
    await this.dealing.run()
  }

  private note({
    token,
    version,
    memoryMb,
    capacity,
  }: {
    token: string
    version: string
    memoryMb: number
    capacity: number
  }): void {
    this.ctx.storage.sql.exec(
      'insert or replace into seen (token, at, version, memory_mb, capacity) values (?, ?, ?, ?, ?)',
      ...[token, Date.now(), version, Math.round(memoryMb), capacity],
    )
  }

  private free(node: string, channelId: string): void {
    this.ctx.storage.sql.exec('update number set node = null, gone_at = null where channel_id = ? and node = ?', channelId, node)
  }

  /** What a node that came back still runs and what it was given may differ: it is told again, and what is another's is taken from it. */
  private agree(socket: WebSocket, node: string, running: readonly string[]): void {
    const given = new Set(this.numbers().flatMap((one) => (one.node === node ? [one.channelId] : [])))
    for (const channelId of given) if (!running.includes(channelId)) say(socket, { t: 'run', channelId })
    for (const channelId of running) if (!given.has(channelId)) say(socket, { t: 'stop', channelId })
  }

  private numbers(): Dealt[] {
    return this.ctx.storage.sql
      .exec<{ channel_id: string; node: string | null; gone_at: number | null; token: string | null }>(
        'select n.*, p.token from number n left join preference p on p.channel_id = n.channel_id order by n.channel_id',
      )
      .toArray()
      .map((row) => ({ channelId: row.channel_id, node: row.node, goneAt: row.gone_at, prefers: row.token }))
  }

  private runningOn(node: string): number {
    return this.numbers().filter((one) => one.node === node).length
  }

  private async dealOut(): Promise<void> {
    const now = Date.now()
    const nodes = this.ctx.getWebSockets().flatMap((socket) => {
      const node = this.isHeard(socket, now) ? nodeOf(socket) : null
      return node ? [{ ...node, settled: now - node.since >= SETTLED_MS }] : []
    })
    const here = new Set(nodes.map(({ id }) => id))
    const numbers = this.numbers().map((one) => ({ ...one, node: this.stillOn(one, here, now) }))
    // A node that is away for a moment keeps its numbers: to the deal it is here, and full.
    const away = [...new Set(numbers.flatMap(({ node }) => (node !== null && !here.has(node) ? [node] : [])))]
    const { run, stop } = deal(numbers, [...nodes, ...away.map((id) => ({ id, capacity: 0, leaving: false }))])
    for (const { channelId, node } of stop) this.order(node, { t: 'stop', channelId })
    for (const { channelId, node } of run) await this.give(channelId, node)
    // One that stands still with its link open may be heard again without a word to us: looked at until its link ends.
    if (numbers.length > 0 && this.ctx.getWebSockets().length + away.length > 0)
      await this.ctx.storage.setAlarm(now + scaled(this.env, CHECK_MS))
  }

  /** The node that has the number, or null when it has been gone for as long as its right lasts. */
  private stillOn({ channelId, node, goneAt }: Dealt, here: ReadonlySet<string>, now: number): string | null {
    const since = node !== null && here.has(node) ? null : (goneAt ?? now)
    // One whose socket still stands, and says nothing, has been gone that long already.
    const isOver =
      node !== null &&
      since !== null &&
      (now - since >= scaled(this.env, LEASE_MS - CHECK_MS) || this.socketOf(node) !== undefined)
    const stays = isOver ? null : node
    if (stays !== node || since !== goneAt)
      this.ctx.storage.sql.exec('update number set node = ?, gone_at = ? where channel_id = ?', stays, stays && since, channelId)
    return stays
  }

  /** The Session object is told first: it lets nobody in whom it does not expect. */
  private async give(channelId: string, node: string): Promise<void> {
    const socket = this.socketOf(node)
    const seen = socket && nodeOf(socket)
    if (!socket || !seen) return
    await this.env.SESSIONS.get(this.env.SESSIONS.idFromName(channelId)).assign({ id: node, name: seen.name })
    const { sql } = this.ctx.storage
    const given = sql.exec('update number set node = ?, gone_at = null where channel_id = ? returning node', node, channelId)
    // Meanwhile it may have been wanted no more: there was nobody yet who could be told to stop.
    if (given.toArray().length > 0) say(socket, { t: 'run', channelId })
  }

  private order(node: string, frame: FleetFrame): void {
    const socket = this.socketOf(node)
    if (socket) say(socket, frame)
  }

  private socketOf(node: string): WebSocket | undefined {
    return this.ctx.getWebSockets().find((socket) => nodeOf(socket)?.id === node && socket.readyState === WebSocket.OPEN)
  }

  /** A node whose pings have stopped is gone, though its socket still stands. */
  private isHeard(socket: WebSocket, now: number): boolean {
    const node = nodeOf(socket)
    const at = this.ctx.getWebSocketAutoResponseTimestamp(socket)?.getTime() ?? node?.since ?? 0
    return node !== null && socket.readyState === WebSocket.OPEN && now - at < scaled(this.env, LEASE_MS)
  }
}

function nodeOf(socket: WebSocket): Node | null {
  return socket.deserializeAttachment()
}

function frameOf(data: string): NodeFrame | null {
  try {
    return NodeFrame.safeParse(JSON.parse(data)).data ?? null
  } catch {
    return null
  }
}

function say(socket: WebSocket, frame: FleetFrame): void {
  try {
    socket.send(JSON.stringify(frame))
  } catch {
    // It is closing: its node dials again and is told what it shall run.
  }
}
