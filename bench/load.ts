/** The world outside, in a process of its own: posts hooks, asks the API, listens on sockets. Told what to do over IPC. */
import { createHmac } from 'node:crypto'
import { Agent, request } from 'node:http'
import WebSocket from 'ws'
import type { LiveItem } from '#contract/live.ts'
import type { Answer, Asked, GetTask, HookTask, SendTask, Task, WatchedTask } from './tasks.ts'

type Answered = { status: number; ms: number }

const now = (): number => performance.now()

function ask(agent: Agent, asked: Asked): Promise<Answered> {
  const started = now()
  return new Promise((done, fail) => {
    const { method, url, headers, body } = asked
    const outgoing = request(
      url,
      { method, agent, headers: { ...headers, 'content-length': Buffer.byteLength(body ?? '') } },
      (response) => {
        response.on('end', () => done({ status: response.statusCode ?? 0, ms: now() - started }))
        response.on('error', fail)
        response.resume()
      },
    )
    outgoing.on('error', fail)
    outgoing.end(body)
  })
}

/** Each connection asks again as soon as it has its answer, until `next` has nothing more. */
async function inTurns(connections: number, next: () => Asked | null, seen: (answer: Answered) => void): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const one = async (): Promise<void> => {
    for (let asked = next(); asked; asked = next()) seen(await ask(agent, asked))
  }
  await Promise.all(Array.from({ length: connections }, one))
  agent.destroy()
}

/** What Meta posts when a customer writes, or reads (reference/meta-cloud-api.md §3, §6). */
function hookBody(task: HookTask | WatchedTask, n: number): string {
  const phone = String(task.firstPhone + (n % task.senders))
  const id = `wamid.${task.run}${n}`
  const timestamp = String(Math.floor(Date.now() / 1000))
  const head = {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: task.phone, phone_number_id: task.phoneNumberId },
  }
  const contacts = [{ profile: { name: `Cliente ${phone}` }, wa_id: phone }]
  const messages = [{ from: phone, id, timestamp, type: 'text', text: { body: `${task.run}:${n} ${phone}` } }]
  const value =
    task.says === 'status'
      ? { ...head, statuses: [{ id, status: 'read', timestamp, recipient_id: phone }] }
      : { ...head, contacts, messages }
  return JSON.stringify({ object: 'whatsapp_business_account', entry: [{ id: '1', changes: [{ value, field: 'messages' }] }] })
}

function hook(task: HookTask | WatchedTask, n: number): Asked {
  const body = hookBody(task, n)
  const signature = createHmac('sha256', task.appSecret).update(body).digest('hex')
  return {
    method: 'POST',
    url: task.url,
    headers: { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${signature}` },
    body,
  }
}

/** Posts `count` hooks; when `live` is given, notes when each message came out of a socket, which is after its commit. */
async function postHooks(task: HookTask): Promise<Answer> {
  const postedAt: number[] = []
  const latencies: number[] = []
  const watch = task.live ? await openSocket(task.live, task.run) : null
  const statuses: Record<number, number> = {}
  const started = now()
  let n = 0
  const next = (): Asked | null => {
    if (n >= task.count) return null
    postedAt[n] = now()
    n += 1
    return hook(task, n - 1)
  }
  await inTurns(task.connections, next, ({ status, ms }) => {
    statuses[status] = (statuses[status] ?? 0) + 1
    latencies.push(ms)
  })
  const answered = (now() - started) / 1000
  if (!watch) return { seconds: answered, statuses, latencies }
  const seenAt = await watch.all(task.count)
  const seconds = (Math.max(...seenAt.values()) - started) / 1000
  watch.close()
  return { seconds, statuses, latencies, committed: [...seenAt].map(([i, at]) => at - (postedAt[i] ?? at)) }
}

type Watch = { seen: Map<number, number>; all(count: number): Promise<Map<number, number>>; close(): void }

/** A phone on the live stream, that notes when it first sees the message n of a run. */
function openSocket(live: { url: string; token: string }, run: string): Promise<Watch> {
  const socket = new WebSocket(live.url, { headers: { authorization: `Bearer ${live.token}` } })
  const seen = new Map<number, number>()
  let check = (): void => undefined
  socket.on('message', (data) => {
    const frame: { t: string; seq?: number; items?: LiveItem[] } = JSON.parse(String(data))
    for (const { event, seq } of frame.items ?? []) {
      if (seq % 100 === 0) socket.send(JSON.stringify({ t: 'ack', seq }))
      const text = event.type === 'message' ? (event.message.text ?? '') : ''
      if (!text.startsWith(`${run}:`)) continue
      const n = Number.parseInt(text.slice(run.length + 1), 10)
      if (!seen.has(n)) seen.set(n, now())
    }
    check()
  })
  const watch: Watch = {
    seen,
    all: (count) =>
      new Promise((done, fail) => {
        const timer = setTimeout(() => fail(new Error(`${seen.size} of ${count} messages came out of the socket`)), 60_000)
        check = () => {
          if (seen.size < count) return
          clearTimeout(timer)
          done(seen)
        }
        check()
      }),
    close: () => socket.terminate(),
  }
  return new Promise((done, fail) => {
    socket.once('message', () => done(watch))
    socket.once('error', fail)
  })
}

/** Hooks one after the other at an even pace, seen by many phones: how late is the first, and how late the last of them. */
async function watchHooks(task: WatchedTask): Promise<Answer> {
  const watches = await Promise.all(Array.from({ length: task.sockets }, () => openSocket(task.live, task.run)))
  const agent = new Agent({ keepAlive: true })
  const postedAt: number[] = []
  const statuses: Record<number, number> = {}
  const flights: Promise<void>[] = []
  const started = now()
  for (let n = 0; n < task.count; n += 1) {
    await new Promise((wake) => setTimeout(wake, Math.max(0, started + n * task.everyMs - now())))
    postedAt[n] = now()
    flights.push(ask(agent, hook(task, n)).then(({ status }) => void (statuses[status] = (statuses[status] ?? 0) + 1)))
  }
  await Promise.all(flights)
  const seen = await Promise.all(watches.map((watch) => watch.all(task.count)))
  for (const watch of watches) watch.close()
  agent.destroy()
  const first: number[] = []
  const last: number[] = []
  for (const [n, posted] of postedAt.entries()) {
    const times = seen.map((each) => each.get(n) ?? Number.POSITIVE_INFINITY)
    first.push(Math.min(...times) - posted)
    last.push(Math.max(...times) - Math.min(...times))
  }
  return { seconds: (now() - started) / 1000, statuses, latencies: first, committed: last }
}

/** Asks these addresses in turn for some seconds. */
async function getMany(task: GetTask): Promise<Answer> {
  const latencies: number[] = []
  const statuses: Record<number, number> = {}
  const started = now()
  const headers: Record<string, string> = task.token ? { authorization: `Bearer ${task.token}` } : {}
  let n = 0
  const next = (): Asked | null => {
    if (now() - started > task.seconds * 1000) return null
    n += 1
    return { method: 'GET', url: task.urls[n % task.urls.length] ?? '', headers }
  }
  await inTurns(task.connections, next, ({ status, ms }) => {
    statuses[status] = (statuses[status] ?? 0) + 1
    latencies.push(ms)
  })
  return { seconds: (now() - started) / 1000, statuses, latencies }
}

/** Writes these requests, in order, over so many connections. */
async function sendMany(task: SendTask): Promise<Answer> {
  const latencies: number[] = []
  const statuses: Record<number, number> = {}
  const started = now()
  const waiting = task.requests.values()
  await inTurns(
    task.connections,
    () => waiting.next().value ?? null,
    ({ status, ms }) => {
      statuses[status] = (statuses[status] ?? 0) + 1
      latencies.push(ms)
    },
  )
  return { seconds: (now() - started) / 1000, statuses, latencies }
}

function work(task: Task): Promise<Answer> {
  switch (task.do) {
    case 'hooks':
      return postHooks(task)
    case 'watch':
      return watchHooks(task)
    case 'get':
      return getMany(task)
    case 'send':
      return sendMany(task)
  }
}

process.on('message', (task: Task) => {
  work(task).then(
    (answer) => process.send?.(answer),
    (error: Error) => process.send?.({ error: error.message }),
  )
})
process.on('disconnect', () => process.exit(0))
