/** The linked devices of each number, their keys, and what waits for each of them. */
import type { Node } from './nodes.ts'
import type { Drawer, Shelf } from './shelf.ts'

export type PublicKey = { id: Uint8Array; value: Uint8Array }
export type SignedKey = PublicKey & { signature: Uint8Array }

export type Device = {
  phone: string
  /** Which device of the number: 0 is the phone itself, linked ones count from 1 and are never used again. */
  index: number
  name: string
  noiseKey: Uint8Array
  identity: Uint8Array
  /** Four bytes. */
  registration: Uint8Array
  signedKey: SignedKey
  /** Milliseconds since 1970. */
  linkedAt: number
}

export type Devices = {
  of(phone: string): Device[]
  get(phone: string, index: number): Device | undefined
  save(device: Device): void
  forget(device: Device): void
  nextIndex(phone: string): number
  oneTimeKeys(device: Device): { add(keys: readonly PublicKey[]): void; take(): PublicKey | undefined; count(): number }
  /** Stanzas that the device has not confirmed, in order. */
  waiting(device: Device): Drawer<Node>
}

export const addressOfDevice = ({ phone, index }: Pick<Device, 'phone' | 'index'>): string => `${phone}:${index}@s.whatsapp.net`
const nameOf = ({ phone, index }: Pick<Device, 'phone' | 'index'>): string => `${phone}:${index}`

export function makeDevices(shelf: Shelf): Devices {
  const devices = shelf.drawer<Device>('devices')
  const indexes = shelf.drawer<number>('device-indexes')
  const keysOf = (device: Device) => shelf.drawer<PublicKey>(`one-time-keys ${nameOf(device)}`)
  const waiting = (device: Device) => shelf.drawer<Node>(`waiting ${nameOf(device)}`)
  return {
    of: (phone) => devices.ids().flatMap((id) => (id.startsWith(`${phone}:`) ? (devices.get(id) ?? []) : [])),
    get: (phone, index) => devices.get(nameOf({ phone, index })),
    save: (device) => devices.put(nameOf(device), device),
    forget(device) {
      devices.drop(nameOf(device))
      for (const drawer of [keysOf(device), waiting(device)]) for (const id of drawer.ids()) drawer.drop(id)
    },
    nextIndex(phone) {
      const index = (indexes.get(phone) ?? 0) + 1
      indexes.put(phone, index)
      return index
    },
    oneTimeKeys(device) {
      const keys = keysOf(device)
      return {
        add: (added) => added.forEach((key) => keys.put(Buffer.from(key.id).toString('hex'), key)),
        take() {
          const [first] = keys.ids()
          const key = first === undefined ? undefined : keys.get(first)
          if (first !== undefined) keys.drop(first)
          return key
        },
        count: () => keys.size(),
      }
    },
    waiting,
  }
}
