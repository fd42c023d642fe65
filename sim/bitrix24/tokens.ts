/** Tokens: made for an employee and an application, and dead in many ways. */
import { randomBytes } from 'node:crypto'
import type { App, Install, Token, User } from './model.ts'
import type { Portal } from './portal.ts'
import { RestError } from './service.ts'
import type { B24 } from './service.ts'

export type Pair = { access: Token; refresh: Token; expiresInS: number }

/** A new pair for this employee. */
export function givePair(b24: B24, portal: Portal, install: Install, userId: number): Pair {
  const { tokenLifeS, refreshLifeDays } = portal.settings()
  const about = { clientId: install.id, portal: portal.id, userId, scope: install.scope, usedAt: null }
  const access: Token = { id: makeToken(), kind: 'access', expiresAt: b24.now() + tokenLifeS * 1000, ...about }
  const refresh: Token = { id: makeToken(), kind: 'refresh', expiresAt: b24.now() + refreshLifeDays * 86_400_000, ...about }
  b24.tokens.put(access)
  b24.tokens.put(refresh)
  return { access, refresh, expiresInS: tokenLifeS }
}

const CODE_LIFE_MS = 30_000

/** The code of the code flow: good for 30 seconds. */
export function giveCode(b24: B24, portal: Portal, install: Install, userId: number): Token {
  const about = { clientId: install.id, portal: portal.id, userId, scope: install.scope, usedAt: null }
  return b24.tokens.put({ id: makeToken(), kind: 'code', expiresAt: b24.now() + CODE_LIFE_MS, ...about })
}

export function makeToken(): string {
  return randomBytes(35).toString('hex')
}

/** Everything that was given out for this application in this portal is worth nothing any more. */
export function revokeAll(b24: B24, portal: Portal, clientId: string): void {
  for (const token of b24.tokens.all()) if (token.portal === portal.id && token.clientId === clientId) b24.tokens.drop(token.id)
}

export type Bearer = { token: Token; portal: Portal; user: User; app: App; install: Install }

/** Who comes with this access token. Throws what REST answers otherwise: reference/bitrix24.md §3.6. */
export function bearerOf(b24: B24, id: string | undefined, at: Portal | null): Bearer {
  if (id === undefined) throw new RestError(401, 'NO_AUTH_FOUND', 'Wrong authorization data')
  const token = b24.tokens.get(id)
  const portal = token && b24.portals.get(token.portal)
  const app = token && b24.apps.get(token.clientId)
  const install = token && portal?.installs.get(token.clientId)
  if (!token || token.kind !== 'access' || !portal || !app || !install || (at && at !== portal)) {
    throw new RestError(401, 'invalid_token', 'Unable to get application by token')
  }
  if (token.expiresAt <= b24.now()) throw new RestError(401, 'expired_token', 'The access token provided has expired.')
  const user = portal.users.get(token.userId)
  // A dismissed employee's tokens are dead, the installer's among them.
  if (!user?.active) throw new RestError(401, 'invalid_token', 'Unable to get user by token')
  if (install.allowed && !user.admin && !install.allowed.includes(user.id)) {
    throw new RestError(403, 'user_access_error', 'The user does not have acceess to the application.')
  }
  return { token, portal, user, app, install }
}

/** Whose word an incoming webhook is: its owner's, without any application. */
export function webhookBearer(portal: Portal, userId: string, secret: string): Bearer {
  const user = portal.users.get(userId)
  if (portal.settings().webhook === '' || secret !== portal.settings().webhook || !user?.active)
    throw new RestError(401, 'INVALID_CREDENTIALS', 'Invalid request credentials')
  const scope = ['crm', 'im', 'imopenlines', 'user', 'department', 'telephony', 'bizproc']
  const about = { id: 'webhook', portal: portal.id, scope, version: 1 }
  return {
    portal,
    user,
    token: { ...about, kind: 'access', clientId: 'webhook', userId: user.id, expiresAt: Infinity, usedAt: null },
    app: {
      ...about,
      ...{ secret: '', code: '', name: '', kind: 'local', handler: '', installer: null, events: null },
      redirect: null,
      hasUi: false,
    },
    install: {
      ...{ ...about, appId: 0, status: 'L', isFinished: true, applicationToken: '', installerId: user.id, allowed: null },
      ...{ paymentExpired: false, daysLeft: null, at: 0 },
    },
  }
}

/** These ask for an application: a webhook is not enough. */
export const NEEDS_APPLICATION =
  /^(imconnector|placement|event|bizproc\.robot|messageservice\.sender|crm\.activity\.configurable|app)\./
