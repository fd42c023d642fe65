/**
 * A local stand-in for Neon's HTTP and WebSocket endpoint: what the driver sends there goes to a plain PostgreSQL here.
 * Rows are raw text, errors carry PostgreSQL's own codes, and answers have the status codes and limits of the real proxy
 * (reference/platform.md §5; neondatabase/neon, proxy/src/serverless/sql_over_http.rs).
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { connect } from 'node:net'
import type { AddressInfo } from 'node:net'
import { createHash } from 'node:crypto'
import pg from 'pg'
import { WebSocketServer } from 'ws'
import * as z from 'zod'

export type Fault =
  | null
  /** Answers 500, as a proxy that cannot reach its compute. */
  | 'refuse'
  /** Never answers. */
  | 'hang'
  /** Commits, then drops the connection without an answer. */
  | 'cut'

export type NeonEndpoint = {
  port: number
  /** What goes into NEON_HTTP_URL. */
  url: string
  /** Misbehaves from now on; `times` counts requests, else until it is set to null. */
  fault(kind: Fault, times?: number): void
  close(): Promise<void>
}

const Query = z.object({ query: z.string(), params: z.optional(z.array(z.unknown())) })
const Body = z.union([z.object({ queries: z.array(Query) }), Query])
type Query = z.infer<typeof Query>

const RAW = { getTypeParser: () => (value: unknown) => value }
const POOL_MAX = 16
const CONNECT_MS = 5_000
/** The real proxy's own limit, both ways. */
const SIZE_MAX = 10 * 1024 * 1024
const ISOLATION: Record<string, string> = {
  ReadCommitted: 'read committed',
  ReadUncommitted: 'read uncommitted',
  RepeatableRead: 'repeatable read',
  Serializable: 'serializable',
}

/** An answer that is no success: thrown inside, sent as it is. */
class Refused extends Error {
  readonly status: number
  readonly body: object

  constructor(status: number, body: { message: string; code?: string | undefined }) {
    super(body.message)
    this.status = status
    this.body = body
  }
}

/** The same text is parsed by PostgreSQL once a connection: named by its hash. */
const names = new Map<string, string>()

function nameOf(query: string): string {
  let name = names.get(query)
  if (!name) {
    name = createHash('sha1').update(query).digest('hex')
    names.set(query, name)
  }
  return name
}

/** Statements without parameters are seldom repeated, and DDL must not be kept prepared. */
async function run(client: pg.PoolClient, { query, params }: Query): Promise<object> {
  const values = params ?? []
  const config = {
    ...(values.length > 0 ? { name: nameOf(query) } : {}),
    text: query,
    values,
    rowMode: 'array' as const,
    types: RAW,
    // One statement a query, as at the real one: the simple protocol would take a whole script.
    queryMode: 'extended',
  }
  const { command, rowCount, fields, rows } = await client.query(config)
  return {
    command,
    rowCount,
    fields: fields.map(({ name, dataTypeID, tableID, columnID, dataTypeSize, dataTypeModifier }) => ({
      name,
      dataTypeID,
      tableID,
      columnID,
      dataTypeSize,
      dataTypeModifier,
      format: 'text',
    })),
    rows,
    rowAsArray: true,
  }
}

function beginOf(headers: IncomingMessage['headers']): string {
  const level = headers['neon-batch-isolation-level']
  const isolation = ISOLATION[String(level)]
  if (level !== undefined && !isolation) throw new Refused(400, { message: 'invalid isolation level', code: '' })
  const readOnly = headers['neon-batch-read-only'] === 'true' ? ' read only' : ''
  const deferrable = headers['neon-batch-deferrable'] === 'true' ? ' deferrable' : ''
  return `begin${isolation ? ` isolation level ${isolation}` : ''}${readOnly}${deferrable}`
}

async function runBatch(client: pg.PoolClient, queries: Query[], begin: string): Promise<object> {
  await client.query(begin)
  try {
    const results: object[] = []
    for (const query of queries) results.push(await run(client, query))
    await client.query('commit')
    return { results }
  } catch (error) {
    // When this fails too, the connection is gone and PostgreSQL rolls back by itself.
    await client.query('rollback').catch(() => undefined)
    throw error
  }
}

function databaseError(error: pg.DatabaseError): object {
  const { message, code, severity, detail, hint, position, internalPosition, internalQuery } = error
  const { schema, table, column, constraint, where, routine, file, line, dataType } = error
  return {
    ...{ message, code, severity, detail, hint, position, internalPosition, internalQuery },
    ...{ schema, table, column, constraint, where, routine, file, line, dataType },
  }
}

/**
 * What the proxy makes of a failure. The compute refused the sign-in: 400. It cannot be reached: 500. A query failed:
 * 400, even when the connection broke in the middle of it; then the code is empty and nobody knows whether it committed.
 */
function refusalOf(error: unknown, connected: boolean): Refused {
  if (error instanceof Refused) return error
  const message = error instanceof Error ? error.message : String(error)
  if (error instanceof pg.DatabaseError) {
    const usersFault = connected || error.code?.startsWith('28') || error.code?.startsWith('3D')
    return new Refused(usersFault ? 400 : 500, { ...databaseError(error), message })
  }
  return new Refused(connected ? 400 : 500, { message, code: '' })
}

function bodyOf(request: IncomingMessage): Promise<string> {
  return new Promise((done, fail) => {
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > SIZE_MAX) fail(new Refused(413, { message: `request is too large (max is ${SIZE_MAX} bytes)` }))
      else chunks.push(chunk)
    })
    request.on('end', () => done(Buffer.concat(chunks).toString('utf8')))
    request.on('error', fail)
  })
}

function bodyFrom(text: string): z.infer<typeof Body> {
  try {
    return Body.parse(JSON.parse(text))
  } catch (error) {
    throw new Refused(400, { message: error instanceof Error ? error.message : 'unreadable body', code: '' })
  }
}

/** Starts the endpoint in front of the PostgreSQL on `postgresPort`. Users are trusted there: it is bound to loopback. */
export async function startNeonEndpoint(options: {
  postgresPort: number
  port?: number
  poolMax?: number
}): Promise<NeonEndpoint> {
  const pools = new Map<string, pg.Pool>()
  let fault: { kind: Fault; left: number } = { kind: null, left: 0 }

  const poolOf = (connection: string): pg.Pool => {
    const url = URL.parse(connection)
    if (!url) throw new Refused(400, { message: 'invalid connection string', code: '' })
    const key = `${url.username}${url.pathname}`
    let pool = pools.get(key)
    if (!pool) {
      pool = new pg.Pool({
        host: '127.0.0.1',
        port: options.postgresPort,
        user: decodeURIComponent(url.username),
        password: decodeURIComponent(url.password),
        database: url.pathname.slice(1) || 'postgres',
        max: options.poolMax ?? POOL_MAX,
        connectionTimeoutMillis: CONNECT_MS,
      })
      // A server that went away closes its connections, the idle and the busy ones: the next query opens new ones.
      pool.on('error', () => undefined)
      pool.on('connect', (client) => client.on('error', () => undefined))
      pools.set(key, pool)
    }
    return pool
  }

  const takeFault = (): Fault => {
    if (fault.kind === null || fault.left <= 0) return null
    fault.left -= 1
    return fault.kind
  }

  const ask = async (request: IncomingMessage): Promise<string> => {
    const body = bodyFrom(await bodyOf(request))
    const begin = beginOf(request.headers)
    let client: pg.PoolClient | undefined
    let broken = false
    try {
      client = await poolOf(String(request.headers['neon-connection-string'])).connect()
      const result = JSON.stringify('queries' in body ? await runBatch(client, body.queries, begin) : await run(client, body))
      if (result.length > SIZE_MAX)
        throw new Refused(507, { message: `response is too large (max is ${SIZE_MAX} bytes)`, code: '' })
      return result
    } catch (error) {
      broken = !(error instanceof pg.DatabaseError)
      throw refusalOf(error, client !== undefined)
    } finally {
      client?.release(broken)
    }
  }

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const kind = takeFault()
    if (kind === 'hang') return
    const answer = (status: number, body: string): void => {
      response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }).end(body)
    }
    if (kind === 'refuse') return answer(500, JSON.stringify({ message: 'the compute cannot be reached', code: '' }))
    try {
      const result = await ask(request)
      if (kind === 'cut') request.socket.destroy()
      else answer(200, result)
    } catch (error) {
      const refused = refusalOf(error, false)
      answer(refused.status, JSON.stringify(refused.body))
    }
  }

  const server = createServer((request, response) => void handle(request, response))
  server.keepAliveTimeout = 60_000
  // The driver's WebSocket mode is PostgreSQL's own protocol inside binary frames.
  const sockets = new WebSocketServer({ server })
  sockets.on('connection', (socket) => {
    const tcp = connect(options.postgresPort, '127.0.0.1')
    socket.on('message', (data: Buffer) => tcp.write(data))
    tcp.on('data', (data) => socket.send(data))
    tcp.on('close', () => socket.close())
    tcp.on('error', () => socket.close())
    socket.on('close', () => tcp.destroy())
    socket.on('error', () => tcp.destroy())
  })
  await new Promise<void>((done, fail) => {
    server.once('error', fail)
    server.listen(options.port ?? 0, '127.0.0.1', done)
  })
  const { port } = server.address() as AddressInfo
  return {
    port,
    url: `http://127.0.0.1:${port}/sql`,
    fault(kind, times = Infinity) {
      fault = { kind, left: times }
    },
    async close() {
      for (const socket of sockets.clients) socket.terminate()
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
      await Promise.all([...pools.values()].map((pool) => pool.end()))
    },
  }
}
