/** What the portal's page shows: read as it is now, and read again whenever something changes. */
import { channelState } from '../control-play.ts'
import { channelOf } from '../connector/register.ts'
import { typeName } from '../crm/items.ts'
import { fileShape } from '../files.ts'
import type { Bubble, Dialog, Item } from '../model.ts'
import { settingsOf } from '../openlines/lines.ts'
import type { Portal } from '../portal.ts'
import type { B24 } from '../service.ts'

/** Everything that menus, lists and tiles need. */
export function overviewOf(b24: B24, portal: Portal): object {
  const row = portal.row()
  return {
    portal: { id: row.id, name: row.name, domain: row.domain, lang: row.lang, settings: row.settings },
    // Enough to choose from; 2,000 would be no list that one reads.
    users: portal.users.all().slice(0, 60),
    employees: portal.users.size(),
    apps: b24.apps
      .all()
      .filter(({ kind, portal: only }) => kind === 'market' || only === null || only === portal.id)
      .map(({ id, code, name, kind }) => ({ id, code, name, kind, install: portal.installs.get(id) ?? null })),
    lines: portal.lines.all().map((line) => ({ ...line, params: settingsOf(line) })),
    connectors: portal.connectors.all().map(({ id, clientId, name, icon, handler }) => ({
      ...{ id, clientId, name, icon, handler },
      channels: portal.lines.all().map((line) => channelState(channelOf(portal, id, line.id))),
    })),
    placements: portal.placements.all(),
    robots: portal.robots.all(),
    senders: portal.senders.all().map(({ code, name }) => ({ code, name })),
    notices: portal.notices.all(),
    chats: portal.dialogs.all().map((dialog) => chatRow(portal, dialog)),
    items: portal.items.all().map(itemRow),
    statuses: portal.statuses.all().map(({ entityId, statusId, name }) => ({ entityId, statusId, name })),
  }
}

function chatRow(portal: Portal, dialog: Dialog): object {
  const last = portal.bubbles.all().findLast(({ chatId, from }) => chatId === dialog.id && from !== 'system')
  const session = portal.sessions.get(dialog.sessionId)
  return {
    ...{ id: dialog.id, name: dialog.name, ownerId: dialog.ownerId, crm: dialog.crm, line: dialog.line },
    ...{ status: session?.status ?? 'closed', lastText: last ? summary(last) : '', lastAt: last?.at ?? dialog.at },
    waits: last?.from === 'client' && session?.status !== 'closed',
  }
}

const summary = (bubble: Bubble): string =>
  bubble.deletedAt !== null ? 'Mensaje eliminado' : bubble.text || (bubble.files.length > 0 ? 'Archivo' : '')

/** One chat with its bubbles. */
export function chatOf(portal: Portal, id: string): object | undefined {
  const dialog = portal.dialogs.get(id)
  if (!dialog) return undefined
  const guest = portal.guests.get(dialog.guestId)
  const bubbles = portal.bubbles
    .all()
    .filter(({ chatId }) => chatId === dialog.id)
    .map((one) => ({ ...one, author: nameOf(portal, one.authorId), files: one.files.flatMap((file) => shownFile(portal, file)) }))
  return { ...chatRow(portal, dialog), guest, connector: dialog.connector, sessionId: dialog.sessionId, bubbles }
}

function shownFile(portal: Portal, id: number): object[] {
  const file = portal.files.get(id)
  return file ? [fileShape(portal, file)] : []
}

function nameOf(portal: Portal, id: number): string {
  const user = portal.users.get(id)
  return user ? `${user.name} ${user.lastName}` : ''
}

function itemRow({ id, typeId, number, fields, fm }: Item): object {
  const phone = fm.find((one) => one.typeId === 'PHONE')?.value ?? ''
  return {
    id,
    typeId,
    number,
    title: titleOf({ typeId, number, fields }),
    phone,
    stageId: fields.stageId ?? null,
    assignedById: fields.assignedById,
  }
}

function titleOf({ typeId, number, fields }: Pick<Item, 'typeId' | 'number' | 'fields'>): string {
  const name = [fields.name, fields.lastName].filter((part) => typeof part === 'string' && part !== '').join(' ')
  const title = typeof fields.title === 'string' ? fields.title : ''
  return (typeId === 3 ? name || title : title || name) || `#${number}`
}

/** A card of the CRM: its fields, its timeline, its chats, what robots did. */
export function cardOf(portal: Portal, id: string): object | undefined {
  const item = portal.items.get(id)
  if (!item) return undefined
  const isHere = (one: { typeId: number; number: number }) => one.typeId === item.typeId && one.number === item.number
  const activities = portal.activities
    .all()
    .filter((one) => isHere(one) || one.bindings.some(isHere))
    .map((one) => ({
      ...one,
      author: nameOf(portal, one.authorId),
      sms: portal.sms.get(String(one.fields.sms ?? ''))?.status ?? null,
    }))
  const type = typeName(item.typeId)
  const chats = portal.dialogs
    .all()
    .filter(({ crm }) => type !== undefined && crm[type] === item.number)
    .map(({ id: chat, name }) => ({ id: chat, name }))
  const runs = portal.robotRuns.all().filter(({ document }) => document === item.id)
  return {
    ...itemRow(item),
    fields: item.fields,
    fm: item.fm,
    activities: activities.toReversed(),
    chats,
    runs: runs.toReversed(),
  }
}
