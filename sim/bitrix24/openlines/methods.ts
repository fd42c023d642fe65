/** imopenlines.config.*: open lines over REST. reference/bitrix24.md §6. */
import { fieldsOf, isFields, listOf, numberOf, textOf } from '../../lib/fields.ts'
import type { Fields } from '../../lib/fields.ts'
import type { Line } from '../model.ts'
import type { Portal } from '../portal.ts'
import { isYes, upper } from '../rest/params.ts'
import { needed } from '../connector/register.ts'
import { RestError } from '../service.ts'
import type { Call, Methods } from '../service.ts'
import { addLine, deleteLine, operatorsOf, settingsOf } from './lines.ts'

const scope = 'imopenlines'

export const lineMethods: Methods = {
  'imopenlines.config.list.get': { scope, run: list },
  'imopenlines.config.get': { scope, run: get },
  'imopenlines.config.add': { scope, admin: true, run: add },
  'imopenlines.config.update': { scope, admin: true, run: update },
  'imopenlines.config.delete': { scope, admin: true, run: remove },
  'imopenlines.config.path.get': {
    scope,
    run: ({ portal }) => ({ SERVER_ADDRESS: `http://${portal.row().domain}`, PUBLIC_PATH: '/contact_center/openlines' }),
  },
  'imopenlines.revision.get': { scope, run: () => ({ rest: 4, web: 1, mobile: 1, im: { rest: 30, web: 117, mobile: 13 } }) },
}

function short(portal: Portal, line: Line, options: Fields): object {
  const queue = operatorsOf(portal, line)
  return {
    ...{ ID: String(line.id), LINE_NAME: line.name, ACTIVE: line.active ? 'Y' : 'N' },
    ...(isYes(options.QUEUE) && { QUEUE: queue.map(({ id }) => id) }),
    ...(isYes(options.CONFIG_QUEUE) && {
      CONFIG_QUEUE: line.queue.map(({ type, id }) => ({ ENTITY_ID: String(id), ENTITY_TYPE: type })),
    }),
  }
}

/** The whole list at once: `total` and `next` do not stand beside it. */
function list({ portal, params }: Call): object[] {
  const fields = upper(params)
  const given = fieldsOf(fields.PARAMS)
  if (given.filter !== undefined && typeof given.filter !== 'object')
    throw new RestError(400, 'INVALID_FORMAT', "A wrong format for the PARAMS field 'filter' is passed")
  const filter = upper(fieldsOf(given.filter))
  const select = listOf(given.select).map(String)
  const limit = Math.min(200, numberOf(given.limit) ?? 50)
  const from = numberOf(given.offset) ?? 0
  return portal.lines
    .all()
    .filter(
      (line) =>
        (textOf(filter.ID) === undefined || String(line.id) === textOf(filter.ID)) &&
        (filter.ACTIVE === undefined || line.active === isYes(filter.ACTIVE)),
    )
    .slice(from, from + limit)
    .map((line) => {
      const shape = short(portal, line, upper(fieldsOf(fields.OPTIONS)))
      if (select.length === 0) return shape
      const wanted = new Set([...select, 'ID', 'QUEUE', 'CONFIG_QUEUE'])
      return Object.fromEntries(Object.entries({ ...settingsOf(line), ...shape }).filter(([name]) => wanted.has(name)))
    })
}

/** A line that does not exist is `false` and no error. */
function get({ portal, params }: Call): object | false {
  const fields = upper(params)
  needed(fields, 'CONFIG_ID')
  const line = portal.lines.get(textOf(fields.CONFIG_ID) ?? '')
  if (!line) return false
  const queue = operatorsOf(portal, line)
  const row = (id: number, index: number) => ({
    ID: String(240 + index),
    SORT: String(index),
    USER_ID: String(id),
    DEPARTMENT_ID: '0',
  })
  return {
    ...settingsOf(line),
    ...{ ID: String(line.id), ACTIVE: line.active ? 'Y' : 'N', LINE_NAME: line.name, DATE_CREATE: {}, DATE_MODIFY: {} },
    MODIFY_USER_ID: String(line.modifiedBy),
    ...(isYes(fields.WITH_QUEUE, true) && {
      QUEUE: queue.map(({ id }) => String(id)),
      QUEUE_FULL: Object.fromEntries(queue.map(({ id }, index) => [String(id), row(id, index)])),
      configQueue: line.queue.map(({ type, id }) => ({ ENTITY_ID: String(id), ENTITY_TYPE: type })),
    }),
  }
}

const MOST_LINES: Readonly<Record<string, number>> = { basic: 1, std: 10 }

function add({ portal, params, user }: Call): number {
  const given = upper(fieldsOf(upper(params).PARAMS))
  if (portal.lines.size() >= (MOST_LINES[portal.row().license] ?? 1000))
    throw new RestError(400, 'ACCESS_DENIED', 'The number of open lines of this plan is used up')
  const line = addLine(portal, textOf(given.LINE_NAME) ?? `Línea abierta ${portal.lines.size() + 1}`, user.id)
  portal.lines.put({ ...line, ...changeOf(given, line) })
  portal.tellPages({ type: 'lines' })
  return line.id
}

function changeOf(given: Fields, line: Line): Partial<Line> {
  const { LINE_NAME, ACTIVE, QUEUE, ...params } = given
  return {
    ...(textOf(LINE_NAME) !== undefined && { name: textOf(LINE_NAME) }),
    ...(ACTIVE !== undefined && { active: isYes(ACTIVE) }),
    ...(QUEUE !== undefined && { queue: queueOf(QUEUE) }),
    params: { ...line.params, ...params },
  }
}

/** `[{ENTITY_TYPE, ENTITY_ID}]`; plain numbers are employees. */
function queueOf(value: unknown): Line['queue'] {
  const entries: readonly unknown[] = Array.isArray(value) ? value : Object.values(fieldsOf(value))
  return entries.flatMap((entry) => {
    const fields = isFields(entry) ? upper(entry) : { ENTITY_ID: entry }
    const id = numberOf(fields.ENTITY_ID)
    return id === undefined
      ? []
      : [{ type: fields.ENTITY_TYPE === 'department' ? ('department' as const) : ('user' as const), id }]
  })
}

function lineOf({ portal }: Call, fields: Fields): Line {
  needed(fields, 'CONFIG_ID')
  const line = portal.lines.get(textOf(fields.CONFIG_ID) ?? '')
  if (!line) throw new RestError(400, 'CONFIG_WRITE_ERROR', 'The open line was not found')
  return line
}

function update(call: Call): boolean {
  const fields = upper(call.params)
  const line = lineOf(call, fields)
  call.portal.lines.put({ ...line, ...changeOf(upper(fieldsOf(fields.PARAMS)), line), modifiedBy: call.user.id })
  call.portal.tellPages({ type: 'lines' })
  return true
}

function remove(call: Call): boolean {
  deleteLine(call.b24, call.portal, lineOf(call, upper(call.params)))
  call.portal.tellPages({ type: 'lines' })
  return true
}
