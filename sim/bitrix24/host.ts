/** A portal's own web server: a host of its own, as in life, so that frames, cookies and redirects are honest. */
import { createServer } from 'node:http'
import type { Server, ServerResponse } from 'node:http'
import { json, readRequest, write } from '../lib/http.ts'
import type { Asked, Reply } from '../lib/http.ts'
import { serveFile } from './files.ts'
import type { Served } from '../provider.ts'
import { authorize } from './oauth/authorize.ts'
import type { Portal } from './portal.ts'
import { rest } from './rest/dispatch.ts'
import type { Limits } from './rest/limits.ts'
import type { B24 } from './service.ts'

/** Pages and live streams of the portal, when there are any. */
export type Pages = {
  serve(portal: Portal, asked: Asked): Promise<Reply | undefined> | Reply | undefined
  attach(portal: Portal, response: ServerResponse): void
}

export type Hosts = {
  /** Opens a portal's host; on this port when it is free, else on any. */
  open(portal: Portal, port: number): Promise<number>
  close(): Promise<void>
}

export function makeHosts(b24: B24, limits: Limits, pages: Pages): Hosts {
  const servers = new Set<Server>()
  const listen = (server: Server, port: number, host: string): Promise<number | undefined> =>
    new Promise((resolve) => {
      server.once('error', () => resolve(undefined))
      server.listen(port, host, () => {
        const address = server.address()
        resolve(typeof address === 'object' && address !== null ? address.port : undefined)
      })
    })
  return {
    async open(portal, port) {
      const own: { port: number } = { port }
      const make = () => {
        const server = makeServer(b24, limits, pages, portal, () => own.port)
        servers.add(server)
        return server
      }
      const found = (await listen(make(), port, '127.0.0.1')) ?? (await listen(make(), 0, '127.0.0.1'))
      if (found === undefined) throw new Error('no port for the portal')
      own.port = found
      // `localhost` may mean either; where there is no IPv6 the first one is enough.
      await listen(make(), found, '::1')
      return found
    },
    async close() {
      for (const server of servers) {
        server.closeAllConnections()
        if (server.listening) await new Promise<void>((resolve) => server.close(() => resolve()))
      }
    },
  }
}

function makeServer(b24: B24, limits: Limits, pages: Pages, portal: Portal, ownPort: () => number): Server {
  return createServer((request, response) => {
    const work = async () => {
      const asked = await readRequest(request, `http://${portal.row().domain}`).catch(() => undefined)
      if (!asked) return write(response, json(413, { error: 'too large' }))
      const { domain, port, settings } = portal.row()
      const isPage = asked.path === '/' || asked.path.startsWith('/sim/')
      if (settings.isAway && !isPage) return void request.socket.destroy()
      // A renamed portal: whoever asks at the old address is sent to the new one.
      if (ownPort() !== port) {
        const location = `http://${domain}${request.url ?? '/'}`
        return write(response, { status: 302, headers: { location }, body: '' })
      }
      if (asked.path === '/sim/live') return pages.attach(portal, response)
      const below = /^\/rest(\/.*)?$/.exec(asked.path)
      if (below) return finish(await rest(b24, limits, portal, asked, below[1] ?? '', request.socket.remoteAddress ?? ''))
      write(response, (await ownPage(b24, pages, portal, asked)) ?? json(404, { error: 'nothing here' }))
    }
    const finish = ({ reply, slowMs, drop }: Served) => {
      const end = () => (drop ? void request.socket.destroy() : write(response, reply))
      if (slowMs > 0) b24.sim.after(slowMs, end)
      else end()
    }
    work().catch((error: unknown) => {
      console.error('bitrix24:', request.method, request.url, error)
      if (!response.headersSent) write(response, json(500, { error: 'INTERNAL_SERVER_ERROR', error_description: 'simulator' }))
    })
  })
}

async function ownPage(b24: B24, pages: Pages, portal: Portal, asked: Asked): Promise<Reply | undefined> {
  if (asked.path.replace(/\/$/, '') === '/oauth/authorize') return authorize(b24, portal, asked)
  return (await serveFile(b24, portal, asked)) ?? pages.serve(portal, asked)
}
