/** A client that is not linked yet: its screen shows a QR code, or a code to be typed on the phone. */
import { randomBytes } from 'node:crypto'
import { proto } from 'baileys'
import type { Device } from './devices.ts'
import type { Line } from './line.ts'
import type { Greeted } from './noise.ts'
import { node } from './nodes.ts'

export type Waiting = {
  id: string
  line: Line
  refs: string[]
  /** Milliseconds since 1970. */
  since: number
  /** The device that it would be: everything but its number and index. */
  device: Omit<Device, 'phone' | 'index' | 'linkedAt'>
  /** The whole text of its QR code, once somebody has told it: its secret is on the screen alone. */
  qr: string | null
  /** It asked to be linked by a code instead. */
  code: { phone: string; wrappedKey: Buffer; answer: ((bundle: Buffer | null) => void) | null } | null
}

/** Enough codes for one window of two and a half minutes. */
const REFS = 6

/** What a new client tells of itself in its first words. */
export function waitingOf(line: Line, { noiseKey, payload }: Greeted, now: number): Waiting {
  const data = payload.devicePairingData
  const properties = proto.DeviceProps.decode(data?.deviceProps ?? Buffer.alloc(0))
  const platform = proto.DeviceProps.PlatformType[properties.platformType ?? 0] ?? 'UNKNOWN'
  const signedKey = { id: bytes(data?.eSkeyId), value: bytes(data?.eSkeyVal), signature: bytes(data?.eSkeySig) }
  return {
    ...{ id: randomBytes(8).toString('hex'), line, since: now, qr: null, code: null },
    refs: Array.from({ length: REFS }, () => `2@${randomBytes(40).toString('base64')}`),
    device: {
      name: `${platform.charAt(0)}${platform.slice(1).toLowerCase()} (${properties.os ?? '?'})`,
      ...{ noiseKey, identity: bytes(data?.eIdent), registration: bytes(data?.eRegid), signedKey },
    },
  }
}

/** The stanza that makes the client show its first QR code. */
export function pairDevice({ refs }: Waiting) {
  return node(
    'pair-device',
    {},
    refs.map((ref) => node('ref', {}, Buffer.from(ref))),
  )
}

function bytes(given: Uint8Array | null | undefined): Buffer {
  return Buffer.from(given ?? Buffer.alloc(0))
}
