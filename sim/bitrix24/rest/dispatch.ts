/** `/rest/<method>`: who calls, whether he may, what the portal is like today, and then the method itself. */
import { textOf } from '../../lib/fields.ts'
import type { Fields } from '../../lib/fields.ts'
import { json } from '../../lib/http.ts'
import type { Asked, Reply } from '../../lib/http.ts'
import type { Served } from '../../provider.ts'
import { statusOf } from '../mischief.ts'
import { keepLast } from '../portal.ts'
import type { Portal } from '../portal.ts'
import { RestError } from '../service.ts'
import type { B24, Call } from '../service.ts'
import { bearerOf, NEEDS_APPLICATION, webhookBearer } from '../tokens.ts'
import type { Bearer } from '../tokens.ts'
import { tellApp } from '../events/tell.ts'
import { errorBody, errorReply, resultBody, timeOf } from './answer.ts'
import type { Time } from './answer.ts'
import { runBatch } from './batch.ts'
import type { Limits } from './limits.ts'
import { METHODS } from './methods.ts'
import { paramsOf } from './params.ts'

/** Answers a request below `/rest`. `source` is the address that it came from: limits count by it. */
export async function rest(
  b24: B24,
  limits: Limits,
  portal: Portal,
  asked: Asked,
  path: string,
  source: string,
): Promise<Served> {
  const [, userId = '', secret, given] = /^\/(\d+)\/([^/]+)\/([^/]+)\/?$/.exec(path) ?? []
  const method = (given ?? path)
    .replace(/^\/+|\/+$/g, '')
    .replace(/\.json$/, '')
    .toLowerCase()
  const params = paramsOf(asked)
  const bad = b24.mischief.judge('rest', portal.id, method)
  const instead = bad && (bad.error !== null || bad.status !== null || bad.body !== null)
  const reply = instead
    ? brokenReply(bad.error, statusOf(bad), bad.body)
    : await answer({ b24, limits, portal, source, ...(secret !== undefined && { hook: { userId, secret } }) }, method, params)
  note(b24, portal, method, params, { reply, answered: bad?.dropAnswer !== true, inBatch: false })
  return { reply, slowMs: bad?.slowMs ?? 0, drop: bad?.dropAnswer ?? false }
}

type Door = { b24: B24; limits: Limits; portal: Portal; source: string; hook?: { userId: string; secret: string } }

async function answer(door: Door, method: string, params: Fields): Promise<Reply> {
  const { b24, limits, portal, source } = door
  const settings = portal.settings()
  try {
    if (settings.isDeleted) throw new RestError(500, 'PORTAL_DELETED', 'Portal was deleted')
    if (settings.isOverloaded) throw new RestError(503, 'OVERLOAD_LIMIT', 'REST API is blocked due to overload.')
    if (settings.isFree) throw new RestError(403, 'ACCESS_DENIED', 'REST API is available only on commercial plans.')
    limits.pour(portal, source, b24.now())
    const bearer = door.hook ? webhookBearer(portal, door.hook.userId, door.hook.secret) : bearerOf(b24, authOf(params), portal)
    if (method !== 'batch') {
      const { result, time } = await one(door, bearer, method, params)
      return json(200, resultBody(result, time))
    }
    const runOne = async (name: string, given: Fields) => {
      try {
        const done = await one(door, bearer, name, given)
        note(b24, portal, name, given, { reply: json(200, {}), answered: true, inBatch: true, bearer })
        return done
      } catch (error) {
        if (error instanceof RestError)
          note(b24, portal, name, given, { reply: errorReply(error), answered: true, inBatch: true, bearer })
        throw error
      }
    }
    return json(200, resultBody(await runBatch(params, runOne), timeOf(b24.now(), 0, 0)))
  } catch (error) {
    if (error instanceof RestError) return errorReply(error)
    throw error
  }
}

function authOf(params: Fields): string | undefined {
  return textOf(params.auth) ?? textOf(params.access_token)
}

async function one(door: Door, bearer: Bearer, name: string, params: Fields): Promise<{ result: unknown; time: Time }> {
  const { b24, limits, portal } = door
  const method = METHODS[name]
  const { modules } = portal.settings()
  const isMissing = (name.startsWith('imconnector.') && !modules.imconnector) || (name.startsWith('bizproc.') && !modules.bizproc)
  if (!method || isMissing) throw new RestError(404, 'ERROR_METHOD_NOT_FOUND', 'Method not found!')
  if (door.hook && NEEDS_APPLICATION.test(name))
    throw new RestError(
      403,
      'WRONG_AUTH_TYPE',
      'Current authorization type is denied for this method Application context required',
    )
  const scopes = method.scope === null ? [] : [method.scope].flat()
  if (scopes.length > 0 && !scopes.some((scope) => bearer.token.scope.includes(scope))) {
    throw new RestError(403, 'insufficient_scope', 'The request requires higher privileges than provided by the access token')
  }
  mustBeConfirmed(b24, portal, bearer, name)
  if (method.admin && !bearer.user.admin) throw new RestError(403, 'ACCESS_DENIED', 'Access denied!')
  limits.mayWork(portal, bearer.app.id, name, b24.now())
  const call: Call = { ...bearer, b24, method: name, params }
  const result = await method.run(call)
  const { operating, resetAt } = limits.work(portal, bearer.app.id, name, b24.now())
  return { result, time: timeOf(b24.now(), operating, resetAt) }
}

/** Some methods ask the administrator first; he is asked once, and the application is told what he said. */
function mustBeConfirmed(b24: B24, portal: Portal, { token, app }: Bearer, name: string): void {
  const said = portal.settings().confirm[name]
  if (said === 'waiting') throw new RestError(401, 'METHOD_CONFIRM_WAITING', 'Waiting for confirmation')
  if (said === 'denied') {
    const data = { TOKEN: token.id, METHOD: name, CONFIRMED: '0', LANGUAGE_ID: portal.row().lang }
    tellApp(b24, portal, app.id, 'ONAPPMETHODCONFIRM', data)
    throw new RestError(403, 'METHOD_CONFIRM_DENIED', 'Method call denied')
  }
}

function brokenReply(error: string | null, status: number, body: string | null): Reply {
  if (body !== null) return { status, headers: { 'content-type': 'text/html' }, body }
  if (error === null) return { status, headers: { 'content-type': 'text/html' }, body: `<h1>${status}</h1>` }
  return json(status, errorBody(new RestError(status, error, error)))
}

type Noted = { reply: Reply; answered: boolean; inBatch: boolean; bearer?: Bearer }

function note(b24: B24, portal: Portal, method: string, params: Fields, { reply, answered, inBatch, bearer }: Noted): void {
  const token = bearer?.token ?? b24.tokens.get(authOf(params) ?? '')
  const { auth: _, ...shown } = params
  const id = portal.nextId('got')
  const by = { clientId: token?.clientId ?? null, userId: token?.userId ?? null }
  const body = reply.status === 200 ? null : textOf(reply.body)
  const error = body === null ? null : (/"error":"([^"]*)"/.exec(body ?? '')?.[1] ?? null)
  keepLast(
    portal.got,
    { id, at: b24.now(), method, ...by, params: shown, status: reply.status, error, answered, inBatch },
    20_000,
  )
}
