/**
 * The queue server: posts each event once to every handler that is bound, and never again. What fails is only noted.
 * Events of one address go one after the other, in the order in which they happened.
 */
import { phpForm } from '../../lib/php.ts'
import type { Handler, Install, Told } from '../model.ts'
import { keepLast } from '../portal.ts'
import type { Portal } from '../portal.ts'
import type { B24 } from '../service.ts'
import { givePair } from '../tokens.ts'

type How = {
  /** Who caused it: with him the event carries his token. */
  userId?: number
  /** Only for this application. */
  clientId?: string
  /** What makes a later one replace it, when it is fetched offline. */
  key?: string
}

/** Something happened: everybody who asked to be told is told. */
export function tellAll(b24: B24, portal: Portal, event: string, data: unknown, how: How = {}): void {
  portal.tellPages({ type: 'changed', event })
  for (const handler of portal.handlers.all()) {
    if (handler.event !== event || (how.clientId !== undefined && handler.clientId !== how.clientId)) continue
    const install = portal.installs.get(handler.clientId)
    // Bound is not enough: before installFinish nothing goes out.
    if (!install?.isFinished) continue
    if (handler.offline) keepOffline(b24, portal, handler, data, how)
    else {
      const userId = handler.authType > 0 ? handler.authType : how.userId
      post(b24, portal, install, {
        event,
        handler: handler.handler,
        id: handler.id,
        data,
        auth: authOf(b24, portal, install, userId),
      })
    }
  }
}

/** For the application alone: what is bound by it, and its own address for events of its life. */
export function tellApp(b24: B24, portal: Portal, clientId: string, event: string, data: unknown): void {
  tellAll(b24, portal, event, data, { clientId })
}

type Letter = { event: string; handler: string; id: number | null; data: unknown; auth: Record<string, unknown> }

/** Posts one event, as bad as it may go. */
export function post(b24: B24, portal: Portal, install: Install, letter: Letter): void {
  const bad = b24.mischief.judge('events', portal.id, letter.event)
  const { gaps, eventMs } = portal.settings()
  const fields = {
    event: letter.event,
    ...(letter.id !== null && { event_handler_id: letter.id }),
    data: gaps ? withGaps(letter.data) : letter.data,
    ts: Math.floor(b24.now() / 1000),
    auth: letter.auth,
  }
  const about = { event: letter.event, clientId: install.id, handler: letter.handler, body: phpForm(fields) }
  if (bad?.lose) return void noteTold(b24, portal, about, null, 0)
  const lane = `${portal.id} ${letter.handler}`
  for (let time = 0; time <= (bad?.duplicate ?? 0); time += 1) {
    const wait = (bad?.slowMs ?? 0) + eventMs
    const task = () => deliver(b24, portal, about, wait)
    if (bad?.reorder) {
      b24.lanes.hold(lane, task)
      b24.sim.after(OVERTAKEN_MS, () => b24.lanes.release(lane))
    } else b24.lanes.run(wait > 0 ? `${lane} ${portal.nextId('detour')}` : lane, task)
  }
}

const TIMEOUT_MS = 30_000
/** An event that is to come late comes at the latest then, when nothing follows it. */
const OVERTAKEN_MS = 2_000

async function deliver(b24: B24, portal: Portal, about: Pick<Told, 'event' | 'clientId' | 'handler' | 'body'>, waitMs: number) {
  if (waitMs > 0) await new Promise<void>((resolve) => b24.sim.after(waitMs, resolve))
  const started = Date.now()
  const status = await fetch(about.handler, {
    method: 'POST',
    body: about.body,
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'user-agent': 'Bitrix24 Webhook Engine' },
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).then(
    async (response) => {
      await response.body?.cancel()
      return response.status
    },
    () => 0,
  )
  noteTold(b24, portal, about, status, Date.now() - started)
}

function noteTold(
  b24: B24,
  portal: Portal,
  about: Pick<Told, 'event' | 'clientId' | 'handler' | 'body'>,
  status: number | null,
  ms: number,
): void {
  const id = portal.nextId('told')
  keepLast(portal.told, { id, at: b24.now(), ...about, status, ms }, 20_000)
  portal.tellPages({ type: 'told', event: about.event, status })
}

/** Whose doing it was, and how the application knows that it is us. Without a person there is no token. */
export function authOf(
  b24: B24,
  portal: Portal,
  install: Install,
  userId: number | undefined,
  full = false,
): Record<string, unknown> {
  const { domain } = portal.row()
  const always = {
    domain,
    client_endpoint: `http://${domain}/rest/`,
    server_endpoint: `${b24.oauthHost()}/rest/`,
    member_id: portal.id,
    application_token: install.applicationToken,
  }
  if (userId === undefined || userId === 0 || !portal.users.get(userId)) return always
  const { access, refresh, expiresInS } = givePair(b24, portal, install, userId)
  return {
    access_token: access.id,
    ...(full && { refresh_token: refresh.id }),
    expires: Math.floor(access.expiresAt / 1000),
    expires_in: expiresInS,
    // Separated by spaces in events, by commas elsewhere.
    scope: install.scope.join(full ? ' ' : ','),
    ...always,
    status: install.status,
    user_id: userId,
  }
}

/** Keys 0, 2, 4…: what PHP sends after it took something out of a list. */
function withGaps(value: unknown): unknown {
  if (Array.isArray(value)) return Object.fromEntries(value.map((item, index) => [String(index * 2 + 1), withGaps(item)]))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withGaps(item)]))
}

/** Only the last state of an object is kept: right for the CRM, useless for messages. */
function keepOffline(b24: B24, portal: Portal, handler: Handler, data: unknown, how: How): void {
  const { clientId, event } = handler
  const key = `${clientId} ${event} ${how.key ?? JSON.stringify(data)}`
  const old = portal.offline.all().find((one) => one.key === key && one.processId === null && !one.isError)
  if (old) portal.offline.drop(old.id)
  const id = portal.nextId('offline')
  portal.offline.put({ id, clientId, event, data, at: b24.now(), messageId: String(id), processId: null, isError: false, key })
  const install = portal.installs.get(clientId)
  const listener = portal.handlers
    .all()
    .find((one) => one.clientId === clientId && one.event === 'ONOFFLINEEVENT' && !one.offline)
  if (install && listener) {
    const auth = authOf(b24, portal, install, install.installerId, true)
    post(b24, portal, install, { event: 'ONOFFLINEEVENT', handler: listener.handler, id: listener.id, data: [], auth })
  }
}
