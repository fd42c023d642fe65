/** A linked device comes back: it is let in, gets what waited, and hears the rest live. */
import { node } from './nodes.ts'
import type { Line } from './line.ts'
import type { Greeted } from './noise.ts'
import { SERVER } from './nodes.ts'
import { lineOf, secondsOf } from './service.ts'
import type { Service } from './service.ts'

/** Reasons as WhatsApp gives them: reference/baileys.md §6. */
const UNKNOWN_DEVICE = '401'

export function logIn(service: Service, line: Line, { noiseKey, payload }: Greeted): void {
  const phone = String(payload.username)
  const device = service.devices.get(phone, Number(payload.device))
  const failure = service.faults.hit('failure', phone)
  if (failure) return line.end(failure.reason === '411' ? downgraded : node('failure', { reason: failure.reason }))
  if (!device || !Buffer.from(noiseKey).equals(device.noiseKey)) return line.end(node('failure', { reason: UNKNOWN_DEVICE }))
  // The same device twice: the newer line wins, as with the real one. The older one may take long to hang up, and is nobody meanwhile.
  const older = lineOf(service, device)
  older?.end(node('stream:error', {}, [node('conflict', { type: 'replaced' })]))
  if (older) {
    older.device = null
    older.isLive = false
  }
  const { logins, overlaps } = service.logins.get(phone) ?? { logins: 0, overlaps: 0 }
  service.logins.set(phone, { logins: logins + 1, overlaps: overlaps + (older ? 1 : 0) })
  line.device = device
  const { lid } = service.people.of(phone)
  line.send(node('success', { t: secondsOf(service), lid: `${lid}:${device.index}@lid`, companion_enc_static: '' }))
  service.sim.tellPhones({ type: 'devices', customer: phone })
}

const downgraded = node('ib', { from: SERVER }, [node('downgrade_webclient')])

/** The device is ready to hear (`passive/active`): first what waited, then that this was all. */
export function comeAlive(service: Service, line: Line): void {
  if (!line.device) return
  const waiting = service.devices.waiting(line.device)
  const ids = waiting.ids()
  if (ids.length > 0) line.send(node('ib', { from: SERVER }, [node('offline_preview', { count: String(ids.length) })]))
  for (const [at, id] of ids.entries()) {
    const stanza = waiting.get(id)
    if (stanza) line.send({ ...stanza, attrs: { ...stanza.attrs, offline: String(at) } })
  }
  line.isLive = true
  if (service.faults.hit('no-offline', line.device.phone)) return
  line.send(node('ib', { from: SERVER }, [node('offline', { count: String(ids.length) })]))
}
