/** Who takes which stanza of a client. */
import { childrenOf, node } from './nodes.ts'
import type { Node } from './nodes.ts'
import { takeMessage, takeRead, takeTyping } from './from-client.ts'
import type { Line, Listener } from './line.ts'
import { startLinking } from './linking.ts'
import { logIn } from './login.ts'
import { noteStanza } from './notes.ts'
import { putFileAgain, sendHistory } from './own-phone.ts'
import { answerQuery } from './queries.ts'
import { confirmed } from './service.ts'
import type { Service } from './service.ts'
import { sayAgain } from './to-client.ts'

export function listenTo(service: Service): Listener {
  return {
    async greeted(line, greeted) {
      if (greeted.payload.devicePairingData) return void startLinking(service, line, greeted)
      logIn(service, line, greeted)
    },
    stanza: (line, stanza) => take(service, line, stanza),
    closed(line) {
      service.lines.delete(line)
      service.waiting.delete(line)
      service.sim.tellPhones({ type: 'devices', customer: line.device?.phone ?? null })
    },
    slowMs: (line) => service.faults.present('slow', line.device?.phone ?? null)?.ms ?? 0,
  }
}

async function take(service: Service, line: Line, stanza: Node): Promise<void> {
  switch (stanza.tag) {
    case 'iq':
      return answerQuery({ service, line, stanza }, (_service, device) => void sendHistory(service, device))
    case 'message':
      return takeMessage(service, line, stanza)
    case 'receipt':
      return takeReceipt(service, line, stanza)
    case 'ack':
      return takeAck(service, line, stanza)
    case 'chatstate':
      return takeTyping(service, line, stanza)
    case 'presence':
      if (stanza.attrs.type !== 'subscribe') line.isAvailable = stanza.attrs.type === 'available'
      return
    case 'call':
      noteStanza(service, line, 'other', stanza, { path: `call/${childrenOf(stanza)[0]?.tag ?? ''}` })
      return line.send(node('ack', { id: stanza.attrs.id, class: 'call', from: stanza.attrs.to }))
    default:
  }
}

async function takeReceipt(service: Service, line: Line, stanza: Node): Promise<void> {
  const { id = '', type } = stanza.attrs
  const { device } = line
  if (!device) return
  line.send(node('ack', { id, class: 'receipt', type, from: stanza.attrs.to }))
  switch (type) {
    case 'read':
    case 'read-self':
    case 'played':
      return takeRead(service, line, stanza)
    case 'retry':
      noteStanza(service, line, 'other', stanza, { path: 'receipt/retry' })
      return sayAgain(service, device, id, childrenOf(stanza, 'retry')[0]?.attrs.count ?? '1')
    case 'server-error':
      noteStanza(service, line, 'other', stanza, { path: 'receipt/server-error' })
      return putFileAgain(service, device, stanza)
    default:
      hasTaken(service, line, stanza)
  }
}

/** The device has a message: it is not sent again, and the customer sees two ticks. */
function hasTaken(service: Service, line: Line, stanza: Node): void {
  const { id = '' } = stanza.attrs
  const { device } = line
  if (!device) return
  const waiting = service.devices.waiting(device).get(`message ${id}`) !== undefined
  if (waiting) noteStanza(service, line, 'other', stanza, { path: 'receipt' })
  confirmed(service, device, 'message', stanza.attrs)
  isThere(service, id)
}

function isThere({ sim }: Service, id: string): void {
  const message = sim.world.messages.get(id)
  if (message?.direction === 'in' && message.progress === 'sending')
    sim.world.record({ t: 'change', id, patch: { progress: 'delivered' } })
}

/** "I cannot use it now": such a message comes again at the next login. With any other code it was given up. */
const NOT_NOW = '500'

/** A stanza other than a message arrived, or a message that the device will not confirm. */
function takeAck(service: Service, line: Line, stanza: Node): void {
  const { class: tag = '', error } = stanza.attrs
  if (!line.device) return
  if (tag === 'message') noteStanza(service, line, 'other', stanza, { path: error ? 'nack' : 'ack', errorCode: error ?? null })
  if (tag === 'message' && error === NOT_NOW) return
  if (tag === 'message' && !error) isThere(service, stanza.attrs.id ?? '')
  confirmed(service, line.device, tag, stanza.attrs)
}
