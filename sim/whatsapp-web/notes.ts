/** What clients sent, kept in the journal of everything that the simulators received. */
import type { Received } from '../model.ts'
import type { Line } from './line.ts'
import type { Node } from './nodes.ts'
import type { Service } from './service.ts'

type Details = Partial<Pick<Received, 'path' | 'phone' | 'text' | 'body' | 'errorCode' | 'processed' | 'answered'>>

/** Notes a stanza of a client. `path` is its kind in more detail; `processed`: WhatsApp really took it. */
export function noteStanza(service: Service, line: Line, what: Received['what'], stanza: Node, details: Details = {}): void {
  const received: Received = {
    ...{ seq: service.sim.world.received.length + 1, requestId: stanza.attrs.id ?? '', at: service.sim.now() },
    ...{ target: 'session', numberId: line.device?.phone ?? null, method: stanza.tag, path: stanza.tag, what },
    ...{ phone: null, text: null, callbackData: null, body: stanza.attrs, status: 200, errorCode: null },
    ...{ providerId: stanza.attrs.id ?? null, processed: true, answered: true },
    ...details,
  }
  service.sim.world.record({ t: 'received', received })
}
