/** imopenlines.dialog, session, operator: conversations over REST. reference/bitrix24.md §6. */
import { numberOf, textOf } from '../../lib/fields.ts'
import { phpMap } from '../../lib/php.ts'
import type { Bubble, Dialog, User } from '../model.ts'
import type { Portal } from '../portal.ts'
import { isYes, upper } from '../rest/params.ts'
import { isoOf, RestError } from '../service.ts'
import type { Call, Methods } from '../service.ts'
import { addBubble, finish, transfer } from './bubbles.ts'
import { isOpen, sessionFor, takeDialog, tellSession, userCodeOf } from './dialogs.ts'
import { operatorsOf } from './lines.ts'

const scope = 'imopenlines'
type Did = (call: Call, dialog: Dialog) => unknown
const method = (run: Did) => ({ scope, run: (call: Call) => run(call, chatOf(call)) })

export const dialogMethods: Methods = {
  'imopenlines.dialog.get': { scope, run: (call) => dialogShape(call.portal, found(call), call.user) },
  'imopenlines.session.open': {
    scope,
    run: ({ portal, params }) => {
      const code = textOf(upper(params).USER_CODE)
      const dialog = portal.dialogs.all().find((one) => userCodeOf(one) === code)
      // It finds a conversation and makes none.
      if (!dialog)
        throw new RestError(
          400,
          'ACCESS_DENIED',
          'You cannot open this conversation because you do not have sufficient permissions',
        )
      return { chatId: String(dialog.id) }
    },
  },
  'imopenlines.session.history.get': { scope, run: history },
  'imopenlines.session.start': method(({ b24, portal, user }, dialog) => {
    const line = portal.lines.get(dialog.line)
    if (line) takeDialog(portal, sessionFor(b24, portal, dialog, line).dialog, user.id)
    return true
  }),
  'imopenlines.message.session.start': method(({ b24, portal }, dialog) => {
    const line = portal.lines.get(dialog.line)
    if (line) sessionFor(b24, portal, dialog, line)
    return true
  }),
  'imopenlines.session.join': method(({ portal, user }, dialog) => join(portal, dialog, user.id)),
  'imopenlines.session.intercept': method(({ portal, user }, dialog) => Boolean(takeDialog(portal, dialog, user.id))),
  'imopenlines.session.mode.silent': method(({ portal, params }, dialog) =>
    Boolean(portal.dialogs.put({ ...dialog, silent: isYes(upper(params).ACTIVATE, true) })),
  ),
  'imopenlines.session.mode.pin': method(({ portal }, dialog) => Boolean(portal.dialogs.put({ ...dialog, pinned: true }))),
  'imopenlines.session.mode.unpin': method(({ portal }, dialog) => Boolean(portal.dialogs.put({ ...dialog, pinned: false }))),
  'imopenlines.session.mode.pinAll': { scope, run: (call) => pinAll(call, true) },
  'imopenlines.session.mode.unpinAll': { scope, run: (call) => pinAll(call, false) },
  'imopenlines.session.head.vote': {
    scope,
    run: ({ portal, params }) => {
      const fields = upper(params)
      return Boolean(portal.sessions.change(textOf(fields.SESSION_ID) ?? '', { headVote: numberOf(fields.RATING) ?? 0 }))
    },
  },
  'imopenlines.operator.answer': method(({ portal, user }, dialog) => Boolean(takeDialog(portal, dialog, user.id))),
  'imopenlines.operator.skip': method(({ b24, portal, user }, dialog) => {
    const line = portal.lines.get(dialog.line)
    const next = line && operatorsOf(portal, line).find(({ id }) => id !== user.id)
    if (next) transfer(b24, portal, dialog, next.id)
    return true
  }),
  'imopenlines.operator.finish': method(({ b24, portal }, dialog) => finish(b24, portal, dialog) || true),
  'imopenlines.operator.another.finish': method(({ b24, portal }, dialog) => finish(b24, portal, dialog) || true),
  'imopenlines.operator.spam': method(({ b24, portal }, dialog) => {
    const session = portal.sessions.get(dialog.sessionId)
    if (!isOpen(session)) return true
    tellSession(b24, portal, dialog, portal.sessions.put({ ...session, status: 'spam', closedAt: b24.now() }), 'FINISH')
    return true
  }),
  'imopenlines.operator.transfer': method(handOver),
}

function chatOf({ portal, params }: Call): Dialog {
  const id = textOf(upper(params).CHAT_ID)
  if (id === undefined) throw new RestError(400, 'CHAT_ID', 'The specified chat identifier is incorrect')
  const dialog = portal.dialogs.get(id)
  if (!dialog) throw new RestError(400, 'CHAT_TYPE', 'The specified chat is not an open line')
  return dialog
}

function found({ portal, params }: Call): Dialog {
  const fields = upper(params)
  const id =
    textOf(fields.CHAT_ID) ?? textOf(fields.DIALOG_ID)?.replace(/^chat/, '') ?? bySession(portal, textOf(fields.SESSION_ID))
  const code = textOf(fields.USER_CODE)?.replace(/^imol\|/, '')
  const dialog = code === undefined ? portal.dialogs.get(id ?? '') : portal.dialogs.all().find((one) => userCodeOf(one) === code)
  if (!dialog) throw new RestError(400, 'ACCESS_ERROR', 'You do not have access to the specified dialog')
  return dialog
}

const bySession = (portal: Portal, id: string | undefined): string | undefined =>
  id === undefined ? undefined : textOf(portal.sessions.get(id)?.chatId)

function dialogShape(portal: Portal, dialog: Dialog, user: User): object {
  const session = portal.sessions.get(dialog.sessionId)
  const bubbles = portal.bubbles.all().filter(({ chatId }) => chatId === dialog.id)
  const last = bubbles.at(-1)?.id ?? 0
  const { LEAD, COMPANY, CONTACT, DEAL } = dialog.crm
  const main = LEAD > 0 ? ['LEAD', LEAD] : DEAL > 0 ? ['DEAL', DEAL] : CONTACT > 0 ? ['CONTACT', CONTACT] : ['NONE', 0]
  const hasCrm = main[1] === 0 ? 'N' : 'Y'
  const started = Math.floor((session?.startedAt ?? 0) / 1000)
  return {
    ...{ id: dialog.id, parent_chat_id: 0, parent_message_id: 0, name: dialog.name, description: null, owner: dialog.ownerId },
    ...{ extranet: false, avatar: '', color: '#58cc47', type: 'lines', counter: 0, user_counter: dialog.members.length + 1 },
    ...{ message_count: bubbles.length, unread_id: 0, last_message_id: last, last_id: last, marked_id: 0, disk_folder_id: 0 },
    ...{ entity_type: 'LINES', entity_id: userCodeOf(dialog) },
    entity_data_1: [hasCrm, ...main, 'N', dialog.pinned ? 'Y' : 'N', dialog.sessionId, started, 0, 0, 0].join('|'),
    entity_data_2: `LEAD|${LEAD}|COMPANY|${COMPANY}|CONTACT|${CONTACT}|DEAL|${DEAL}`,
    ...{ entity_data_3: dialog.silent ? 'Y' : 'N', mute_list: [], date_create: isoOf(dialog.at), message_type: 'L', public: '' },
    ...{ role: user.id === dialog.ownerId ? 'owner' : 'member', manager_list: dialog.ownerId > 0 ? [dialog.ownerId] : [] },
    ...{ text_field_enabled: true, background_id: null, is_new: false, dialog_id: `chat${dialog.id}` },
  }
}

/** Every message of a session, by its number; those that went out tell what they are called outside. */
function history({ portal, params }: Call): object {
  const fields = upper(params)
  if (textOf(fields.SESSION_ID) === undefined && textOf(fields.CHAT_ID) === undefined)
    throw new RestError(400, 'MISSING_REQUIRED_PARAM', 'Session ID or Chat ID must be provided')
  const chatId = textOf(fields.CHAT_ID) ?? bySession(portal, textOf(fields.SESSION_ID)) ?? ''
  const dialog = portal.dialogs.get(chatId)
  if (!dialog) throw new RestError(400, 'INVALID_SESSION_ID', 'Unable to determine session ID from provided parameters')
  const sessionId = numberOf(fields.SESSION_ID) ?? dialog.sessionId
  const bubbles = portal.bubbles
    .all()
    .filter((one) => one.sessionId === sessionId && one.chatId === dialog.id && one.deletedAt === null)
  const users = [...new Set(bubbles.map(({ authorId }) => authorId))].flatMap((id) => portal.users.get(id) ?? [])
  const shapes = bubbles.map((one): [string, object] => [String(one.id), bubbleShape(one)])
  const cards = users.map((one): [string, object] => [
    String(one.id),
    { id: String(one.id), name: `${one.name} ${one.lastName}`, active: one.active, connector: false, type: 'user' },
  ])
  return {
    ...{ chatId: dialog.id, canJoin: 'Y', canVoteHead: 'Y', sessionId, userId: `chat${dialog.id}` },
    message: phpMap(Object.fromEntries(shapes)),
    usersMessage: { [`chat${dialog.id}`]: bubbles.map(({ id }) => String(id)).toReversed() },
    users: phpMap(Object.fromEntries(cards)),
    chat: {
      [dialog.id]: { id: String(dialog.id), name: dialog.name, owner: String(dialog.ownerId), entityId: userCodeOf(dialog) },
    },
    files: [],
  }
}

function bubbleShape({ id, chatId, authorId, at, text, externalIds, files }: Bubble): object {
  const params = { ...(externalIds.length > 0 && { connectorMid: externalIds }), ...(files.length > 0 && { fileId: files }) }
  return {
    ...{ id: String(id), chatid: String(chatId), senderid: String(authorId), recipientid: `chat${chatId}`, date: isoOf(at) },
    ...{ text, textlegacy: text, params: phpMap(params) },
  }
}

function join(portal: Portal, dialog: Dialog, userId: number): boolean {
  if (!dialog.members.includes(userId)) portal.dialogs.put({ ...dialog, members: [...dialog.members, userId] })
  return true
}

function pinAll({ portal, user }: Call, pinned: boolean): number[] {
  const mine = portal.dialogs.all().filter(({ ownerId }) => ownerId === user.id)
  for (const dialog of mine) portal.dialogs.put({ ...dialog, pinned })
  return mine.map(({ sessionId }) => sessionId)
}

/** To an employee, or to the queue of another line: `queue12`. */
function handOver({ b24, portal, params }: Call, dialog: Dialog): boolean {
  const fields = upper(params)
  const target =
    textOf(fields.TRANSFER_ID) ?? textOf(fields.USER_ID) ?? (textOf(fields.QUEUE_ID) && `queue${textOf(fields.QUEUE_ID)}`)
  if (target === undefined) throw new RestError(400, 'TRANSFER_ID_EMPTY', 'The transfer target is not specified')
  const line = target.startsWith('queue') ? portal.lines.get(target.slice('queue'.length)) : undefined
  const userId = line ? operatorsOf(portal, line)[0]?.id : numberOf(target)
  if (!userId || !portal.users.get(userId)?.active) throw new RestError(400, 'OPERATOR_WRONG', 'The operator was not found')
  transfer(b24, portal, dialog, userId)
  if (line) addBubble(b24, portal, dialog, 'system', { text: `Cola: ${line.name}` })
  return true
}
