/** An application's life in a portal: installed, finished, updated, paid for or not, taken away, installed again. */
import { randomBytes } from 'node:crypto'
import type { App, Install, Status } from '../model.ts'
import type { Portal } from '../portal.ts'
import type { B24 } from '../service.ts'
import { authOf, post } from '../events/tell.ts'
import { revokeAll } from '../tokens.ts'

/** An administrator installs it. The installer's page comes next; without one it is finished at once. */
export function install(b24: B24, portal: Portal, app: App, userId: number, status: Status): Install {
  if (portal.installs.get(app.id)) uninstall(b24, portal, app, false)
  const row = portal.installs.put({
    ...{ id: app.id, appId: portal.nextId('app', 11), version: app.version, status, isFinished: !app.installer || !app.hasUi },
    ...{ applicationToken: randomBytes(16).toString('hex'), installerId: userId, scope: app.scope, allowed: null },
    ...{ paymentExpired: false, daysLeft: null, at: b24.now() },
  })
  // Without a page of its own it learns of itself by this event alone, at the installer's address.
  const address = app.hasUi ? app.events : (app.installer ?? app.events)
  const { installEventMs } = portal.settings()
  const data = { VERSION: String(app.version), ACTIVE: 'Y', INSTALLED: 'Y', LANGUAGE_ID: portal.row().lang }
  const tell = () => tellLife(b24, portal, app, address, 'ONAPPINSTALL', data)
  if (installEventMs > 0) b24.sim.after(installEventMs, tell)
  else tell()
  portal.tellPages({ type: 'apps' })
  return row
}

/** The installer's page called installFinish: from now on events go out and widgets are shown. */
export function finishInstall(portal: Portal, clientId: string): boolean {
  const row = portal.installs.get(clientId)
  if (!row || row.isFinished) return false
  portal.installs.change(clientId, { isFinished: true })
  portal.tellPages({ type: 'apps' })
  return true
}

/** Events, placements and robots go; what the application keeps in its own head stays there. */
export function update(b24: B24, portal: Portal, app: App, version: number): Install | undefined {
  const old = portal.installs.get(app.id)
  if (!old) return undefined
  forgetRegistrations(portal, app.id)
  b24.apps.change(app.id, { version })
  const change = { version, applicationToken: randomBytes(16).toString('hex'), scope: app.scope }
  const row = portal.installs.change(app.id, { ...change, isFinished: !app.installer || !app.hasUi })
  const data = { VERSION: String(version), PREVIOUS_VERSION: String(old.version), LANGUAGE_ID: portal.row().lang }
  tellLife(b24, portal, app, app.events, 'ONAPPUPDATE', data)
  portal.tellPages({ type: 'apps' })
  return row
}

/** It is taken away: the tokens are dead before it hears of it. */
export function uninstall(b24: B24, portal: Portal, app: App, isClean: boolean): boolean {
  const row = portal.installs.get(app.id)
  if (!row) return false
  const bound = portal.handlers.all().find((one) => one.clientId === app.id && one.event === 'ONAPPUNINSTALL')
  const address = bound?.handler ?? app.events
  forgetRegistrations(portal, app.id)
  for (const connector of portal.connectors.all()) {
    if (connector.clientId !== app.id) continue
    for (const channel of portal.channels.all()) if (channel.connector === connector.id) portal.channels.drop(channel.id)
    portal.connectors.drop(connector.id)
  }
  portal.installs.drop(app.id)
  revokeAll(b24, portal, app.id)
  if (address) {
    const data = { LANGUAGE_ID: portal.row().lang, CLEAN: isClean ? '1' : '0' }
    const letter = { event: 'ONAPPUNINSTALL', handler: address, id: null, data, auth: authOf(b24, portal, row, undefined) }
    post(b24, portal, row, letter)
  }
  portal.tellPages({ type: 'apps' })
  return true
}

/** The term ended, or was paid. The event carries no application_token: it is a hint and no more. */
export function pay(b24: B24, portal: Portal, app: App, change: Pick<Install, 'paymentExpired' | 'daysLeft' | 'status'>): void {
  const row = portal.installs.change(app.id, change)
  if (!row || !app.events) return
  const { application_token: _, ...auth } = authOf(b24, portal, row, undefined)
  const data = {
    ...{ CODE: app.code, VERSION: String(row.version), STATUS: row.status, PAYMENT_EXPIRED: row.paymentExpired ? 'Y' : 'N' },
    ...{ DAYS: row.daysLeft, LANGUAGE_ID: portal.row().lang },
  }
  post(b24, portal, row, { event: 'ONAPPPAYMENT', handler: app.events, id: null, data, auth })
}

function forgetRegistrations(portal: Portal, clientId: string): void {
  for (const table of [portal.handlers, portal.placements, portal.offline]) {
    for (const row of table.all()) if (row.clientId === clientId) table.drop(row.id)
  }
  for (const robot of portal.robots.all()) if (robot.clientId === clientId) portal.robots.drop(robot.id)
  for (const sender of portal.senders.all()) if (sender.clientId === clientId) portal.senders.drop(sender.id)
}

/** To the card's own address and to what was bound by event.bind; once to each. */
function tellLife(b24: B24, portal: Portal, app: App, address: string | null, event: string, data: object): void {
  const row = portal.installs.get(app.id)
  if (!row) return
  const bound = portal.handlers.all().filter((one) => one.clientId === app.id && one.event === event)
  const addresses = new Map(bound.map((one): [string, number | null] => [one.handler, one.id]))
  if (address && !addresses.has(address)) addresses.set(address, null)
  for (const [handler, id] of addresses) {
    post(b24, portal, row, { event, handler, id, data, auth: authOf(b24, portal, row, row.installerId, true) })
  }
}
