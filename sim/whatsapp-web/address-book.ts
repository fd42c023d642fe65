/**
 * The address book of a number's own phone, as WhatsApp hands it to linked devices: sealed changes of the account's state
 * ("app state"), one after the other, and the key that opens them, which comes from the phone itself.
 */
import { randomBytes } from 'node:crypto'
import { encodeSyncdPatch, newLTHashState, proto } from 'baileys'
import type { LTHashState } from 'baileys'
import { node, SERVER } from './nodes.ts'
import type { Node } from './nodes.ts'
import { lidJidOf, pnOf } from './people.ts'
import { deliver } from './service.ts'
import type { Service } from './service.ts'

/** The collection in which WhatsApp keeps contacts. */
const COLLECTION = 'critical_unblock_low'
const { SyncdOperation } = proto.SyncdMutation

type Book = { keyId: string; keyData: Uint8Array; state: LTHashState; patches: Uint8Array[] }

const bookOf = ({ shelf }: Service, phone: string) => shelf.drawer<Book>('address-books').get(phone)

/** Saves somebody under a name, or under another one; linked devices are told that something has changed. */
export async function saveContact(service: Service, number: string, contact: { phone: string; name: string }): Promise<object> {
  const keyId = randomBytes(6).toString('base64')
  const book = bookOf(service, number) ?? { keyId, keyData: randomBytes(32), state: newLTHashState(), patches: [] }
  const person = service.people.of(contact.phone)
  const { patch, state } = await encodeSyncdPatch(
    {
      ...{ type: COLLECTION, index: ['contact', pnOf(person)], apiVersion: 2, operation: SyncdOperation.SET },
      syncAction: {
        timestamp: service.now(),
        contactAction: { fullName: contact.name, firstName: contact.name.split(' ')[0] ?? '', lidJid: lidJidOf(person) },
      },
    },
    book.keyId,
    book.state,
    async () => ({ keyData: book.keyData }),
  )
  const bytes = proto.SyncdPatch.encode({ ...patch, version: { version: state.version } }).finish()
  service.shelf.drawer<Book>('address-books').put(number, { ...book, state, patches: [...book.patches, bytes] })
  for (const device of service.devices.of(number))
    deliver(
      service,
      device,
      node('notification', { id: randomBytes(4).toString('hex'), type: 'server_sync', from: SERVER }, [
        node('collection', { name: COLLECTION, version: String(state.version) }),
      ]),
    )
  return { contacts: state.version }
}

/** What the phone tells a new device, so that it can open the account's state; null: there is nothing in it. */
export function keyShareOf(service: Service, phone: string): proto.IMessage | null {
  const book = bookOf(service, phone)
  if (!book) return null
  const keyData = {
    keyData: book.keyData,
    fingerprint: { rawId: 1, currentIndex: 0, deviceIndexes: [0] },
    timestamp: service.now(),
  }
  return {
    protocolMessage: {
      type: proto.Message.ProtocolMessage.Type.APP_STATE_SYNC_KEY_SHARE,
      appStateSyncKeyShare: { keys: [{ keyId: { keyId: Buffer.from(book.keyId, 'base64') }, keyData }] },
    },
  }
}

/** The changes of a collection after a version. */
export function collectionOf(service: Service, phone: string, { name, version }: Node['attrs']): Node {
  const book = name === COLLECTION ? bookOf(service, phone) : undefined
  const patches = book?.patches.slice(Number(version ?? 0)) ?? []
  return node(
    'collection',
    { name, version: String(book?.state.version ?? 0), has_more_patches: 'false' },
    patches.length > 0
      ? [
          node(
            'patches',
            {},
            patches.map((patch) => node('patch', {}, patch)),
          ),
        ]
      : [],
  )
}
