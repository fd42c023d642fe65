/** HTTP in plain Node: a request read whole, an answer as a value, and routes as a table. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { isFields, jsonIn } from './fields.ts'
import type { Fields } from './fields.ts'

export type Asked = {
  method: string
  /** Without the query, still encoded. */
  path: string
  query: URLSearchParams
  headers: IncomingMessage['headers']
  body: Buffer
  /** As the caller addressed us: what we hand out must be reachable the same way. */
  origin: string
}

export type Reply = { status: number; headers?: Record<string, string>; body: string | Uint8Array }

const MAX_BODY = 110 * 1024 * 1024

/** Reads a request; undefined when its body is larger than any provider takes (110 MB). */
export async function readRequest(request: IncomingMessage, ownOrigin: string): Promise<Asked | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue
    size += chunk.length
    if (size <= MAX_BODY) chunks.push(chunk)
  }
  if (size > MAX_BODY) return undefined
  const origin = request.headers.host ? `http://${request.headers.host}` : ownOrigin
  const url = new URL(request.url ?? '/', origin)
  return {
    method: request.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    body: Buffer.concat(chunks),
    origin,
  }
}

export function json(status: number, value: unknown, headers: Record<string, string> = {}): Reply {
  return { status, headers: { 'content-type': 'application/json; charset=utf-8', ...headers }, body: JSON.stringify(value) }
}

export function write(response: ServerResponse, reply: Reply): void {
  response.writeHead(reply.status, { 'cache-control': 'no-store', ...reply.headers })
  response.end(reply.body)
}

/** The body as JSON fields; undefined when it is no JSON object. */
export function bodyFields(asked: Asked): Fields | undefined {
  const value = jsonIn(asked.body.toString('utf8'))
  return isFields(value) ? value : undefined
}

/** Reads `multipart/form-data` or `application/x-www-form-urlencoded`; undefined when the body is neither. */
export async function bodyForm(asked: Asked): Promise<FormData | undefined> {
  const type = asked.headers['content-type'] ?? ''
  if (!/^(multipart\/form-data|application\/x-www-form-urlencoded)/i.test(type)) return undefined
  const bytes = Uint8Array.from(asked.body)
  return new Response(bytes, { headers: { 'content-type': type } }).formData().catch(() => undefined)
}

export function fieldOf(form: FormData | undefined, name: string): string {
  const value = form?.get(name)
  return typeof value === 'string' ? value : ''
}

export type Route<H> = { method: string; path: string; handle: H }
export type Found<H> = { route: Route<H>; names: Record<string, string> }

/** The first route whose path fits. `:name` stands for one part of a path. */
export function findRoute<H>(routes: readonly Route<H>[], method: string, path: string): Found<H> | undefined {
  for (const route of routes) {
    const names = route.method === method ? match(route.path, path) : undefined
    if (names) return { route, names }
  }
  return undefined
}

function match(pattern: string, path: string): Record<string, string> | undefined {
  const expected = pattern.split('/')
  const given = path.replace(/\/+$/, '').split('/')
  if (expected.length !== given.length) return undefined
  const names: Record<string, string> = {}
  for (const [index, part] of expected.entries()) {
    const value = given[index] ?? ''
    if (part.startsWith(':')) names[part.slice(1)] = decoded(value)
    else if (part !== value) return undefined
    if (part.startsWith(':') && value === '') return undefined
  }
  return names
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
