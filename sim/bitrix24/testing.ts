/** For tests: simulators with a portal, an application whose addresses answer, and ways to ask like an application does. */
import { aListener } from '../lib/a-listener.ts'
import { fieldsOf, listOf, textOf } from '../lib/fields.ts'
import type { Fields } from '../lib/fields.ts'
import { readPhpForm } from '../lib/php.ts'
import { startSimulators } from '../server.ts'
import type { SimulatorOptions } from '../server.ts'

export type Letter = { path: string; raw: string; fields: Fields }

const PICTURE = { type: 'image/png', body: 'bytes' }
const PAGE = { type: 'text/html', body: 'ok' }

/** An application's server, which also has a file. */
const aServer = () =>
  aListener(
    (bytes, { method, url: path = '' }): Letter | null => {
      const raw = bytes.toString('utf8')
      return method === 'POST' ? { path, raw, fields: readPhpForm(raw) } : null
    },
    ({ url }) => (url?.startsWith('/file') ? PICTURE : PAGE),
  )

export type Told = { status: number; body: Fields; result: unknown; location: string | null }

/** A portal in a world of its own; `await using` closes it. */
export async function aBitrix24(options: Partial<SimulatorOptions> = {}) {
  const app = await aServer()
  const sim = await startSimulators({ port: 0, dataDir: null, appOrigin: app.origin, ...options })
  const control = async (method: string, path: string, body?: object): Promise<Fields> => {
    const response = await fetch(`${sim.origin}/control/bitrix24${path}`, { method, ...(body && { body: JSON.stringify(body) }) })
    const answer = fieldsOf(await response.json())
    if (!response.ok) throw new Error(`${method} ${path}: ${String(answer.error)}`)
    return answer
  }
  return {
    ...{ app, sim, control, oauth: `${sim.origin}/bitrix24` },
    aPortal: async (wanted: object = {}) => portalOf(sim.origin, control, await control('POST', '/portals', wanted)),
    /** The card of an application whose addresses are on our server. */
    card: (wanted: object = {}) =>
      control('POST', '/apps', {
        ...{ handler: `${app.origin}/app`, installer: `${app.origin}/install`, events: `${app.origin}/events`, ...wanted },
      }),
    /** Everything that was told, once nothing is under way any more. */
    async events(name?: string): Promise<Fields[]> {
      await control('POST', '/quiet')
      return app.got
        .map(({ fields }) => fields)
        .filter((fields) => fields.event !== undefined && (name === undefined || fields.event === name))
    },
    token: (params: Record<string, string>) => ask(`${sim.origin}/bitrix24/oauth/token/`, new URLSearchParams(params)),
    async [Symbol.asyncDispose]() {
      await sim.close()
      await app.close()
    },
  }
}

type Control = (method: string, path: string, body?: object) => Promise<Fields>

function portalOf(origin: string, control: Control, row: Fields) {
  const id = String(row.id)
  const rest = `http://${String(row.domain)}/rest/`
  return {
    ...{ id, domain: String(row.domain), rest, origin },
    row: () => control('GET', `/portals/${id}`),
    settings: (change: object) => control('PUT', `/portals/${id}/settings`, change),
    does: (what: string, fields: object) => control('POST', `/portals/${id}/${what}`, fields),
    rows: async (table: string, query = '') =>
      listOf((await control('GET', `/portals/${id}/rows/${table}${query}`)).items).map(fieldsOf),
    /** Calls a method with a token. */
    call: (auth: string, method: string, params: object = {}) => ask(`${rest}${method}`, { ...params, auth }),
    /** Installs the application and finishes: ready to be used. */
    async installed(card: Fields, more: object = {}) {
      const clientId = String(card.id)
      const { install } = await control('POST', `/portals/${id}/install`, { clientId, ...more })
      await control('POST', `/portals/${id}/finish`, { clientId })
      const tokens = await control('POST', `/portals/${id}/tokens`, { clientId })
      const auth = String(tokens.access_token)
      return {
        ...{
          clientId,
          auth,
          refresh: String(tokens.refresh_token),
          applicationToken: textOf(fieldsOf(install).applicationToken),
        },
        call: (method: string, params: object = {}) => ask(`${rest}${method}`, { ...params, auth }),
      }
    },
  }
}

export type TestPortal = ReturnType<typeof portalOf>
export type TestApp = Awaited<ReturnType<TestPortal['installed']>>

/** POSTs JSON, or a form, and never follows a redirect. */
export async function ask(url: string, body: object): Promise<Told> {
  const isForm = body instanceof URLSearchParams
  const response = await fetch(url, {
    method: 'POST',
    redirect: 'manual',
    body: isForm ? body.toString() : JSON.stringify(body),
    headers: { 'content-type': isForm ? 'application/x-www-form-urlencoded' : 'application/json' },
  })
  const text = await response.text()
  const answer = fieldsOf(text.startsWith('{') ? JSON.parse(text) : {})
  return { status: response.status, body: answer, result: answer.result, location: response.headers.get('location') }
}

/** A connector that is on line 7, and says what one client wrote. */
export async function aChannel(app: TestApp, more: object = {}) {
  const icon = { DATA_IMAGE: 'data:image/svg+xml,%3Csvg/%3E', COLOR: '#25a35a' }
  await app.call('imconnector.register', {
    ID: 'wab24_k3',
    NAME: 'WhatsApp Lima',
    ICON: icon,
    PLACEMENT_HANDLER: 'http://app.test/c',
    ...more,
  })
  await app.call('imconnector.activate', { CONNECTOR: 'wab24_k3', LINE: 7, ACTIVE: '1' })
  await app.call('imconnector.connector.data.set', { CONNECTOR: 'wab24_k3', LINE: 7, DATA: { ID: 'k3', NAME: 'WhatsApp Lima' } })
  const item = (text: string, message: object = {}, user: object = {}) => ({
    user: { id: 'wa-51987000111', name: 'Rosa', last_name: 'Quispe', phone: '+51987000111', ...user },
    message: { id: `wamid.${text}`, date: 1_772_700_123, text, ...message },
    chat: { id: 'wa-51987000111' },
  })
  const send = (...MESSAGES: object[]) => app.call('imconnector.send.messages', { CONNECTOR: 'wab24_k3', LINE: 7, MESSAGES })
  return {
    item,
    send,
    /** Rosa writes; the numbers of her chat and session. */
    async rosa(text: string, message: object = {}, user: object = {}) {
      const told = fieldsOf(fieldsOf((await send(item(text, message, user))).result).DATA)
      const [answer] = listOf(told.RESULT).map(fieldsOf)
      const session = fieldsOf(answer?.session)
      return { answer: answer ?? {}, chat: String(session.CHAT_ID), session: String(session.ID) }
    },
  }
}
