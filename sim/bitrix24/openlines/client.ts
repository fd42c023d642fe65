/** What comes from outside: imconnector.send.messages and its kin, item by item. reference/bitrix24.md §5.4. */
import { fieldsOf, isFields, listOf, textOf } from '../../lib/fields.ts'
import type { Fields } from '../../lib/fields.ts'
import { phpMap } from '../../lib/php.ts'
import { fetchFile, saveFile } from '../files.ts'
import type { Bubble, Connector, Dialog, Guest, Line, Session } from '../model.ts'
import type { Portal } from '../portal.ts'
import type { B24 } from '../service.ts'
import { trackCrm } from './crm-tracker.ts'
import { addBubble, lineSays, tellOut, welcome } from './bubbles.ts'
import { dialogFor, sessionFor } from './dialogs.ts'
import { settingOf } from './lines.ts'

export type Item = { user: Fields; message: Fields; chat: Fields }
/** The answer for one item, as REST gives it. */
export type ItemAnswer = Record<string, unknown>

/** One message from outside becomes a bubble. The same message again becomes another one: nothing is deduplicated here. */
export async function clientWrites(b24: B24, portal: Portal, connector: Connector, line: Line, item: Item): Promise<ItemAnswer> {
  const { user, message, chat } = item
  const externalUser = textOf(user.id)
  const chatId = textOf(chat.id)
  if (externalUser === undefined || chatId === undefined)
    return refused(item, 'The required fields user.id and chat.id are not specified')
  const wrongName = [user.name, user.last_name].some((name) => typeof name === 'string' && !isName(name))
  if (wrongName) return refused(item, 'Invalid characters or length in the user name')
  const wanted = listOf(message.files).map(fieldsOf)
  const text = textOf(message.text) ?? ''
  if (text === '' && wanted.length === 0) return refused(item, 'The message is empty: neither text nor files')
  const fetched = await Promise.all(wanted.map((file) => fetchFile(textOf(file.url) ?? '', textOf(file.name) ?? 'file')))
  const files = fetched.filter((file) => file !== undefined)
  // A file that cannot be had is dropped without a word; a message of nothing else fails.
  if (text === '' && files.length === 0) return refused(item, 'Failed to load the files of the message')
  const guest = keepGuest(portal, connector, externalUser, user)
  const name = `${guest.name} ${guest.lastName}`.trim()
  const first = dialogFor(b24, portal, connector, line, chatId, guest, name)
  const employee = portal.users.get(textOf(message.user_id) ?? '')
  const last = portal.sessions.get(first.sessionId)
  if (!employee && last?.awaitsVote && /^[01](\s|$)/.test(text)) return voted(b24, portal, first, last, text, item)
  const { dialog, session, isNew } = sessionFor(b24, portal, first, line)
  const disableCrm = message.disable_crm === 'Y'
  const kept = files.map((file) => saveFile(b24, portal, file, dialog.id).id)
  const externalIds = textOf(message.id) === undefined ? [] : [textOf(message.id) ?? '']
  if (employee) mirror(b24, portal, dialog, { authorId: employee.id, text, files: kept, externalIds, disableCrm })
  else {
    addBubble(b24, portal, dialog, 'client', { authorId: guest.userId, text, files: kept, externalIds, disableCrm })
    if (!disableCrm && !connector.chatGroup) trackCrm(b24, portal, dialog, guest, line, connector)
    if (isNew) welcome(b24, portal, dialog, line)
  }
  return taken(item, session, guest, dialog)
}

const isName = (name: string): boolean => /^[\p{L}\p{M}\s'’-]*$/u.test(name) && name.length <= 25

/** In the name of an employee: it stands in the chat as his, and comes back as an event where echoes are on. */
function mirror(
  b24: B24,
  portal: Portal,
  dialog: Dialog,
  words: Pick<Bubble, 'authorId' | 'text' | 'files' | 'externalIds' | 'disableCrm'>,
) {
  const bubble = addBubble(b24, portal, dialog, 'operator', { ...words, isOut: true, delivery: 'delivered' })
  if (portal.settings().echo) tellOut(b24, portal, dialog, bubble)
}

function keepGuest(portal: Portal, connector: Connector, externalId: string, user: Fields): Guest {
  const id = `${connector.id}|${externalId}`
  const known = portal.guests.get(id)
  const given = textOf(user.name)?.trim()
  // Two words and no last name: they are taken apart.
  const [first = '', ...rest] = given?.split(/\s+/) ?? []
  const split = textOf(user.last_name) === undefined && rest.length === 1
  const name = given === undefined ? undefined : split ? first : given
  const lastName = split ? rest.join(' ') : textOf(user.last_name)
  return portal.guests.put({
    ...{ id, userId: known?.userId ?? portal.nextId('guest', 585), externalId },
    ...{ name: name ?? known?.name ?? 'Invitado', lastName: lastName ?? known?.lastName ?? '' },
    ...{ phone: textOf(user.phone) ?? known?.phone ?? '', email: textOf(user.email) ?? known?.email ?? '' },
    ...{ picture: textOf(fieldsOf(user.picture).url) ?? known?.picture ?? null, url: textOf(user.url) ?? known?.url ?? null },
    gender: textOf(user.gender) ?? known?.gender ?? '',
  })
}

function voted(b24: B24, portal: Portal, dialog: Dialog, session: Session, text: string, item: Item): ItemAnswer {
  const isLike = text.startsWith('1')
  portal.sessions.put({ ...session, awaitsVote: false, vote: isLike ? 'like' : 'dislike' })
  const guest = portal.guests.get(dialog.guestId)
  addBubble(b24, portal, dialog, 'system', {
    text: isLike ? 'El cliente calificó bien la atención' : 'El cliente calificó mal la atención',
  })
  const line = portal.lines.get(dialog.line)
  if (line) lineSays(b24, portal, dialog, settingOf(line, isLike ? 'VOTE_MESSAGE_2_LIKE' : 'VOTE_MESSAGE_2_DISLIKE'))
  return taken(item, session, guest, dialog)
}

function taken({ message, chat }: Item, session: Session, guest: Guest | undefined, dialog: Dialog): ItemAnswer {
  const { user_id: _, ...shown } = message
  return {
    user: String(guest?.userId ?? ''),
    message: { ...shown, date: {}, text: textOf(message.text) ?? '', files: listOf(message.files) },
    chat: { name: dialog.name.split(' - ')[0] ?? '', ...chat },
    extra: phpMap({}),
    SUCCESS: true,
    session: { ID: String(session.id), CHAT_ID: String(dialog.id) },
  }
}

export function refused({ user, message, chat }: Item, ...ERRORS: string[]): ItemAnswer {
  return { user, message, chat, SUCCESS: false, ERRORS }
}

/** An item with its three parts; undefined when it is none. */
export function itemIn(value: unknown, parts: readonly (keyof Item)[]): Item | undefined {
  const fields = fieldsOf(value)
  if (parts.some((part) => !isFields(fields[part]))) return undefined
  return { user: fieldsOf(fields.user), message: fieldsOf(fields.message), chat: fieldsOf(fields.chat) }
}

/** The bubble with this id outside, in this chat outside. */
export function bubbleOf(portal: Portal, connector: Connector, line: Line, { message, chat }: Item): Bubble | undefined {
  const id = textOf(message.id)
  const dialogs = portal.dialogs
    .all()
    .filter((one) => one.connector === connector.id && one.line === line.id && one.externalChat === textOf(chat.id))
  return portal.bubbles
    .all()
    .findLast(
      (one) => id !== undefined && one.externalIds.includes(id) && dialogs.some(({ id: chatId }) => chatId === one.chatId),
    )
}
