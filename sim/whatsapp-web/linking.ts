/** Linking a device to a number: by scanning its QR code or by typing its code on the phone. */
import { randomBytes } from 'node:crypto'
import {
  aesDecryptCTR,
  aesDecryptGCM,
  aesEncryptCTR,
  Curve,
  derivePairingCodeKey,
  hkdf,
  hmacSign,
  jidDecode,
  proto,
} from 'baileys'
import { digitsOf } from '../lib/fields.ts'
import { addressOfDevice } from './devices.ts'
import type { Device } from './devices.ts'
import type { Line } from './line.ts'
import type { Greeted } from './noise.ts'
import { bytesOf, childOf, node, SERVER } from './nodes.ts'
import type { Node } from './nodes.ts'
import { secondsOf } from './service.ts'
import type { Service } from './service.ts'
import { isSignedBy } from './signatures.ts'
import { pairDevice, waitingOf } from './waiting.ts'
import type { Waiting } from './waiting.ts'

/** Signed by the phone, and by the device in its answer. */
const ACCOUNT_PREFIX = Buffer.from([6, 0])
const DEVICE_PREFIX = Buffer.from([6, 1])
/** WhatsApp links four devices to a phone (reference/baileys.md §8, unverified). */
export const MOST_DEVICES = 4

/** A client that nobody has linked: its codes are sent, and it waits. */
export async function startLinking(service: Service, line: Line, greeted: Greeted): Promise<void> {
  const waiting = waitingOf(line, greeted, service.sim.now())
  service.waiting.set(line, waiting)
  service.sim.tellPhones({ type: 'devices', customer: null })
  await line.ask(pairDevice(waiting))
}

/** The phone scans what a screen shows. The device that was linked, or a sentence that says why not. */
export async function scan(service: Service, phone: string, text: string): Promise<Device | string> {
  const [ref = '', noiseKey = '', identity = '', secret = ''] = text
    .trim()
    .replace(/^[^#]*#/, '')
    .split(',')
  const waiting = [...service.waiting.values()].find(({ refs }) => refs.includes(ref))
  if (!waiting) return 'Este código ya no vale. Muestre uno nuevo y escanéelo.'
  const { device } = waiting
  const isItsOwn = isSame(device.noiseKey, noiseKey) && isSame(device.identity, identity)
  return isItsOwn && secret !== '' ? link(service, waiting, phone, Buffer.from(secret, 'base64')) : 'Este código está dañado.'
}

/** Somebody has seen the QR code of a screen: the phone page offers it. */
export function show(service: Service, text: string): Waiting | undefined {
  const [ref = ''] = text
    .trim()
    .replace(/^[^#]*#/, '')
    .split(',')
  const waiting = [...service.waiting.values()].find(({ refs }) => refs.includes(ref))
  if (waiting) waiting.qr = text.trim()
  service.sim.tellPhones({ type: 'devices', customer: null })
  return waiting
}

function isSame(bytes: Uint8Array, base64: string): boolean {
  return Buffer.from(base64, 'base64').equals(bytes)
}

/** Signs the new device in the name of the phone and tells the client; it comes back as a linked one. */
async function link(service: Service, waiting: Waiting, phone: string, secret: Uint8Array): Promise<Device | string> {
  const { people, devices, handsets } = service
  if (devices.of(phone).length >= MOST_DEVICES) return `Este teléfono ya tiene ${MOST_DEVICES} dispositivos vinculados.`
  const person = people.of(phone)
  const index = devices.nextIndex(phone)
  const device: Device = { ...waiting.device, phone, index, linkedAt: service.sim.now() }
  const account = handsets.of(phone).identity
  const timestamp = Number(secondsOf(service))
  const details = proto.ADVDeviceIdentity.encode({ rawId: randomBytes(4).readUInt32BE(), timestamp, keyIndex: index }).finish()
  const accountSignature = Curve.sign(account.private, Buffer.concat([ACCOUNT_PREFIX, details, device.identity]))
  const signed = proto.ADVSignedDeviceIdentity.encode({ details, accountSignatureKey: account.public, accountSignature }).finish()
  const sealed = proto.ADVSignedDeviceIdentityHMAC.encode({ details: signed, hmac: hmacSign(signed, secret) }).finish()
  const name = service.sim.world.numbers.get(phone)?.name
  const answer = await waiting.line.ask(
    node('pair-success', {}, [
      node('device-identity', {}, sealed),
      node('device', { jid: addressOfDevice(device), lid: `${person.lid}:${index}@lid` }),
      node('platform', { name: 'android' }),
      ...(name ? [node('biz', { name })] : []),
    ]),
  )
  service.waiting.delete(waiting.line)
  const signature = deviceSignature(answer)
  const claim = Buffer.concat([DEVICE_PREFIX, details, device.identity, account.public])
  if (!isSignedBy(device.identity, claim, signature)) {
    waiting.line.end(node('stream:error', { code: '500' }))
    return 'El dispositivo no supo firmar.'
  }
  devices.save(device)
  service.sim.tellPhones({ type: 'devices', customer: phone })
  waiting.line.end(node('stream:error', { code: '515' }))
  return device
}

function deviceSignature(answer: Node): Uint8Array {
  const bytes = bytesOf(childOf(childOf(answer, 'pair-device-sign'), 'device-identity'))
  return proto.ADVSignedDeviceIdentity.decode(bytes).deviceSignature ?? new Uint8Array()
}

/** `link_code_companion_reg`: the client asks to be linked by a code, and later hands over its keys. */
export function pairingStage(service: Service, line: Line, stanza: Node): Node {
  const request = childOf(stanza, 'link_code_companion_reg')
  const waiting = service.waiting.get(line)
  if (waiting && request?.attrs.stage === 'companion_hello') {
    const wrappedKey = bytesOf(childOf(request, 'link_code_pairing_wrapped_companion_ephemeral_pub'))
    waiting.code = { phone: digitsOf(jidDecode(request.attrs.jid)?.user), wrappedKey, answer: null }
  }
  if (waiting?.code && request?.attrs.stage === 'companion_finish') {
    waiting.code.answer?.(bytesOf(childOf(request, 'link_code_pairing_wrapped_key_bundle')))
  }
  return node('iq', { type: 'result', id: stanza.attrs.id, from: SERVER })
}

/** The phone types the eight letters that a screen shows. */
export async function typeCode(service: Service, phone: string, letters: string): Promise<Device | string> {
  const code = letters.toUpperCase().replaceAll(/[^0-9A-Z]/g, '')
  const waiting = [...service.waiting.values()].findLast((each) => each.code?.phone === phone)
  const asked = waiting?.code
  if (!waiting || !asked) return 'Ningún dispositivo pide vincularse a este número con un código.'
  const ephemeral = Curve.generateKeyPair()
  const theirs = aesDecryptCTR(
    asked.wrappedKey.subarray(48),
    await keyFrom(code, asked.wrappedKey),
    asked.wrappedKey.subarray(32, 48),
  )
  const shared = Curve.sharedKey(ephemeral.private, theirs)
  const { identity } = service.handsets.of(phone)
  const bundle = new Promise<Buffer | null>((resolve) => {
    asked.answer = resolve
  })
  waiting.line.send(await primaryHello(code, ephemeral.public, identity.public))
  const opened = openBundle(await bundle, shared)
  if (!opened) return 'El código no coincide con el de la pantalla.'
  const secret = hkdf(
    Buffer.concat([shared, Curve.sharedKey(identity.private, waiting.device.identity), opened.subarray(64)]),
    32,
    { info: 'adv_secret' },
  )
  return link(service, waiting, phone, secret)
}

const keyFrom = (code: string, wrapped: Buffer): Promise<Buffer> => derivePairingCodeKey(code, wrapped.subarray(0, 32))

async function primaryHello(code: string, ephemeral: Uint8Array, identity: Uint8Array): Promise<Node> {
  const salt = randomBytes(32)
  const iv = randomBytes(16)
  const sealed = aesEncryptCTR(ephemeral, await derivePairingCodeKey(code, salt), iv)
  return node('notification', { type: 'link_code_companion_reg', from: SERVER, id: randomBytes(4).toString('hex') }, [
    node('link_code_companion_reg', { stage: 'primary_hello' }, [
      node('link_code_pairing_ref', {}, randomBytes(16)),
      node('primary_identity_pub', {}, identity),
      node('link_code_pairing_wrapped_primary_ephemeral_pub', {}, Buffer.concat([salt, iv, sealed])),
    ]),
  ])
}

/** Companion identity, phone identity and 32 random bytes; null when the keys do not agree: another code was typed. */
function openBundle(bundle: Buffer | null, shared: Uint8Array): Buffer | null {
  if (!bundle) return null
  const key = hkdf(Buffer.from(shared), 32, { salt: bundle.subarray(0, 32), info: 'link_code_pairing_key_bundle_encryption_key' })
  try {
    return aesDecryptGCM(bundle.subarray(44), key, bundle.subarray(32, 44), Buffer.alloc(0))
  } catch {
    return null
  }
}

/** The phone logs a device out, or the device does it itself. */
export function unlink(service: Service, device: Device): void {
  service.devices.forget(device)
  for (const line of service.lines) {
    if (line.device?.phone !== device.phone || line.device.index !== device.index) continue
    line.end(node('stream:error', { code: '401' }, [node('conflict', { type: 'device_removed' })]))
  }
  service.sim.tellPhones({ type: 'devices', customer: device.phone })
}
