/** What a conversation of a portal looks like when one reads it through: imopenlines.session.history.get and dialog.get. Never throws. */
import { asList, asMap, asNumber, isYes } from '../rest/answers.ts'

/** An employee's message that nobody outside has confirmed. `hasFiles`: of what kind, only its event would tell. */
export type Unconfirmed = { imMessageId: string; userId: string; text: string; at: number; hasFiles: boolean }

/** What employees wrote in a session and what bears no id from outside. What the portal's own people say among themselves is not there. */
export function unconfirmedIn(result: unknown): Unconfirmed[] {
  const users = asMap(asMap(result)['users'])
  return Object.entries(asMap(asMap(result)['message'])).flatMap(([id, value]) => {
    const { senderid, date, text, params } = asMap(value)
    const userId = String(senderid ?? '')
    const user = asMap(users[userId])
    const { connectorMid, fileId } = asMap(params)
    const isEmployee = asNumber(senderid) > 0 && user['connector'] !== undefined && !isYes(user['connector'])
    const at = Date.parse(String(date ?? ''))
    if (!/^\d{1,18}$/.test(id) || !isEmployee || asList(connectorMid).length > 0 || Number.isNaN(at)) return []
    return [{ imMessageId: id, userId, text: typeof text === 'string' ? text : '', at, hasFiles: asList(fileId).length > 0 }]
  })
}

/** Whose the conversation is; and whether what is written there is for colleagues only, just now. */
export function standingOf(result: unknown): { owner: string | null; isSilent: boolean } {
  const { owner, entity_data_3: silent } = asMap(result)
  return { owner: asNumber(owner) > 0 ? String(asNumber(owner)) : null, isSilent: isYes(silent) }
}
