/** imconnector.send.messages, update, delete, and the word that a message arrived. reference/bitrix24.md §5.4 to §5.7. */
import { fieldsOf, isFields, listOf, numberOf, textOf } from '../../lib/fields.ts'
import type { Fields } from '../../lib/fields.ts'
import type { Bubble, Connector, Line } from '../model.ts'
import { bubbleOf, clientWrites, itemIn, refused } from '../openlines/client.ts'
import type { Item, ItemAnswer } from '../openlines/client.ts'
import { upper } from '../rest/params.ts'
import { RestError } from '../service.ts'
import type { Call, Methods } from '../service.ts'
import { channelOf, connectorOf, needed } from './register.ts'

const SCOPES = ['imopenlines', 'imconnector'] as const

export const messageMethods: Methods = {
  'imconnector.send.messages': {
    scope: SCOPES,
    run: (call) =>
      each(call, ['user', 'message', 'chat'], (connector, line, item) =>
        clientWrites(call.b24, call.portal, connector, line, item),
      ),
  },
  'imconnector.update.messages': { scope: SCOPES, run: (call) => each(call, ['message', 'chat'], edits(call)) },
  'imconnector.delete.messages': { scope: SCOPES, run: (call) => each(call, ['message', 'chat'], deletes(call)) },
  'imconnector.send.status.delivery': { scope: SCOPES, run: delivered },
  // It exists and does nothing.
  'imconnector.send.status.reading': { scope: SCOPES, run: (call) => messagesOf(call) && { SUCCESS: true, DATA: [] } },
  'imconnector.chat.name.set': { scope: 'imconnector', run: renameChat },
}

const wrong = (code: string, description: string): RestError => new RestError(400, code, description)

function messagesOf(call: Call): { fields: Fields; connector: Connector; items: readonly unknown[] } {
  const fields = upper(call.params)
  needed(fields, 'CONNECTOR', 'LINE', 'MESSAGES')
  const given = fields.MESSAGES
  if (typeof given !== 'object') throw wrong('ERROR_ARGUMENT', "The value of an argument 'MESSAGES' must be of type array")
  const items: readonly unknown[] = Array.isArray(given) ? given : Object.values(fieldsOf(given))
  if (items.length === 0) throw wrong('ERROR_ARGUMENT', "Argument 'MESSAGES' is null or empty")
  if (!items.every(isFields))
    throw wrong('ERROR_ARGUMENT', "The value of an argument 'MESSAGES' must be an array of messages (arrays)")
  return { fields, connector: connectorOf(call, fields), items }
}

type Work = (connector: Connector, line: Line, item: Item) => Promise<ItemAnswer> | ItemAnswer

/** Every item is answered by itself: the whole is a success whatever becomes of them. */
async function each(call: Call, parts: readonly (keyof Item)[], work: Work): Promise<object> {
  const { fields, connector, items } = messagesOf(call)
  const line = call.portal.lines.get(numberOf(fields.LINE) ?? 0)
  // A channel is only closed by being off: one that nobody connected still takes messages.
  if (!line?.active || !channelOf(call.portal, connector.id, line.id).active)
    throw wrong('NOT_ACTIVE_LINE', 'The line is not active or the connector is not active on it')
  const read = items.map((value) => itemIn(value, parts))
  if (read.includes(undefined)) throw wrong('ERROR_ARGUMENT', 'Incorrect structure of a message')
  const RESULT: ItemAnswer[] = []
  for (const item of read) if (item) RESULT.push(await work(connector, line, item))
  return { SUCCESS: true, DATA: { RESULT } }
}

function edits({ portal, b24 }: Call): Work {
  return (connector, line, item) => {
    const bubble = bubbleOf(portal, connector, line, item)
    if (!bubble || bubble.deletedAt !== null) return refused(item, 'The message was not found')
    portal.bubbles.put({ ...bubble, text: textOf(item.message.text) ?? bubble.text, editedAt: b24.now() })
    portal.tellPages({ type: 'chat', chatId: bubble.chatId })
    return done(call(portal, bubble), item)
  }
}

function deletes({ portal, b24 }: Call): Work {
  return (connector, line, item) => {
    const bubble = bubbleOf(portal, connector, line, item)
    if (!bubble || !connector.delExternal) return refused(item, 'The message was not found')
    portal.bubbles.put({ ...bubble, deletedAt: b24.now() })
    portal.tellPages({ type: 'chat', chatId: bubble.chatId })
    return done(call(portal, bubble), item)
  }
}

const call = (portal: Call['portal'], bubble: Bubble) => ({ dialog: portal.dialogs.get(bubble.chatId), bubble })

function done({ dialog, bubble }: ReturnType<typeof call>, { message, chat }: Item): ItemAnswer {
  const session = { ID: String(bubble.sessionId), CHAT_ID: String(bubble.chatId) }
  return { user: String(dialog?.guestUserId ?? ''), message, chat, extra: [], SUCCESS: true, session }
}

/**
 * The message has arrived, delivered and read in one. It is found by the portal's own numbers, and the ids outside are
 * kept only when they come as a list: without them no edit and no deletion is ever told.
 */
function delivered(given: Call): object {
  const { items } = messagesOf(given)
  const { portal } = given
  for (const value of items) {
    const item = fieldsOf(value)
    const im = fieldsOf(item.im)
    const bubble = portal.bubbles.get(textOf(im.message_id) ?? '')
    if (!bubble || String(bubble.chatId) !== textOf(im.chat_id)) continue
    const ids = listOf(fieldsOf(item.message).id).flatMap((id) => textOf(id) ?? [])
    const externalIds = ids.length > 0 ? [...new Set([...bubble.externalIds, ...ids])] : bubble.externalIds
    portal.bubbles.put({ ...bubble, externalIds, delivery: ids.length > 0 ? 'delivered' : bubble.delivery })
    portal.tellPages({ type: 'chat', chatId: bubble.chatId })
  }
  return { SUCCESS: true, DATA: [] }
}

function renameChat(given: Call): object {
  const fields = upper(given.params)
  needed(fields, 'CONNECTOR', 'LINE', 'CHAT_ID', 'NAME')
  const connector = connectorOf(given, fields)
  if (!connector.chatGroup) needed(fields, 'USER_ID')
  const { portal } = given
  if (!channelOf(portal, connector.id, numberOf(fields.LINE) ?? 0).active)
    throw wrong('NOT_ACTIVE_LINE', 'The line is not active or the connector is not active on it')
  const dialog = portal.dialogs
    .all()
    .find(
      (one) =>
        one.connector === connector.id &&
        one.line === numberOf(fields.LINE) &&
        one.externalChat === textOf(fields.CHAT_ID) &&
        (connector.chatGroup || one.guestId === `${connector.id}|${textOf(fields.USER_ID)}`),
    )
  if (!dialog) throw wrong('CHAT_RENAMING_FAILED', 'Failed to rename the chat')
  portal.dialogs.put({ ...dialog, name: textOf(fields.NAME) ?? dialog.name })
  portal.tellPages({ type: 'chat', chatId: dialog.id })
  return { SUCCESS: true, DATA: { RESULT: true } }
}
