/**
 * The way between one session-node and the Worker: a WebSocket proxy that knows the frames. It can be slow, cut, or freeze
 * at the very frame that a test names, so that whoever stands behind it can be killed there.
 */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocket, WebSocketServer } from 'ws'
import type { LinkFrame, SessionFrame } from '#contract/session-node.ts'

/** `up`: from the node; `down`: from the Worker. */
export type Direction = 'up' | 'down'
export type Frame = LinkFrame | SessionFrame

export type Trap = {
  channelId: string
  direction: Direction
  fits: (frame: Frame) => boolean
  /** Does the frame itself go on? */
  passes: boolean
  /** Nothing moves in these directions any more, for this number, once the trap has sprung. */
  freezes: readonly Direction[]
  /** Called before the frame goes on. */
  sprung?: () => void
}

/** Whoever stands on the way of any node of the test. */
export type Traps = Map<Trap, () => void>

type Link = { channelId: string | null; pipes: Record<Direction, Pipe>; end(): void }

/** What waits to be carried one way, in order. */
class Pipe {
  frozen = false
  readonly held: string[] = []
  private dueAt = 0
  private readonly carry: (text: string) => void

  constructor(carry: (text: string) => void) {
    this.carry = carry
  }

  push(text: string, delayMs: number): void {
    if (this.frozen) return void this.held.push(text)
    if (delayMs === 0 && this.dueAt <= Date.now()) return this.carry(text)
    // Latency, not a narrow pipe: frames travel side by side and arrive in order.
    this.dueAt = Math.max(this.dueAt, Date.now() + delayMs)
    setTimeout(() => (this.frozen ? void this.held.push(text) : this.carry(text)), this.dueAt - Date.now())
  }
}

export type Wire = Awaited<ReturnType<typeof openWire>>

/** A proxy in front of the Worker, at an address of its own. */
export async function openWire(target: string, traps: Traps) {
  const links = new Set<Link>()
  let isAway = false
  let delay: () => number = () => 0

  const spring = (link: Link, direction: Direction, text: string): boolean => {
    if (text === 'ping' || text === 'pong' || traps.size === 0) return true
    const frame: Frame = JSON.parse(text)
    for (const [trap, caught] of traps) {
      if (trap.channelId !== link.channelId || trap.direction !== direction || !trap.fits(frame)) continue
      traps.delete(trap)
      trap.sprung?.()
      for (const each of trap.freezes) link.pipes[each].frozen = true
      if (!trap.passes) link.pipes[direction].held.push(text)
      caught()
      return trap.passes
    }
    return true
  }

  const server = createServer()
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: 30_000_000 })
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => undefined)
    if (isAway) return void socket.destroy()
    sockets.handleUpgrade(request, socket, head, (node) => {
      const path = request.url ?? '/'
      const worker = new WebSocket(`${target.replace(/^http/, 'ws')}${path}`, {
        headers: { authorization: String(request.headers.authorization) },
        perMessageDeflate: false,
        maxPayload: 30_000_000,
      })
      const early: string[] = []
      const send = (to: WebSocket) => (text: string) => void (to.readyState === WebSocket.OPEN && to.send(text))
      const link: Link = {
        channelId: /^\/session-node\/link\/([\w-]+)/.exec(path)?.[1] ?? null,
        pipes: { up: new Pipe(send(worker)), down: new Pipe(send(node)) },
        end() {
          node.terminate()
          worker.terminate()
        },
      }
      links.add(link)
      const hear = (direction: Direction, text: string): void => {
        const pipe = link.pipes[direction]
        if (pipe.frozen) pipe.held.push(text)
        else if (spring(link, direction, text)) pipe.push(text, delay())
      }
      node.on('message', (data) =>
        worker.readyState === WebSocket.CONNECTING ? early.push(String(data)) : hear('up', String(data)),
      )
      worker.on('open', () => early.forEach((text) => hear('up', text)))
      worker.on('message', (data) => hear('down', String(data)))
      const close = (other: WebSocket) => (code: number, reason: Buffer) => {
        links.delete(link)
        // 1005 and 1006 are not for the wire: the other end sees what this one saw.
        if (code === 1006) other.terminate()
        else other.close(code === 1005 ? 1000 : code, reason)
      }
      node.on('close', close(worker))
      worker.on('close', close(node))
      for (const end of [node, worker]) end.on('error', () => undefined)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const isPort = (where: ReturnType<typeof server.address>): where is AddressInfo => typeof where === 'object' && where !== null
  const at = server.address()
  if (!isPort(at)) throw new Error('the wire has no address')
  const of = (channelId: string) => [...links].filter((link) => link.channelId === channelId)
  return {
    address: `http://127.0.0.1:${at.port}`,
    runs: (channelId: string) => of(channelId).length > 0,
    /** What a frozen number holds back. */
    held: (channelId: string, direction: Direction): Frame[] =>
      of(channelId).flatMap(({ pipes }) =>
        pipes[direction].held.flatMap((text) => (text === 'ping' || text === 'pong' ? [] : [JSON.parse(text)])),
      ),
    /** Every frame takes so long. */
    slow(ms: () => number) {
      delay = ms
    },
    /** The Worker is out of reach, as if its network were gone. */
    away(is: boolean) {
      isAway = is
      if (is) for (const link of links) link.end()
    },
    async close() {
      for (const link of links) link.end()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
