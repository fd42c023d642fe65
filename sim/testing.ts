/** For tests: the simulators in this process, and a tiny app which notes what its hooks get. */
import { createServer } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'
import { hmacHex } from './lib/ids.ts'
import { fieldsOf, listOf } from './lib/fields.ts'
import type { Fields } from './lib/fields.ts'
import type { SimulatorOptions } from './server.ts'
import { startSimulators } from './server.ts'

export type Hooked = { path: string; headers: IncomingHttpHeaders; raw: string; body: Fields }

/** An app whose hooks answer 200, until `answers` holds other statuses: they are given out one by one. */
export async function anApp() {
  const got: Hooked[] = []
  const answers: number[] = []
  const waiting = new Set<() => void>()
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const raw = Buffer.concat(parts).toString('utf8')
      const challenge = new URL(request.url ?? '/', 'http://app').searchParams.get('hub.challenge')
      got.push({ path: request.url ?? '', headers: request.headers, raw, body: raw === '' ? {} : fieldsOf(JSON.parse(raw)) })
      response.writeHead(answers.shift() ?? 200).end(challenge ?? '')
      for (const check of waiting) check()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    origin: `http://127.0.0.1:${port}`,
    got,
    answers,
    /** Resolves with what `read` gives, as soon as it gives something. */
    until<T>(read: (got: Hooked[]) => T | undefined | false): Promise<T> {
      return new Promise((resolve) => {
        const check = () => {
          const value = read(got)
          if (value === undefined || value === false) return
          waiting.delete(check)
          resolve(value)
        }
        waiting.add(check)
        check()
      })
    },
    close: () => {
      server.closeAllConnections()
      return new Promise<void>((resolve) => void server.close(() => resolve()))
    },
  }
}

type Answer = { status: number; raw: string; body: Fields }
type Ask = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>

const ROSA = '593987654321'

/** The simulators with an app beside them; `await using` closes both. */
export async function aWorld(options: Partial<SimulatorOptions> = {}) {
  const app = await anApp()
  const sim = await startSimulators({
    port: 0,
    dataDir: null,
    appOrigin: app.origin,
    pace: { sentMs: 2, deliveredMs: 6 },
    hookPausesMs: [5],
    ...options,
  })
  const ask: Ask = async (method, path, body, headers = {}) => {
    const text = body === undefined || typeof body === 'string' || body instanceof FormData ? body : JSON.stringify(body)
    const response = await fetch(sim.origin + path, { method, headers, ...(text !== undefined && { body: text }) })
    const raw = await response.text()
    return { status: response.status, raw, body: fieldsOf(raw.startsWith('{') ? JSON.parse(raw) : {}) }
  }
  const control = async (method: string, path: string, body?: unknown) => (await ask(method, `/control${path}`, body)).body
  return {
    app,
    sim,
    ask,
    control,
    rosaWrites: (to: unknown, more: object) =>
      control('POST', `/customers/${ROSA}/messages`, { to, customerName: 'Rosa Huamán', ...more }),
    metaNumber: async (more: object = {}) =>
      metaClient(
        ask,
        await control('POST', '/numbers', { kind: 'meta', phone: '593900000001', hookUrl: '/hooks/meta/k', ...more }),
      ),
    gupshupNumber: async (more: object = {}) =>
      gupshupClient(
        ask,
        await control('POST', '/numbers', { kind: 'gupshup', phone: '593900000002', hookUrl: '/hooks/gupshup/k', ...more }),
      ),
    received: async (query = '') => listOf((await control('GET', `/received${query}`)).items).map(fieldsOf),
    async [Symbol.asyncDispose]() {
      await sim.close()
      await app.close()
    },
  }
}

function metaClient(ask: Ask, number: Fields) {
  const auth = { authorization: `Bearer ${String(number.accessToken)}` }
  const base = `/meta/v25.0/${String(number.id)}`
  return {
    ...{ id: String(number.id), wabaId: String(number.wabaId), appSecret: String(number.appSecret), auth, base },
    send: (body: object) => ask('POST', `${base}/messages`, { messaging_product: 'whatsapp', to: `+${ROSA}`, ...body }, auth),
    text: (words: string, more: object = {}) =>
      ask(
        'POST',
        `${base}/messages`,
        { messaging_product: 'whatsapp', to: `+${ROSA}`, type: 'text', text: { body: words }, ...more },
        auth,
      ),
    get: (path: string) => ask('GET', `/meta/v25.0/${path}`, undefined, auth),
    isSigned: ({ raw, headers }: Hooked) => headers['x-hub-signature-256'] === `sha256=${hmacHex(String(number.appSecret), raw)}`,
  }
}

function gupshupClient(ask: Ask, number: Fields) {
  const id = String(number.id)
  const key = { apikey: String(number.apiKey) }
  const form = (fields: Record<string, string>) =>
    new URLSearchParams({
      channel: 'whatsapp',
      source: String(number.phone),
      destination: ROSA,
      'src.name': String(number.appName),
      ...fields,
    }).toString()
  const asForm = { ...key, 'content-type': 'application/x-www-form-urlencoded' }
  return {
    ...{ id, key, token: String(number.apiKey), phone: String(number.phone), appName: String(number.appName) },
    send: (message: object, more: Record<string, string> = {}) =>
      ask('POST', '/gupshup/wa/api/v1/msg', form({ message: JSON.stringify(message), ...more }), asForm),
    template: (fields: Record<string, string>) => ask('POST', '/gupshup/wa/api/v1/template/msg', form(fields), asForm),
    partnerSend: (message: object) =>
      ask('POST', `/gupshup-partner/partner/app/${id}/msg`, form({ message: JSON.stringify(message) }), {
        authorization: key.apikey,
        'content-type': 'application/x-www-form-urlencoded',
      }),
    form: (method: string, path: string, fields: Record<string, string>) =>
      ask(method, `/gupshup${path}`, new URLSearchParams(fields).toString(), asForm),
  }
}

/** The values of all changes in a body of Meta's shape. */
export function valuesOf({ body }: Hooked): Fields[] {
  return listOf(body.entry).flatMap((entry) => listOf(fieldsOf(entry).changes).map((change) => fieldsOf(fieldsOf(change).value)))
}

/** All items of one kind (`messages`, `statuses`) that came, in order. */
export function itemsOf(got: readonly Hooked[], kind: string): Fields[] {
  return got.flatMap(valuesOf).flatMap((value) => listOf(value[kind]).map(fieldsOf))
}

/** The words of the statuses of a message, in the order in which they came. */
export function statusesOf(got: readonly Hooked[], id: unknown): unknown[] {
  return itemsOf(got, 'statuses')
    .filter((status) => status.id === id)
    .map(({ status }) => status)
}

/** The id of the message that Meta's answer tells. */
export function wamidIn(answer: { body: Fields }): unknown {
  return fieldsOf(listOf(answer.body.messages)[0]).id
}
