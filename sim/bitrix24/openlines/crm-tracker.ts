/** The line's CRM tracker: knows a client by his phone, or makes a card of him. reference/bitrix24.md §6, §14. */
import { digitsOf } from '../../lib/fields.ts'
import { addItem, findByPhone, TYPE_ID, updateItem } from '../crm/items.ts'
import { addActivity } from '../crm/timeline-activity.ts'
import type { Bindings, Connector, Dialog, Guest, Line } from '../model.ts'
import type { Portal } from '../portal.ts'
import type { B24 } from '../service.ts'
import { addBubble } from './bubbles.ts'
import { userCodeOf } from './dialogs.ts'
import { settingOf } from './lines.ts'

/** Runs with a client's message, once per dialog: a dialog that has its cards keeps them. */
export function trackCrm(b24: B24, portal: Portal, dialog: Dialog, guest: Guest, line: Line, connector: Connector): void {
  const current = portal.dialogs.get(dialog.id) ?? dialog
  if (settingOf(line, 'CRM') !== 'Y' || Object.values(current.crm).some((id) => id > 0)) return
  const known = knownBy(portal, guest)
  const crm = known ?? created(b24, portal, current, guest, line, connector)
  if (!crm) return
  portal.dialogs.put({ ...current, crm })
  const imol = `imol|${userCodeOf(current)}`
  for (const type of ['LEAD', 'DEAL', 'CONTACT', 'COMPANY'] as const) {
    const item = portal.items.get(`${TYPE_ID[type]}:${crm[type]}`)
    if (item && !item.fm.some(({ value }) => value === imol))
      updateItem(
        b24,
        portal,
        item,
        { fm: [{ typeId: 'IM', valueType: 'IMOL', value: imol }] },
        undefined,
        item.typeId === 1 || item.typeId === 3,
      )
  }
  const owner = (['DEAL', 'LEAD', 'CONTACT', 'COMPANY'] as const).find((type) => crm[type] > 0)
  if (owner) {
    const card = { typeId: TYPE_ID[owner], number: crm[owner] }
    addActivity({ b24, portal }, { kind: 'chat', ...card, title: `Chat de línea abierta: ${current.name}`, completed: false })
  }
  if (!known)
    addBubble(b24, portal, current, 'system', { text: crm.LEAD > 0 ? '[b]Se creó un prospecto[/b]' : '[b]Se creó una ficha[/b]' })
}

/** Whose phone it is: contact and company first with their open deal, then lead. Only the phone tells, never the name. */
function knownBy(portal: Portal, guest: Guest): Bindings | undefined {
  if (digitsOf(guest.phone) === '') return undefined
  const found = findByPhone(portal, [guest.phone])
  const [contact = 0] = found.CONTACT ?? []
  const [company = 0] = found.COMPANY ?? []
  const [lead = 0] = found.LEAD ?? []
  if (contact === 0 && company === 0 && lead === 0) return undefined
  const deal = portal.items
    .all()
    .findLast(
      ({ typeId, fields }) =>
        typeId === 2 && !/WON|LOSE/.test(String(fields.stageId)) && contact > 0 && Number(fields.contactId) === contact,
    )
  return { LEAD: contact > 0 || company > 0 ? 0 : lead, DEAL: deal?.number ?? 0, CONTACT: contact, COMPANY: company }
}

function created(b24: B24, portal: Portal, dialog: Dialog, guest: Guest, line: Line, connector: Connector): Bindings | undefined {
  const rule = settingOf(line, 'CRM_CREATE')
  const none: Bindings = { LEAD: 0, DEAL: 0, CONTACT: 0, COMPANY: 0 }
  const isSimple = portal.settings().crmMode === 2
  if (rule !== 'lead' && rule !== 'deal') return undefined
  const source = settingOf(line, 'CRM_SOURCE')
  const sourceId = source === 'create' ? `${line.id}|${connector.id.toUpperCase()}` : source
  const about = { assignedById: dialog.ownerId || 1, sourceId, sourceDescription: line.name }
  const fm = [
    ...(guest.phone === '' ? [] : [{ typeId: 'PHONE', valueType: 'MOBILE', value: guest.phone }]),
    ...(guest.email === '' ? [] : [{ typeId: 'EMAIL', valueType: 'WORK', value: guest.email }]),
  ]
  const person = { name: guest.name, lastName: guest.lastName }
  const title = `${person.name} ${person.lastName}`.trim()
  if (rule === 'lead' && !isSimple) {
    const lead = addItem(b24, portal, 1, { ...about, ...person, title: `${title} - ${line.name}`, fm }, undefined)
    return { ...none, LEAD: lead.number }
  }
  const contact = addItem(b24, portal, 3, { ...about, ...person, fm }, undefined)
  const categoryId = Number(settingOf(line, 'CRM_CREATE_SECOND')) || 0
  const deal = addItem(
    b24,
    portal,
    2,
    { ...about, title: `${title} - ${line.name}`, contactId: contact.number, categoryId },
    undefined,
  )
  return { ...none, CONTACT: contact.number, DEAL: deal.number }
}
