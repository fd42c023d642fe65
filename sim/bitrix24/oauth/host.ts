/** The authorization server, `oauth.bitrix.info` in life: tokens, and the truth about installation and payment. */
import { fieldsOf, textOf } from '../../lib/fields.ts'
import type { Fields } from '../../lib/fields.ts'
import { json } from '../../lib/http.ts'
import type { Asked, Reply } from '../../lib/http.ts'
import type { Served } from '../../provider.ts'
import { paramsOf } from '../rest/params.ts'
import { errorReply, timeOf } from '../rest/answer.ts'
import { statusOf } from '../mischief.ts'
import type { Token } from '../model.ts'
import { keepLast } from '../portal.ts'
import type { Portal } from '../portal.ts'
import { RestError } from '../service.ts'
import type { B24 } from '../service.ts'
import { bearerOf, givePair } from '../tokens.ts'
import { appInfoOf } from '../install/app-info.ts'

/** Answers a request below the authorization server's address. */
export function oauthHost(b24: B24, asked: Asked, path: string): Served {
  const params = paramsOf(asked)
  const what = path.replace(/\.json$/, '').replace(/\/*$/, '/')
  const portal = portalOf(b24, params)
  const bad = b24.mischief.judge('oauth', portal?.id ?? null, what)
  const instead = bad && (bad.error !== null || bad.status !== null || bad.body !== null)
  const reply = instead ? broken(bad.error, statusOf(bad), bad.body) : answer(b24, what, params)
  if (portal) note(b24, portal, what, params, reply, bad?.dropAnswer !== true)
  return { reply, slowMs: bad?.slowMs ?? 0, drop: bad?.dropAnswer ?? false }
}

function answer(b24: B24, what: string, params: Fields): Reply {
  try {
    if (what === '/oauth/token/') return json(200, tokensFor(b24, params))
    if (what === '/rest/app.info/') {
      const { portal, install, app } = bearerOf(b24, textOf(params.auth), null)
      return json(200, { result: appInfoOf(portal, app, install), time: timeOf(b24.now(), 0, 0) })
    }
    return json(404, { error: 'ERROR_METHOD_NOT_FOUND', error_description: 'Method not found!' })
  } catch (error) {
    if (error instanceof RestError) return errorReply(error)
    throw error
  }
}

function broken(error: string | null, status: number, body: string | null): Reply {
  if (body !== null) return { status, headers: { 'content-type': 'text/html' }, body }
  return json(status, { error: error ?? 'INTERNAL_SERVER_ERROR', error_description: error ?? 'Internal server error' })
}

const refused = (code: string, description: string): RestError => new RestError(400, code, description)

function tokensFor(b24: B24, params: Fields): object {
  const grant = textOf(params.grant_type)
  const given = grant === 'refresh_token' ? textOf(params.refresh_token) : textOf(params.code)
  if ((grant !== 'refresh_token' && grant !== 'authorization_code') || given === undefined) {
    throw refused('invalid_request', 'Invalid grant_type parameter or parameter missing')
  }
  const app = b24.apps.get(textOf(params.client_id) ?? '')
  if (!app || app.secret !== textOf(params.client_secret)) throw refused('invalid_client', 'Invalid client credentials')
  const token = b24.tokens.get(given)
  // After an uninstallation the tokens are gone; the client itself is what is not known any more.
  const portal = token && b24.portals.get(token.portal)
  if (!token || !portal) throw refused('invalid_grant', 'Invalid grant')
  if (token.clientId !== app.id) throw refused('wrong_client', 'Wrong client')
  const install = portal.installs.get(app.id)
  if (!install) throw refused('invalid_client', 'Application is not installed')
  if (install.paymentExpired && (install.daysLeft ?? 0) < 0) throw refused('PAYMENT_REQUIRED', 'Payment required')
  mustBeGood(b24, portal, token, grant === 'refresh_token' ? 'refresh' : 'code')
  b24.tokens.change(token.id, { usedAt: token.usedAt ?? b24.now() })
  const pair = givePair(b24, portal, install, token.userId)
  return {
    access_token: pair.access.id,
    client_endpoint: `http://${portal.row().domain}/rest/`,
    // The authorization server's own name, not the portal's.
    domain: new URL(b24.oauthHost()).host,
    expires: Math.floor(pair.access.expiresAt / 1000),
    expires_in: pair.expiresInS,
    member_id: portal.id,
    refresh_token: pair.refresh.id,
    scope: install.scope.join(','),
    server_endpoint: `${b24.oauthHost()}/rest/`,
    status: install.status,
    user_id: token.userId,
  }
}

/** A rotated refresh token, an old code, one whose owner left: invalid_grant, all the same. */
function mustBeGood(b24: B24, portal: Portal, token: Token, kind: Token['kind']): void {
  const graceMs = kind === 'refresh' ? portal.settings().refreshGraceS * 1000 : 0
  const isUsed = token.usedAt !== null && b24.now() >= token.usedAt + graceMs
  if (token.kind !== kind || isUsed || token.expiresAt <= b24.now() || !portal.users.get(token.userId)?.active) {
    throw refused('invalid_grant', 'Invalid grant')
  }
}

function portalOf(b24: B24, params: Fields): Portal | undefined {
  const id = [params.auth, params.refresh_token, params.code].map(textOf).find((one) => one !== undefined)
  return b24.portals.get(b24.tokens.get(id ?? '')?.portal ?? '')
}

function note(b24: B24, portal: Portal, method: string, params: Fields, reply: Reply, answered: boolean): void {
  const error = textOf(
    fieldsOf(JSON.parse(typeof reply.body === 'string' && reply.body.startsWith('{') ? reply.body : '{}')).error,
  )
  const row = { id: portal.nextId('got'), at: b24.now(), method, clientId: textOf(params.client_id) ?? null, userId: null }
  keepLast(portal.got, { ...row, params, status: reply.status, error: error ?? null, answered, inBatch: false }, 20_000)
}
