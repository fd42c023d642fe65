/** From phones to linked devices: what customers and the number's own phone say, sealed for each device. */
import { randomBytes } from 'node:crypto'
import { proto } from 'baileys'
import type { SimEvent } from '../events.ts'
import type { Customer, SimMessage, SimNumber } from '../model.ts'
import { contentOf } from './content-out.ts'
import type { Device } from './devices.ts'
import type { Enc } from './handset.ts'
import { node } from './nodes.ts'
import type { Node } from './nodes.ts'
import { addressOf, lidJidOf, pnOf } from './people.ts'
import type { Person } from './people.ts'
import { lastsAfter } from './rare-content.ts'
import { deliver, lineOf, secondsOf } from './service.ts'
import type { Service } from './service.ts'

/** What was said, kept for a while: a device that cannot open it asks again. */
type Sent = { from: string; content: Uint8Array; attrs: Node['attrs'] }

type Said = { from: Person; content: proto.IMessage; attrs: Record<string, string | undefined> }

/** An id as phones make them. */
export const makeMessageId = (): string => `3A${randomBytes(9).toString('hex').toUpperCase()}`

/** Puts an event of the simulated world into stanzas for every device of the number. */
export async function tellDevices(service: Service, number: SimNumber, event: SimEvent): Promise<void> {
  if (event.type === 'status') return tellStatus(service, number, event)
  const customer = service.people.of(event.customer.phone)
  const own = service.people.of(number.phone)
  if (event.type === 'message' || event.type === 'echo') return tellMessage(service, event, { customer, own })
  const content = changeContent(event, own)
  await say(service, own.phone, {
    from: customer,
    content,
    attrs: customerAttrs(customer, event, event.type === 'reaction' ? 'reaction' : 'text'),
  })
}

async function tellMessage(
  service: Service,
  event: Extract<SimEvent, { type: 'message' | 'echo' }>,
  parties: { customer: Person; own: Person },
): Promise<void> {
  const { message } = event
  const { customer, own } = parties
  const lasts = message.kind === 'unsupported' ? lastsAfter(message.reply?.id ?? '') : undefined
  if (lasts !== undefined) service.shelf.drawer<number>('disappearing').put(`${message.numberId} ${message.customer}`, lasts)
  if (service.devices.of(own.phone).length === 0) return isDelivered(service, message)
  const content = await contentOf(service, message, parties)
  if (event.type === 'message')
    return say(service, own.phone, {
      from: customer,
      content,
      attrs: customerAttrs(customer, message, typeOf(message), event.customer),
    })
  const { jid } = addressOf(customer)
  const deviceSentMessage = { destinationJid: jid, message: content }
  const beside = jid.endsWith('@lid')
    ? { addressing_mode: 'lid', peer_recipient_pn: pnOf(customer) }
    : { peer_recipient_lid: lidJidOf(customer) }
  await say(service, own.phone, {
    from: own,
    content: { deviceSentMessage },
    attrs: { id: message.id, from: pnOf(own), recipient: jid, type: typeOf(message), ...beside },
  })
}

/** Nobody but the number's own phone is there to take it. */
function isDelivered({ sim }: Service, { id, direction }: SimMessage): void {
  if (direction === 'in') sim.world.record({ t: 'change', id, patch: { progress: 'delivered' } })
}

function customerAttrs(from: Person, { id, at }: { id: string; at: number }, type: string, customer?: Customer) {
  const { jid, beside } = addressOf(from)
  return { id, from: jid, type, notify: customer?.name, t: String(Math.floor(at / 1000)), ...beside }
}

function typeOf({ mediaId, kind }: SimMessage): string {
  if (kind === 'unsupported') return 'poll'
  return mediaId !== null || kind === 'location' || kind === 'contacts' ? 'media' : 'text'
}

function changeContent(event: Extract<SimEvent, { type: 'reaction' | 'edit' | 'revoke' }>, own: Person): proto.IMessage {
  // Keys are seen from who writes: what the business wrote is not "from me" for a customer.
  const isMine = event.type !== 'reaction' || event.target?.direction !== 'out'
  const key = { remoteJid: pnOf(own), id: event.targetId, fromMe: isMine }
  if (event.type === 'reaction') return { reactionMessage: { key, text: event.emoji, senderTimestampMs: event.at } }
  if (event.type === 'revoke') return { protocolMessage: { key, type: proto.Message.ProtocolMessage.Type.REVOKE } }
  const change = {
    key,
    type: proto.Message.ProtocolMessage.Type.MESSAGE_EDIT,
    editedMessage: { conversation: event.text },
    timestampMs: event.at,
  }
  return { editedMessage: { message: { protocolMessage: change } } }
}

/** Seals something for every device of a number and sends it on its way. */
export async function say(service: Service, phone: string, said: Said): Promise<void> {
  for (const device of service.devices.of(phone)) await sayTo(service, device, said)
}

/** The same for one device. */
export async function sayTo(service: Service, device: Device, { from, content, attrs }: Said): Promise<void> {
  const stanzaAttrs = node('message', { t: secondsOf(service), ...attrs }).attrs
  keepSent(service, device, { from: from.phone, content: proto.Message.encode(content).finish(), attrs: stanzaAttrs })
  // What the phone tells its own devices is left alone: faults are for what people say.
  const hit = (what: 'bare' | 'spoil' | 'repeat') =>
    attrs.category !== 'peer' && service.faults.hit(what, device.phone) !== undefined
  if (hit('bare')) return deliver(service, device, node('message', stanzaAttrs))
  const enc = await service.handsets.of(from.phone).seal(device, content)
  const stanza = node('message', stanzaAttrs, [encNode(hit('spoil') ? spoilt(enc) : enc)])
  deliver(service, device, stanza)
  if (hit('repeat')) lineOf(service, device)?.send(stanza)
}

const sentOf = (service: Service, { phone, index }: Device) => service.shelf.drawer<Sent>(`sent ${phone}:${index}`)

function encNode({ type, bytes }: Enc, count?: string): Node {
  return node('enc', { v: '2', type, count }, bytes)
}

/** As if a bit had been turned on the way: nobody can open it. */
function spoilt({ type, bytes }: Enc): Enc {
  const copy = Buffer.from(bytes)
  copy[copy.length - 1] = (copy.at(-1) ?? 0) ^ 1
  return { type, bytes: copy }
}

/** A device could not open a message: the phone seals it anew, with new keys. */
export async function sayAgain(service: Service, device: Device, id: string, count: string): Promise<void> {
  const sent = sentOf(service, device).get(id)
  if (!sent || service.faults.hit('no-again', device.phone)) return
  const handset = service.handsets.of(sent.from)
  await handset.forget(device)
  const enc = await handset.seal(device, proto.Message.decode(sent.content))
  deliver(service, device, node('message', sent.attrs, [encNode(enc, count)]))
}

const SENT_KEPT = 500

function keepSent(service: Service, device: Device, sent: Sent): void {
  const all = sentOf(service, device)
  all.put(sent.attrs.id ?? '', sent)
  const [oldest] = all.size() > SENT_KEPT ? all.ids() : []
  if (oldest !== undefined) all.drop(oldest)
}

const RECEIPTS: Readonly<Record<string, string | undefined>> = { read: 'read', played: 'played' }

function tellStatus(
  service: Service,
  number: SimNumber,
  { message, customer, status }: Extract<SimEvent, { type: 'status' }>,
): void {
  if (status !== 'delivered' && RECEIPTS[status] === undefined) return
  if (service.faults.hit('no-receipts', number.phone)) return
  const { jid } = addressOf(service.people.of(customer.phone))
  const stanza = node('receipt', { id: message.id, from: jid, t: secondsOf(service), type: RECEIPTS[status] })
  for (const device of service.devices.of(number.phone)) deliver(service, device, stanza)
}
