/** Dialogs and their sessions: opened by the client's word, answered, handed on, finished. */
import type { Connector, Dialog, Guest, Line, Session } from '../model.ts'
import type { Portal } from '../portal.ts'
import type { B24 } from '../service.ts'
import { tellAll } from '../events/tell.ts'
import { operatorsOf, settingOf } from './lines.ts'

export const isOpen = (session: Session | undefined): session is Session =>
  session !== undefined && session.status !== 'closed' && session.status !== 'spam'

/** `connector|line|chat.id|b24UserId`: how the portal names a dialog. */
export function userCodeOf(dialog: Dialog): string {
  return `${dialog.connector}|${dialog.line}|${dialog.externalChat}|${dialog.guestUserId}`
}

/** The dialog of this chat and this guest; a line and a guest make another one each. */
export function dialogFor(
  b24: B24,
  portal: Portal,
  connector: Connector,
  line: Line,
  chatId: string,
  guest: Guest,
  name: string,
): Dialog {
  const known = portal.dialogs.all().find(
    (one) =>
      one.connector === connector.id &&
      one.line === line.id &&
      one.externalChat === chatId &&
      // In a group everybody is in one chat.
      (connector.chatGroup || one.guestUserId === guest.userId),
  )
  if (known) return known
  return portal.dialogs.put({
    ...{ id: portal.nextId('chat', 1767), connector: connector.id, line: line.id, externalChat: chatId, guestId: guest.id },
    ...{ guestUserId: guest.userId, name: `${name} - ${line.name}`, crm: { LEAD: 0, DEAL: 0, CONTACT: 0, COMPANY: 0 } },
    ...{ sessionId: 0, ownerId: 0, members: [], silent: false, pinned: false, at: b24.now() },
  })
}

/** The session that runs, or a new one with whoever's turn it is; the dialog as it is then. */
export function sessionFor(
  b24: B24,
  portal: Portal,
  dialog: Dialog,
  line: Line,
): { dialog: Dialog; session: Session; isNew: boolean } {
  const running = portal.sessions.get(dialog.sessionId)
  if (isOpen(running)) return { dialog, session: running, isNew: false }
  const operatorId = nextOperator(portal, dialog, line)
  const session = portal.sessions.put({
    ...{ id: portal.nextId('session', 321), chatId: dialog.id, line: line.id, connector: dialog.connector, operatorId },
    ...{ status: 'new', awaitsVote: false, vote: null, headVote: 0, startedAt: b24.now(), closedAt: null },
  })
  const members = dialog.members.includes(operatorId) || operatorId === 0 ? dialog.members : [...dialog.members, operatorId]
  const changed = portal.dialogs.put({ ...dialog, sessionId: session.id, ownerId: operatorId, members })
  tellSession(b24, portal, changed, session, 'START')
  return { dialog: changed, session, isNew: true }
}

/** The card's responsible employee when the line says so, else the next one of the queue. */
function nextOperator(portal: Portal, dialog: Dialog, line: Line): number {
  const queue = operatorsOf(portal, line)
  if (settingOf(line, 'CRM_FORWARD') === 'Y') {
    const responsible = responsibleOf(portal, dialog)
    if (responsible !== undefined && queue.some(({ id }) => id === responsible)) return responsible
  }
  if (queue.length === 0) return 0
  const turn = settingOf(line, 'QUEUE_TYPE') === 'evenly' ? portal.nextId(`turn-${line.id}`, 0) : 0
  return queue[turn % queue.length]?.id ?? 0
}

const TYPES = { DEAL: 2, CONTACT: 3, LEAD: 1, COMPANY: 4 } as const

/** Who is responsible for the client's card; undefined when he has none. */
export function responsibleOf(portal: Portal, dialog: Dialog): number | undefined {
  for (const type of ['DEAL', 'CONTACT', 'LEAD', 'COMPANY'] as const) {
    const item = portal.items.get(`${TYPES[type]}:${dialog.crm[type]}`)
    const id = Number(item?.fields.assignedById)
    if (item && id > 0) return id
  }
  return undefined
}

/** ONIMCONNECTORDIALOGSTART and …FINISH to the connector's application, ONSESSION… to everybody. */
export function tellSession(b24: B24, portal: Portal, dialog: Dialog, session: Session, what: 'START' | 'FINISH'): void {
  const connector = portal.connectors.get(dialog.connector)
  const DATA = [
    {
      connector: {
        connector_id: dialog.connector,
        line_id: dialog.line,
        chat_id: dialog.externalChat,
        user_id: dialog.guestUserId,
      },
      session: { id: session.id, closed: what === 'START' ? 'N' : 'Y', parent_id: 0, close_term: 10 },
      chat: { id: dialog.id },
      user: { id: dialog.guestUserId },
    },
  ]
  if (connector) {
    const data = { CONNECTOR: dialog.connector, LINE: String(dialog.line), DATA }
    tellAll(b24, portal, `ONIMCONNECTORDIALOG${what}`, data, { clientId: connector.clientId })
  }
  tellAll(b24, portal, `ONSESSION${what}`, { DATA })
}

/** An operator takes the dialog to himself. */
export function takeDialog(portal: Portal, dialog: Dialog, userId: number): Dialog {
  const session = portal.sessions.get(dialog.sessionId)
  if (isOpen(session)) portal.sessions.put({ ...session, operatorId: userId, status: 'answered' })
  const members = dialog.members.includes(userId) ? dialog.members : [...dialog.members, userId]
  return portal.dialogs.put({ ...dialog, ownerId: userId, members })
}
