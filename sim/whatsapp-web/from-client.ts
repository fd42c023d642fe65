/** From linked devices to phones: what the business says, opened by each phone it was sealed for. */
import { jidDecode } from 'baileys'
import type { proto } from 'baileys'
import { advance, blankMessage, businessReads, businessTypes, customerOf } from '../conduct.ts'
import type { SimNumber } from '../model.ts'
import { conversationId } from '../world.ts'
import { saidIn } from './content-in.ts'
import type { Said } from './content-in.ts'
import { addressOfDevice } from './devices.ts'
import type { Device } from './devices.ts'
import type { Enc } from './handset.ts'
import type { Line } from './line.ts'
import { bytesOf, childOf, childrenOf, node } from './nodes.ts'
import type { Node } from './nodes.ts'
import { noteStanza } from './notes.ts'
import { addressOf, pnOf } from './people.ts'
import type { Person } from './people.ts'
import { answerPeer } from './own-phone.ts'
import { deliver, secondsOf } from './service.ts'
import type { Service } from './service.ts'

type Part = { person: Person; index: number; enc: Enc }
type Given = { service: Service; line: Line; device: Device; number: SimNumber; stanza: Node }

/** A message of a linked device: confirmed first, as the real server does, then opened by everybody it was sealed for. */
export async function takeMessage(service: Service, line: Line, stanza: Node): Promise<void> {
  const { device } = line
  const number = service.sim.world.numbers.get(device?.phone ?? '')
  if (!device || !number) return
  const to = service.people.at(stanza.attrs.to)
  const refused = service.faults.hit('ack-error', device.phone, (fault) => fault.to === null || fault.to === to?.phone)
  const error = refused?.code ?? (to ? undefined : '404')
  const isSilent = !error && service.faults.hit('no-ack', device.phone) !== undefined
  if (!isSilent)
    line.send(node('ack', { id: stanza.attrs.id, class: 'message', from: stanza.attrs.to, t: secondsOf(service), error }))
  if (error) {
    noteStanza(service, line, 'message', stanza, { phone: to?.phone ?? null, errorCode: error, processed: false })
    return
  }
  const given = { service, line, device, number, stanza }
  for (const part of partsOf(service, stanza)) await takePart(given, part, !isSilent)
}

function partsOf(service: Service, stanza: Node): Part[] {
  const participants = childrenOf(childOf(stanza, 'participants'), 'to')
  const parts = participants.length > 0 ? participants : [node('to', { jid: stanza.attrs.to }, childrenOf(stanza, 'enc'))]
  return parts.flatMap((part) => {
    const person = service.people.at(part.attrs.jid)
    const enc = childOf(part, 'enc')
    const type = enc?.attrs.type === 'pkmsg' ? 'pkmsg' : 'msg'
    return person && enc ? [{ person, index: jidDecode(part.attrs.jid)?.device ?? 0, enc: { type, bytes: bytesOf(enc) } }] : []
  })
}

async function takePart(given: Given, { person, index, enc }: Part, answered: boolean): Promise<void> {
  const { service, line, device, stanza } = given
  if (index > 0) return forward(given, person, index, enc)
  const content = await openBy(given, person, enc)
  if (!content) {
    if (person.phone !== device.phone)
      noteStanza(service, line, 'message', stanza, { phone: person.phone, processed: false, answered })
    return
  }
  if (person.phone === device.phone) return answerPeer(service, device, stanza.attrs.id ?? '', content)
  await customerHears(given, person, content, answered)
}

/** Another linked device gets its part as it is. */
function forward({ service, device, stanza }: Given, person: Person, index: number, enc: Enc): void {
  const other = service.devices.get(person.phone, index)
  const isOwn = person.phone === device.phone
  const attrs = {
    ...{ id: stanza.attrs.id, t: secondsOf(service), type: stanza.attrs.type, from: addressOfDevice(device) },
    ...(isOwn && { recipient: stanza.attrs.to }),
  }
  if (other) deliver(service, other, node('message', attrs, [node('enc', { v: '2', type: enc.type }, enc.bytes)]))
}

/** null: this phone could not open it, and has asked for it again. */
async function openBy({ service, device, stanza }: Given, person: Person, enc: Enc): Promise<proto.Message | null> {
  const handset = service.handsets.of(person.phone)
  try {
    return await handset.open(device, enc)
  } catch {
    const isOwn = person.phone === device.phone
    const id = stanza.attrs.id ?? ''
    const counts = service.shelf.drawer<number>('retries')
    const count = (counts.get(`${person.phone} ${id}`) ?? 0) + 1
    counts.put(`${person.phone} ${id}`, count)
    const from = isOwn ? pnOf(person) : addressOf(person).jid
    const about = node('retry', { count: String(count), id, t: secondsOf(service), v: '1' })
    const attrs = { id, from, type: 'retry', t: secondsOf(service), ...(isOwn && { recipient: stanza.attrs.to }) }
    deliver(service, device, node('receipt', attrs, [about, node('registration', {}, handset.registration())]))
    return null
  }
}

/** The customer's phone has opened it. What it had already is shown once. */
async function customerHears(
  { service, line, number, stanza }: Given,
  person: Person,
  content: proto.Message,
  answered: boolean,
): Promise<void> {
  const { sim } = service
  const id = stanza.attrs.id ?? ''
  const opened = service.shelf.drawer<true>('opened')
  const isNew = opened.get(`${person.phone} ${id}`) === undefined
  opened.put(`${person.phone} ${id}`, true)
  const said = await saidIn(service, number.id, content)
  const text = said.is === 'message' ? (said.patch.text ?? null) : said.is === 'reaction' ? said.emoji : null
  const what = said.is === 'reaction' ? 'reaction' : said.is === 'message' ? 'message' : 'other'
  noteStanza(service, line, what, stanza, {
    path: said.is,
    phone: person.phone,
    text,
    processed: isNew,
    answered,
    body: { ...stanza.attrs, content: content.toJSON() },
  })
  if (!isNew) return
  if (said.is !== 'message') return changeEarlier(service, said)
  const customer = customerOf(sim, person.phone)
  sim.world.record({
    t: 'message',
    message: { ...blankMessage(number, customer, id, service.now()), direction: 'out', progress: 'accepted', ...said.patch },
  })
  sim.typing.delete(conversationId(number.id, person.phone))
  sim.after(sim.pace.sentMs, () => advance(sim, id, 'sent'))
  sim.after(sim.pace.deliveredMs, () => void (service.people.of(person.phone).isOn && advance(sim, id, 'delivered')))
}

function changeEarlier({ sim }: Service, said: Exclude<Said, { is: 'message' }>): void {
  if (said.is === 'nothing' || !sim.world.messages.has(said.target)) return
  const patch =
    said.is === 'reaction'
      ? { reactionOut: said.emoji }
      : said.is === 'edit'
        ? { text: said.text, editedAt: sim.now() }
        : { revokedAt: sim.now() }
  sim.world.record({ t: 'change', id: said.target, patch })
}

/** A phone that was off is on again: what waited for it arrives. */
export function arriveLate({ sim }: Service, phone: string): void {
  for (const { id, customer, direction } of sim.world.messages.values())
    if (
      customer === phone &&
      direction === 'out' &&
      sim.world.numbers.get(sim.world.messages.get(id)?.numberId ?? '')?.kind === 'session'
    )
      advance(sim, id, 'delivered')
}

/** The business has read these messages of a customer. */
export function takeRead(service: Service, line: Line, stanza: Node): void {
  const { sim } = service
  const number = sim.world.numbers.get(line.device?.phone ?? '')
  const ids = [stanza.attrs.id ?? '', ...childrenOf(childOf(stanza, 'list'), 'item').map(({ attrs }) => attrs.id ?? '')]
  noteStanza(service, line, 'read', stanza, {
    phone: service.people.at(stanza.attrs.to)?.phone ?? null,
    body: { ...stanza.attrs, ids },
  })
  // "read-self": the business does not tell customers.
  if (stanza.attrs.type === 'read-self') return
  for (const id of ids) {
    const message = sim.world.messages.get(id)
    if (number && message?.direction === 'in') businessReads(sim, number, message)
  }
}

export function takeTyping(service: Service, line: Line, stanza: Node): void {
  const number = service.sim.world.numbers.get(line.device?.phone ?? '')
  const person = service.people.at(stanza.attrs.to)
  const state = childrenOf(stanza)[0]
  noteStanza(service, line, 'typing', stanza, { phone: person?.phone ?? null, text: state?.attrs.media ?? state?.tag ?? null })
  if (!number || !person) return
  if (state?.tag === 'composing') businessTypes(service.sim, number, person.phone)
  else stopTyping(service, number, person)
}

function stopTyping({ sim }: Service, number: SimNumber, { phone }: Person): void {
  sim.typing.delete(conversationId(number.id, phone))
  sim.tellPhones({ type: 'typing', numberId: number.id, customer: phone, until: 0 })
}
