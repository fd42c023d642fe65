/**
 * A way to the product at an address of its own, through which another version of the app can be served, or nothing be
 * answered any more. The app's files come from here, everything else from the product.
 */
import { once } from 'node:events'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { createServer, request, type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import { connect, type Socket } from 'node:net'
import { extname, join } from 'node:path'

const BUILT = join(import.meta.dirname, '..', 'dist', 'pwa')
const TYPES: Record<string, string> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

export type Door = {
  address: string
  /** From now on the next version is served, and nothing of the one before. Gives what tells its files from the others. */
  deploy(): string
  /** From now on every request is taken, and none is answered. */
  fallSilent(): void
  close(): Promise<void>
}

type Files = Map<string, Buffer>

function builtFiles(): Files {
  const names = readdirSync(BUILT, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(BUILT, name)).isFile())
  return new Map(names.map((name) => [`/${name}`, readFileSync(join(BUILT, name))]))
}

/** The same app once more, as if something had changed in each of its files: every name and every revision is another. */
function nextVersion(files: Files, mark: string): Files {
  const renamed = (text: string) =>
    text
      .replaceAll(/([\w.]+-[\w-]{8})\.(js|css)\b/g, (_, name: string, type: string) => `${name}${mark}.${type}`)
      .replaceAll(/"([0-9a-f]{31})[0-9a-f]"|`([0-9a-f]{31})[0-9a-f]`/g, (_, a?: string, b?: string) => `"${a ?? b ?? ''}x"`)
  return new Map(
    [...files].map(([name, bytes]) =>
      /\.(js|css|html|json)$/.test(name) ? [renamed(name), Buffer.from(renamed(bytes.toString()))] : [name, bytes],
    ),
  )
}

export async function aDoor(product: string): Promise<Door> {
  const to = new URL(product)
  const open = new Set<Socket>()
  let files = builtFiles()
  let isSilent = false
  const passed = (headers: IncomingHttpHeaders) => ({
    ...headers,
    host: to.host,
    ...(headers.origin ? { origin: to.origin } : {}),
  })

  const server = createServer((asked, answer) => {
    if (isSilent) return
    const path = new URL(asked.url ?? '/', product).pathname
    const name = files.has(path) ? path : /^\/(api|assets|health)(\/|$)/.test(path) ? null : '/index.html'
    if (name) {
      answer.writeHead(200, { 'content-type': TYPES[extname(name)] ?? 'application/octet-stream', 'cache-control': 'no-cache' })
      return void answer.end(files.get(name))
    }
    if (path.startsWith('/assets/')) return void answer.writeHead(404).end()
    const headers = passed(asked.headers)
    const further = request({ host: to.hostname, port: to.port, path: asked.url, method: asked.method, headers }, (given) => {
      answer.writeHead(given.statusCode ?? 502, given.headers)
      given.pipe(answer)
    })
    further.on('error', () => answer.destroy())
    asked.pipe(further)
  })
  server.on('connection', (socket: Socket) => {
    open.add(socket)
    socket.on('close', () => open.delete(socket))
  })
  server.on('upgrade', (asked: IncomingMessage, socket: Socket) => {
    if (isSilent) return
    const further = connect(Number(to.port), to.hostname, () => {
      const lines = Object.entries(passed(asked.headers)).map(([name, value]) => `${name}: ${String(value)}`)
      further.write(`GET ${asked.url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`)
      further.pipe(socket).pipe(further)
    })
    for (const end of [further, socket]) end.on('error', () => void (further.destroy(), socket.destroy()))
    socket.on('close', () => further.destroy())
  })
  server.listen(0, to.hostname)
  await once(server, 'listening')
  const at = server.address()
  if (at === null || typeof at === 'string') throw new Error('the door has no address')
  return {
    address: `${to.protocol}//${to.hostname}:${at.port}`,
    deploy() {
      const mark = '-v2'
      files = nextVersion(files, mark)
      return mark
    },
    fallSilent() {
      isSilent = true
      for (const socket of open) socket.destroy()
    },
    async close() {
      for (const socket of open) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
