/** The phones of people: each with its own Signal keys, which seal and open messages for real. */
import {
  addTransactionCapability,
  Curve,
  encodeBigEndian,
  encodeWAMessage,
  generateSignalPubKey,
  initAuthCreds,
  proto,
  unpadRandomMax16,
} from 'baileys'
import type { KeyPair, SignalCreds, SignalDataTypeMap, SignalKeyStore } from 'baileys'
import { addressOfDevice } from './devices.ts'
import type { Device, Devices } from './devices.ts'
import { node } from './nodes.ts'
import type { Node } from './nodes.ts'
import { makeRepository, quietLogger } from './quiet.ts'
import type { Shelf } from './shelf.ts'

export type Enc = { type: 'pkmsg' | 'msg'; bytes: Uint8Array }

export type Handset = {
  /** 32 bytes. */
  identity: KeyPair
  /** What others need to write to this phone for the first time: a new one-time key each time. */
  bundle(): Promise<Node[]>
  registration(): Uint8Array
  /** Seals a message for a linked device. */
  seal(device: Device, message: proto.IMessage): Promise<Enc>
  /** Opens what a linked device sealed. Rejects when this phone has not got the keys for it. */
  open(device: Device, enc: Enc): Promise<proto.Message>
  /** Loses what it shares with a device, as a phone that was restored from an old copy. */
  forget(device: Device): Promise<void>
}

export type Handsets = { of(phone: string): Handset; /** A new phone with the same number. */ reinstall(phone: string): void }

type Kept = SignalCreds & { nextKeyId: number }

const KEY_TYPES: readonly (keyof SignalDataTypeMap)[] = ['session', 'pre-key', 'identity-key', 'lid-mapping', 'device-list']
/** The store is this process's memory: there is nothing to wait for. */
const AT_ONCE = { maxCommitRetries: 1, delayBetweenTriesMs: 0 }

export function makeHandsets(shelf: Shelf, devices: Devices): Handsets {
  const open = new Map<string, Handset>()
  const creds = shelf.drawer<Kept>('handsets')
  return {
    of(phone) {
      const known = open.get(phone)
      if (known) return known
      if (!creds.get(phone)) creds.put(phone, newCreds())
      const handset = openHandset(shelf, devices, phone)
      open.set(phone, handset)
      return handset
    },
    reinstall(phone) {
      open.delete(phone)
      creds.put(phone, newCreds())
      for (const type of KEY_TYPES) {
        const drawer = keysOf(shelf, phone, type)
        for (const id of drawer.ids()) drawer.drop(id)
      }
    },
  }
}

function newCreds(): Kept {
  const { signedIdentityKey, signedPreKey, registrationId } = initAuthCreds()
  return { signedIdentityKey, signedPreKey, registrationId, nextKeyId: 1 }
}

const keysOf = (shelf: Shelf, phone: string, type: string) => shelf.drawer<unknown>(`keys ${phone} ${type}`)

function openHandset(shelf: Shelf, devices: Devices, phone: string): Handset {
  const kept = shelf.drawer<Kept>('handsets')
  const creds = kept.get(phone) ?? newCreds()
  const keys = addTransactionCapability(keyStore(shelf, phone), quietLogger, AT_ONCE)
  const repository = makeRepository({ creds, keys }, quietLogger, async () => [])
  const inOrder = makeLine()
  return {
    identity: creds.signedIdentityKey,
    registration: () => encodeBigEndian(creds.registrationId),
    async bundle() {
      const id = kept.get(phone)?.nextKeyId ?? 1
      kept.put(phone, { ...creds, nextKeyId: id + 1 })
      const pair = Curve.generateKeyPair()
      await keys.set({ 'pre-key': { [id]: pair } })
      const { keyPair, keyId, signature } = creds.signedPreKey
      const signed = [...keyNodes(keyId, keyPair.public), node('signature', {}, signature)]
      return [
        node('registration', {}, encodeBigEndian(creds.registrationId)),
        node('type', {}, Buffer.from([5])),
        node('identity', {}, creds.signedIdentityKey.public),
        node('skey', {}, signed),
        node('key', {}, keyNodes(id, pair.public)),
      ]
    },
    seal: (device, message) =>
      inOrder(async () => {
        const jid = addressOfDevice(device)
        const { exists } = await repository.validateSession(jid)
        if (!exists) await repository.injectE2ESession({ jid, session: sessionWith(devices, device) })
        const { type, ciphertext } = await repository.encryptMessage({ jid, data: encodeWAMessage(message) })
        return { type, bytes: ciphertext }
      }),
    open: (device, { type, bytes }) =>
      inOrder(async () => {
        const plain = await repository.decryptMessage({ jid: addressOfDevice(device), type, ciphertext: Buffer.from(bytes) })
        return proto.Message.decode(unpadRandomMax16(plain))
      }),
    forget: (device) => inOrder(() => repository.deleteSession([addressOfDevice(device)])),
  }
}

function keyNodes(id: number, value: Uint8Array): Node[] {
  return [node('id', {}, encodeBigEndian(id, 3)), node('value', {}, value)]
}

function sessionWith(devices: Devices, device: Device) {
  const oneTime = devices.oneTimeKeys(device).take()
  const { signedKey } = device
  return {
    registrationId: Buffer.from(device.registration).readUInt32BE(),
    identityKey: generateSignalPubKey(device.identity),
    signedPreKey: { ...keyOf(signedKey), signature: signedKey.signature },
    ...(oneTime && { preKey: keyOf(oneTime) }),
  }
}

function keyOf({ id, value }: { id: Uint8Array; value: Uint8Array }) {
  return { keyId: Buffer.from(id).readUIntBE(0, 3), publicKey: generateSignalPubKey(value) }
}

function keyStore(shelf: Shelf, phone: string): SignalKeyStore {
  return {
    get<T extends keyof SignalDataTypeMap>(type: T, ids: string[]) {
      const drawer = shelf.drawer<SignalDataTypeMap[T]>(`keys ${phone} ${type}`)
      const found: { [id: string]: SignalDataTypeMap[T] } = {}
      for (const id of ids) {
        const value = drawer.get(id)
        if (value !== undefined) found[id] = value
      }
      return found
    },
    set(data) {
      for (const [type, values] of Object.entries(data)) {
        const drawer = keysOf(shelf, phone, type)
        for (const [id, value] of Object.entries(values)) {
          if (value === null) drawer.drop(id)
          else drawer.put(id, value)
        }
      }
    },
  }
}

/** Runs tasks one after the other: what is sealed first leaves first. */
function makeLine(): <T>(task: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (task) => {
    const run = last.then(task, task)
    last = run.catch(() => undefined)
    return run
  }
}
