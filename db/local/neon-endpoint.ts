/**
 * A local stand-in for Neon's HTTP and WebSocket endpoint: what the driver sends there goes to a plain PostgreSQL here.
 * Rows are raw text and errors carry PostgreSQL's own codes, as the real one does (reference/platform.md §5).
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
  /** Answers 503, as a proxy whose compute is away. */
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
const BODY_MAX = 64 * 1024 * 1024
const ISOLATION: Record<string, string> = {
  ReadCommitted: 'read committed',
  ReadUncommitted: 'read uncommitted',
  RepeatableRead: 'repeatable read',
  Serializable: 'serializable',
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

/** Only statements that come with parameters are worth preparing: scripts and DDL pass as they are. */
async function run(client: pg.PoolClient | pg.Pool, { query, params }: Query): Promise<object> {
  const values = params ?? []
  const result = await client.query({
    ...(values.length > 0 ? { name: nameOf(query) } : {}),
    text: query,
    values,
    rowMode: 'array',
    types: RAW,
  })
  return {
    command: result.command,
    rowCount: result.rowCount,
    fields: result.fields.map(({ name, dataTypeID, tableID, columnID, dataTypeSize, dataTypeModifier, format }) => ({
      name,
      dataTypeID,
      tableID,
      columnID,
      dataTypeSize,
      dataTypeModifier,
      format,
    })),
    rows: result.rows,
    rowAsArray: true,
  }
}

function beginOf(headers: IncomingMessage['headers']): string {
  const isolation = ISOLATION[String(headers['neon-batch-isolation-level'] ?? '')]
  const readOnly = headers['neon-batch-read-only'] === 'true' ? ' read only' : ''
  const deferrable = headers['neon-batch-deferrable'] === 'true' ? ' deferrable' : ''
  return `begin${isolation ? ` isolation level ${isolation}` : ''}${readOnly}${deferrable}`
}

async function runBatch(pool: pg.Pool, queries: Query[], begin: string): Promise<object> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await client.query(begin)
    const results: object[] = []
    for (const query of queries) results.push(await run(client, query))
    await client.query('commit')
    return { results }
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => {
      broken = failure
    })
    throw error
  } finally {
    client.release(broken)
  }
}

function errorBody(error: unknown): { status: number; body: object } {
  if (error instanceof pg.DatabaseError) {
    const { message, code, severity, detail, hint, position, schema, table, column, constraint, where, routine, file, line, dataType } = error
    return {
      status: 400,
      body: { message, code, severity, detail, hint, position, schema, table, column, constraint, where, routine, file, line, dataType },
    }
  }
  return { status: 503, body: { message: error instanceof Error ? error.message : String(error) } }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size > BODY_MAX) throw new Error('request body too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** Starts the endpoint in front of the PostgreSQL on `postgresPort`. Users are trusted there: it is bound to loopback. */
export async function startNeonEndpoint(options: { postgresPort: number; port?: number; poolMax?: number }): Promise<NeonEndpoint> {
  const pools = new Map<string, pg.Pool>()
  let fault: { kind: Fault; left: number } = { kind: null, left: 0 }

  const poolOf = (connection: string): pg.Pool => {
    const url = new URL(connection)
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
        connectionTimeoutMillis: 5_000,
      })
      // A server that went away closes idle connections: the next query opens new ones.
      pool.on('error', () => undefined)
      pools.set(key, pool)
    }
    return pool
  }

  const takeFault = (): Fault => {
    if (fault.kind === null || fault.left <= 0) return null
    fault.left -= 1
    return fault.kind
  }

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const kind = takeFault()
    if (kind === 'hang') return
    const answer = (status: number, body: object): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    }
    if (kind === 'refuse') return answer(503, { message: 'the compute is away' })
    try {
      const body = Body.parse(JSON.parse(await bodyOf(request)))
      const pool = poolOf(String(request.headers['neon-connection-string'] ?? ''))
      const result = 'queries' in body ? await runBatch(pool, body.queries, beginOf(request.headers)) : await run(pool, body)
      if (kind === 'cut') return void request.socket.destroy()
      answer(200, result)
    } catch (error) {
      const { status, body } = errorBody(error)
      answer(status, body)
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
