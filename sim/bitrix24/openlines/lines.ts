/** Open lines: how they are set, who answers on them, and what is told when they or their connectors go. */
import type { Channel, Line, User } from '../model.ts'
import type { Portal } from '../portal.ts'
import type { B24 } from '../service.ts'
import { tellAll } from '../events/tell.ts'

/** What a line has when nobody said otherwise: reference/bitrix24.md §6. */
const USUAL: Readonly<Record<string, string>> = {
  ...{ CRM: 'Y', CRM_CREATE: 'lead', CRM_CREATE_SECOND: '0', CRM_CREATE_THIRD: 'Y', CRM_FORWARD: 'Y', CRM_CHAT_TRACKER: 'Y' },
  ...{ CRM_TRANSFER_CHANGE: 'Y', CRM_SOURCE: 'create', QUEUE_TIME: '60', NO_ANSWER_TIME: '60', QUEUE_TYPE: 'evenly' },
  ...{ CHECK_AVAILABLE: 'N', WATCH_TYPING: 'Y', WELCOME_BOT_ENABLE: 'N', WELCOME_MESSAGE: 'N', WELCOME_MESSAGE_TEXT: '' },
  ...{
    SEND_WELCOME_EACH_SESSION: 'Y',
    VOTE_MESSAGE: 'N',
    VOTE_MESSAGE_2_TEXT: 'Califique la atención. Envíe: 1 - buena, 0 - mala',
  },
  ...{ VOTE_MESSAGE_2_LIKE: 'Gracias por su respuesta.', VOTE_MESSAGE_2_DISLIKE: 'Lamentamos no haber podido ayudarle.' },
  ...{ NO_ANSWER_RULE: 'none', NO_ANSWER_TEXT: '', WORKTIME_ENABLE: 'N', WORKTIME_FROM: '9', WORKTIME_TO: '18.30' },
  ...{ WORKTIME_TIMEZONE: 'America/Guayaquil', WORKTIME_DAYOFF_RULE: 'none', WORKTIME_DAYOFF_TEXT: '', CLOSE_RULE: 'none' },
  ...{ CLOSE_TEXT: '', FULL_CLOSE_TIME: '10', AUTO_CLOSE_RULE: 'none', AUTO_CLOSE_TIME: '86400', AUTO_CLOSE_TEXT: '' },
  ...{ TEMPORARY: 'N', LANGUAGE_ID: 'la', TYPE_MAX_CHAT: 'answered_new', MAX_CHAT: '0', OPERATOR_DATA: 'profile' },
  ...{ KPI_FIRST_ANSWER_TIME: '0', KPI_FURTHER_ANSWER_TIME: '0', AGREEMENT_MESSAGE: 'N', CATEGORY_ENABLE: 'N' },
}

export function addLine(portal: Portal, name: string, userId: number, change: Partial<Line> = {}): Line {
  const id = portal.nextId('line', 7)
  return portal.lines.put({ id, name, active: true, queue: [], params: {}, modifiedBy: userId, ...change })
}

/** A setting of a line, as text. */
export function settingOf(line: Line, name: string): string {
  const value = line.params[name] ?? USUAL[name]
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

export function settingsOf(line: Line): Record<string, unknown> {
  return { ...USUAL, ...line.params }
}

/** The employees of a line's queue, departments opened up, in order. */
export function operatorsOf(portal: Portal, line: Line): User[] {
  const ids = new Set<number>()
  for (const { type, id } of line.queue) {
    if (type === 'user') ids.add(id)
    else for (const user of portal.users.all()) if (user.departments.includes(id)) ids.add(user.id)
  }
  return [...ids].flatMap((id) => portal.users.get(id) ?? []).filter((user) => user.active)
}

/** A line goes: every application with a connector hears its number, and nothing but its number. */
export function deleteLine(b24: B24, portal: Portal, line: Line): void {
  for (const channel of portal.channels.all()) if (channel.line === line.id) portal.channels.drop(channel.id)
  portal.lines.drop(line.id)
  const clients = new Set(portal.connectors.all().map(({ clientId }) => clientId))
  for (const clientId of clients) tellAll(b24, portal, 'ONIMCONNECTORLINEDELETE', String(line.id), { clientId })
}

/** A connector leaves a line; its application hears it when somebody else did it. Keys are in small letters. */
export function detach(b24: B24, portal: Portal, channel: Channel, isTold: boolean): void {
  const connector = portal.connectors.get(channel.connector)
  portal.channels.put({ ...channel, active: false, connection: false, registered: false, error: false, data: null })
  if (!connector || !isTold) return
  const data = { connector: channel.connector, line: channel.line }
  tellAll(b24, portal, 'ONIMCONNECTORSTATUSDELETE', data, { clientId: connector.clientId })
}
