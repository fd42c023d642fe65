/** One line to WhatsApp for a number: the library's socket with the two hooks that it needs (reference/baileys.md §4). */
import { Browsers, DEFAULT_CONNECTION_CONFIG, makeWASocket, proto, unpadRandomMax16 } from 'baileys'
import type { BinaryNode, SocketConfig, WASocket } from 'baileys'
import type { Write } from '#contract/session-node.ts'
import type { Caches } from './caches.ts'
import type { KeyKeeper } from './keys.ts'
import { mendSignal } from './signal.ts'

export type Line = {
  keys: KeyKeeper
  /** They outlive this socket. */
  caches: Caches
  logger: SocketConfig['logger']
  whatsappUrl: string
  /** The version of WhatsApp Web that we say we are; absent: the one that came with the library. */
  version: SocketConfig['version'] | null
  /** What a message that was just opened means for us: written with the step of its ratchet, before WhatsApp hears that we have it. */
  opened(stanza: BinaryNode, message: proto.Message): Omit<Write, 'keys'>
  /** A message of ours, or of theirs, as it was: for retries. */
  messageOf(waId: string): Promise<proto.IMessage | undefined>
  /** The door was shut (HTTP): the library alone would wait for ever. */
  refused(status: number): void
}

/** What the phone's list of linked devices shows; it also asks for a longer history. */
const BROWSER = Browsers.macOS('Desktop')

/** Opens the line. It begins at once; listen to its events before the next turn of the event loop. */
export function openSocket(line: Line): WASocket {
  mendSignal()
  const stanzas = new WeakMap<object, BinaryNode>()
  const { keys, caches, logger, version } = line
  const socket = makeWASocket({
    ...caches,
    ...(version && { version }),
    ...{ auth: { creds: keys.creds, keys: keys.store }, logger, waWebSocketUrl: line.whatsappUrl, browser: BROWSER },
    // While we are "available" the phone itself shows no notifications.
    ...{ markOnlineOnConnect: false, syncFullHistory: true, generateHighQualityLinkPreview: false },
    getMessage: ({ id }) => (id ? line.messageOf(id) : Promise.resolve(undefined)),
    makeSignalRepository: (auth, log, toLid) =>
      journaled(DEFAULT_CONNECTION_CONFIG.makeSignalRepository(auth, log, toLid), line, stanzas),
  })
  socket.ws.prependListener('CB:message', (stanza: BinaryNode) => {
    for (const part of Array.isArray(stanza.content) ? stanza.content : [])
      if (part.content instanceof Uint8Array) stanzas.set(part.content, stanza)
  })
  socket.ws.on('unexpected-response', (_request: unknown, response: { statusCode?: number }) =>
    line.refused(response.statusCode ?? 0),
  )
  socket.ev.on('creds.update', (update) => keys.saveCreds(update))
  return socket
}

type Repository = ReturnType<SocketConfig['makeSignalRepository']>

/** The library confirms a message as soon as it is opened: so it counts as opened only once it is durable here. */
function journaled(repository: Repository, { keys, opened }: Line, stanzas: WeakMap<object, BinaryNode>): Repository {
  const open = async (bytes: Uint8Array, decrypt: () => Promise<Uint8Array>): Promise<Uint8Array> => {
    const stanza = stanzas.get(bytes)
    const plain = await keys.together(async () => {
      const inside = await decrypt()
      if (stanza) keys.add(opened(stanza, proto.Message.decode(unpadRandomMax16(inside))))
      return inside
    })
    if (stanza) await keys.durable()
    return plain
  }
  return {
    ...repository,
    decryptMessage: (given) => open(given.ciphertext, () => repository.decryptMessage(given)),
    decryptGroupMessage: (given) => open(given.msg, () => repository.decryptGroupMessage(given)),
  }
}
