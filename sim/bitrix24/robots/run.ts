/** Robots and senders at work: what the CRM posts to their handlers. reference/bitrix24.md §10.1, §10.2. */
import { randomBytes } from 'node:crypto'
import { phpForm } from '../../lib/php.ts'
import { authOf } from '../events/tell.ts'
import { addActivity } from '../crm/timeline-activity.ts'
import { typeName } from '../crm/items.ts'
import type { Item, Robot, RobotRun, Sender, Sms } from '../model.ts'
import { keepLast } from '../portal.ts'
import type { Portal } from '../portal.ts'
import type { B24 } from '../service.ts'

const ENTITIES: Readonly<Record<number, string>> = { 1: 'Lead', 2: 'Deal', 3: 'Contact', 4: 'Company' }

function documentOf(item: Item): { document_id: string[]; document_type: string[] } {
  const name = typeName(item.typeId)
  const entity = name ? `CCrmDocument${ENTITIES[item.typeId] ?? ''}` : 'Bitrix\\Crm\\Integration\\BizProc\\Document\\Dynamic'
  const type = name ?? `DYNAMIC_${item.typeId}`
  return { document_id: ['crm', entity, `${type}_${item.number}`], document_type: ['crm', entity, type] }
}

/** Starts a robot on a card; posted once, and twice where events are doubled: the token stays the same. */
export function runRobot(b24: B24, portal: Portal, robot: Robot, item: Item, properties: object): RobotRun | string {
  const install = portal.installs.get(robot.clientId)
  if (!install?.isFinished) return 'the application of this robot is not installed'
  const workflow = randomBytes(8).toString('hex')
  const waits = robot.fields.USE_SUBSCRIPTION !== 'N'
  const run = portal.robotRuns.put({
    ...{
      id: `${workflow}|A1_2|sig.${randomBytes(16).toString('hex')}`,
      clientId: robot.clientId,
      code: robot.code,
      document: item.id,
    },
    ...{ waits, answer: null, log: [], at: b24.now(), answeredAt: null },
  })
  const given = Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [name, Array.isArray(value) ? value : String(value)]),
  )
  const userId = Number(robot.fields.AUTH_USER_ID ?? 0)
  deliver(b24, portal, robot.clientId, String(robot.fields.HANDLER ?? ''), 'robot', {
    ...{ workflow_id: workflow, code: robot.code, ...documentOf(item), event_token: run.id, properties: given },
    ...{ use_subscription: waits ? 'Y' : 'N', timeout_duration: '0', ts: Math.floor(b24.now() / 1000) },
    auth: authOf(b24, portal, install, userId > 0 ? userId : undefined),
  })
  portal.tellPages({ type: 'crm', id: item.id })
  return run
}

/** The CRM sends by a sender: from a card or by a robot. */
export function sendSms(
  b24: B24,
  portal: Portal,
  sender: Sender,
  item: Item,
  to: string,
  text: string,
  userId: number,
): Sms | string {
  const install = portal.installs.get(sender.clientId)
  if (!install?.isFinished) return 'the application of this sender is not installed'
  const sms = portal.sms.put({
    ...{ id: randomBytes(16).toString('hex'), sender: sender.code, clientId: sender.clientId, to, text, status: 'queued' },
    ...{ typeId: item.typeId, number: item.number, at: b24.now() },
  })
  addActivity(
    { b24, portal },
    {
      kind: 'sms',
      typeId: item.typeId,
      number: item.number,
      title: `${sender.name}: ${to}`,
      text,
      authorId: userId,
      fields: { sms: sms.id },
    },
  )
  deliver(b24, portal, sender.clientId, sender.handler, 'sms', {
    ...{ module_id: 'crm', bindings: [{ OWNER_TYPE_ID: item.typeId, OWNER_ID: item.number }], type: 'SMS', code: sender.code },
    ...{ properties: { phone_number: to, message_text: text }, message_id: sms.id, message_to: to, message_body: text },
    ...{ ts: Math.floor(b24.now() / 1000), auth: authOf(b24, portal, install, userId) },
  })
  return sms
}

const TIMEOUT_MS = 30_000

/** Once, like an event; what it does wrong is commanded as an event named `robot` or `sms`. */
function deliver(b24: B24, portal: Portal, clientId: string, handler: string, event: string, fields: object): void {
  const bad = b24.mischief.judge('events', portal.id, event)
  const body = phpForm(fields)
  const times = bad?.lose ? 0 : 1 + (bad?.duplicate ?? 0)
  for (let time = 0; time < times; time += 1) {
    b24.lanes.run(`${portal.id} ${handler}`, async () => {
      const started = Date.now()
      const status = await fetch(handler, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        signal: AbortSignal.timeout(TIMEOUT_MS),
      }).then(
        (response) => response.status,
        () => 0,
      )
      const id = portal.nextId('told')
      keepLast(portal.told, { id, at: b24.now(), event, clientId, handler, body, status, ms: Date.now() - started }, 20_000)
    })
  }
}
