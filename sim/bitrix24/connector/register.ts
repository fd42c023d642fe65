/** imconnector.register and its kin: connectors, and their state on lines. reference/bitrix24.md §5.2, §5.3. */
import { fieldsOf, numberOf, textOf } from '../../lib/fields.ts'
import type { Fields } from '../../lib/fields.ts'
import { phpMap } from '../../lib/php.ts'
import type { Channel, Connector } from '../model.ts'
import type { Portal } from '../portal.ts'
import { isYes, upper } from '../rest/params.ts'
import { RestError } from '../service.ts'
import type { Call, Methods } from '../service.ts'
import { detach } from '../openlines/lines.ts'

const SCOPES = ['imopenlines', 'imconnector'] as const

export const connectorMethods: Methods = {
  'imconnector.register': { scope: SCOPES, run: register },
  'imconnector.unregister': { scope: SCOPES, run: unregister },
  'imconnector.list': { scope: SCOPES, run: list },
  'imconnector.activate': { scope: SCOPES, run: activate },
  'imconnector.status': { scope: SCOPES, run: status },
  'imconnector.connector.data.set': { scope: SCOPES, run: setData },
  'imconnector.set.error': { scope: SCOPES, run: setError },
}

/** A refusal that comes with status 200. */
const failed = (code: string, description: string): object => ({ result: false, error: code, error_description: description })

/** Registering the same id again changes it. Ids are written in small letters. */
function register({ portal, params, app, b24 }: Call): object {
  const fields = upper(params)
  const id = typeof fields.ID === 'string' ? fields.ID.toLowerCase() : ''
  const icon = upper(fieldsOf(fields.ICON))
  if (id === '') return failed('CONNECTOR_ID_REQUIRED', 'Connector ID is not specified')
  if (id.includes('.'))
    return failed(
      'APPLICATION_REGISTRATION_ERROR_POINT',
      'Application registration error. Using a dot in the connector identifier is not allowed',
    )
  if (!/^[a-z0-9_]+$/.test(id)) return failed('GENERAL_CONNECTOR_REGISTRATION_ERROR', 'General connector registration error')
  if (typeof fields.NAME !== 'string' || fields.NAME === '') return failed('NAME_REQUIRED', 'Connector name is not specified')
  if (typeof icon.DATA_IMAGE !== 'string' || icon.DATA_IMAGE === '')
    return failed('ICON_REQUIRED', 'Connector icon is not specified')
  if (typeof fields.PLACEMENT_HANDLER !== 'string' || fields.PLACEMENT_HANDLER === '')
    return failed('NO_PLACEMENT_HANDLER', 'Failed to get embedding handler URL')
  if ((portal.connectors.get(id)?.clientId ?? app.id) !== app.id)
    return failed('APPLICATION_REGISTRATION_ERROR', 'Application registration error')
  portal.connectors.put({
    ...{ id, clientId: app.id, name: fields.NAME, icon, handler: fields.PLACEMENT_HANDLER },
    ...{ chatGroup: isYes(fields.CHAT_GROUP, false), needSignature: isYes(fields.NEED_SIGNATURE, true) },
    ...{ needSystemMessages: isYes(fields.NEED_SYSTEM_MESSAGES, true), delExternal: isYes(fields.DEL_EXTERNAL_MESSAGES, true) },
    ...{ editInternal: isYes(fields.EDIT_INTERNAL_MESSAGES, true), delInternal: isYes(fields.DEL_INTERNAL_MESSAGES, true) },
    newsletter: isYes(fields.NEWSLETTER, true),
  })
  portal.tellPages({ type: 'apps', at: b24.now() })
  return { result: true }
}

function unregister({ b24, portal, params, app }: Call): object {
  const id = (textOf(upper(params).ID) ?? '').toLowerCase()
  const connector = portal.connectors.get(id)
  const channels = portal.channels.all().filter((one) => one.connector === id)
  // One that no line ever used is refused as well: a box's way, and not fatal.
  if (connector?.clientId !== app.id || channels.length === 0)
    return failed('APPLICATION_UNREGISTRATION_ERROR', 'Application unregistration error')
  for (const channel of channels) detach(b24, portal, channel, false)
  portal.connectors.drop(id)
  portal.tellPages({ type: 'apps' })
  return { result: true }
}

function list({ portal }: Call): unknown {
  const own = portal.connectors.all().map(({ id, name }): [string, string] => [id, name])
  return { ...Object.fromEntries(own), livechat: 'Live Chat' }
}

/** Throws in the words of the portal when a name is missing. */
export function needed(fields: Fields, ...names: string[]): void {
  for (const name of names) {
    const value = fields[name]
    if (value === undefined || value === null || value === '')
      throw new RestError(400, 'ERROR_ARGUMENT', `Argument '${name}' is null or empty`, { argument: name })
  }
}

/** The connector of a call: its own one, in small letters. */
export function connectorOf({ portal, app }: Pick<Call, 'portal' | 'app'>, fields: Fields): Connector {
  const connector = portal.connectors.get((textOf(fields.CONNECTOR) ?? '').toLowerCase())
  if (connector?.clientId !== app.id)
    throw new RestError(400, 'IMCONNECTOR_NO_CORRECT_PROVIDER', 'Could not find the correct provider for the connector')
  return connector
}

export function channelOf(portal: Portal, connector: string, line: number): Channel {
  const id = `${connector}|${line}`
  const none = { active: false, connection: false, registered: false, error: false, data: null }
  return portal.channels.get(id) ?? { id, connector, line, ...none }
}

/** Enabled, connected, registered, and no error. */
export function isReady({ active, connection, registered, error }: Channel): boolean {
  return active && connection && registered && !error
}

/** Any value that is not empty enables it, "N" too; only "0" does not. */
function activate(call: Call): boolean {
  const fields = upper(call.params)
  needed(fields, 'CONNECTOR', 'LINE')
  const value = fields.ACTIVE
  if (value === undefined || value === null || value === '')
    throw new RestError(400, 'ERROR_ARGUMENT', "Argument 'ACTIVE' is null or empty", { argument: 'ACTIVE' })
  const { portal, b24 } = call
  const connector = connectorOf(call, fields)
  const line = portal.lines.get(numberOf(fields.LINE) ?? 0)
  if (!line) throw new RestError(400, 'ERROR_ARGUMENT', "Argument 'LINE' is null or empty", { argument: 'LINE' })
  const channel = channelOf(portal, connector.id, line.id)
  const isOn = !(value === '0' || value === 0 || value === false)
  if (isOn) portal.channels.put({ ...channel, active: true })
  else if (channel.active) detach(b24, portal, channel, true)
  portal.tellPages({ type: 'apps' })
  return true
}

function status(call: Call): object {
  const fields = upper(call.params)
  needed(fields, 'CONNECTOR')
  // Without a line it answers for line 0, where nothing is.
  const line = numberOf(fields.LINE) ?? 0
  const connector = (textOf(fields.CONNECTOR) ?? '').toLowerCase()
  const channel = channelOf(call.portal, connector, line)
  const isConfigured = channel.active && channel.connection && channel.registered
  return { LINE: line, CONNECTOR: connector, ERROR: channel.error, CONFIGURED: isConfigured, STATUS: isReady(channel) }
}

/** Raises "connection" and "registered". The whole object is replaced. */
function setData(call: Call): boolean {
  const fields = upper(call.params)
  needed(fields, 'CONNECTOR', 'LINE', 'DATA')
  const connector = connectorOf(call, fields)
  const data = fieldsOf(fields.DATA)
  const channel = channelOf(call.portal, connector.id, numberOf(fields.LINE) ?? 0)
  call.portal.channels.put({ ...channel, connection: true, registered: true, data: { ...phpMap(data) } })
  call.portal.tellPages({ type: 'apps' })
  return true
}

function setError(call: Call): boolean {
  const fields = upper(call.params)
  needed(fields, 'CONNECTOR', 'LINE')
  const connector = connectorOf(call, fields)
  const channel = channelOf(call.portal, connector.id, numberOf(fields.LINE) ?? 0)
  call.portal.channels.put({ ...channel, error: true })
  return true
}
