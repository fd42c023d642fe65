/** The Fleet object: sees the nodes that dial in, and deals the numbers out among them. It knows no message and no key. */
import { DurableObject } from 'cloudflare:workers'
import { LEASE_MS, NodeFrame, type FleetFrame } from '#contract/session-node.ts'
import { scaled, type Env } from '../../lib/env.ts'
import { errorText, log } from '../../lib/log.ts'
import { Pump } from '../../lib/pump.ts'
import { deal, type NodeNow } from './deal.rules.ts'

/** Survives hibernation with the socket. */
type Node = NodeNow & { name: string; version: string; memoryMb: number; since: number }
/** `goneAt`: since when the node that has it has not been here. */
type Dealt = { channelId: string; node: string | null; goneAt: number | null }
/** A node as people see it. */
export type NodeSeen = {
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
      'create table if not exists number (channel_id text primary key, node text, gone_at integer) without rowid',
    )
  }

  /** Has a number run, or run no more. */
  async want(channelId: string, isWanted: boolean): Promise<void> {
    if (isWanted) this.ctx.storage.sql.exec('insert or ignore into number (channel_id) values (?)', channelId)
    else {
      const [row] = this.ctx.storage.sql
        .exec<{ node: string | null }>('delete from number where channel_id = ? returning node', channelId)
        .toArray()
      const socket = row?.node && this.socketOf(row.node)
      if (socket) say(socket, { t: 'stop', channelId })
    }
    await this.dealing.run()
  }

  /** The nodes that are here. */
  nodes(): NodeSeen[] {
    return this.ctx.getWebSockets().flatMap((socket) => {
      const node = nodeOf(socket)
      if (!node) return []
      const { name, version, capacity, memoryMb, leaving, since } = node
      return [{ name, version, capacity, memoryMb, leaving, since, running: this.runningOn(node.id) }]
    })
  }

  /** `/session-node/link`, let in by the route, which has checked the token. */
  override fetch(request: Request): Response {
    const id = request.headers.get('x-node') ?? ''
    const [client, server] = Object.values(new WebSocketPair())
    if (!client || !server) return new Response(null, { status: 500 })
    this.socketOf(id)?.close(1000, 'again')
    this.ctx.acceptWebSocket(server)
    // It is nobody until it has said what it takes.
    const unknown: Node = { id, name: '', version: '', capacity: 0, memoryMb: 0, leaving: true, since: Date.now() }
    server.serializeAttachment(unknown)
    return new Response(null, { status: 101, webSocket: client })
  }

  override async webSocketMessage(socket: WebSocket, data: string | ArrayBuffer): Promise<void> {
    const node = nodeOf(socket)
    const frame = typeof data === 'string' && data.length < FRAME_MAX ? frameOf(data) : null
    if (!node || !frame) return socket.close(1008, 'not_a_frame')
    if (frame.t === 'left') this.free(node.id, frame.channelId)
    else {
      const { name, version, capacity, memoryMb, leaving } = frame
      socket.serializeAttachment({ ...node, name, version, capacity, memoryMb, leaving } satisfies Node)
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
      .exec<{ channel_id: string; node: string | null; gone_at: number | null }>('select * from number order by channel_id')
      .toArray()
      .map((row) => ({ channelId: row.channel_id, node: row.node, goneAt: row.gone_at }))
  }

  private runningOn(node: string): number {
    return this.numbers().filter((one) => one.node === node).length
  }

  private async dealOut(): Promise<void> {
    const now = Date.now()
    const nodes = this.ctx.getWebSockets().flatMap((socket) => (this.isHeard(socket, now) ? (nodeOf(socket) ?? []) : []))
    const here = new Set(nodes.map(({ id }) => id))
    const numbers = this.numbers().map((one) => ({ channelId: one.channelId, node: this.stillOn(one, here, now) }))
    // A node that is away for a moment keeps its numbers: to the deal it is here, and full.
    const away = [...new Set(numbers.flatMap(({ node }) => (node !== null && !here.has(node) ? [node] : [])))]
    const { run, stop } = deal(numbers, [...nodes, ...away.map((id) => ({ id, capacity: 0, leaving: false }))])
    for (const { channelId, node } of stop) this.order(node, { t: 'stop', channelId })
    for (const { channelId, node } of run) await this.give(channelId, node)
    if (numbers.length > 0 && (here.size > 0 || away.length > 0))
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
    this.ctx.storage.sql.exec('update number set node = ?, gone_at = null where channel_id = ?', node, channelId)
    say(socket, { t: 'run', channelId })
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
