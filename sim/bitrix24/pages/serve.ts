/** The pages of a portal, where one plays its administrator and its operators, and the script that frames load. */
import type { ServerResponse } from 'node:http'
import type { Asked, Reply } from '../../lib/http.ts'
import type { Pages } from '../host.ts'
import type { Portal } from '../portal.ts'
import type { B24 } from '../service.ts'

export type PortalPages = Pages & { script(): Reply }

export function makePages(b24: B24): PortalPages {
  return {
    script: () => ({ status: 200, headers: { 'content-type': 'text/javascript; charset=utf-8' }, body: '' }),
    serve: (_portal: Portal, _asked: Asked) => undefined,
    attach(portal: Portal, response: ServerResponse) {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', connection: 'keep-alive' })
      response.write('retry: 1000\n\n')
      const leave = portal.watch((event) => response.write(`data: ${JSON.stringify(event)}\n\n`))
      response.on('close', leave)
      b24.sim.after(0, () => response.write(': here\n\n'))
    },
  }
}
