/** What the customer's phone page asks for. It sees what a phone would: nothing that is still on its way, nothing that failed. */
import { existsSync, readFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { join } from 'node:path'
import { advance, customerOf, customerReads } from './conduct.ts'
import { customerDoes } from './control/customers.ts'
import { findNumber } from './control/numbers.ts'
import { digitsOf, fieldsOf, jsonIn, textOf } from './lib/fields.ts'
import type { Fields } from './lib/fields.ts'
import { findRoute, json } from './lib/http.ts'
import type { Asked, Reply, Route } from './lib/http.ts'
import { webmToOgg } from './lib/webm.ts'
import { saveMedia } from './media.ts'
import type { Entry, SimMessage } from './model.ts'
import { sampleFile } from './samples.ts'
import type { PhoneEvent, Sim } from './sim.ts'
import { conversationId } from './world.ts'

type Command = { sim: Sim; asked: Asked; names: Record<string, string>; fields: Fields }
type Handle = (command: Command) => Reply

const routes: Route<Handle>[] = [
  { method: 'GET', path: '/api/chats', handle: chats },
  { method: 'GET', path: '/api/messages', handle: messages },
  { method: 'POST', path: '/api/messages', handle: write },
  { method: 'POST', path: '/api/read', handle: read },
  { method: 'POST', path: '/api/played', handle: played },
  { method: 'POST', path: '/api/typing', handle: typing },
  { method: 'POST', path: '/api/media', handle: upload },
  { method: 'GET', path: '/api/media/:id', handle: media },
  { method: 'GET', path: '/api/samples/:kind', handle: sample },
]

/** The pages and their files: no other path of the disk can be named. */
const PAGES: Readonly<Record<string, string>> = { '/': '/index.html', '/owner': '/owner.html' }
const FILE = /^\/[a-z]+\.(js|css)$/
const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
}

/** Answers the page and its questions. `path` comes without `/phone`. */
export function phone(sim: Sim, asked: Asked, path: string): Reply {
  const page = PAGES[path]
  if (asked.method === 'GET' && (page !== undefined || FILE.test(path))) return pageFile(page ?? path)
  const found = findRoute(routes, asked.method, path)
  if (!found) return json(404, { error: 'not found' })
  return found.route.handle({ sim, asked, names: found.names, fields: fieldsOf(jsonIn(asked.body.toString('utf8'))) })
}

function pageFile(path: string): Reply {
  const file = join(import.meta.dirname, 'phone', path)
  const type = TYPES[path.split('.')[1] ?? ''] ?? 'text/plain'
  return existsSync(file)
    ? { status: 200, headers: { 'content-type': type }, body: readFileSync(file) }
    : json(404, { error: 'not found' })
}

function chats({ sim, asked }: Command): Reply {
  const customer = digitsOf(asked.query.get('customer'))
  const items = [...sim.world.numbers.values()].map((number) => {
    const seen = visibleMessages(sim, number.id, customer)
    return {
      number: { id: number.id, kind: number.kind, name: number.name, phone: number.phone },
      last: seen.at(-1) ?? null,
      unread: seen.filter((message) => message.direction === 'out' && message.progress === 'delivered').length,
      typingUntil: sim.typing.get(conversationId(number.id, customer)) ?? null,
    }
  })
  return json(200, { items, customer: sim.world.customers.get(customer) ?? null })
}

function messages({ sim, asked }: Command): Reply {
  const number = findNumber(sim, asked.query.get('number'))
  if (!number) return json(404, { error: 'no such number' })
  return json(200, { items: visibleMessages(sim, number.id, digitsOf(asked.query.get('customer'))) })
}

type PhoneMessage = SimMessage & { media: { id: string; mime: string; name: string | null; size: number } | null }

function visibleMessages(sim: Sim, numberId: string, customer: string): PhoneMessage[] {
  const ids = sim.world.conversations.get(conversationId(numberId, customer))?.messageIds ?? []
  return ids.flatMap((id) => {
    const message = sim.world.messages.get(id)
    return message && isVisible(message) ? [withMedia(sim, message)] : []
  })
}

function isVisible({ direction, progress }: SimMessage): boolean {
  return direction === 'in' || progress === 'delivered' || progress === 'read' || progress === 'played'
}

function withMedia(sim: Sim, message: SimMessage): PhoneMessage {
  const file = sim.world.media.get(message.mediaId ?? '')
  return { ...message, media: file ? { id: file.id, mime: file.mime, name: file.name, size: file.size } : null }
}

function write({ sim, fields }: Command): Reply {
  const result = customerDoes(sim, digitsOf(fields.customer), fields)
  return typeof result === 'string' ? json(400, { error: result }) : json(200, result)
}

function read({ sim, fields }: Command): Reply {
  const number = findNumber(sim, fields.number)
  return json(200, { read: number ? customerReads(sim, number, digitsOf(fields.customer)) : 0 })
}

function played({ sim, fields }: Command): Reply {
  const message = sim.world.messageOf(textOf(fields.id) ?? '')
  if (message?.direction === 'out' && message.kind === 'voice') advance(sim, message.id, 'played')
  return json(200, {})
}

/** Only ordinary phones are told that a customer types. */
function typing({ sim, fields }: Command): Reply {
  const number = findNumber(sim, fields.number)
  const customer = digitsOf(fields.customer)
  if (number?.kind === 'session')
    void sim.web?.commands('POST', `/people/${customer}/typing`, new URLSearchParams(), {
      number: number.phone,
      state: fields.state,
    })
  return json(200, {})
}

/** The bytes of a file as they are; its name in the query. Whose it is shows when it is sent. */
function upload({ sim, asked }: Command): Reply {
  const mime = (asked.headers['content-type'] ?? 'application/octet-stream').split(';')[0]?.trim() ?? ''
  if (asked.body.length === 0) return json(400, { error: 'El archivo está vacío.' })
  const note = mime === 'audio/webm' ? webmToOgg(asked.body) : undefined
  const file = note
    ? saveMedia(sim, null, note, 'audio/ogg', null)
    : saveMedia(sim, null, asked.body, mime, asked.query.get('name') || null)
  return json(200, { id: file.id, mime: file.mime })
}

function media({ sim, asked, names }: Command): Reply {
  const file = sim.world.media.get(names.id ?? '')
  const bytes = file && sim.journal.readFile(file.id)
  if (!file || !bytes) return json(404, { error: 'no such file' })
  const name = encodeURIComponent(file.name ?? file.id)
  const headers = {
    'content-type': file.mime,
    'accept-ranges': 'bytes',
    'content-disposition': `inline; filename*=UTF-8''${name}`,
    // What a business sent must not run as a page of ours.
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
  }
  return ranged(bytes, headers, asked.headers.range)
}

/** A player asks for parts of a file, and does not let one jump about without them. */
function ranged(bytes: Uint8Array, headers: Record<string, string>, range: string | undefined): Reply {
  const match = /^bytes=(\d+)-(\d*)$/.exec(range ?? '')
  if (!match) return { status: 200, headers: { ...headers, 'content-length': String(bytes.byteLength) }, body: bytes }
  const start = Number(match[1])
  const end = match[2] ? Math.min(Number(match[2]), bytes.byteLength - 1) : bytes.byteLength - 1
  if (start > end) return { status: 416, headers: { 'content-range': `bytes */${bytes.byteLength}` }, body: '' }
  const part = bytes.subarray(start, end + 1)
  const about = { 'content-range': `bytes ${start}-${end}/${bytes.byteLength}`, 'content-length': String(part.byteLength) }
  return { status: 206, headers: { ...headers, ...about }, body: part }
}

function sample({ names }: Command): Reply {
  const file = sampleFile(names.kind ?? '')
  if (!file) return json(404, { error: 'no such sample' })
  return { status: 200, headers: { 'content-type': file.mime }, body: file.bytes }
}

export type Phones = {
  attach(customer: string, name: string | null, response: ServerResponse): void
  tell(event: PhoneEvent): void
  close(): void
}

/** The live streams (server-sent events) of all open phone pages. */
export function makePhones(sim: () => Sim): Phones {
  const open = new Set<{ customer: string; response: ServerResponse }>()
  const send = (customer: string | null, event: object) => {
    for (const page of open)
      if (customer === null || page.customer === customer) page.response.write(`data: ${JSON.stringify(event)}\n\n`)
  }
  const stopListening = sim().world.listen((entry) => toldBy(sim(), entry, send))
  const heartbeat = setInterval(() => {
    for (const page of open) page.response.write(': here\n\n')
  }, 15_000)
  heartbeat.unref()
  return {
    attach(customer, name, response) {
      if (customer.length >= 7 && name) customerOf(sim(), customer, { name })
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', connection: 'keep-alive' })
      response.write('retry: 1000\n\n')
      const page = { customer, response }
      open.add(page)
      response.on('close', () => open.delete(page))
    },
    tell: (event) => send(event.customer, event),
    close() {
      stopListening()
      clearInterval(heartbeat)
      for (const page of open) page.response.end()
    },
  }
}

function toldBy(sim: Sim, entry: Entry, send: (customer: string | null, event: object) => void): void {
  if (entry.t === 'number' || entry.t === 'reset') return send(null, { type: 'chats' })
  const message = entry.t === 'message' ? entry.message : entry.t === 'change' ? sim.world.messages.get(entry.id) : undefined
  if (message && isVisible(message)) send(message.customer, { type: 'message', message: withMedia(sim, message) })
}
