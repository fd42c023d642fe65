/** What every part of the simulated WhatsApp Web works with. */
import type { Sim } from '../sim.ts'
import type { Device, Devices } from './devices.ts'
import type { Faults } from './faults.ts'
import type { Handsets } from './handset.ts'
import type { Line } from './line.ts'
import type { MediaHost } from './media-host.ts'
import type { Node } from './nodes.ts'
import type { People } from './people.ts'
import type { Shelf } from './shelf.ts'
import type { Waiting } from './waiting.ts'

export type Service = {
  sim: Sim
  shelf: Shelf
  people: People
  devices: Devices
  handsets: Handsets
  faults: Faults
  media: MediaHost
  /** Lines that have not been linked yet: their screens show a code. */
  waiting: Map<Line, Waiting>
  lines: Set<Line>
  /** How often devices of a number have logged in, and how often while another line of the same device stood. */
  logins: Map<string, { logins: number; overlaps: number }>
  /** WhatsApp's clock, in milliseconds: a test may put it forward. */
  now(): number
}

/** WhatsApp's clock as stanzas tell it. */
export function secondsOf({ now }: Service): string {
  return String(Math.floor(now() / 1000))
}

export function lineOf(service: Service, device: Device): Line | undefined {
  return [...service.lines].find((line) => line.device?.phone === device.phone && line.device.index === device.index)
}

/** Sends a stanza that must arrive: at once where the device listens, and again until it says that it has it. */
export function deliver(service: Service, device: Device, stanza: Node): void {
  service.devices.waiting(device).put(waitingId(stanza.tag, stanza.attrs), stanza)
  const line = lineOf(service, device)
  if (line?.isLive) line.send(stanza)
}

/** The device has it. */
export function confirmed(service: Service, device: Device, tag: string, attrs: Node['attrs']): void {
  service.devices.waiting(device).drop(waitingId(tag, attrs))
}

function waitingId(tag: string, { id, type }: Node['attrs']): string {
  return tag === 'message' ? `${tag} ${id}` : `${tag} ${id} ${type ?? ''}`
}

/** Says it to the devices that listen just now; nobody hears it later. */
export function mention(service: Service, phone: string, stanza: Node): void {
  for (const line of service.lines) if (line.device?.phone === phone && line.isLive) line.send(stanza)
}
