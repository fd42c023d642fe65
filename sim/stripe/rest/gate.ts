/**
 * The API's door: every request is checked against Stripe's public description before it is worked on, and every answer
 * of ours before it leaves. Loaded by the first request: whoever sells nothing pays nothing for it.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import express from 'express'
import type { NextFunction, Request, Response } from 'express'
import { middleware } from 'express-openapi-validator'
import { fieldsOf, listOf, numberOf, textOf } from '../../lib/fields.ts'
import { requestContract } from '../contract.ts'
import type { Stripe } from '../service.ts'
import type { Postman } from '../hooks/postman.ts'
import { answer, doorOf, errorBody, makeRequestId } from './answer.ts'
import type { Answer, Asked } from './answer.ts'
import type { Operations } from './call.ts'
import { misfitOf } from './fits.ts'

export type Gate = (request: IncomingMessage, response: ServerResponse) => void
/** A request as it is remembered for tests. */
export type Note = {
  seq: number
  at: number
  method: string
  path: string
  body: string
  key: string | null
  status: number
  answered: boolean
}

const MAX_BODY = '1mb'

/** A Stripe that is asked: a process may hold several, and compiles the contract once for all of them. */
type World = { s: Stripe; postman: Postman; operations: Operations; note(note: Omit<Note, 'seq' | 'at'>): void }

const worlds = new WeakMap<IncomingMessage, World>()
const raws = new WeakMap<IncomingMessage, string>()
let app: ReturnType<typeof makeApp> | null = null

export function makeGate(world: World): Gate {
  app ??= makeApp()
  const door = app
  return (request, response) => {
    worlds.set(request, world)
    door(request, response)
  }
}

function makeApp() {
  const made = express()
  made.disable('x-powered-by').disable('etag').set('query parser', 'extended')
  made.use((request, response, next) => {
    const refused = doorOf(request.headers.authorization)
    if (refused) response.status(refused.status).json(errorBody(refused.body))
    else next()
  })
  made.use(
    express.urlencoded({
      extended: true,
      limit: MAX_BODY,
      parameterLimit: 1000,
      verify: (request, _response, bytes) => void raws.set(request, bytes.toString('utf8')),
    }),
  )
  made.use((request, _response, next) => {
    // A form without fields is no form to the parser, and no object to the contract.
    request.body ??= {}
    request.headers['content-type'] ??= 'application/x-www-form-urlencoded'
    next()
  })
  made.use(
    middleware({
      apiSpec: requestContract(),
      validateRequests: { coerceTypes: 'array' },
      validateSecurity: false,
      validateFormats: false,
      validateApiSpec: false,
    }),
  )
  made.use((request, response, next) => {
    const world = worlds.get(request)
    if (world) work(world, request, response).catch(next)
    else next()
  })
  made.use((error: unknown, request: Request, response: Response, next: NextFunction) => {
    if (response.headersSent) return next(error)
    refuse(error, request, response)
  })
  return made
}

async function work({ s, postman, operations, note }: World, request: Request, response: Response): Promise<void> {
  const asked = askedOf(request, raws.get(request) ?? '')
  const { method, path, raw: body, key } = asked
  const answered = answer(s, operations, asked)
  const misfit = answered.status === 200 ? misfitOf(asked.operation, answered.body) : null
  if (misfit !== null) throw new Error(`the simulator's own answer breaks the contract: ${misfit}`)
  note({ method, path, body, key, status: answered.status, answered: !answered.drop })
  await postman.early()
  finish(s, response, answered)
}

function askedOf(request: Request, raw: string): Asked {
  const open = fieldsOf(fieldsOf(request).openapi)
  const names = Object.entries(fieldsOf(open.pathParams)).map(([name, value]): [string, string] => [name, String(value)])
  return {
    method: request.method,
    path: request.path,
    operation: textOf(fieldsOf(open.schema).operationId) ?? '',
    names: Object.fromEntries(names),
    body: fieldsOf(request.body),
    query: fieldsOf(request.query),
    raw,
    key: request.get('idempotency-key') ?? null,
    requestId: makeRequestId(),
  }
}

function finish(s: Stripe, response: Response, { status, body, headers, drop, slowMs }: Answer): void {
  const end = () => {
    if (drop) response.socket?.destroy()
    else response.status(status).set(headers).json(body)
  }
  if (slowMs > 0) s.sim.after(slowMs, end)
  else end()
}

/** What the contract refuses, in Stripe's words. An answer of ours that breaks the contract is our own failure, and loud. */
function refuse(error: unknown, request: Request, response: Response): void {
  const { status, errors, message } = fieldsOf(error)
  const first = fieldsOf(listOf(errors)[0])
  const place = textOf(first.path) ?? ''
  const isOurs = numberOf(status) === undefined || Number(status) >= 500
  if (isOurs) console.error('stripe:', request.method, request.path, error)
  // `/body/line_items/0/price` is `line_items[0][price]` in its words.
  const param = place.replace(/^\/(body|query)\//, '').replaceAll(/\/([^/]+)/g, '[$1]')
  const isUnknown = textOf(first.errorCode)?.startsWith('additionalProperties') === true
  const said = isUnknown ? `Received unknown parameter: ${param}` : `${param}: ${textOf(first.message) ?? textOf(message) ?? ''}`
  const noPath = numberOf(status) === 404
  response
    .status(isOurs ? 500 : (numberOf(status) ?? 400))
    .set('stripe-should-retry', 'false')
    .json(
      errorBody(
        isOurs
          ? { type: 'api_error', message: 'The simulator itself failed; see its log.' }
          : {
              type: 'invalid_request_error',
              ...(noPath
                ? { message: `Unrecognized request URL (${request.method}: ${request.path}).` }
                : { message: said, param, ...(isUnknown && { code: 'parameter_unknown' }) }),
            },
      ),
    )
}
