/**
 * PayPal, simulated: behaves as reference/payments.md §3 says, and takes only what PayPal's public descriptions allow.
 * What judges requests is large: it is loaded when the first one comes.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { readRequest, write } from '../lib/http.ts'
import type { Asked, Reply } from '../lib/http.ts'
import { openShelf } from '../lib/shelf.ts'
import type { Sim } from '../sim.ts'
import { commandsFor } from './control.ts'
import { page } from './pages.ts'
import { openGround } from './ground.ts'
import type { Paypal } from './service.ts'
import { certificateAt } from './webhooks/sign.ts'
import { makeTeller } from './webhooks/tell.ts'

export type PaypalPort = {
  /** Answers below `/paypal`; the body has not been read yet. */
  serve(request: IncomingMessage, response: ServerResponse): Promise<void>
  /** Answers a command; the path comes without `/control/paypal`. */
  commands(asked: Asked, path: string): Promise<Reply>
  close(): Promise<void>
}

export function startPaypal(sim: Sim, dataDir: string | null): PaypalPort {
  const ground = openGround(sim, openShelf(dataDir, 'paypal'))
  const pp: Paypal = { ...ground, teller: makeTeller(ground) }
  const commands = commandsFor(pp)
  const api = lazily(async () => (await import('./serve.ts')).makeApi(pp))
  pp.teller.resume()
  return {
    commands,
    async serve(request, response) {
      const url = (request.url ?? '').slice('/paypal'.length) || '/'
      const path = url.split('?', 1)[0] ?? '/'
      const certificate = certificateAt(pp, path)
      if (certificate !== undefined)
        return write(response, { status: 200, headers: { 'content-type': 'application/x-pem-file' }, body: certificate })
      if (path === '/checkoutnow' || path.startsWith('/webapps/') || path.startsWith('/myaccount/')) {
        const asked = await readRequest(request, sim.origin())
        return write(response, (asked && page(pp, asked, path)) ?? { status: 404, body: '' })
      }
      // Under its own name, as PayPal's descriptions write it.
      const listener = await api()
      Object.assign(request, { url })
      listener(request, response)
    },
    async close() {
      await pp.teller.quiet()
      pp.shelf.close()
    },
  }
}

function lazily<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => (made ??= make())
}
