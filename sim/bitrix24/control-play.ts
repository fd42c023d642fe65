/** What people do in a portal, played: operators answer, administrators connect and delete. Pages and tests use the same. */
import { fieldsOf, listOf, numberOf, textOf } from '../lib/fields.ts'
import type { Fields } from '../lib/fields.ts'
import { sampleFile } from '../samples.ts'
import { channelOf, isReady } from './connector/register.ts'
import { addItem, deleteItem, updateItem } from './crm/items.ts'
import { tellAll, tellApp } from './events/tell.ts'
import { fileShape, saveFile, type NewFile } from './files.ts'
import type { Bubble, Channel, Dialog, Item, Line } from './model.ts'
import { finish, operatorDeletes, operatorEdits, operatorWrites, transfer } from './openlines/bubbles.ts'
import { takeDialog } from './openlines/dialogs.ts'
import { addLine, deleteLine, detach } from './openlines/lines.ts'
import type { Portal } from './portal.ts'
import { runRobot, sendSms } from './robots/run.ts'
import type { B24 } from './service.ts'

type Play = { b24: B24; portal: Portal; fields: Fields }
type Did = object | string

const PLAYS: Readonly<Record<string, (play: Play) => Did>> = {
  write: withDialog(write),
  edit: withBubble(({ b24, portal, fields }, bubble) => operatorEdits(b24, portal, bubble, textOf(fields.text) ?? '')),
  delete: withBubble(({ b24, portal }, bubble) => {
    operatorDeletes(b24, portal, bubble)
    return { deleted: bubble.id }
  }),
  answer: withDialog(({ portal, fields }, dialog) => takeDialog(portal, dialog, numberOf(fields.userId) ?? 2)),
  transfer: withDialog(({ b24, portal, fields }, dialog) => {
    const userId = numberOf(fields.toUserId) ?? 0
    if (!portal.users.get(userId)?.active) return 'no such employee: toUserId'
    transfer(b24, portal, dialog, userId)
    return portal.dialogs.get(dialog.id) ?? dialog
  }),
  close: withDialog(({ b24, portal }, dialog) => ({ closed: finish(b24, portal, dialog) })),
  line: addOrChangeLine,
  'delete-line': withLine(({ b24, portal }, line) => {
    deleteLine(b24, portal, line)
    portal.tellPages({ type: 'lines' })
    return { deleted: line.id }
  }),
  connect: withChannel(({ portal }, channel) => {
    // The tile's button: on, but not yet connected; the application's page does the rest.
    const row = portal.channels.put({ ...channel, active: true })
    portal.tellPages({ type: 'apps' })
    return channelState(row)
  }),
  disconnect: withChannel(({ b24, portal }, channel) => {
    detach(b24, portal, channel, true)
    portal.tellPages({ type: 'apps' })
    return { disconnected: channel.id }
  }),
  item: ({ b24, portal, fields }) => {
    const userId = numberOf(fields.userId) ?? 1
    const known = portal.items.get(textOf(fields.id) ?? '')
    if (known && fields.delete === true) {
      deleteItem(b24, portal, known, userId)
      return { deleted: known.id }
    }
    return known
      ? updateItem(b24, portal, known, fieldsOf(fields.fields), userId)
      : addItem(b24, portal, numberOf(fields.typeId) ?? 3, fieldsOf(fields.fields), userId)
  },
  /** A file lies in the portal, and anybody who has its address may read it. */
  file: ({ b24, portal, fields }) => {
    const [file] = filesIn([fields])
    return file ? fileShape(portal, saveFile(b24, portal, file, null)) : 'sample, or name, mime and base64'
  },
  event: ({ b24, portal, fields }) => {
    const event = (textOf(fields.event) ?? '').toUpperCase()
    const how = numberOf(fields.userId) === undefined ? {} : { userId: numberOf(fields.userId) }
    tellAll(b24, portal, event, fields.data ?? [], how)
    return { event }
  },
  confirm,
  robot: withItem(({ b24, portal, fields }, item) => {
    const robot = portal.robots.all().find(({ code }) => code === textOf(fields.code))
    return robot ? runRobot(b24, portal, robot, item, fieldsOf(fields.properties)) : 'no such robot: code'
  }),
  sms: withItem(({ b24, portal, fields }, item) => {
    const sender = portal.senders.all().find(({ code }) => code === textOf(fields.sender))
    const to = textOf(fields.to) ?? item.fm.find(({ typeId }) => typeId === 'PHONE')?.value
    if (!sender || to === undefined) return 'no such sender, or no phone'
    return sendSms(b24, portal, sender, item, to, textOf(fields.text) ?? '', numberOf(fields.userId) ?? 2)
  }),
}

/** Plays one thing; a sentence when it cannot be. */
export function play(b24: B24, portal: Portal, does: string, fields: Fields): Did {
  const run = Object.hasOwn(PLAYS, does) ? PLAYS[does] : undefined
  return run ? run({ b24, portal, fields }) : `nobody can ${does}; there are ${Object.keys(PLAYS).join(', ')}`
}

function withDialog(run: (play: Play, dialog: Dialog) => Did): (play: Play) => Did {
  return (given) => {
    const dialog = given.portal.dialogs.get(textOf(given.fields.chat) ?? '')
    return dialog ? run(given, dialog) : 'no such chat'
  }
}

function withBubble(run: (play: Play, bubble: Bubble) => Did): (play: Play) => Did {
  return (given) => {
    const bubble = given.portal.bubbles.get(textOf(given.fields.message) ?? '')
    return bubble?.from === 'operator' ? run(given, bubble) : 'no such message of an operator'
  }
}

function withItem(run: (play: Play, item: Item) => Did): (play: Play) => Did {
  return (given) => {
    const item = given.portal.items.get(textOf(given.fields.id) ?? '')
    return item ? run(given, item) : 'no such card: id is "2:540"'
  }
}

function withLine(run: (play: Play, line: Line) => Did): (play: Play) => Did {
  return (given) => {
    const line = given.portal.lines.get(textOf(given.fields.line) ?? '')
    return line ? run(given, line) : 'no such line'
  }
}

function withChannel(run: (play: Play, channel: Channel) => Did): (play: Play) => Did {
  return withLine((given, line) => {
    const connector = given.portal.connectors.get((textOf(given.fields.connector) ?? '').toLowerCase())
    return connector ? run(given, channelOf(given.portal, connector.id, line.id)) : 'no such connector'
  })
}

/** How a channel is, in the words of PLACEMENT_OPTIONS: reference/bitrix24.md §5.9. */
export function channelState(channel: Channel): Record<string, unknown> {
  return {
    ...{ CONNECTOR: channel.connector, LINE: String(channel.line), STATUS: isReady(channel), ACTIVE_STATUS: channel.active },
    ...{ CONNECTION_STATUS: channel.connection, REGISTER_STATUS: channel.registered, ERROR_STATUS: channel.error },
  }
}

/** `[{sample: image|document|voice}]` or `[{name, mime, base64}]`. */
function filesIn(list: unknown): NewFile[] {
  return listOf(list).flatMap((one) => {
    const given = fieldsOf(one)
    const sample = sampleFile(textOf(given.sample) ?? '')
    const base64 = textOf(given.base64)
    const bytes = base64 === undefined ? sample?.bytes : Buffer.from(base64, 'base64')
    const name = textOf(given.name) ?? sample?.name ?? 'archivo'
    return bytes ? [{ bytes, name, mime: textOf(given.mime) ?? sample?.mime ?? 'application/octet-stream' }] : []
  })
}

/** `files`: as filesIn takes them. */
function write({ b24, portal, fields }: Play, dialog: Dialog): Did {
  const userId = numberOf(fields.userId) ?? 2
  const text = textOf(fields.text) ?? ''
  const files = filesIn(fields.files)
  if (text === '' && files.length === 0) return 'text or files'
  if (!portal.users.get(userId)?.active) return 'no such employee: userId'
  const kept = files.map((file) => saveFile(b24, portal, file, dialog.id).id)
  return operatorWrites(b24, portal, dialog, userId, text, kept)
}

function addOrChangeLine({ portal, fields }: Play): Did {
  const known = portal.lines.get(textOf(fields.line) ?? '')
  const line = known ?? addLine(portal, textOf(fields.name) ?? 'Línea abierta', 1, { queue: [{ type: 'user', id: 2 }] })
  const queue = listOf(fields.queue).flatMap((id) =>
    numberOf(id) === undefined ? [] : [{ type: 'user' as const, id: numberOf(id) ?? 0 }],
  )
  const changed = portal.lines.put({
    ...line,
    name: textOf(fields.name) ?? line.name,
    active: fields.active === undefined ? line.active : fields.active === true,
    queue: queue.length > 0 ? queue : line.queue,
    params: { ...line.params, ...fieldsOf(fields.params) },
  })
  portal.tellPages({ type: 'lines' })
  return changed
}

/** The administrator says yes or no to a method that asked. */
function confirm({ b24, portal, fields }: Play): Did {
  const method = (textOf(fields.method) ?? '').toLowerCase()
  const clientId = textOf(fields.clientId) ?? ''
  const isYes = fields.yes === true
  const { settings } = portal.row()
  portal.set({ settings: { ...settings, confirm: { ...settings.confirm, [method]: isYes ? 'confirmed' : 'denied' } } })
  const data = { TOKEN: '', METHOD: method, CONFIRMED: isYes ? '1' : '0', LANGUAGE_ID: portal.row().lang }
  tellApp(b24, portal, clientId, 'ONAPPMETHODCONFIRM', data)
  return { method, confirmed: isYes }
}
