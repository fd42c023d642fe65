/** placement.*: where an application shows itself. Most refusals come with status 200. reference/bitrix24.md §9. */
import { fieldsOf, numberOf, textOf } from '../../lib/fields.ts'
import { phpMap } from '../../lib/php.ts'
import type { Placement } from '../model.ts'
import { upper } from '../rest/params.ts'
import { RestError } from '../service.ts'
import type { Call, Methods } from '../service.ts'

const CRM = ['CONTACT', 'LEAD', 'DEAL', 'COMPANY'].flatMap((of) =>
  ['DETAIL_TAB', 'DETAIL_ACTIVITY', 'DETAIL_TOOLBAR', 'LIST_MENU', 'LIST_TOOLBAR', 'ACTIVITY_TIMELINE_MENU'].map(
    (where) => `CRM_${of}_${where}`,
  ),
)
const OTHERS = [
  ...['IM_SIDEBAR', 'IM_TEXTAREA', 'IM_CONTEXT_MENU', 'IM_NAVIGATION', 'LEFT_MENU', 'IMMOBILE_CONTEXT_MENU', 'CONTACT_CENTER'],
  ...['CALL_CARD', 'REST_APP_URI', 'PAGE_BACKGROUND_WORKER', 'SETTING_CONNECTOR'],
]
const DYNAMIC = /^CRM_DYNAMIC_\d+_(DETAIL_TAB|DETAIL_ACTIVITY|DETAIL_TOOLBAR|LIST_MENU|LIST_TOOLBAR|ACTIVITY_TIMELINE_MENU)$/
/** Only one of these per application. */
const SINGLE = new Set(['PAGE_BACKGROUND_WORKER', 'REST_APP_URI'])
const PERSONAL = new Set(['PAGE_BACKGROUND_WORKER', 'LEFT_MENU', 'IM_SIDEBAR', 'IM_TEXTAREA', 'IM_NAVIGATION', 'IM_CONTEXT_MENU'])

const scope = 'placement'

export const placementMethods: Methods = {
  'placement.bind': { scope, admin: true, run: bind },
  'placement.unbind': { scope, admin: true, run: unbind },
  'placement.get': {
    scope,
    run: ({ portal, app }) =>
      portal.placements
        .all()
        .filter(({ clientId }) => clientId === app.id)
        .map(({ placement, userId, handler, options, title, description, langAll }) => ({
          ...{ placement, userId, handler, options: phpMap(options), title, description, langAll: phpMap(langAll) },
        })),
  },
  'placement.list': { scope, run: () => [...CRM, ...OTHERS] },
}

const refused = (code: string, message: string, more: Record<string, unknown> = {}): RestError =>
  new RestError(200, code, message, more)

function bind({ portal, params, app }: Call): boolean {
  const fields = upper(params)
  const placement = (textOf(fields.PLACEMENT) ?? '').toUpperCase()
  const handler = textOf(fields.HANDLER)
  for (const name of ['PLACEMENT', 'HANDLER'])
    if (textOf(fields[name]) === undefined)
      throw refused('ERROR_ARGUMENT', `Argument '${name}' is null or empty`, { argument: name })
  if (![...CRM, ...OTHERS].includes(placement) && !DYNAMIC.test(placement))
    throw new RestError(400, 'ERROR_PLACEMENT_NOT_FOUND', 'Placement not found')
  const options = fieldsOf(fields.OPTIONS)
  const userId = numberOf(fields.USER_ID) ?? 0
  if (userId > 0 && !PERSONAL.has(placement)) throw refused('ERROR_PLACEMENT_USER_MODE', 'User mode is not available')
  if (placement === 'PAGE_BACKGROUND_WORKER' && textOf(options.errorHandlerUrl) === undefined)
    throw refused('EMPTY_ERROR_HANDLER_URL', 'errorHandlerUrl is empty')
  const own = portal.placements.all().filter((one) => one.clientId === app.id && one.placement === placement)
  if (SINGLE.has(placement) && own.length > 0) throw refused('ERROR_PLACEMENT_MAX_COUNT', 'Placement max count')
  if (own.some((one) => one.handler === handler && one.userId === userId))
    throw new RestError(400, 'ERROR_CORE', 'Unable to set placement handler: Handler already binded')
  portal.placements.put({
    ...{ id: portal.nextId('placement', 31), clientId: app.id, placement, handler: handler ?? '' },
    ...{ title: titleOf(fields), description: textOf(fields.DESCRIPTION) ?? '', group: textOf(fields.GROUP_NAME) ?? '' },
    ...{ langAll: { ...fieldsOf(fields.LANG_ALL) }, options: { ...options }, userId },
  })
  portal.tellPages({ type: 'apps' })
  return true
}

function titleOf(fields: Readonly<Record<string, unknown>>): string {
  const langs = fieldsOf(fields.LANG_ALL)
  return textOf(fieldsOf(langs.es ?? langs.la).TITLE) ?? textOf(fields.TITLE) ?? ''
}

function unbind({ portal, params, app }: Call): { count: number } {
  const fields = upper(params)
  const fits = (one: Placement): boolean =>
    one.clientId === app.id &&
    one.placement === (textOf(fields.PLACEMENT) ?? '').toUpperCase() &&
    (textOf(fields.HANDLER) === undefined || one.handler === fields.HANDLER)
  const gone = portal.placements.all().filter(fits)
  for (const { id } of gone) portal.placements.drop(id)
  portal.tellPages({ type: 'apps' })
  return { count: gone.length }
}
