/** What a client asks the server (`iq`), and the answers. */
import { jidDecode } from 'baileys'
import { digitsOf } from '../lib/fields.ts'
import { collectionOf } from './address-book.ts'
import type { Device, PublicKey } from './devices.ts'
import { pairingStage, unlink } from './linking.ts'
import type { Line } from './line.ts'
import { comeAlive } from './login.ts'
import { noteStanza } from './notes.ts'
import { bytesOf, childOf, childrenOf, node, SERVER, textOf } from './nodes.ts'
import type { Node } from './nodes.ts'
import { lidJidOf, pnOf } from './people.ts'
import type { Person } from './people.ts'
import type { Service } from './service.ts'

type Asked = { service: Service; line: Line; stanza: Node }

/** What follows from a linked device's first live moment: its history. */
type After = (service: Service, device: Device) => void

/** Answers an `iq`. `firstAlive`: told when a device hears for the first time. */
export async function answerQuery(asked: Asked, alive: After): Promise<void> {
  const { service, line, stanza } = asked
  const { id } = stanza.attrs
  const result = (content?: Node[]) => node('iq', { type: 'result', id, from: SERVER }, content)
  const first = childrenOf(stanza)[0]
  const name = `${stanza.attrs.xmlns ?? '?'}${first ? `/${first.tag}` : ''}`
  // Tests can see what was asked, and fail on what nobody knew of.
  noteStanza(service, line, 'other', stanza, { path: name })
  if (first?.tag === 'link_code_companion_reg') return line.send(pairingStage(service, line, stanza))
  if (first?.tag === 'remove-companion-device') return leave(asked, result())
  if (name === 'passive/active') {
    line.send(result())
    comeAlive(service, line)
    if (line.device) alive(service, line.device)
    return
  }
  const answer = await answerTo(asked, name, first)
  line.send(Array.isArray(answer) ? result(answer) : { ...answer, attrs: { ...answer.attrs, id: id ?? '' } })
}

function leave({ service, line }: Asked, result: Node): void {
  line.send(result)
  if (line.device) unlink(service, line.device)
}

/** The content of a result, or another whole stanza. */
async function answerTo({ service, line, stanza }: Asked, name: string, first: Node | undefined): Promise<Node[] | Node> {
  switch (name) {
    case 'encrypt/count':
      return [node('count', { value: String(line.device ? service.devices.oneTimeKeys(line.device).count() : 0) })]
    case 'encrypt/digest':
      return [node('digest')]
    case 'encrypt/rotate':
    case 'encrypt/registration':
      keepKeys(service, line, stanza)
      return []
    case 'encrypt/key':
      return [node('list', {}, await Promise.all(childrenOf(first, 'user').map((user) => bundleOf(service, user.attrs.jid))))]
    case 'usync/usync':
      return first ? [synced(service, first)] : []
    case 'w:m/media_conn':
      return [service.media.connection()]
    case 'w:profile:picture/picture':
      return pictureOf(service, stanza)
    case 'w:sync:app:state/sync':
      return [
        node(
          'sync',
          {},
          childrenOf(first, 'collection').map(({ attrs }) => collectionOf(service, line.device?.phone ?? '', attrs)),
        ),
      ]
    case 'privacy/privacy':
      return [
        node('privacy', {}, [
          node('category', { name: 'readreceipts', value: 'all' }),
          node('category', { name: 'last', value: 'all' }),
        ]),
      ]
    case 'abt/props':
      return [node('props', { hash: 'sim', refresh: '86400' })]
    case 'blocklist':
      return [node('list', { dhash: 'sim' })]
    default:
      return []
  }
}

/** Keys that others need to write to the device: its first ones, more of them, or a new signed one. */
function keepKeys(service: Service, line: Line, stanza: Node): void {
  const holder = childOf(stanza, 'rotate') ?? stanza
  const skey = childOf(holder, 'skey')
  if (!line.device) return
  if (skey) {
    line.device = { ...line.device, signedKey: { ...keyIn(skey), signature: bytesOf(childOf(skey, 'signature')) } }
    service.devices.save(line.device)
  }
  service.devices.oneTimeKeys(line.device).add(childrenOf(childOf(stanza, 'list'), 'key').map(keyIn))
}

function keyIn(holder: Node): PublicKey {
  return { id: bytesOf(childOf(holder, 'id')), value: bytesOf(childOf(holder, 'value')) }
}

/** The keys of a person's phone or of a linked device. The session is asked for under either form of the jid. */
async function bundleOf(service: Service, jid: string | undefined): Promise<Node> {
  const person = service.people.at(jid)
  const index = jidDecode(jid)?.device ?? 0
  if (person?.exists && index === 0) return node('user', { jid }, await service.handsets.of(person.phone).bundle())
  const device = person && service.devices.get(person.phone, index)
  if (!device) return node('user', { jid }, [node('error', { code: '404', text: 'item-not-found' })])
  const oneTime = service.devices.oneTimeKeys(device).take()
  const parts = ({ id, value }: PublicKey) => [node('id', {}, id), node('value', {}, value)]
  return node('user', { jid }, [
    node('registration', {}, device.registration),
    node('type', {}, Buffer.from([5])),
    node('identity', {}, device.identity),
    node('skey', {}, [...parts(device.signedKey), node('signature', {}, device.signedKey.signature)]),
    ...(oneTime ? [node('key', {}, parts(oneTime))] : []),
  ])
}

/** `usync`: who exists, with which devices and which LID. */
function synced(service: Service, request: Node): Node {
  const wanted = childrenOf(childOf(request, 'query')).map(({ tag }) => tag)
  const users = childrenOf(childOf(request, 'list'), 'user').flatMap((user) => {
    const phone = textOf(childOf(user, 'contact'))
    const person = phone === '' ? service.people.at(user.attrs.jid) : service.people.of(digitsOf(phone))
    if (!person) return []
    const jid = user.attrs.jid ?? pnOf(person)
    return [
      node(
        'user',
        { jid },
        wanted.flatMap((tag) => factOf(service, person, tag, jid)),
      ),
    ]
  })
  return node('usync', { ...request.attrs }, [node('list', {}, users)])
}

function factOf(service: Service, person: Person, tag: string, jid: string): Node[] {
  switch (tag) {
    case 'contact':
      return [node('contact', { type: person.exists ? 'in' : 'out' })]
    case 'lid':
      return person.addressing === 'pn-only' || jid.endsWith('@lid') ? [] : [node('lid', { val: lidJidOf(person) })]
    case 'devices': {
      const linked = service.devices
        .of(person.phone)
        .map(({ index }) => node('device', { id: String(index), 'key-index': String(index) }))
      return [node('devices', {}, [node('device-list', {}, person.exists ? [node('device', { id: '0' }), ...linked] : [])])]
    }
    default:
      return []
  }
}

function pictureOf(service: Service, stanza: Node): Node[] | Node {
  const person = service.people.at(stanza.attrs.target)
  if (person?.picture === 'sample')
    return [node('picture', { id: '1', type: 'image', url: service.media.pictureUrl(person.phone) })]
  const code = person?.picture === 'hidden' ? '401' : '404'
  const text = code === '401' ? 'not-authorized' : 'item-not-found'
  return node('iq', { type: 'error', from: SERVER }, [node('error', { code, text })])
}
