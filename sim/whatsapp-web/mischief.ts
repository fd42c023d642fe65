/** What happens around a number, on command: phones that are replaced, calls, typing, restrictions, old chats. */
import { randomBytes, randomInt } from 'node:crypto'
import { proto } from 'baileys'
import { blankMessage, customerOf } from '../conduct.ts'
import type { SimNumber } from '../model.ts'
import { conversationId } from '../world.ts'
import { node } from './nodes.ts'
import type { Node } from './nodes.ts'
import { addressOf, pnOf } from './people.ts'
import type { Person } from './people.ts'
import type { SealedFile } from './media-host.ts'
import { SERVER } from './nodes.ts'
import { deliver, mention, secondsOf } from './service.ts'
import type { Service } from './service.ts'
import { makeMessageId } from './to-client.ts'

/** A customer has a new phone: other keys under the same number, and WhatsApp tells. */
export function newPhone(service: Service, number: SimNumber, phone: string): object {
  service.handsets.reinstall(phone)
  const from = addressOf(service.people.of(phone)).jid
  deliverAll(service, number, () =>
    node('notification', { id: makeId(), type: 'encrypt', from, t: secondsOf(service) }, [node('identity')]),
  )
  return { phone }
}

/** A customer's phone no longer knows what it shared with the number's devices: it will ask again. */
export async function loseSession(service: Service, number: SimNumber, phone: string): Promise<object> {
  for (const device of service.devices.of(number.phone)) await service.handsets.of(phone).forget(device)
  return { phone }
}

/** `composing`, `paused` or `recording`. */
export function typesTo(service: Service, number: SimNumber, phone: string, state: string): object {
  const { jid } = addressOf(service.people.of(phone))
  const content = state === 'recording' ? node('composing', { media: 'audio' }) : node(state)
  mention(service, number.phone, node('chatstate', { from: jid }, [content]))
  return { phone, state }
}

/** Somebody writes where it is nobody's chat: in a group, to a list, as a status, on a channel. */
export async function writesInCrowd(
  service: Service,
  number: SimNumber,
  phone: string,
  where: string,
  text: string,
): Promise<object | string> {
  const jid = CROWDS[where]
  if (!jid) return `where must be one of ${Object.keys(CROWDS).join(', ')}`
  const { jid: participant } = addressOf(service.people.of(phone))
  const content = { conversation: text }
  for (const device of service.devices.of(number.phone)) {
    const attrs = { id: makeMessageId(), from: jid, t: secondsOf(service), type: 'text' }
    if (where === 'newsletter') {
      deliver(service, device, node('message', attrs, [node('plaintext', {}, proto.Message.encode(content).finish())]))
      continue
    }
    const { type, bytes } = await service.handsets.of(phone).seal(device, content)
    deliver(service, device, node('message', { ...attrs, participant }, [node('enc', { v: '2', type }, bytes)]))
  }
  return { phone, where }
}

const CROWDS: Readonly<Record<string, string>> = {
  group: '120363000000000001@g.us',
  status: 'status@broadcast',
  broadcast: '1700000000@broadcast',
  newsletter: '120363000000000002@newsletter',
}

/** The owner opens a chat on the number's own phone: its devices hear that the customer's last word was read. */
export function ownPhoneReads(service: Service, number: SimNumber, phone: string): object | string {
  const { sim } = service
  const items = sim.world.conversations.get(conversationId(number.id, phone))?.messageIds ?? []
  const unread = items.filter((id) => {
    const message = sim.world.messages.get(id)
    return message?.direction === 'in' && message.progress !== 'read'
  })
  const [first, ...more] = unread.toReversed()
  if (first === undefined) return 'nothing is unread'
  const about = { id: first, from: pnOf(service.people.of(number.phone)), recipient: addressOf(service.people.of(phone)).jid }
  const rest =
    more.length > 0
      ? [
          node(
            'list',
            {},
            more.map((id) => node('item', { id })),
          ),
        ]
      : []
  for (const id of unread) sim.world.record({ t: 'change', id, patch: { progress: 'read' } })
  deliverAll(service, number, () => node('receipt', { ...about, t: secondsOf(service), type: 'read' }, rest))
  return { read: unread.length }
}

/** A customer calls; nobody can answer on a linked device, so it rings out, or is answered on the phone. */
export function callFrom(
  service: Service,
  number: SimNumber,
  phone: string,
  { isVideo, isAnswered }: { isVideo: boolean; isAnswered: boolean },
): object {
  const person = service.people.of(phone)
  const { jid } = addressOf(person)
  const callId = randomBytes(16).toString('hex').toUpperCase()
  const about = { 'call-id': callId, 'call-creator': jid, caller_pn: person.addressing === 'lid-only' ? undefined : pnOf(person) }
  const stanza = (content: Node) => node('call', { id: makeId(), from: jid, t: secondsOf(service) }, [content])
  deliverAll(service, number, () => stanza(node('offer', about, isVideo ? [node('video')] : [node('audio')])))
  deliverAll(service, number, () =>
    stanza(isAnswered ? node('accept', about) : node('terminate', { ...about, reason: 'timeout' })),
  )
  return { callId }
}

/** The file of a message is deleted from the media host; the phone still has it. */
export function expireFile(service: Service, messageId: string): object | string {
  const file = service.shelf.drawer<SealedFile>('sealed-files').get(messageId)
  if (!file) return 'no file of that message'
  service.media.expire(file.directPath)
  return { expired: file.directPath }
}

/** From now on the host hands out other bytes than were put there. */
export function spoilFile(service: Service, messageId: string): object | string {
  const file = service.shelf.drawer<SealedFile>('sealed-files').get(messageId)
  if (!file) return 'no file of that message'
  service.media.spoil(file.directPath)
  return { spoilt: file.directPath }
}

/** WhatsApp has few one-time keys left of the number's devices, and asks for more. */
export function fewKeysLeft(service: Service, number: SimNumber): object {
  deliverAll(service, number, () =>
    node('notification', { id: makeId(), type: 'encrypt', from: SERVER, t: secondsOf(service) }, [node('count', { value: '2' })]),
  )
  return { number: number.id }
}

/** WhatsApp forbids new chats for a while, or allows them again. */
export function restrict(service: Service, number: SimNumber, isActive: boolean, seconds: number): object {
  const data = {
    xwa2_notify_account_reachout_timelock: {
      ...{ is_active: isActive, enforcement_type: 'RATE_LIMITED' },
      time_enforcement_ends: String(Number(secondsOf(service)) + seconds),
    },
  }
  const update = node('update', { op_name: 'NotificationUserReachoutTimelockUpdate' }, Buffer.from(JSON.stringify({ data })))
  deliverAll(service, number, () =>
    node('notification', { id: makeId(), type: 'mex', from: SERVER, t: secondsOf(service) }, [update]),
  )
  return { number: number.id, isActive }
}

const NAMES = ['Ana Vera', 'Luis Zamora', 'Carla Mora', 'Jorge Paz', 'María Quispe', 'Iván Ríos', 'Elena Soto', 'Pablo Cano']

/** How many chats of how many messages, beginning so many days ago, an hour apart; with one customer where a phone is given. */
type Past = { chats: number; messages: number; days: number; phone: string | undefined; name: string | undefined }

/** Chats from before: customers and the number's phone wrote to each other. Nobody is told. */
export function oldChats(service: Service, number: SimNumber, { chats, messages, days, phone, name }: Past): object {
  const { sim } = service
  const start = sim.now() - days * 24 * 3600_000
  for (let chat = 0; chat < chats; chat += 1) {
    const customer = customerOf(sim, phone ?? `5939${String(70_000_000 + chat + randomInt(0, 1000) * 1000)}`, {
      name: name ?? NAMES[chat % NAMES.length] ?? 'Cliente',
    })
    for (let at = 0; at < messages; at += 1) {
      const isOurs = at % 2 === 1
      const words = isOurs ? `Con gusto, le confirmo el pedido ${at}.` : `Buenas, ¿tienen el pedido ${at + 1}?`
      const about = { direction: isOurs ? ('out' as const) : ('in' as const), progress: 'read' as const, text: words }
      const when = start + at * 3600_000 + chat * 60_000
      sim.world.record({ t: 'message', message: { ...blankMessage(number, customer, makeMessageId(), when), ...about } })
    }
  }
  return { chats, messages: chats * messages }
}

/** Somebody shows another picture, or none: every linked device hears of it. */
export function tellPicture(service: Service, person: Person): void {
  const from = addressOf(person).jid
  const change = node(person.picture === 'sample' ? 'set' : 'delete', { jid: from, id: makeId() })
  for (const number of service.sim.world.numbers.values())
    deliverAll(service, number, () =>
      node('notification', { id: makeId(), type: 'picture', from, t: secondsOf(service) }, [change]),
    )
}

const makeId = (): string => String(randomInt(1, 2 ** 40))

function deliverAll(service: Service, number: SimNumber, make: () => Node): void {
  for (const device of service.devices.of(number.phone)) deliver(service, device, make())
}
