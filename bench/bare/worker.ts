/**
 * The limits that the product is measured against: an empty answer, a verified signature with one inserted row, and one
 * plain query, through the same runtime, driver and endpoint as the product's own.
 */
import { neon, neonConfig } from '@neondatabase/serverless'

type Env = { DATABASE_URL: string; NEON_HTTP_URL: string; APP_SECRET: string; LIST_SQL: string; PAGE_SQL: string }

let key: Promise<CryptoKey> | undefined

function keyOf(secret: string): Promise<CryptoKey> {
  key ??= crypto.subtle.importKey('raw', new TextEncoder().encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['verify'])
  return key
}

async function isSigned(raw: ArrayBuffer, header: string, secret: string): Promise<boolean> {
  const signature = Uint8Array.from(header.slice('sha256='.length).match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
  return crypto.subtle.verify('HMAC', await keyOf(secret), signature, raw)
}

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url)
    if (pathname === '/hello') return new Response('hello')
    neonConfig.fetchEndpoint = () => env.NEON_HTTP_URL
    const sql = neon(env.DATABASE_URL)
    if (pathname === '/list' || pathname === '/page') {
      const text = pathname === '/list' ? env.LIST_SQL : env.PAGE_SQL
      const [row] = await sql.query(text, [searchParams.get('of')])
      return new Response(String(row?.['answer']), { headers: { 'content-type': 'application/json' } })
    }
    const raw = await request.arrayBuffer()
    if (!(await isSigned(raw, request.headers.get('x-hub-signature-256') ?? '', env.APP_SECRET)))
      return new Response(null, { status: 401 })
    await sql.query('insert into bare_message (id, body) values ($1, $2)', [crypto.randomUUID(), new TextDecoder().decode(raw)])
    return new Response(null, { status: 200 })
  },
}
