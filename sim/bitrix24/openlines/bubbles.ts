/** What is written in a dialog by its operators and by the line itself, and what the client's side is told of it. */
import type { Bubble, Dialog, Line, Session } from '../model.ts'
import type { Portal } from '../portal.ts'
import type { B24 } from '../service.ts'
import { tellAll } from '../events/tell.ts'
import { fileShape } from '../files.ts'
import { responsibleOf, sessionFor, takeDialog, tellSession, isOpen } from './dialogs.ts'
import { settingOf } from './lines.ts'

type Words = Partial<Pick<Bubble, 'text' | 'files' | 'externalIds' | 'isOut' | 'delivery' | 'disableCrm' | 'authorId'>>

/** A bubble in the dialog; nobody outside hears of it yet. */
export function addBubble(b24: B24, portal: Portal, dialog: Dialog, from: Bubble['from'], words: Words): Bubble {
  const bubble = portal.bubbles.put({
    ...{
      id: portal.nextId('bubble', 86_491),
      chatId: dialog.id,
      sessionId: dialog.sessionId,
      from,
      authorId: 0,
      text: '',
      files: [],
    },
    ...{ externalIds: [], isOut: false, delivery: 'none', disableCrm: false, at: b24.now(), editedAt: null, deletedAt: null },
    ...words,
  })
  portal.tellPages({ type: 'chat', chatId: dialog.id })
  return bubble
}

/** An employee writes to the client. */
export function operatorWrites(
  b24: B24,
  portal: Portal,
  dialog: Dialog,
  userId: number,
  text: string,
  files: number[] = [],
): Bubble {
  const line = portal.lines.get(dialog.line)
  const current = line ? sessionFor(b24, portal, dialog, line).dialog : dialog
  const session = portal.sessions.get(current.sessionId)
  const mine = isOpen(session) && session.status === 'new' ? takeDialog(portal, current, userId) : joined(portal, current, userId)
  const bubble = addBubble(b24, portal, mine, 'operator', { authorId: userId, text, files, isOut: true, delivery: 'waiting' })
  tellOut(b24, portal, mine, bubble)
  return bubble
}

function joined(portal: Portal, dialog: Dialog, userId: number): Dialog {
  return dialog.members.includes(userId) ? dialog : portal.dialogs.put({ ...dialog, members: [...dialog.members, userId] })
}

/** ONIMCONNECTORMESSAGEADD to the connector's application, ONOPENLINEMESSAGEADD to everybody. */
export function tellOut(b24: B24, portal: Portal, dialog: Dialog, bubble: Bubble): void {
  const connector = portal.connectors.get(dialog.connector)
  const shape = {
    im: { chat_id: dialog.id, message_id: bubble.id },
    message: {
      // Of what the line itself says, there is no author.
      ...(bubble.authorId > 0 && { user_id: bubble.authorId }),
      text: signed(portal, dialog, bubble),
      files: bubble.files.flatMap((id) => portal.files.get(id) ?? []).map((file) => fileShape(portal, file)),
      attachments: [],
      params: [],
    },
    chat: { id: dialog.externalChat },
  }
  if (connector && isOnLine(portal, dialog))
    tellAll(b24, portal, 'ONIMCONNECTORMESSAGEADD', envelope(dialog, shape), {
      clientId: connector.clientId,
      userId: bubble.authorId,
    })
  tellLine(b24, portal, dialog, bubble, 'ADD')
}

function tellLine(b24: B24, portal: Portal, dialog: Dialog, bubble: Bubble, what: 'ADD' | 'UPDATE' | 'DELETE'): void {
  const message = {
    id: bubble.id,
    date: Math.floor(bubble.at / 1000),
    text: bubble.text,
    system: bubble.authorId === 0 ? 'Y' : 'N',
  }
  const connector = {
    connector_id: dialog.connector,
    line_id: dialog.line,
    chat_id: dialog.externalChat,
    user_id: dialog.guestUserId,
  }
  const DATA = [{ connector, chat: { id: dialog.id }, message, extra: { EXTRA_URL: '' } }]
  tellAll(b24, portal, `ONOPENLINEMESSAGE${what}`, { DATA }, { userId: bubble.authorId })
}

const envelope = (dialog: Dialog, message: object): object => ({
  CONNECTOR: dialog.connector,
  LINE: String(dialog.line),
  MESSAGES: [message],
})

function isOnLine(portal: Portal, dialog: Dialog): boolean {
  return portal.channels.get(`${dialog.connector}|${dialog.line}`)?.active === true
}

/** The operator's name before his words, with the space before the break or after it: both are seen in life. */
function signed(portal: Portal, dialog: Dialog, { id, authorId, text }: Bubble): string {
  const connector = portal.connectors.get(dialog.connector)
  const line = portal.lines.get(dialog.line)
  const user = portal.users.get(authorId)
  if (!connector?.needSignature || !line || settingOf(line, 'OPERATOR_DATA') === 'hide' || !user) return text
  const { signatureStyle } = portal.settings()
  const isBefore = signatureStyle === 'both' ? id % 2 === 1 : signatureStyle === 'space-before'
  return `[b]${`${user.name} ${user.lastName}`.trim()}:[/b]${isBefore ? ' [br]' : '[br] '}${text}`
}

/** The line speaks by itself: a welcome, a farewell. The client hears it when the connector wants such words. */
export function lineSays(b24: B24, portal: Portal, dialog: Dialog, text: string): void {
  const isOut = portal.connectors.get(dialog.connector)?.needSystemMessages === true
  const bubble = addBubble(b24, portal, dialog, 'system', { text, isOut, delivery: isOut ? 'waiting' : 'none' })
  if (isOut) tellOut(b24, portal, dialog, bubble)
}

/** An operator changes what he wrote. Outside nobody hears of it before status.delivery gave the message its id. */
export function operatorEdits(b24: B24, portal: Portal, bubble: Bubble, text: string): Bubble {
  const edited = portal.bubbles.put({ ...bubble, text, editedAt: b24.now() })
  const dialog = portal.dialogs.get(bubble.chatId)
  portal.tellPages({ type: 'chat', chatId: bubble.chatId })
  const connector = dialog && portal.connectors.get(dialog.connector)
  if (!dialog || !connector) return edited
  if (edited.externalIds.length > 0 && connector.editInternal && isOnLine(portal, dialog)) {
    const message = { id: edited.externalIds, text: signed(portal, dialog, edited) }
    const data = envelope(dialog, {
      im: { chat_id: dialog.id, message_id: edited.id },
      message,
      chat: { id: dialog.externalChat },
    })
    tellAll(b24, portal, 'ONIMCONNECTORMESSAGEUPDATE', data, { clientId: connector.clientId, userId: edited.authorId })
  }
  tellLine(b24, portal, dialog, edited, 'UPDATE')
  return edited
}

/** An operator takes it back. Here the id is a text and no list. */
export function operatorDeletes(b24: B24, portal: Portal, bubble: Bubble): void {
  portal.bubbles.put({ ...bubble, deletedAt: b24.now() })
  portal.tellPages({ type: 'chat', chatId: bubble.chatId })
  const dialog = portal.dialogs.get(bubble.chatId)
  const connector = dialog && portal.connectors.get(dialog.connector)
  if (!dialog || !connector) return
  const [id] = bubble.externalIds
  if (id !== undefined && connector.delInternal && isOnLine(portal, dialog)) {
    const data = envelope(dialog, {
      im: { chat_id: dialog.id, message_id: bubble.id },
      message: { id },
      chat: { id: dialog.externalChat },
    })
    tellAll(b24, portal, 'ONIMCONNECTORMESSAGEDELETE', data, { clientId: connector.clientId, userId: bubble.authorId })
  }
  tellLine(b24, portal, dialog, bubble, 'DELETE')
}

/** Hands the dialog to somebody else; the card's responsible employee changes with it where the line says so. */
export function transfer(b24: B24, portal: Portal, dialog: Dialog, toUserId: number): void {
  const line = portal.lines.get(dialog.line)
  const moved = takeDialog(portal, dialog, toUserId)
  const user = portal.users.get(toUserId)
  addBubble(b24, portal, moved, 'system', {
    text: `Conversación transferida a ${user?.name ?? ''} ${user?.lastName ?? ''}`.trim(),
  })
  if (!line || settingOf(line, 'CRM_TRANSFER_CHANGE') !== 'Y' || responsibleOf(portal, moved) === toUserId) return
  for (const [type, typeId] of [
    ['LEAD', 1],
    ['DEAL', 2],
    ['CONTACT', 3],
  ] as const) {
    const item = portal.items.get(`${typeId}:${moved.crm[type]}`)
    if (!item) continue
    portal.items.put({ ...item, fields: { ...item.fields, assignedById: toUserId } })
    tellAll(b24, portal, `ONCRM${type}UPDATE`, { FIELDS: { ID: String(item.number) } }, { key: item.id })
  }
}

/** The dialog is finished. With a rating the client is asked first, and his 1 or 0 is the answer. */
export function finish(b24: B24, portal: Portal, dialog: Dialog): boolean {
  const session = portal.sessions.get(dialog.sessionId)
  const line = portal.lines.get(dialog.line)
  if (!isOpen(session)) return false
  if (line && settingOf(line, 'CLOSE_RULE') === 'text' && settingOf(line, 'CLOSE_TEXT') !== '')
    lineSays(b24, portal, dialog, settingOf(line, 'CLOSE_TEXT'))
  const asks = line !== undefined && settingOf(line, 'VOTE_MESSAGE') === 'Y'
  if (asks) lineSays(b24, portal, dialog, settingOf(line, 'VOTE_MESSAGE_2_TEXT'))
  const closed: Session = { ...session, status: 'closed', closedAt: b24.now(), awaitsVote: asks }
  portal.sessions.put(closed)
  addBubble(b24, portal, dialog, 'system', { text: 'La conversación se cerró' })
  tellSession(b24, portal, dialog, closed, 'FINISH')
  return true
}

/** What a line says to who comes new. */
export function welcome(b24: B24, portal: Portal, dialog: Dialog, line: Line): void {
  if (settingOf(line, 'WELCOME_MESSAGE') === 'Y') lineSays(b24, portal, dialog, settingOf(line, 'WELCOME_MESSAGE_TEXT'))
}
