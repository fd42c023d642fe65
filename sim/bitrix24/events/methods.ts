/** event.*: who wants to be told of what, and what is fetched offline. reference/bitrix24.md §8.2, §8.4. */
import { fieldsOf, listOf, numberOf, textOf } from '../../lib/fields.ts'
import { randomBytes } from 'node:crypto'
import type { OfflineEvent } from '../model.ts'
import { isYes, upper } from '../rest/params.ts'
import { isoOf, RestError } from '../service.ts'
import type { Call, Methods } from '../service.ts'
import { EVENTS } from './names.ts'
import { tellApp } from './tell.ts'

export const eventMethods: Methods = {
  events: { scope: null, run: ({ token, params }) => namesFor(isYes(params.FULL) ? null : token.scope) },
  'event.bind': { scope: null, run: bind },
  'event.unbind': { scope: null, run: unbind },
  'event.get': { scope: null, run: get },
  'event.test': {
    scope: null,
    run: ({ b24, portal, app, params }) => {
      const { auth: _, ...QUERY } = params
      tellApp(b24, portal, app.id, 'ONAPPTEST', { QUERY })
      return true
    },
  },
  'event.offline.get': { scope: null, admin: true, run: offlineGet },
  'event.offline.list': { scope: null, admin: true, run: ({ portal, app }) => own(portal, app.id).map(offlineShape) },
  'event.offline.clear': { scope: null, admin: true, run: offlineClear },
  'event.offline.error': { scope: null, admin: true, run: offlineError },
}

function namesFor(scope: string[] | null): string[] {
  return Object.entries(EVENTS).flatMap(([name, of]) => (scope === null || of === null || scope.includes(of) ? [name] : []))
}

function bind({ portal, params, user, app, token }: Call): boolean {
  const fields = upper(params)
  const event = (textOf(fields.EVENT) ?? '').toUpperCase()
  const handler = textOf(fields.HANDLER) ?? ''
  const isDynamic = /^ONCRMDYNAMICITEM(ADD|UPDATE|DELETE)_\d+$/.test(event)
  const of = EVENTS[event] ?? (isDynamic ? 'crm' : undefined)
  const isKnown = isDynamic || Object.hasOwn(EVENTS, event)
  if (!isKnown || (of !== undefined && of !== null && !token.scope.includes(of)))
    throw new RestError(400, 'ERROR_EVENT_NOT_FOUND', 'Event not found')
  const offline = textOf(fields.EVENT_TYPE) === 'offline'
  if (offline && !user.admin)
    throw new RestError(403, 'ACCESS_DENIED', 'Access denied! Offline events binding requires administrator access rights')
  const authType = numberOf(fields.AUTH_TYPE) ?? (user.admin ? 0 : user.id)
  if (authType !== user.id && authType !== 0 && !user.admin)
    throw new RestError(403, 'ACCESS_DENIED', 'Access denied! Event binding with AUTH_TYPE requires administrator access rights')
  if (!offline && !URL.canParse(handler))
    throw new RestError(400, 'ERROR_UNSUPPORTED_PROTOCOL', 'Unsupported event handler protocol')
  const same = portal.handlers
    .all()
    .some(
      (one) =>
        one.clientId === app.id &&
        one.event === event &&
        one.handler === handler &&
        one.authType === authType &&
        one.offline === offline,
    )
  if (same) throw new RestError(400, 'ERROR_CORE', 'Unable to set event handler: Handler already binded')
  const id = portal.nextId('handler', 551)
  portal.handlers.put({ id, clientId: app.id, event, handler, authType, offline, connector: textOf(fields.AUTH_CONNECTOR) ?? '' })
  return true
}

/** Without parameters every handler of the application goes. */
function unbind({ portal, params, app }: Call): { count: number } {
  const fields = upper(params)
  const event = textOf(fields.EVENT)?.toUpperCase()
  const authType = numberOf(fields.AUTH_TYPE)
  const type = textOf(fields.EVENT_TYPE)
  const gone = portal.handlers
    .all()
    .filter(
      (one) =>
        one.clientId === app.id &&
        (event === undefined || one.event === event) &&
        (textOf(fields.HANDLER) === undefined || one.handler === fields.HANDLER) &&
        (authType === undefined || one.authType === authType) &&
        (type === undefined || one.offline === (type === 'offline')),
    )
  for (const { id } of gone) portal.handlers.drop(id)
  return { count: gone.length }
}

function get({ portal, app }: Call): object[] {
  return portal.handlers
    .all()
    .filter((one) => one.clientId === app.id)
    .map((one) => ({
      event: one.event,
      ...(one.offline ? {} : { handler: one.handler }),
      auth_type: String(one.authType),
      offline: one.offline ? 1 : 0,
      ...(one.offline && { connector_id: one.connector }),
    }))
}

const own = (portal: Call['portal'], clientId: string): OfflineEvent[] =>
  portal.offline.all().filter((one) => one.clientId === clientId)

function offlineShape(one: OfflineEvent): object {
  return {
    ...{ ID: String(one.id), TIMESTAMP_X: isoOf(one.at), EVENT_NAME: one.event, EVENT_DATA: one.data },
    ...{ EVENT_ADDITIONAL: false, MESSAGE_ID: one.messageId },
  }
}

/** Takes a batch out: for good, or reserved under a process id until it is cleared. */
function offlineGet({ portal, app, params }: Call): object {
  const fields = upper(params)
  const filter = upper(fieldsOf(fields.FILTER))
  const processId = textOf(fields.PROCESS_ID)
  const isClear = isYes(fields.CLEAR, true)
  const found = own(portal, app.id)
    .filter((one) => (processId === undefined ? one.processId === null && !one.isError : one.processId === processId))
    .filter((one) => (isYes(fields.ERROR) ? one.isError : true))
    .filter((one) => textOf(filter.EVENT_NAME) === undefined || one.event === filter.EVENT_NAME)
    .slice(0, numberOf(fields.LIMIT) ?? 50)
  const reserved = processId ?? (isClear ? null : randomBytes(16).toString('hex'))
  for (const { id } of found) {
    if (isClear) portal.offline.drop(id)
    else portal.offline.change(id, { processId: reserved })
  }
  return { process_id: reserved, events: found.map(offlineShape) }
}

function chosen({ portal, app, params }: Call): OfflineEvent[] {
  const fields = upper(params)
  const ids = [...listOf(fields.ID), ...listOf(fields.MESSAGE_ID)].map(String)
  return own(portal, app.id).filter(
    (one) =>
      one.processId !== null &&
      one.processId === fields.PROCESS_ID &&
      (ids.length === 0 || ids.includes(String(one.id)) || ids.includes(one.messageId)),
  )
}

function offlineClear(call: Call): boolean {
  for (const { id } of chosen(call)) call.portal.offline.drop(id)
  return true
}

function offlineError(call: Call): boolean {
  for (const { id } of chosen(call)) call.portal.offline.change(id, { isError: true, processId: null })
  return true
}
