/** bizproc.robot.*, bizproc.event.send, messageservice.*: what an application brings into the CRM's automation. */
import { fieldsOf, textOf } from '../../lib/fields.ts'
import type { Fields } from '../../lib/fields.ts'
import type { Robot, Sender } from '../model.ts'
import { upper } from '../rest/params.ts'
import { RestError } from '../service.ts'
import type { Call, Methods } from '../service.ts'

const wrong = (status: number, code: string, message: string): RestError => new RestError(status, code, message)

export const robotMethods: Methods = {
  'bizproc.robot.add': { scope: 'bizproc', admin: true, run: addRobot },
  'bizproc.robot.update': { scope: 'bizproc', admin: true, run: changeRobot },
  'bizproc.robot.list': { scope: 'bizproc', admin: true, run: (call) => mine(call).map(({ code }) => code) },
  'bizproc.robot.delete': {
    scope: 'bizproc',
    admin: true,
    run: (call) => {
      call.portal.robots.drop(robotOf(call).id)
      return true
    },
  },
  'bizproc.event.send': { scope: 'bizproc', run: sendEvent },
  'bizproc.activity.log': {
    scope: 'bizproc',
    run: (call) => {
      const run = runOf(call)
      call.portal.robotRuns.put({ ...run, log: [...run.log, textOf(upper(call.params).LOG_MESSAGE) ?? ''] })
      return true
    },
  },
  'messageservice.sender.add': { scope: 'messageservice', admin: true, run: addSender },
  'messageservice.sender.update': { scope: 'messageservice', admin: true, run: changeSender },
  'messageservice.sender.list': { scope: 'messageservice', admin: true, run: (call) => senders(call).map(({ code }) => code) },
  'messageservice.sender.delete': {
    scope: 'messageservice',
    admin: true,
    run: (call) => {
      call.portal.senders.drop(senderOf(call).id)
      return true
    },
  },
  'messageservice.message.status.update': { scope: 'messageservice', run: smsStatus },
}

const PROPERTY_TYPES = new Set(['bool', 'date', 'datetime', 'double', 'file', 'int', 'select', 'string', 'text', 'user'])

function checkRobot({ app }: Call, fields: Fields): void {
  const handler = textOf(fields.HANDLER) ?? ''
  if (fields.HANDLER !== undefined) {
    if (!/^https?:\/\//.test(handler) || !URL.canParse(handler))
      throw wrong(400, 'ERROR_UNSUPPORTED_PROTOCOL', 'Unsupported handler protocol')
    // The handler lives where the application lives.
    if (new URL(handler).host !== new URL(app.handler).host)
      throw wrong(400, 'ERROR_WRONG_HANDLER_URL', 'Handler URL must be on the same domain as the application')
  }
  for (const [name, value] of Object.entries(fieldsOf(fields.PROPERTIES))) {
    const type = textOf(fieldsOf(value).Type) ?? textOf(fieldsOf(value).TYPE) ?? 'string'
    if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(name) || !PROPERTY_TYPES.has(type))
      throw wrong(400, 'ERROR_ACTIVITY_VALIDATION_FAILURE', `Wrong property ${name}`)
  }
}

function addRobot(call: Call): boolean {
  const fields = upper(call.params)
  const code = textOf(fields.CODE) ?? ''
  if (!/^[A-Za-z0-9._-]+$/.test(code) || fields.NAME === undefined || fields.NAME === '')
    throw wrong(400, 'ERROR_ACTIVITY_VALIDATION_FAILURE', 'Empty activity code or name')
  if (textOf(fields.HANDLER) === undefined) throw wrong(400, 'ERROR_ACTIVITY_VALIDATION_FAILURE', 'Empty handler')
  checkRobot(call, fields)
  const id = `${call.app.id}|${code}`
  if (call.portal.robots.get(id)) throw wrong(400, 'ERROR_ACTIVITY_ALREADY_INSTALLED', 'Activity or Robot already installed')
  const { AUTH: _, ...kept } = fields
  call.portal.robots.put({ id, clientId: call.app.id, code, fields: kept })
  return true
}

const mine = ({ portal, app }: Call): Robot[] => portal.robots.all().filter(({ clientId }) => clientId === app.id)

function robotOf({ portal, params, app }: Call): Robot {
  const robot = portal.robots.get(`${app.id}|${textOf(upper(params).CODE) ?? ''}`)
  if (!robot) throw wrong(400, 'ERROR_ACTIVITY_NOT_FOUND', 'Activity or Robot not found')
  return robot
}

function changeRobot(call: Call): boolean {
  const robot = robotOf(call)
  const change = upper(fieldsOf(upper(call.params).FIELDS))
  checkRobot(call, change)
  call.portal.robots.put({ ...robot, fields: { ...robot.fields, ...change } })
  return true
}

function runOf({ portal, params, app }: Call) {
  const run = portal.robotRuns.get(textOf(upper(params).EVENT_TOKEN) ?? '')
  if (run?.clientId !== app.id) throw wrong(403, 'ACCESS_DENIED', 'Access denied!')
  return run
}

/** The robot's answer: the funnel goes on. A token is good once. */
function sendEvent(call: Call): boolean {
  const run = runOf(call)
  if (run.answer !== null) throw wrong(403, 'ACCESS_DENIED', 'Access denied!')
  const fields = upper(call.params)
  const log = textOf(fields.LOG_MESSAGE) === undefined ? run.log : [...run.log, textOf(fields.LOG_MESSAGE) ?? '']
  call.portal.robotRuns.put({ ...run, answer: { ...fieldsOf(fields.RETURN_VALUES) }, log, answeredAt: call.b24.now() })
  call.portal.tellPages({ type: 'crm', id: run.document })
  return true
}

function addSender(call: Call): boolean {
  const fields = upper(call.params)
  const code = textOf(fields.CODE) ?? ''
  const handler = textOf(fields.HANDLER) ?? ''
  if (!/^[A-Za-z0-9._-]+$/.test(code) || fields.TYPE !== 'SMS' || textOf(fields.NAME) === undefined || !URL.canParse(handler))
    throw wrong(400, 'ERROR_SENDER_VALIDATION_FAILURE', 'Sender validation failure')
  const id = `${call.app.id}|${code}`
  if (call.portal.senders.get(id)) throw wrong(400, 'ERROR_SENDER_ALREADY_INSTALLED', 'Sender already installed')
  const about = { name: textOf(fields.NAME) ?? code, description: textOf(fields.DESCRIPTION) ?? '' }
  call.portal.senders.put({ id, clientId: call.app.id, code, handler, ...about })
  return true
}

const senders = ({ portal, app }: Call): Sender[] => portal.senders.all().filter(({ clientId }) => clientId === app.id)

function senderOf({ portal, params, app }: Call): Sender {
  const sender = portal.senders.get(`${app.id}|${textOf(upper(params).CODE) ?? ''}`)
  if (!sender) throw wrong(400, 'ERROR_SENDER_NOT_FOUND', 'Sender not found')
  return sender
}

function changeSender(call: Call): boolean {
  const sender = senderOf(call)
  const fields = upper(call.params)
  const text = (name: string, old: string) => textOf(fields[name]) ?? old
  const change = {
    name: text('NAME', sender.name),
    handler: text('HANDLER', sender.handler),
    description: text('DESCRIPTION', sender.description),
  }
  call.portal.senders.put({ ...sender, ...change })
  return true
}

const STATUSES = new Set(['queued', 'sent', 'delivered', 'undelivered', 'failed'])

function smsStatus({ portal, params, app, user }: Call): boolean {
  const fields = upper(params)
  const sms = portal.sms.get(textOf(fields.MESSAGE_ID) ?? '')
  if (!sms || sms.sender !== fields.CODE) throw wrong(400, 'ERROR_MESSAGE_NOT_FOUND', 'Message not found')
  if (sms.clientId !== app.id && !user.admin) throw wrong(403, 'ACCESS_DENIED', 'Access denied!')
  const status = textOf(fields.STATUS) ?? ''
  if (!STATUSES.has(status)) throw wrong(400, 'ERROR_MESSAGE_STATUS_INCORRECT', 'Message status incorrect')
  portal.sms.put({ ...sms, status })
  portal.tellPages({ type: 'crm', id: `${sms.typeId}:${sms.number}` })
  return true
}
