/** What stands in the timeline of a card: comments, log entries, configurable activities, badges. reference/bitrix24.md §7.4. */
import { fieldsOf, listOf, numberOf, textOf } from '../../lib/fields.ts'
import { saveFile } from '../files.ts'
import type { Activity } from '../model.ts'
import { isYes } from '../rest/params.ts'
import { pageOf } from '../rest/page.ts'
import { isoOf, RestError } from '../service.ts'
import type { Call, Methods } from '../service.ts'
import { typeName } from './items.ts'
import { addActivity } from './timeline-activity.ts'
import { checkLayout, ICONS, LOGOS } from './layout.ts'

const scope = 'crm'
const wrong = (code: string, message: string): RestError => new RestError(400, code, message)

export const timelineMethods: Methods = {
  'crm.timeline.comment.add': { scope, run: addComment },
  'crm.timeline.logmessage.add': { scope, run: addLog },
  'crm.timeline.icon.list': { scope, run: () => ({ icons: ICONS.map((code) => ({ code, isSystem: true })) }) },
  'crm.timeline.logo.list': { scope, run: () => ({ logos: LOGOS.map((code) => ({ code, isSystem: true })) }) },
  'crm.activity.configurable.add': { scope, run: (call) => ({ activity: { id: addConfigurable(call).id } }) },
  'crm.activity.configurable.update': { scope, run: (call) => ({ activity: { id: changeConfigurable(call).id } }) },
  'crm.activity.configurable.get': { scope, run: (call) => ({ activity: configurableShape(configurableOf(call)) }) },
  'crm.activity.list': { scope, run: listActivities },
  'crm.activity.delete': {
    scope,
    run: (call) => {
      const id = textOf(call.params.id) ?? ''
      if (!call.portal.activities.get(id)) throw wrong('NOT_FOUND', 'Not found.')
      call.portal.activities.drop(id)
      call.portal.tellPages({ type: 'crm', id })
      return true
    },
  },
  'crm.activity.binding.add': { scope, run: bind },
  'crm.activity.badge.add': { scope, admin: true, run: addBadge },
  'crm.activity.badge.list': { scope, run: ({ portal }) => ({ badges: portal.badges.all().map(({ fields }) => fields) }) },
  'crm.activity.badge.delete': {
    scope,
    admin: true,
    run: ({ portal, params }) => (portal.badges.drop(textOf(params.code) ?? ''), null),
  },
  'crm.activity.type.add': { scope, admin: true, run: ({ params }) => textOf(fieldsOf(params.fields).TYPE_ID) !== undefined },
}

const TYPES: Readonly<Record<string, number>> = { lead: 1, deal: 2, contact: 3, company: 4 }

/** `fields` in small letters, what is in it in capitals. */
function addComment(call: Call): number {
  const fields = fieldsOf(call.params.fields)
  const type = textOf(fields.ENTITY_TYPE)?.toLowerCase() ?? ''
  const typeId = TYPES[type] ?? Number(/^dynamic_(\d+)$/.exec(type)?.[1] ?? 0)
  const text = textOf(fields.COMMENT)
  if (text === undefined) throw wrong('', 'The field COMMENT is required')
  const number = mustExist(call, typeId, numberOf(fields.ENTITY_ID) ?? 0)
  const files = listOf(fields.FILES).map((pair) => {
    const [name, base64] = listOf(pair).map(String)
    const bytes = Buffer.from(base64 ?? '', 'base64')
    return saveFile(call.b24, call.portal, { bytes, name: name ?? 'archivo', mime: 'application/octet-stream' }, null).id
  })
  return addActivity(call, { kind: 'comment', typeId, number, text, files, authorId: call.user.id, clientId: call.app.id }).id
}

function mustExist({ portal }: Call, typeId: number, number: number): number {
  if (!portal.items.get(`${typeId}:${number}`)) throw wrong('NOT_FOUND', 'Not found.')
  return number
}

function addLog(call: Call): object {
  const fields = fieldsOf(call.params.fields)
  for (const name of ['entityTypeId', 'entityId', 'title', 'text', 'iconCode'])
    if (textOf(fields[name]) === undefined) throw wrong('100', `Could not find value for parameter {${name}}`)
  if (!ICONS.includes(String(fields.iconCode))) throw wrong('INVALID_ARG_VALUE', 'Wrong icon code')
  const typeId = numberOf(fields.entityTypeId) ?? 0
  const number = mustExist(call, typeId, numberOf(fields.entityId) ?? 0)
  const about = { title: String(fields.title), text: String(fields.text), clientId: call.app.id, authorId: call.user.id }
  const { id } = addActivity(call, { kind: 'log', typeId, number, ...about, fields: { iconCode: fields.iconCode } })
  return { logMessage: { id, created: isoOf(call.b24.now()), ...about } }
}

function addConfigurable(call: Call): Activity {
  const { params } = call
  const typeId = numberOf(params.ownerTypeId)
  const ownerId = numberOf(params.ownerId)
  if (typeId === undefined || ownerId === undefined) throw wrong('100', 'Could not find value for parameter {ownerTypeId}')
  const fields = fieldsOf(params.fields)
  const incoming = isYes(fields.isIncomingChannel)
  checkFields(call, fields, incoming)
  checkLayout(params.layout)
  const number = mustExist(call, typeId, ownerId)
  const title = textOf(fieldsOf(fieldsOf(params.layout).header).title) ?? ''
  const about = { clientId: call.app.id, authorId: call.user.id, completed: isYes(fields.completed), incoming, title }
  return addActivity(call, {
    kind: 'configurable',
    typeId,
    number,
    ...about,
    fields: { ...fields },
    layout: { ...fieldsOf(params.layout) },
  })
}

function checkFields({ portal }: Call, fields: Readonly<Record<string, unknown>>, incoming: boolean): void {
  if (incoming && textOf(fields.deadline) !== undefined)
    throw wrong('INCOMING_ACTIVITY_CAN_NOT_BE_WITH_DEADLINE', 'Incoming activity can not be with deadline')
  const badge = textOf(fields.badgeCode)
  if (badge !== undefined && !portal.badges.get(badge)) throw wrong('WRONG_FIELD_VALUE', `Badge '${badge}' was not found`)
}

function configurableOf({ portal, params, app }: Call): Activity {
  const activity = portal.activities.get(textOf(params.id) ?? '')
  if (activity?.kind !== 'configurable') throw wrong('NOT_FOUND', 'Not found.')
  // Only who made it may change it.
  if (activity.clientId !== app.id) throw wrong('ERROR_WRONG_APPLICATION', 'Activity belongs to another application')
  return activity
}

function changeConfigurable(call: Call): Activity {
  const old = configurableOf(call)
  const fields = { ...old.fields, ...fieldsOf(call.params.fields) }
  checkFields(call, fields, old.incoming)
  if (call.params.layout !== undefined) checkLayout(call.params.layout)
  const layout = call.params.layout === undefined ? old.layout : { ...fieldsOf(call.params.layout) }
  const title = textOf(fieldsOf(fieldsOf(layout).header).title) ?? old.title
  call.portal.tellPages({ type: 'crm', id: `${old.typeId}:${old.number}` })
  return call.portal.activities.put({ ...old, fields, layout, title, completed: isYes(fields.completed) })
}

function configurableShape({ id, typeId, number, fields, layout, completed, incoming, at }: Activity): object {
  const flags = { completed: completed ? 'Y' : 'N', isIncomingChannel: incoming ? 'Y' : 'N', created: isoOf(at) }
  return { id, ownerTypeId: typeId, ownerId: number, fields: { ...fields, ...flags }, layout }
}

/** As the older method shows them. */
function listActivities({ portal, params }: Call): unknown {
  const filter = fieldsOf(params.filter ?? params.FILTER)
  const found = portal.activities
    .all()
    .filter(
      (one) =>
        one.kind !== 'comment' &&
        one.kind !== 'log' &&
        (textOf(filter.OWNER_TYPE_ID) === undefined || String(one.typeId) === textOf(filter.OWNER_TYPE_ID)) &&
        (textOf(filter.OWNER_ID) === undefined || String(one.number) === textOf(filter.OWNER_ID)) &&
        (textOf(filter.ORIGIN_ID) === undefined || String(one.fields.originId ?? '') === textOf(filter.ORIGIN_ID)) &&
        (textOf(filter.COMPLETED) === undefined || (one.completed ? 'Y' : 'N') === filter.COMPLETED),
    )
  return pageOf(found, numberOf(params.start) ?? 0, (items) =>
    items.map((one) => ({
      ...{ ID: String(one.id), OWNER_TYPE_ID: String(one.typeId), OWNER_ID: String(one.number), SUBJECT: one.title },
      ...{ DESCRIPTION: one.text, COMPLETED: one.completed ? 'Y' : 'N', PROVIDER_ID: providerOf(one), CREATED: isoOf(one.at) },
    })),
  )
}

const PROVIDERS: Readonly<Record<Activity['kind'], string>> = {
  ...{
    comment: '',
    log: '',
    configurable: 'CONFIGURABLE_REST_APP',
    call: 'VOXIMPLANT_CALL',
    sms: 'CRM_SMS',
    chat: 'IMOPENLINES_SESSION',
  },
}
const providerOf = ({ kind }: Activity): string => PROVIDERS[kind]

function bind({ portal, params }: Call): boolean {
  const activity = portal.activities.get(textOf(params.activityId) ?? '')
  const typeId = numberOf(params.entityTypeId) ?? 0
  const number = numberOf(params.entityId) ?? 0
  if (!activity) throw wrong('NOT_FOUND', 'Not found.')
  if (!portal.items.get(`${typeId}:${number}`))
    throw wrong('OWNER_NOT_FOUND', `${typeName(typeId) ?? typeId} ${number} was not found`)
  if (activity.bindings.length >= 99) throw wrong('TOO_MANY_BINDINGS', 'Too many bindings')
  if (activity.bindings.some((one) => one.typeId === typeId && one.number === number))
    throw wrong('ALREADY_BOUND', 'Already bound')
  portal.activities.put({ ...activity, bindings: [...activity.bindings, { typeId, number }] })
  return true
}

function addBadge({ portal, params }: Call): object {
  const fields = { code: params.code, title: params.title, value: params.value, type: params.type }
  for (const [name, value] of Object.entries(fields))
    if (value === undefined || value === '') throw wrong('100', `Could not find value for parameter {${name}}`)
  portal.badges.put({ id: String(params.code), fields })
  return { badge: fields }
}
