/** imopenlines.crm.*: the chats of a card, and what is written into them from it. reference/bitrix24.md §6. */
import { numberOf, textOf } from '../../lib/fields.ts'
import type { Fields } from '../../lib/fields.ts'
import { needed } from '../connector/register.ts'
import { addItem } from '../crm/items.ts'
import type { CrmType, Dialog } from '../model.ts'
import { upper } from '../rest/params.ts'
import { RestError } from '../service.ts'
import type { Call, Methods } from '../service.ts'
import { operatorWrites } from './bubbles.ts'
import { isOpen } from './dialogs.ts'

const scope = 'imopenlines'
const wrong = (code: string, message: string): RestError => new RestError(400, code, message)

export const lineCrmMethods: Methods = {
  'imopenlines.crm.chat.get': {
    scope,
    run: (call) => {
      const fields = upper(call.params)
      return chatsOf(call, fields, fields.ACTIVE_ONLY !== 'N').map(({ id, connector }) => ({
        ...{
          CHAT_ID: String(id),
          CONNECTOR_ID: connector,
          CONNECTOR_TITLE: call.portal.connectors.get(connector)?.name ?? connector,
        },
      }))
    },
  },
  'imopenlines.crm.chat.getLastId': {
    scope,
    run: (call) => {
      const fields = upper(call.params)
      if (textOf(fields.CRM_ENTITY) === undefined) throw wrong('CRM_CHAT_EMPTY_CRM_DATA', 'Empty CRM data')
      const last = chatsOf(call, fields, false).at(-1)
      if (!last) throw wrong('CRM_CHAT_EMPTY_CRM_DATA', 'Empty CRM data')
      return last.id
    },
  },
  'imopenlines.crm.chat.user.add': { scope, run: (call) => member(call, true) },
  'imopenlines.crm.chat.user.delete': { scope, run: (call) => member(call, false) },
  'imopenlines.crm.message.add': { scope, run: addMessage },
  'imopenlines.crm.lead.create': { scope, run: createLead },
}

const TYPES: Readonly<Record<string, CrmType>> = { lead: 'LEAD', deal: 'DEAL', contact: 'CONTACT', company: 'COMPANY' }

function chatsOf({ portal }: Call, fields: Fields, isActive: boolean): Dialog[] {
  needed(fields, 'CRM_ENTITY_TYPE', 'CRM_ENTITY')
  const type = TYPES[(textOf(fields.CRM_ENTITY_TYPE) ?? '').toLowerCase()]
  return portal.dialogs
    .all()
    .filter(
      (one) => type && one.crm[type] === numberOf(fields.CRM_ENTITY) && (!isActive || isOpen(portal.sessions.get(one.sessionId))),
    )
}

function dialogOf(call: Call, fields: Fields): Dialog {
  const chats = chatsOf(call, fields, false)
  const dialog =
    textOf(fields.CHAT_ID) === undefined ? chats.at(-1) : chats.find(({ id }) => String(id) === textOf(fields.CHAT_ID))
  if (!dialog) throw wrong('CHAT_NOT_IN_CRM', 'The chat does not belong to the CRM entity')
  return dialog
}

function member(call: Call, isIn: boolean): number {
  const fields = upper(call.params)
  needed(fields, 'USER_ID')
  const dialog = dialogOf(call, fields)
  const userId = numberOf(fields.USER_ID) ?? 0
  const others = dialog.members.filter((id) => id !== userId)
  call.portal.dialogs.put({ ...dialog, members: isIn ? [...others, userId] : others })
  return dialog.id
}

/** Written by an employee who takes part in the chat; it goes to the client, and comes back as an event with this very number. */
function addMessage(call: Call): number {
  const fields = upper(call.params)
  needed(fields, 'USER_ID', 'CHAT_ID', 'MESSAGE')
  const dialog = dialogOf(call, fields)
  const userId = numberOf(fields.USER_ID) ?? 0
  if (!dialog.members.includes(userId)) throw wrong('ACCESS_DENIED', 'The user is not a participant of the chat')
  return operatorWrites(call.b24, call.portal, dialog, userId, textOf(fields.MESSAGE) ?? '').id
}

function createLead({ b24, portal, params, user }: Call): boolean {
  const dialog = portal.dialogs.get(textOf(upper(params).CHAT_ID) ?? '')
  if (!dialog) throw wrong('CHAT_ID', 'The specified chat identifier is incorrect')
  if (!dialog.members.includes(user.id)) throw wrong('ERROR_USER_NOT_OPERATOR', 'The user is not an operator of the chat')
  const guest = portal.guests.get(dialog.guestId)
  const fm = guest?.phone ? [{ typeId: 'PHONE', valueType: 'MOBILE', value: guest.phone }] : []
  const lead = addItem(
    b24,
    portal,
    1,
    { title: dialog.name, name: guest?.name ?? '', lastName: guest?.lastName ?? '', fm },
    user.id,
  )
  portal.dialogs.put({ ...dialog, crm: { ...dialog.crm, LEAD: lead.number } })
  return true
}
