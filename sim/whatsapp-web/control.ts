/** Commands for scripts and tests (`/control/whatsapp-web/…`), and what the owner's phone page asks (`/phone/api/owner/…`). */
import { registerNumber } from '../control/numbers.ts'
import type { WebPort } from '../sim.ts'
import { digitsOf, fieldsOf, numberOf, textOf } from '../lib/fields.ts'
import type { Fields } from '../lib/fields.ts'
import { findRoute, json } from '../lib/http.ts'
import type { Route } from '../lib/http.ts'
import { saveContact } from './address-book.ts'
import type { Device } from './devices.ts'
import { faultIn } from './faults.ts'
import { dropLine, LINE_ENDS } from './line-ends.ts'
import { scan, show, typeCode, unlink } from './linking.ts'
import {
  callFrom,
  expireFile,
  fewKeysLeft,
  loseSession,
  newPhone,
  oldChats,
  ownPhoneReads,
  restrict,
  spoilFile,
  tellPicture,
  typesTo,
  writesInCrowd,
} from './mischief.ts'
import { ADDRESSINGS } from './people.ts'
import type { Person } from './people.ts'
import { arriveLate } from './from-client.ts'
import { lineOf } from './service.ts'
import type { Service } from './service.ts'

type Command = { service: Service; names: Record<string, string>; query: URLSearchParams; fields: Fields; body: unknown }
type Handle = (command: Command) => Promise<object | string> | object | string

const routes: Route<Handle>[] = [
  { method: 'GET', path: '/owner', handle: ({ service, query }) => ownerOf(service, digitsOf(query.get('phone'))) },
  { method: 'POST', path: '/scan', handle: scanned },
  {
    method: 'POST',
    path: '/shown',
    handle: ({ service, fields }) => ({ known: show(service, textOf(fields.qr) ?? '') !== undefined }),
  },
  { method: 'POST', path: '/code', handle: codeTyped },
  { method: 'DELETE', path: '/devices/:phone/:index', handle: loggedOut },
  { method: 'GET', path: '/faults', handle: ({ service }) => ({ items: service.faults.all() }) },
  { method: 'POST', path: '/faults', handle: addFault },
  { method: 'DELETE', path: '/faults', handle: clearFaults },
  { method: 'POST', path: '/lines/:phone/:how', handle: endLines },
  { method: 'PUT', path: '/people/:phone', handle: changePerson },
  { method: 'POST', path: '/people/:phone/:does', handle: personDoes },
  { method: 'POST', path: '/numbers/:phone/:does', handle: numberDoes },
  { method: 'POST', path: '/spoil/:id', handle: ({ service, names }) => spoilFile(service, names.id ?? '') },
  { method: 'POST', path: '/expire/:id', handle: ({ service, names }) => expireFile(service, names.id ?? '') },
]

/** `about`: what `GET` tells of the place; `putAhead`: changes WhatsApp's clock. */
export function commandsFor(service: Service, about: object, putAhead: (ms: number) => void): WebPort['commands'] {
  return async (method, path, query, body) => {
    const fields = fieldsOf(body)
    if (method === 'GET' && path === '') return json(200, { ...about, ...shownTo(service) })
    if (method === 'PUT' && path === '/clock') {
      putAhead(numberOf(fields.aheadMs) ?? 0)
      return json(200, { now: service.now() })
    }
    const found = findRoute(routes, method, path)
    if (!found) return json(404, { error: `no command ${method} …${path}; GET /control lists them` })
    const result = await found.route.handle({ service, names: found.names, query, fields, body })
    return typeof result === 'string' ? json(400, { error: result }) : json(200, result)
  }
}

/** The screens that wait to be linked; a code that somebody has seen whole can be scanned by its id. */
function shownTo({ waiting }: Service) {
  const items = [...waiting.values()].map(({ id, since, device, qr, code }) => ({
    id,
    since,
    name: device.name,
    canScan: qr !== null,
    codeFor: code?.phone ?? null,
  }))
  return { waiting: items }
}

function ownerOf(service: Service, phone: string) {
  const number = service.sim.world.numbers.get(phone)
  const numbers = [...service.sim.world.numbers.values()].filter(({ kind }) => kind === 'session')
  return {
    phone,
    name: number?.name ?? null,
    ...(service.logins.get(phone) ?? { logins: 0, overlaps: 0 }),
    numbers: numbers.map(({ phone: each, name }) => ({ phone: each, name })),
    devices: service.devices.of(phone).map((device) => ({ ...told(device), isOnline: lineOf(service, device) !== undefined })),
    ...shownTo(service),
  }
}

function told({ phone, index, name, linkedAt }: Device) {
  return { phone, index, name, linkedAt }
}

/** Who links a device has a phone with WhatsApp: the number exists from then on. */
function ensureNumber(service: Service, phone: string, name: unknown): string | null {
  if (phone.length < 7) return 'Falta el número del teléfono.'
  if (service.sim.world.numbers.has(phone)) return null
  const made = registerNumber(service.sim, { kind: 'session', phone, name: textOf(name) })
  return typeof made === 'string' ? made : null
}

async function scanned({ service, fields }: Command): Promise<object | string> {
  const phone = digitsOf(fields.phone)
  const wrong = ensureNumber(service, phone, fields.name)
  if (wrong !== null) return wrong
  const qr = textOf(fields.qr) ?? [...service.waiting.values()].find(({ id }) => id === fields.id)?.qr ?? ''
  const linked = await scan(service, phone, qr)
  return typeof linked === 'string' ? linked : told(linked)
}

async function codeTyped({ service, fields }: Command): Promise<object | string> {
  const phone = digitsOf(fields.phone)
  const wrong = ensureNumber(service, phone, fields.name)
  if (wrong !== null) return wrong
  const linked = await typeCode(service, phone, textOf(fields.code) ?? '')
  return typeof linked === 'string' ? linked : told(linked)
}

function loggedOut({ service, names }: Command): object | string {
  const device = service.devices.get(names.phone ?? '', Number(names.index))
  if (!device) return 'Ese dispositivo ya no está vinculado.'
  unlink(service, device)
  return told(device)
}

function addFault({ service, fields, body }: Command): object | string {
  const fault = faultIn(body)
  if (typeof fault === 'string') return fault
  service.faults.add(digitsOf(fields.phone) || null, fault)
  return { items: service.faults.all() }
}

function clearFaults({ service, query }: Command): object {
  service.faults.clear(query.get('phone'))
  return { items: service.faults.all() }
}

function endLines({ service, names, fields }: Command): object | string {
  const how = LINE_ENDS.find((each) => each === names.how)
  return how ? { lines: dropLine(service, names.phone ?? '', how, fields) } : `how must be one of ${LINE_ENDS.join(', ')}`
}

function changePerson({ service, names, fields }: Command): object {
  const addressing = ADDRESSINGS.find((each) => each === fields.addressing)
  const picture = (['sample', 'none', 'hidden'] as const).find((each) => each === fields.picture)
  const change: Partial<Person> = {
    ...(addressing && { addressing }),
    ...(picture && { picture }),
    ...(typeof fields.exists === 'boolean' && { exists: fields.exists }),
    ...(typeof fields.isOn === 'boolean' && { isOn: fields.isOn }),
  }
  const person = service.people.change(digitsOf(names.phone), change)
  if (fields.isOn === true) arriveLate(service, person.phone)
  if (picture) tellPicture(service, person)
  return person
}

function personDoes({ service, names, fields }: Command): Promise<object | string> | object | string {
  const phone = digitsOf(names.phone)
  const number = service.sim.world.numbers.get(digitsOf(fields.number))
  if (!number) return 'no such number'
  switch (names.does) {
    case 'reinstall':
      return newPhone(service, number, phone)
    case 'forget':
      return loseSession(service, number, phone)
    case 'typing':
      return typesTo(service, number, phone, textOf(fields.state) ?? 'composing')
    case 'call':
      return callFrom(service, number, phone, { isVideo: fields.video === true, isAnswered: fields.answered === true })
    case 'crowd':
      return writesInCrowd(service, number, phone, textOf(fields.where) ?? 'group', textOf(fields.text) ?? 'Hola a todos')
    case 'read-by-owner':
      return ownPhoneReads(service, number, phone)
    default:
      return 'a person can: reinstall, forget, typing, call, crowd, read-by-owner'
  }
}

function numberDoes({ service, names, fields }: Command): Promise<object> | object | string {
  const number = service.sim.world.numbers.get(digitsOf(names.phone))
  if (!number) return 'no such number'
  switch (names.does) {
    case 'history':
      return oldChats(service, number, {
        ...{ chats: numberOf(fields.chats) ?? 5, messages: numberOf(fields.messages) ?? 20 },
        ...{ days: numberOf(fields.days) ?? 30, phone: digitsOf(fields.phone) || undefined },
        name: textOf(fields.name),
      })
    case 'contact':
      return saveContact(service, number.phone, { phone: digitsOf(fields.phone), name: textOf(fields.name) ?? '' })
    case 'few-keys':
      return fewKeysLeft(service, number)
    case 'restrict':
      return restrict(service, number, fields.active !== false, numberOf(fields.seconds) ?? 3600)
    default:
      return 'a number can: history, contact, few-keys, restrict'
  }
}
