/** One request to the API: what may go wrong, whose it is, whether PayPal would take it, what was asked before, and the work. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import express from 'express'
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express'
import { fieldsOf, isFields, jsonIn, listOf, textOf } from '../lib/fields.ts'
import { findRoute } from '../lib/http.ts'
import type { Route } from '../lib/http.ts'
import { cannot, PayPalError } from './answers.ts'
import type { Detail } from './answers.ts'
import { judgesOf } from './contract.ts'
import { disputeRoutes } from './disputes.ts'
import type { App } from './model.ts'
import type { Mischief } from './mischief.ts'
import { appOf, token } from './oauth.ts'
import { orderRoutes } from './orders/methods.ts'
import { paymentRoutes } from './orders/payments.ts'
import { recall, remember } from './repeats.ts'
import { reportRoutes } from './reporting.ts'
import type { Answer, Handle, Paypal } from './service.ts'
import { subscriptionRoutes } from './subscriptions/methods.ts'
import { planRoutes } from './subscriptions/plans.ts'
import { saleRoutes } from './subscriptions/sales.ts'
import { webhookRoutes } from './webhooks/methods.ts'

const ROUTES: Route<Handle>[] = [
  ...[...orderRoutes, ...paymentRoutes, ...planRoutes, ...subscriptionRoutes, ...saleRoutes],
  ...[...webhookRoutes, ...disputeRoutes, ...reportRoutes],
]

/** What one request is about, found out on its way. */
type Asked = { raw: string; app: App | undefined; bad: Mischief | undefined }

/** The API as a handler of requests whose path begins at PayPal's root. */
export function makeApi(pp: Paypal): (request: IncomingMessage, response: ServerResponse) => void {
  const asked = new WeakMap<object, Asked>()
  const api = express()
  api.disable('x-powered-by')
  api.use(express.raw({ type: () => true, limit: '2mb' }))
  api.use((request, _response, next) => {
    const raw = Buffer.isBuffer(request.body) ? request.body.toString('utf8') : ''
    const app = appOf(pp, request.headers.authorization)
    const what = `${request.method} ${request.path}`
    const bad = pp.mischief.judge({ where: 'api', app: app?.id ?? null, what, text: `${request.originalUrl} ${raw}` })
    asked.set(request, { raw, app, bad })
    pp.sim.after(bad?.slowMs ?? 0, next)
  })
  api.post('/v1/oauth2/token', (request, response) => {
    const told = token(pp, request.headers.authorization, asked.get(request)?.raw ?? '')
    if (mayAnswer(pp, asked, request, told.status, null)) response.status(told.status).json(told.body)
  })
  api.use((request, _response, next) => {
    const { raw, app, bad } = asked.get(request) ?? { raw: '' }
    if (!app) throw new PayPalError(401, 'AUTHENTICATION_FAILURE')
    if (bad && !bad.done) misbehave(bad)
    request.body = bodyOf(request, raw)
    next()
  })
  api.use(judged)
  api.use((request, response, next) => void work(pp, asked, request, response).catch(next))
  api.use(refused(pp, asked))
  return api
}

function bodyOf(request: Request, raw: string): unknown {
  if (request.method === 'GET' || raw === '') return undefined
  if (!/^application\/json/i.test(request.headers['content-type'] ?? '')) throw new PayPalError(415, 'UNSUPPORTED_MEDIA_TYPE')
  const body = jsonIn(raw)
  if (body === undefined) throw new PayPalError(400, 'INVALID_REQUEST', [{ issue: 'MALFORMED_REQUEST_JSON' }])
  return body
}

/** PayPal's own description decides, for the request now and for the answer when it is written. */
const judged: RequestHandler = (request, response, next) => {
  judgesOf(request.path).then((judges) => {
    const step = (index: number): void => {
      const judge = judges[index]
      if (judge) void judge(request, response, (error?: unknown) => (error === undefined ? step(index + 1) : next(error)))
      else next()
    }
    step(0)
  }, next)
}

function misbehave({ status, issue, drop, done }: Mischief): void {
  // Its answer is lost anyway: what it says does not matter.
  if (drop && !done) throw new PayPalError(500, 'INTERNAL_SERVER_ERROR')
  if (issue !== null) throw cannot(issue)
  if (status !== null) throw new PayPalError(status, NAMES[status] ?? 'INTERNAL_SERVER_ERROR')
}

const NAMES: Readonly<Record<number, string>> = {
  401: 'AUTHENTICATION_FAILURE',
  429: 'RATE_LIMIT_REACHED',
  503: 'SERVICE_UNAVAILABLE',
}

async function work(pp: Paypal, asked: WeakMap<object, Asked>, request: Request, response: Response): Promise<void> {
  const { raw, app, bad } = asked.get(request) ?? { raw: '' }
  const found = findRoute(ROUTES, request.method, request.path)
  if (!app) throw new PayPalError(401, 'AUTHENTICATION_FAILURE')
  if (!found) throw new PayPalError(501, 'NOT_SIMULATED', [{ issue: `${request.method} ${request.path}` }])
  const call = {
    ...{ pp, app, raw, names: found.names, body: isFields(request.body) ? request.body : {} },
    query: new URL(request.url, 'http://sim').searchParams,
    isWhole: /return=representation/.test(request.get('prefer') ?? ''),
    requestId: request.get('paypal-request-id') ?? null,
  }
  const before = recall(call, request.method, request.path)
  const answer: Answer = before ?? found.route.handle(call)
  if (!before && answer.made) remember(call, request.method, request.path, answer.made)
  await pp.teller.early()
  if (bad?.done) misbehave(bad)
  if (!mayAnswer(pp, asked, request, answer.status, null)) return
  if (answer.body === undefined) response.status(answer.status).end()
  else response.status(answer.status).json(answer.body)
}

/** Errors in PayPal's shape; a lost answer is a closed connection. */
function refused(pp: Paypal, asked: WeakMap<object, Asked>): ErrorRequestHandler {
  return (error: unknown, request, response, _next) => {
    const told = errorOf(error)
    if (told.status >= 500 && !asked.get(request)?.bad) console.error('paypal:', request.method, request.url, error)
    const links = told.details.some(({ issue }) => issue === 'INSTRUMENT_DECLINED') ? wayBack(pp, request.path) : []
    if (!mayAnswer(pp, asked, request, told.status, told.details[0]?.issue ?? null)) return
    response.status(told.status).setHeader('content-type', 'application/json')
    // As text: the descriptions do not hold every refusal.
    response.end(JSON.stringify(told.body(links)))
  }
}

function wayBack(pp: Paypal, path: string): object[] {
  const id = /orders\/([^/]+)\//.exec(path)?.[1] ?? ''
  return [{ href: `${pp.origin()}/checkoutnow?token=${id}`, rel: 'redirect', method: 'GET' }]
}

/** What the judge of the description says, in PayPal's words. */
function errorOf(error: unknown): PayPalError {
  if (error instanceof PayPalError) return error
  const { status, errors } = fieldsOf(error)
  if (typeof status !== 'number' || status >= 500) return new PayPalError(500, 'INTERNAL_SERVER_ERROR')
  if (status === 404 || status === 405) return new PayPalError(status, 'RESOURCE_NOT_FOUND')
  const details: Detail[] = listOf(errors).map((each) => {
    const { path, message, errorCode } = fieldsOf(each)
    const isMissing = textOf(errorCode)?.startsWith('required') ?? false
    const field = (textOf(path) ?? '').replace(/^\/body/, '')
    const issue = isMissing ? 'MISSING_REQUIRED_PARAMETER' : 'INVALID_PARAMETER_VALUE'
    return { field, location: 'body', issue, description: textOf(message) ?? '' }
  })
  return new PayPalError(400, 'INVALID_REQUEST', details)
}

/** Keeps what was asked; false: the connection was cut instead of an answer. */
function mayAnswer(pp: Paypal, asked: WeakMap<object, Asked>, request: Request, status: number, issue: string | null): boolean {
  const { raw, app, bad } = asked.get(request) ?? { raw: '' }
  const answered = bad?.drop !== true
  pp.askings.put({
    ...{ id: pp.askings.size() + 1, app: app?.id ?? null, at: pp.sim.now(), call: `${request.method} ${request.path}` },
    ...{ requestId: request.get('paypal-request-id') ?? null, status, issue, answered, body: raw.slice(0, 4000) },
  })
  if (!answered) request.socket.destroy()
  return answered
}
