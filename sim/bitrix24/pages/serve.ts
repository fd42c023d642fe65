/** The pages of a portal, where one plays its administrator and its operators, and the script that frames load. */
import { existsSync, readFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { join } from 'node:path'
import { json } from '../../lib/http.ts'
import type { Asked, Reply } from '../../lib/http.ts'
import type { Pages } from '../host.ts'
import type { Portal } from '../portal.ts'
import { cardOf, chatOf, overviewOf } from './views.ts'
import type { B24 } from '../service.ts'

type Commands = (asked: Asked, path: string) => Promise<Reply>
export type PortalPages = Pages & { script(): Reply; close(): void }

/** No other path of the disk can be named. */
const FILE = /^\/sim\/([a-z-]+\.(js|css))$/
const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
}
/** Addresses of the real portal that lead somewhere on ours. */
const PATHS = /^\/$|^\/(crm|marketplace|contact_center|online|company)(\/|$)/

function file(name: string): Reply {
  const path = join(import.meta.dirname, name)
  const type = TYPES[name.split('.').at(-1) ?? ''] ?? 'text/plain'
  return existsSync(path)
    ? { status: 200, headers: { 'content-type': type }, body: readFileSync(path) }
    : json(404, { error: 'not found' })
}

export function makePages(b24: B24, commands: () => Commands): PortalPages {
  const open = new Set<ServerResponse>()
  const heartbeat = setInterval(() => {
    for (const response of open) response.write(': here\n\n')
  }, 15_000)
  heartbeat.unref()
  return {
    script: () => file('bx24.js'),
    serve(portal: Portal, asked: Asked) {
      const { path, query } = asked
      if (PATHS.test(path)) return file('index.html')
      const [, name] = FILE.exec(path) ?? []
      // The page shares small things with the customer's phone.
      if (path === '/phone/words.js') return file('../../phone/words.js')
      if (name !== undefined) return file(name)
      if (path === '/sim/view/overview') return json(200, overviewOf(b24, portal))
      if (path === '/sim/view/chat') return found(chatOf(portal, query.get('id') ?? ''))
      if (path === '/sim/view/card') return found(cardOf(portal, query.get('id') ?? ''))
      // What the page does is a command like everybody's, about its own portal.
      if (path.startsWith('/sim/do/')) return commands()(asked, `/portals/${portal.id}/${path.slice('/sim/do/'.length)}`)
      if (path.startsWith('/sim/apps')) return commands()(asked, path.slice('/sim'.length))
      return undefined
    },
    attach(portal: Portal, response: ServerResponse) {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', connection: 'keep-alive' })
      response.write('retry: 1000\n\n')
      open.add(response)
      const leave = portal.watch((event) => response.write(`data: ${JSON.stringify(event)}\n\n`))
      response.on('close', () => {
        leave()
        open.delete(response)
      })
    },
    close: () => clearInterval(heartbeat),
  }
}

function found(value: object | undefined): Reply {
  return value ? json(200, value) : json(404, { error: 'No existe.' })
}
