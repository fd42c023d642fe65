/** One HTTP server for the simulated outside world: Meta, Gupshup, the customers' phones, and commands for all of it. */
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { startBitrix24 } from './bitrix24/index.ts'
import type { Bitrix24Port } from './bitrix24/index.ts'
import { clientsProvider } from './clients/api.ts'
import { control } from './control/routes.ts'
import { resume } from './conduct.ts'
import { gupshupProvider, partnerProvider } from './gupshup/api.ts'
import { memoryJournal, openJournal } from './journal.ts'
import { digitsOf, jsonIn } from './lib/fields.ts'
import { json, readRequest, write } from './lib/http.ts'
import type { Asked, Reply } from './lib/http.ts'
import { metaProvider } from './meta/graph.ts'
import { makeMailHook } from './mail-hook/service.ts'
import { makeMisbehaviours } from './misbehaviour.ts'
import { startPaypal } from './paypal/index.ts'
import type { PaypalPort } from './paypal/index.ts'
import { Outbox } from './outbox.ts'
import { makePhones, phone } from './phone-api.ts'
import type { Phones } from './phone-api.ts'
import { serveProvider } from './provider.ts'
import { makePushService } from './push/service.ts'
import type { Provider, Served } from './provider.ts'
import { openStripe } from './stripe/index.ts'
import type { StripePort } from './stripe/index.ts'
import type { StripeOptions } from './stripe/port.ts'
import type { Pace, Sim, WebPort } from './sim.ts'
import { makeWorld } from './world.ts'

export type SimulatorOptions = {
  /** 0: any free one. */
  port: number
  /** State is kept in `<dataDir>/sim/`; null: in memory alone. */
  dataDir: string | null
  /** Where the product is: the base of hooks that are given as paths. */
  appOrigin: string
  /** How fast WhatsApp is; quicker than the real one by default. */
  pace?: Pace
  /** Numbers on ordinary phones too: WhatsApp Web, with a media host on the next port. */
  whatsappWeb?: boolean
  stripe?: StripeOptions
  /** Pauses between tries of a webhook, in milliseconds; the last one stays. */
  hookPausesMs?: readonly number[]
  random?: () => number
  now?: () => number
}

export type Simulators = {
  port: number
  origin: string
  /** Where WhatsApp Web is and whom to trust for its files; null when it was not asked for. */
  web: Pick<WebPort, 'url' | 'mediaCa' | 'mediaCaFile'> | null
  close(): Promise<void>
}

const PACE: Pace = { sentMs: 60, deliveredMs: 180 }
const HOOK_PAUSES_MS = [200, 400, 800, 1500, 3000, 5000]
const HOOK_TIMEOUT_MS = 10_000

/** Starts the simulators on 127.0.0.1. With `dataDir` they go on where they were, also after a kill -9. */
export async function startSimulators(options: SimulatorOptions): Promise<Simulators> {
  const { dataDir, appOrigin, pace = PACE, hookPausesMs = HOOK_PAUSES_MS, random = Math.random, now = Date.now } = options
  const journal = dataDir === null ? memoryJournal() : openJournal(dataDir)
  const world = makeWorld(journal.entries, journal.write)
  journal.compact(world.snapshot())
  const misbehaviours = makeMisbehaviours(random, now)
  const timers = new Set<NodeJS.Timeout>()
  let origin = ''
  const server = createServer()
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(options.port, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : options.port
  origin = `http://127.0.0.1:${port}`
  const sim: Sim = {
    ...{
      world,
      journal,
      misbehaviours,
      appOrigin,
      pace,
      now,
      origin: () => origin,
      web: null,
      typing: new Map<string, number>(),
    },
    push: makePushService(now, () => origin),
    mailHook: makeMailHook(now, (ms) => new Promise((done) => sim.after(ms, done))),
    outbox: new Outbox({ world, misbehaviours, now, pausesMs: hookPausesMs, timeoutMs: HOOK_TIMEOUT_MS }),
    after(ms, task) {
      const timer = setTimeout(() => {
        timers.delete(timer)
        task()
      }, ms)
      timers.add(timer)
    },
    tellPhones: (event) => phones.tell(event),
  }
  const phones = makePhones(() => sim)
  if (options.whatsappWeb) {
    // Its library is large: only who asks for it loads it.
    const { startWhatsappWeb } = await import('./whatsapp-web/index.ts')
    sim.web = await startWhatsappWeb(sim, server, port, dataDir)
  }
  // Portals have hosts of their own: after the port of WhatsApp Web's files.
  const bitrix24 = await startBitrix24(sim, dataDir, options.port === 0 ? 0 : port + 2)
  const stripe = openStripe(sim, dataDir, options.stripe ?? {})
  const paypal = startPaypal(sim, dataDir)
  resume(sim)
  const house = makeHouse(sim, phones, { bitrix24, stripe, paypal })
  server.on('request', (request, response) => void house(request, response))
  return {
    port,
    origin,
    web: sim.web,
    async close() {
      for (const timer of timers) clearTimeout(timer)
      phones.close()
      sim.outbox.close()
      await sim.web?.close()
      await bitrix24.close()
      await stripe.close()
      await paypal.close()
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
      journal.close()
    },
  }
}

type House = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/** Those who answer for themselves. */
type Worlds = { bitrix24: Bitrix24Port; stripe: StripePort; paypal: PaypalPort }

function makeHouse(sim: Sim, phones: Phones, { bitrix24, stripe, paypal }: Worlds): House {
  // The longer name first: it begins with the shorter one.
  const providers: [string, Provider][] = [
    ['/meta', metaProvider(sim)],
    ['/clients-api', clientsProvider(sim)],
    ['/gupshup-partner', partnerProvider(sim)],
    ['/gupshup', gupshupProvider(sim)],
  ]
  return async (request, response) => {
    // Its own door reads the request: what it refuses depends on how the body is written.
    if (stripe.takes(request.url ?? '')) return stripe.api(request, response)
    // It reads for itself: its requests are judged by express-openapi-validator.
    if (below('/paypal', (request.url ?? '').split('?', 1)[0] ?? '') !== null) return paypal.serve(request, response)
    const asked = await readRequest(request, sim.origin()).catch(() => undefined)
    if (!asked) return void write(response, json(413, { error: 'too large' }))
    const provider = providers.find(([prefix]) => below(prefix, asked.path) !== null)
    try {
      const oauth = below('/bitrix24', asked.path)
      const portalCommand = below('/control/bitrix24', asked.path)
      const stripePage = below('/stripe', asked.path)
      const stripeCommand = below('/control/stripe', asked.path)
      const paypalCommand = below('/control/paypal', asked.path)
      if (provider) await serve(sim, provider[1], asked, below(provider[0], asked.path) ?? '', response)
      else if (oauth !== null) finish(sim, bitrix24.serve(asked, oauth), response)
      else if (portalCommand !== null) write(response, await bitrix24.commands(asked, portalCommand))
      else if (stripePage !== null) write(response, await stripe.page(asked, stripePage))
      else if (stripeCommand !== null) write(response, await stripe.commands(asked, stripeCommand))
      else if (paypalCommand !== null) write(response, await paypal.commands(asked, paypalCommand))
      else if (asked.path === '/phone/api/live')
        phones.attach(digitsOf(asked.query.get('customer')), asked.query.get('name'), response)
      else write(response, await ownPages(sim, asked))
    } catch (error) {
      console.error('sim:', asked.method, asked.path, error)
      if (!response.headersSent) write(response, json(500, { error: 'the simulator itself failed; see its log' }))
    }
  }
}

async function serve(sim: Sim, provider: Provider, asked: Asked, path: string, response: ServerResponse): Promise<void> {
  finish(sim, await serveProvider(sim, provider, asked, path), response)
}

function finish(sim: Sim, { reply, drop, slowMs }: Served, response: ServerResponse): void {
  const end = () => (drop ? response.socket?.destroy() : write(response, reply))
  if (slowMs > 0) sim.after(slowMs, end)
  else end()
}

async function ownPages(sim: Sim, asked: Asked): Promise<Reply> {
  const webCommand = below('/control/whatsapp-web', asked.path)
  if (webCommand !== null) return webControl(sim, asked, webCommand)
  const command = below('/control', asked.path)
  if (command !== null) return control(sim, asked, command)
  const owner = below('/phone/api/owner', asked.path)
  if (owner !== null) return webControl(sim, asked, owner === '' ? '/owner' : owner)
  const page = below('/phone', asked.path)
  if (page === '')
    return { status: 302, headers: { location: `/phone/${asked.query.size > 0 ? `?${asked.query}` : ''}` }, body: '' }
  if (page !== null) return phone(sim, asked, page)
  const subscription = below('/push', asked.path)
  if (subscription !== null) return sim.push.take(asked, subscription.slice(1))
  const mailBox = below('/mail-hook', asked.path)
  if (mailBox) return sim.mailHook.take(asked, mailBox.slice(1))
  if (asked.path === '/') return { status: 302, headers: { location: '/phone/' }, body: '' }
  if (asked.path === '/health')
    return json(200, { ok: true, numbers: sim.world.numbers.size, pendingHooks: sim.outbox.pending().length })
  return json(404, {
    error:
      'nothing here: /phone/, /control, /meta/v25.0, /gupshup, /gupshup-partner, /clients-api, /bitrix24, /paypal, /push, /mail-hook/<name>, /v1 and /stripe',
  })
}

/** The phones of businesses, and the screens that are linked to them. */
async function webControl(sim: Sim, asked: Asked, path: string): Promise<Reply> {
  if (!sim.web) return json(404, { error: 'these simulators were started without WhatsApp Web' })
  return sim.web.commands(asked.method, path.replace(/\/+$/, ''), asked.query, jsonIn(asked.body.toString('utf8')))
}

/** The rest of a path below a prefix; null when it is not below it. */
function below(prefix: string, path: string): string | null {
  return path === prefix || path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : null
}
