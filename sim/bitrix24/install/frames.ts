/** Frames: what the portal posts into an iframe when it opens a page of an application. reference/bitrix24.md §2.3. */
import { randomBytes } from 'node:crypto'
import { phpForm } from '../../lib/php.ts'
import type { App, Install, User } from '../model.ts'
import type { Portal } from '../portal.ts'
import type { B24 } from '../service.ts'
import { givePair } from '../tokens.ts'

export type Frame = {
  /** Where the form goes, with its query. */
  action: string
  fields: Record<string, string>
  sid: string
  title: string
  isInstaller: boolean
}

/** What is asked to be opened; without a handler it is the application's own page, or its installer before the end. */
export type Wanted = { placement?: string; options?: Record<string, unknown>; handler?: string; title?: string }

/** A frame for this employee, with tokens of his own. A sentence when there is nothing to open. */
export function openFrame(b24: B24, portal: Portal, app: App, row: Install, user: User, wanted: Wanted): Frame | string {
  if (!app.hasUi) return 'this application has no pages'
  if (row.allowed && !user.admin && !row.allowed.includes(user.id)) return 'this employee may not use the application'
  const isInstaller = !row.isFinished && app.installer !== null
  if (!row.isFinished && wanted.handler !== undefined) return 'the installation is not finished: no widget is shown'
  const address = isInstaller && app.installer !== null ? app.installer : (wanted.handler ?? app.handler)
  if (!URL.canParse(address)) return `${address} is no address`
  const { access, refresh, expiresInS } = givePair(b24, portal, row, user.id)
  const { domain, lang } = portal.row()
  const sid = randomBytes(16).toString('hex')
  const action = new URL(address)
  const query = { DOMAIN: domain, PROTOCOL: '0', LANG: lang, APP_SID: sid }
  for (const [name, value] of Object.entries(query)) action.searchParams.set(name, value)
  const options = wanted.options ?? { any: '6/' }
  return {
    action: action.href,
    sid,
    title: wanted.title ?? app.name,
    isInstaller,
    fields: {
      ...{ AUTH_ID: access.id, AUTH_EXPIRES: String(expiresInS), REFRESH_ID: refresh.id },
      ...{ SERVER_ENDPOINT: `${b24.oauthHost()}/rest/`, APPLICATION_TOKEN: row.applicationToken },
      ...{ APPLICATION_SCOPE: row.scope.join(','), member_id: portal.id, status: row.status },
      ...{ PLACEMENT: wanted.placement ?? 'DEFAULT', PLACEMENT_OPTIONS: JSON.stringify(options) },
    },
  }
}

/** Opens a frame as a browser would, without one. */
export async function postFrame(frame: Frame): Promise<{ status: number; body: string; headers: Record<string, string> }> {
  const response = await fetch(frame.action, {
    method: 'POST',
    body: phpForm(frame.fields),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    redirect: 'manual',
    signal: AbortSignal.timeout(20_000),
  })
  return { status: response.status, body: await response.text(), headers: Object.fromEntries(response.headers) }
}

/** What the vendor's cabinet does with each address of a card: HEAD, and 200, 301 or 302 is well. */
export async function checkAddress(address: string): Promise<{ address: string; status: number; isGood: boolean }> {
  const status = URL.canParse(address)
    ? await fetch(address, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(10_000) }).then(
        (response) => response.status,
        () => 0,
      )
    : 0
  return { address, status, isGood: [200, 301, 302].includes(status) }
}
