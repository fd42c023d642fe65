/** Commands over HTTP for portals: what tests and scripts do with them. The list is `GET /control/bitrix24`. */
import { fieldsOf, isFields, jsonIn, listOf, numberOf, textOf } from '../lib/fields.ts'
import type { Fields } from '../lib/fields.ts'
import { findRoute, json } from '../lib/http.ts'
import type { Asked, Reply, Route } from '../lib/http.ts'
import { play } from './control-play.ts'
import { tellAll } from './events/tell.ts'
import { COMMANDS } from './help.ts'
import { checkAddress, openFrame, postFrame } from './install/frames.ts'
import { finishInstall, install, pay, uninstall, update } from './install/life.ts'
import { mischiefIn } from './mischief.ts'
import type { App, Status } from './model.ts'
import type { Settings } from './settings.ts'
import type { NewPortal, Portal } from './portal.ts'
import { hire } from './people/staff.ts'
import type { B24 } from './service.ts'
import { givePair, makeToken } from './tokens.ts'

type Host = { addPortal(wanted: NewPortal): Promise<Portal>; rename(portal: Portal): Promise<void> }
export type Command = { b24: B24; host: Host; asked: Asked; names: Record<string, string>; body: unknown; fields: Fields }
type Handle = (command: Command) => Promise<Reply> | Reply

/** A command about a portal, by its member id, its name or its domain. */
const about =
  (handle: (portal: Portal, command: Command) => Promise<object | string> | object | string): Handle =>
  async (command) => {
    const portal = portalOf(command.b24, command.names.portal ?? '')
    return portal ? answer(await handle(portal, command)) : answer('no such portal')
  }

/** A command about an application that is installed, or is to be. */
const aboutApp = (handle: (portal: Portal, app: App, command: Command) => Promise<object | string> | object | string): Handle =>
  about((portal, command) => {
    const app = command.b24.apps.get(textOf(command.fields.clientId) ?? '')
    return app ? handle(portal, app, command) : 'no such application: clientId'
  })

const TABLES = [
  'users',
  'departments',
  'installs',
  'lines',
  'connectors',
  'channels',
  'guests',
  'dialogs',
  'sessions',
  'bubbles',
] as const
const MORE_TABLES = [
  'files',
  'handlers',
  'offline',
  'placements',
  'items',
  'activities',
  'robots',
  'robotRuns',
  'senders',
  'sms',
] as const
const LAST_TABLES = ['calls', 'notices', 'got', 'told', 'statuses'] as const

const routes: Route<Handle>[] = [
  { method: 'GET', path: '', handle: () => json(200, { commands: COMMANDS }) },
  { method: 'POST', path: '/reset', handle: ({ b24 }) => (b24.mischief.clear(null), b24.setAhead(0), json(200, {})) },
  {
    method: 'PUT',
    path: '/clock',
    handle: ({ b24, fields }) => (b24.setAhead(numberOf(fields.aheadMs) ?? 0), json(200, { now: b24.now() })),
  },
  { method: 'POST', path: '/quiet', handle: async ({ b24 }) => (await b24.lanes.quiet(), json(200, {})) },
  { method: 'GET', path: '/apps', handle: ({ b24 }) => json(200, { items: b24.apps.all() }) },
  { method: 'POST', path: '/apps', handle: ({ b24, fields }) => answer(registerApp(b24, fields)) },
  {
    method: 'POST',
    path: '/apps/check',
    handle: async ({ fields }) =>
      json(200, { items: await Promise.all(listOf(fields.addresses).map((one) => checkAddress(String(one)))) }),
  },
  { method: 'GET', path: '/mischief', handle: ({ b24 }) => json(200, { items: b24.mischief.all() }) },
  { method: 'POST', path: '/mischief', handle: mischief },
  {
    method: 'DELETE',
    path: '/mischief',
    handle: ({ b24, asked }) => (b24.mischief.clear(asked.query.get('portal')), json(200, { items: b24.mischief.all() })),
  },
  {
    method: 'GET',
    path: '/portals',
    handle: ({ b24 }) => json(200, { items: [...b24.portals.values()].map((portal) => portal.row()) }),
  },
  {
    method: 'POST',
    path: '/portals',
    handle: async ({ host, fields }) => json(200, (await host.addPortal(portalIn(fields))).row()),
  },
  { method: 'GET', path: '/portals/:portal', handle: about((portal) => portal.row()) },
  { method: 'PUT', path: '/portals/:portal/settings', handle: about((portal, { fields }) => changeSettings(portal, fields)) },
  {
    method: 'POST',
    path: '/portals/:portal/rename',
    handle: about(async (portal, { host }) => (await host.rename(portal), portal.row())),
  },
  {
    method: 'POST',
    path: '/portals/:portal/employees',
    handle: about((portal, { b24, fields }) => hireMore(b24, portal, numberOf(fields.count) ?? 0)),
  },
  {
    method: 'PUT',
    path: '/portals/:portal/users/:id',
    handle: about((portal, { names, fields }) => changeUser(portal, names.id ?? '', fields)),
  },
  { method: 'GET', path: '/portals/:portal/rows/:table', handle: about(rows) },
  { method: 'POST', path: '/portals/:portal/install', handle: aboutApp(installNow) },
  {
    method: 'POST',
    path: '/portals/:portal/finish',
    handle: aboutApp((portal, app) => ({ finished: finishInstall(portal, app.id) })),
  },
  {
    method: 'POST',
    path: '/portals/:portal/update',
    handle: aboutApp(
      (portal, app, { b24, fields }) =>
        update(b24, portal, app, numberOf(fields.version) ?? app.version + 1) ?? 'it is not installed',
    ),
  },
  {
    method: 'POST',
    path: '/portals/:portal/uninstall',
    handle: aboutApp((portal, app, { b24, fields }) => ({ uninstalled: uninstall(b24, portal, app, fields.clean === true) })),
  },
  { method: 'POST', path: '/portals/:portal/payment', handle: aboutApp(payment) },
  { method: 'POST', path: '/portals/:portal/frame', handle: aboutApp(frame) },
  {
    method: 'POST',
    path: '/portals/:portal/allow',
    handle: aboutApp((portal, app, { fields }) => {
      const allowed = Array.isArray(fields.users) ? fields.users.map(Number) : null
      return portal.installs.change(app.id, { allowed }) ?? 'it is not installed'
    }),
  },
  { method: 'POST', path: '/portals/:portal/tokens', handle: aboutApp(tokens) },
  {
    method: 'POST',
    path: '/portals/:portal/:does',
    handle: about((portal, command) => play(command.b24, portal, command.names.does ?? '', command.fields)),
  },
]

/** Answers commands. `path` comes without `/control/bitrix24`. */
export function commandsFor(b24: B24, host: Host): (asked: Asked, path: string) => Promise<Reply> {
  return async (asked, path) => {
    const found = findRoute(routes, asked.method, path.replace(/\/+$/, ''))
    if (!found) return json(404, { error: `no command ${asked.method} ${path}; GET /control/bitrix24 lists them` })
    const body = jsonIn(asked.body.toString('utf8'))
    return found.route.handle({ b24, host, asked, names: found.names, body, fields: fieldsOf(body) })
  }
}

function answer(result: object | string): Reply {
  return typeof result === 'string' ? json(400, { error: result }) : json(200, result)
}

export function portalOf(b24: B24, name: string): Portal | undefined {
  return (
    b24.portals.get(name) ?? [...b24.portals.values()].find((portal) => [portal.row().name, portal.row().domain].includes(name))
  )
}

function portalIn(fields: Fields): NewPortal {
  const text = (name: string) => (textOf(fields[name]) === undefined ? {} : { [name]: textOf(fields[name]) })
  const number = (name: string) => (numberOf(fields[name]) === undefined ? {} : { [name]: numberOf(fields[name]) })
  return { ...text('id'), ...text('name'), ...text('lang'), ...text('license'), ...number('employees'), ...number('port') }
}

const ALL_SCOPES =
  'crm imconnector imopenlines im placement contact_center bizproc messageservice telephony user_brief user_basic department'

/** The same client_id again changes the card. */
function registerApp(b24: B24, fields: Fields): App | string {
  const id = textOf(fields.clientId) ?? `app.${makeToken().slice(0, 14)}.${makeToken().slice(0, 8)}`
  const known = b24.apps.get(id)
  const handler = textOf(fields.handler) ?? known?.handler
  if (handler === undefined) return 'handler is missing: the address of the application'
  const or = (name: 'installer' | 'events' | 'redirect' | 'portal') => textOf(fields[name]) ?? known?.[name] ?? null
  const scope = Array.isArray(fields.scope) ? fields.scope.map(String) : (known?.scope ?? ALL_SCOPES.split(' '))
  return b24.apps.put({
    ...{
      id,
      secret: textOf(fields.secret) ?? known?.secret ?? makeToken().slice(0, 50),
      code: textOf(fields.code) ?? known?.code ?? 'vendor.wab24',
    },
    ...{
      name: textOf(fields.name) ?? known?.name ?? 'WhatsappB24',
      kind: fields.kind === 'local' ? 'local' : (known?.kind ?? 'market'),
    },
    ...{ handler, installer: or('installer'), events: or('events'), redirect: or('redirect'), portal: or('portal'), scope },
    ...{
      version: numberOf(fields.version) ?? known?.version ?? 1,
      hasUi: fields.hasUi === undefined ? (known?.hasUi ?? true) : fields.hasUi === true,
    },
  })
}

function mischief({ b24, fields }: Command): Reply {
  const read = mischiefIn(fields)
  if (typeof read === 'string') return answer(read)
  const portal = read.portal === null ? null : (portalOf(b24, read.portal)?.id ?? read.portal)
  return answer(b24.mischief.add({ ...read, portal }))
}

/** Any of the settings, by name; those of a wrong kind are refused. */
function changeSettings(portal: Portal, fields: Fields): object | string {
  const settings = portal.settings()
  const kinds = new Map(Object.entries(settings).map(([name, value]): [string, string] => [name, typeof value]))
  const wrong = Object.entries(fields).find(([name, value]) => kinds.get(name) !== typeof value)
  if (wrong) return `${wrong[0]} is no setting of this kind; there are ${[...kinds.keys()].join(', ')}`
  const changed: Settings = { ...settings, ...fields }
  portal.set({ settings: changed })
  portal.tellPages({ type: 'apps' })
  return changed
}

/** Whoever is new is told of, by those who may know employees. */
function hireMore(b24: B24, portal: Portal, count: number): object {
  const known = new Set(portal.users.all().map(({ id }) => id))
  hire(portal, count)
  for (const { id, name, lastName, email } of portal.users.all())
    if (!known.has(id))
      tellAll(b24, portal, 'ONUSERADD', { ID: String(id), NAME: name, LAST_NAME: lastName, EMAIL: email, ACTIVE: 'Y' })
  return { count: portal.users.size() }
}

function changeUser(portal: Portal, id: string, fields: Fields): object | string {
  const user = portal.users.get(id)
  if (!user) return 'no such employee'
  const kept = Object.entries(fields).filter(([name, value]) =>
    Object.entries(user).some(([own, old]) => own === name && typeof old === typeof value),
  )
  return portal.users.change(id, Object.fromEntries(kept)) ?? 'no such employee'
}

/** Whatever the portal has: `?field=value` chooses among the rows, `after=<id>` those that came later. */
function rows(portal: Portal, { names, asked: { query } }: Command): object | string {
  const table = [...TABLES, ...MORE_TABLES, ...LAST_TABLES].find((name) => name === names.table)
  if (!table) return `no such table: ${[...TABLES, ...MORE_TABLES, ...LAST_TABLES].join(', ')}`
  const all: object[] = portal[table].all()
  const items = all.filter((row) =>
    [...query].every(([name, value]) => {
      const fields: Fields = { ...row }
      return name === 'after' ? Number(fields.id) > Number(value) : String(fields[name]) === value
    }),
  )
  return { count: items.length, items }
}

const STATUSES: readonly Status[] = ['L', 'F', 'D', 'T', 'P', 'S']
const statusIn = (value: unknown): Status | undefined => STATUSES.find((one) => one === value)

/** Installs it; with `open` the installer's page is fetched as the frame would. */
async function installNow(portal: Portal, app: App, { b24, fields }: Command): Promise<object | string> {
  const userId = numberOf(fields.userId) ?? 1
  const user = portal.users.get(userId)
  if (!user?.admin) return 'only an administrator installs'
  if (app.kind === 'local' && app.portal !== null && app.portal !== portal.id)
    return 'this local application belongs to another portal'
  const row = install(b24, portal, app, userId, statusIn(fields.status) ?? (app.kind === 'local' ? 'L' : 'F'))
  const shown = openFrame(b24, portal, app, row, user, {})
  if (typeof shown === 'string') return { install: row }
  return { install: row, frame: shown, ...(fields.open === true && { page: await postFrame(shown) }) }
}

function payment(portal: Portal, app: App, { b24, fields }: Command): object | string {
  const row = portal.installs.get(app.id)
  if (!row) return 'it is not installed'
  const daysLeft = numberOf(fields.daysLeft) ?? null
  pay(b24, portal, app, { paymentExpired: fields.expired === true, daysLeft, status: statusIn(fields.status) ?? row.status })
  return portal.installs.get(app.id) ?? row
}

async function frame(portal: Portal, app: App, { b24, fields }: Command): Promise<object | string> {
  const row = portal.installs.get(app.id)
  const user = portal.users.get(numberOf(fields.userId) ?? 1)
  if (!row || !user) return 'it is not installed, or there is no such employee'
  const wanted = {
    ...(textOf(fields.placement) !== undefined && { placement: textOf(fields.placement) }),
    ...(textOf(fields.handler) !== undefined && { handler: textOf(fields.handler) }),
    ...(isFields(fields.options) && { options: { ...fields.options } }),
  }
  const shown = openFrame(b24, portal, app, row, user, wanted)
  if (typeof shown === 'string') return shown
  return { frame: shown, ...(fields.open === true && { page: await postFrame(shown) }) }
}

function tokens(portal: Portal, app: App, { b24, fields }: Command): object | string {
  const row = portal.installs.get(app.id)
  if (!row) return 'it is not installed'
  const { access, refresh, expiresInS } = givePair(b24, portal, row, numberOf(fields.userId) ?? 1)
  return { access_token: access.id, refresh_token: refresh.id, expires_in: expiresInS }
}
