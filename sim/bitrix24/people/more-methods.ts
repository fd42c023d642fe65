/** Calls that are noted, and notices to employees. reference/bitrix24.md §10.3, §10.4. */
import { randomBytes } from 'node:crypto'
import { numberOf, textOf } from '../../lib/fields.ts'
import type { Fields } from '../../lib/fields.ts'
import { addActivity } from '../crm/timeline-activity.ts'
import { findByPhone } from '../crm/items.ts'
import type { Bubble, CallRow, Notice } from '../model.ts'
import { addBubble, operatorDeletes, operatorEdits, operatorWrites } from '../openlines/bubbles.ts'
import { isYes, upper } from '../rest/params.ts'
import { RestError } from '../service.ts'
import type { Call, Methods } from '../service.ts'

const wrong = (code: string, message: string): RestError => new RestError(400, code, message)

export const moreMethods: Methods = {
  'telephony.externalCall.register': { scope: 'telephony', run: register },
  'telephony.externalCall.finish': { scope: 'telephony', run: finish },
  'telephony.externalCall.attachRecord': { scope: 'telephony', run: attach },
  'telephony.externalLine.add': {
    scope: 'telephony',
    run: ({ portal, params, app }) => {
      const fields = upper(params)
      const id = textOf(fields.NUMBER)
      if (id === undefined) throw wrong('ERROR_CORE', 'NUMBER should not be empty')
      if (portal.externalLines.get(id)) throw wrong('ERROR_CORE', 'Line already exists')
      const about = { name: textOf(fields.NAME) ?? id, clientId: app.id, crmAutoCreate: textOf(fields.CRM_AUTO_CREATE) ?? 'Y' }
      portal.externalLines.put({ id, ...about })
      return { ID: portal.externalLines.size() }
    },
  },
  'telephony.externalLine.get': {
    scope: 'telephony',
    run: ({ portal }) => portal.externalLines.all().map(({ id, name }) => ({ NUMBER: id, NAME: name })),
  },
  'im.message.add': { scope: 'im', run: writeMessage },
  'im.message.update': {
    scope: 'im',
    run: (call) => Boolean(operatorEdits(call.b24, call.portal, ownBubble(call), textOf(upper(call.params).MESSAGE) ?? '')),
  },
  'im.message.delete': {
    scope: 'im',
    run: (call) => {
      operatorDeletes(call.b24, call.portal, ownBubble(call))
      return true
    },
  },
  'im.notify.personal.add': { scope: 'im', run: (call) => notify(call, 'personal') },
  'im.notify.system.add': { scope: 'im', run: (call) => notify(call, 'system') },
  'im.notify': { scope: 'im', run: (call) => notify(call, 'personal') },
  'im.notify.delete': { scope: 'im', run: unnotify },
}

/** An employee's word in the chat of a line: it goes to the client like any other. */
function writeMessage({ b24, portal, params, user }: Call): number {
  const fields = upper(params)
  const dialog = portal.dialogs.get((textOf(fields.DIALOG_ID) ?? '').replace(/^chat/, ''))
  const text = textOf(fields.MESSAGE)
  if (textOf(fields.DIALOG_ID) === undefined) throw wrong('DIALOG_ID_EMPTY', "Dialog ID can't be empty")
  if (text === undefined) throw wrong('MESSAGE_EMPTY', "Message can't be empty")
  if (!dialog) throw wrong('ACCESS_ERROR', 'Action unavailable')
  // What is said as the system stays in the house.
  if (isYes(fields.SYSTEM)) return addBubble(b24, portal, dialog, 'system', { text }).id
  return operatorWrites(b24, portal, dialog, user.id, text).id
}

function ownBubble({ portal, params, user }: Call): Bubble {
  const bubble = portal.bubbles.get(textOf(upper(params).MESSAGE_ID) ?? '')
  if (!bubble) throw wrong('MESSAGE_ID_ERROR', "Message ID can't be empty")
  if (bubble.from !== 'operator' || (bubble.authorId !== user.id && !user.admin))
    throw wrong('CANT_EDIT_MESSAGE', 'Time has expired for modification or you do not have access')
  return bubble
}

const AGAIN_MS = 30 * 60_000

/** The same call again within half an hour is the same call. */
function register(call: Call): object {
  const { portal, b24, params } = call
  const fields = upper(params)
  const userId = numberOf(fields.USER_ID)
  const phone = textOf(fields.PHONE_NUMBER)
  const type = textOf(fields.TYPE) ?? ''
  if (userId === undefined || !portal.users.get(userId)) throw wrong('ERROR_CORE', 'USER_ID or USER_PHONE_INNER should be set')
  if (phone === undefined) throw wrong('ERROR_CORE', 'PHONE_NUMBER should be set')
  if (!['1', '2', '3', '4', '5'].includes(type)) throw wrong('ERROR_CORE', 'TYPE is wrong')
  const line = textOf(fields.LINE_NUMBER) ?? ''
  const externalId = textOf(fields.EXTERNAL_CALL_ID) ?? ''
  const same = portal.calls
    .all()
    .find(
      (one) =>
        one.phone === phone &&
        one.type === type &&
        one.userId === userId &&
        one.line === line &&
        one.externalId === externalId &&
        b24.now() - one.startedAt < AGAIN_MS,
    )
  return callShape(same ?? portal.calls.put(newCall(call, fields, { userId, phone, type, line, externalId })))
}

function newCall(
  { portal, b24 }: Call,
  fields: Fields,
  known: Pick<CallRow, 'userId' | 'phone' | 'type' | 'line' | 'externalId'>,
): CallRow {
  const found = findByPhone(portal, [known.phone])
  const entityType = textOf(fields.CRM_ENTITY_TYPE) ?? (['CONTACT', 'COMPANY', 'LEAD'] as const).find((one) => found[one]) ?? ''
  const owner = (['CONTACT', 'COMPANY', 'LEAD'] as const).find((one) => one === entityType)
  return {
    ...{ id: `externalCall.${randomBytes(16).toString('hex')}.${Math.floor(b24.now() / 1000)}`, ...known },
    ...{
      show: isYes(fields.SHOW, true),
      entityType,
      entityId: numberOf(fields.CRM_ENTITY_ID) ?? (owner && found[owner]?.[0]) ?? 0,
    },
    ...{ startedAt: b24.now(), finished: null, record: null, activityId: null, addToChat: isYes(fields.ADD_TO_CHAT, true) },
  }
}

function callShape({ id, entityType, entityId }: CallRow): object {
  const entity =
    entityType === '' ? { CRM_ENTITY_TYPE: null, CRM_ENTITY_ID: null } : { CRM_ENTITY_TYPE: entityType, CRM_ENTITY_ID: entityId }
  return { CALL_ID: id, CRM_CREATED_LEAD: null, CRM_CREATED_ENTITIES: [], ...entity }
}

function callOf({ portal }: Call, fields: Fields): CallRow {
  const found = portal.calls.get(textOf(fields.CALL_ID) ?? '')
  if (!found) throw wrong('ERROR_CORE', 'Call is not found')
  return found
}

const TYPE_IDS: Readonly<Record<string, number>> = { LEAD: 1, DEAL: 2, CONTACT: 3, COMPANY: 4 }

function finish(call: Call): object {
  const fields = upper(call.params)
  const row = callOf(call, fields)
  if (row.finished) throw wrong('ERROR_CORE', 'Call is already finished')
  const typeId = TYPE_IDS[row.entityType]
  const seconds = numberOf(fields.DURATION) ?? 0
  const code = textOf(fields.STATUS_CODE) ?? (seconds > 0 ? '200' : '304')
  const title = `${row.type === '1' ? 'Llamada a' : 'Llamada de'} ${row.phone}`
  const activity =
    typeId === undefined
      ? null
      : addActivity(call, {
          kind: 'call',
          typeId,
          number: row.entityId,
          title,
          text: `${code}, ${seconds} s`,
          authorId: row.userId,
        })
  const finished = {
    CALL_DURATION: String(seconds),
    CALL_FAILED_CODE: code,
    CALL_FAILED_REASON: textOf(fields.FAILED_REASON) ?? '',
  }
  call.portal.calls.put({ ...row, finished, activityId: activity?.id ?? null })
  const about = {
    CALL_ID: row.id,
    PORTAL_USER_ID: row.userId,
    PHONE_NUMBER: row.phone,
    CALL_TYPE: row.type,
    PORTAL_NUMBER: row.line,
  }
  return {
    ...about,
    ...finished,
    CRM_ENTITY_TYPE: row.entityType,
    CRM_ENTITY_ID: row.entityId,
    CRM_ACTIVITY_ID: activity?.id ?? 0,
  }
}

function attach(call: Call): object {
  const fields = upper(call.params)
  const row = callOf(call, fields)
  const name = textOf(fields.FILENAME) ?? ''
  if (!/\.(mp3|wav)$/i.test(name)) throw wrong('ERROR_CORE', 'Wrong file extension; only wav and mp3 are allowed')
  if (textOf(fields.FILE_CONTENT) === undefined && textOf(fields.RECORD_URL) === undefined) throw wrong('ERROR_CORE', 'No file')
  call.portal.calls.put({ ...row, record: name })
  return { FILE_ID: call.portal.nextId('record', 700) }
}

/** The same TAG takes the place of the earlier notice. */
function notify({ portal, params, app, b24 }: Call, type: Notice['type']): number | false {
  const fields = upper(params)
  const userId = numberOf(fields.USER_ID) ?? numberOf(fields.TO)
  const text = textOf(fields.MESSAGE)
  if (userId === undefined) throw wrong('USER_ID_EMPTY', "User ID can't be empty")
  if (text === undefined) throw wrong('MESSAGE_EMPTY', "Message can't be empty")
  if (!portal.users.get(userId)?.active) return false
  const tag = textOf(fields.TAG) ?? ''
  for (const old of portal.notices.all()) if (tag !== '' && old.tag === tag && old.userId === userId) portal.notices.drop(old.id)
  const id = portal.nextId('notice', 12_345)
  portal.notices.put({ id, userId, type, text, tag, subTag: textOf(fields.SUB_TAG) ?? '', clientId: app.id, at: b24.now() })
  portal.tellPages({ type: 'notices' })
  return id
}

function unnotify({ portal, params, app }: Call): boolean {
  const fields = upper(params)
  const gone = portal.notices
    .all()
    .filter(
      (one) =>
        one.clientId === app.id &&
        ((textOf(fields.ID) !== undefined && String(one.id) === textOf(fields.ID)) ||
          (textOf(fields.TAG) !== undefined && one.tag === fields.TAG) ||
          (textOf(fields.SUB_TAG) !== undefined && one.subTag === fields.SUB_TAG)),
    )
  for (const { id } of gone) portal.notices.drop(id)
  portal.tellPages({ type: 'notices' })
  return gone.length > 0
}
