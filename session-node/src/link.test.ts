import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { WebSocketServer, type WebSocket } from 'ws'
import { afterEach, expect, test, vi } from 'vitest'
import { LINK_CLOSE, type LinkFrame, type SessionFrame } from '#contract/session-node.ts'
import { SessionLink, type Keeper } from './link.ts'
import { NotOurs } from './not-ours.ts'

/** Everything here crosses a socket, and a busy machine takes its time. */
const SOON = { timeout: 10_000 }
const open: { close(): void }[] = []
afterEach(() => {
  for (const one of open.splice(0)) one.close()
})

/** A Session object by hand, behind a real socket: keeps what it hears, says what it is told to. */
async function aWorker() {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await once(server, 'listening')
  open.push({ close: () => server.close() })
  const address = server.address()
  const heard: LinkFrame[] = []
  const dialled: string[] = []
  let last: WebSocket | null = null
  server.on('connection', (socket, request) => {
    last = socket
    dialled.push(new URL(request.url ?? '', 'ws://x').searchParams.get('epoch') ?? 'none')
    socket.on('message', (data) => {
      const text = String(data)
      if (text === 'ping') socket.send('pong')
      else heard.push(JSON.parse(text))
    })
  })
  const isPort = (where: typeof address): where is AddressInfo => typeof where === 'object' && where !== null
  const say = (frame: SessionFrame): void => last?.send(JSON.stringify(frame))
  const writes = () => heard.flatMap((frame) => (frame.t === 'write' ? [frame.n] : []))
  return {
    ...{ heard, dialled, say, writes },
    address: `ws://127.0.0.1:${isPort(address) ? address.port : 0}`,
    cut: () => last?.terminate(),
    close: (code: number) => last?.close(code),
    grant: (epoch: number, more: { resumed?: boolean; acked?: number } = {}) => {
      say({ t: 'granted', epoch, resumed: false, acked: 0, plan: { do: 'connect' }, ...more })
      if (!more.resumed) say({ t: 'keys', rows: [], last: true })
    },
  }
}

/** Keeps the names of what it was told. */
function aKeeper() {
  const told: string[] = []
  const note = (name: string) => () => void told.push(name)
  const keeper: Keeper = {
    begin: note('begin'),
    resumed: note('resumed'),
    plan: note('plan'),
    send: note('send'),
    stop: note('stop'),
    lost: note('lost'),
    over: note('over'),
    ask: () => Promise.resolve({ ok: true }),
  }
  return { keeper, told }
}

async function aLink() {
  const worker = await aWorker()
  const { keeper, told } = aKeeper()
  const link = new SessionLink({ address: worker.address, token: 't', node: 'n', channelId: 'c' }, keeper)
  open.push({ close: () => void link.leave() })
  await vi.waitFor(() => expect(worker.dialled).toEqual(['none']), SOON)
  worker.grant(1)
  await vi.waitFor(() => expect(told).toEqual(['begin']), SOON)
  return { worker, told, link }
}

test('a write is done when it is acknowledged, and not before', async () => {
  const { worker, link } = await aLink()
  const done: string[] = []
  const first = link.write({ sends: [{ id: 'a', state: 'sent' }] }).then(() => done.push('written'))
  await vi.waitFor(() => expect(worker.writes()).toEqual([1]), SOON)
  expect(done).toEqual([])
  worker.say({ t: 'ack', n: 1 })
  await first
  expect(done).toEqual(['written'])
})

test('what was not acknowledged when the link broke comes again, in order, and the number was ours all the time', async () => {
  const { worker, told, link } = await aLink()
  const writes = [link.write({}), link.write({}), link.write({})]
  await vi.waitFor(() => expect(worker.writes()).toEqual([1, 2, 3]), SOON)
  worker.cut()
  await vi.waitFor(() => expect(worker.dialled).toEqual(['none', '1']), SOON)
  worker.grant(1, { resumed: true, acked: 1 })
  await vi.waitFor(() => expect(worker.writes()).toEqual([1, 2, 3, 2, 3]), SOON)
  worker.say({ t: 'ack', n: 3 })
  await Promise.all(writes)
  expect(told).toEqual(['begin', 'resumed'])
})

test('a number that is another’s now is let go of at once: nothing written counts, nothing more is written', async () => {
  const { worker, told, link } = await aLink()
  const write = link.write({})
  worker.close(LINK_CLOSE.stale)
  await expect(write).rejects.toThrow(NotOurs)
  expect(told).toEqual(['begin', 'lost', 'over'])
  await expect(link.write({})).rejects.toThrow(NotOurs)
})

test('it begins anew where it came back too late', async () => {
  const { worker, told, link } = await aLink()
  const write = link.write({})
  worker.cut()
  await vi.waitFor(() => expect(worker.dialled).toEqual(['none', '1']), SOON)
  worker.grant(2)
  await expect(write).rejects.toThrow(NotOurs)
  await vi.waitFor(() => expect(told).toEqual(['begin', 'lost', 'begin']), SOON)
})

test('it gives the number back when everything is written', async () => {
  const { worker, link } = await aLink()
  void link.write({})
  const left = link.leave()
  await vi.waitFor(() => expect(worker.writes()).toEqual([1]), SOON)
  expect(worker.heard.some((frame) => frame.t === 'left')).toBe(false)
  worker.say({ t: 'ack', n: 1 })
  await left
  await vi.waitFor(() => expect(worker.heard.at(-1)).toEqual({ t: 'left' }), SOON)
})

test('a question is asked again over a break, and an answer is never guessed', async () => {
  const { worker, link } = await aLink()
  const rows = link.keys('session', ['1.0'])
  await vi.waitFor(() => expect(worker.heard.some((frame) => frame.t === 'keys')).toBe(true), SOON)
  worker.cut()
  await vi.waitFor(() => expect(worker.dialled).toHaveLength(2), SOON)
  worker.grant(1, { resumed: true })
  await vi.waitFor(() => expect(worker.heard.filter((frame) => frame.t === 'keys')).toHaveLength(2), SOON)
  const asked = worker.heard.findLast((frame) => frame.t === 'keys')
  worker.say({ t: 'found', id: asked?.t === 'keys' ? asked.id : '', rows: [{ kind: 'session', id: '1.0', value: 'x' }] })
  expect(await rows).toEqual([{ kind: 'session', id: '1.0', value: 'x' }])
})
