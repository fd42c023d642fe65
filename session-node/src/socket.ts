/** One line to WhatsApp for a number: the library's socket with the two hooks that it needs (reference/baileys.md §4). */
import { Browsers, DEFAULT_CONNECTION_CONFIG, encodeWAMessage, makeWASocket, proto, unpadRandomMax16 } from 'baileys'
import type { BinaryNode, SignalKeyStoreWithTransaction, SocketConfig, WASocket } from 'baileys'
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
  /** Factor of every wait: contract/session-node.ts. */
  timeScale: number
  /** What a message that was just opened means for us: written with the step of its ratchet, before WhatsApp hears that we have it. */
  opened(stanza: BinaryNode, message: proto.Message): Omit<Write, 'keys'>
  /** What a stanza tells that is not sealed, a receipt or the shell of a message: written before WhatsApp hears that we have it. */
  heard(stanza: BinaryNode): Omit<Write, 'keys'>
  /** What this stanza was when it was opened before; undefined: it never was. */
  had(stanza: BinaryNode): Promise<proto.IMessage | undefined>
  /** It could not be opened just now: its sender is asked for it again. */
  unopened(stanza: BinaryNode): void
  /** A message of ours, or of theirs, as it was: for retries. */
  messageOf(waId: string): Promise<proto.IMessage | undefined>
  /** The door was shut (HTTP): the library alone would wait for ever. */
  refused(status: number): void
}

/** What the phone's list of linked devices shows; it also asks for a longer history. */
const BROWSER = Browsers.macOS('Desktop')

/** How long a first code holds, and the later ones: reference/baileys.md §5. */
export const CODE_MS = [60_000, 20_000] as const
/** A line that says nothing for so long, and five seconds more, is dead. */
const KEEP_ALIVE_MS = 30_000

/** Opens the line. It begins at once; listen to its events before the next turn of the event loop. */
export function openSocket(line: Line): WASocket {
  mendSignal()
  const stanzas = new WeakMap<object, BinaryNode>()
  const { keys, caches, logger, version, timeScale } = line
  const socket = makeWASocket({
    ...caches,
    ...(version && { version }),
    keepAliveIntervalMs: KEEP_ALIVE_MS * timeScale,
    ...(timeScale < 1 && { qrTimeout: CODE_MS[1] * timeScale }),
    ...{ auth: { creds: keys.creds, keys: keys.store }, logger, waWebSocketUrl: line.whatsappUrl, browser: BROWSER },
    // While we are "available" the phone itself shows no notifications.
    ...{ markOnlineOnConnect: false, syncFullHistory: true, generateHighQualityLinkPreview: false },
    getMessage: ({ id }) => (id ? line.messageOf(id) : Promise.resolve(undefined)),
    makeSignalRepository: ({ creds }, log, toLid) =>
      journaled(DEFAULT_CONNECTION_CONFIG.makeSignalRepository({ creds, keys: atOnce(keys) }, log, toLid), line, stanzas),
  })
  const { ws } = socket
  const hears = afterWritten(ws, 'CB:receipt', keys, (stanza) => line.heard(stanza))
  ws.on('CB:receipt', (stanza: BinaryNode) => void hears(stanza).catch(() => undefined))
  const takes = afterWritten(ws, 'CB:message', keys, (stanza) => {
    const sealed = sealedIn(stanza)
    for (const bytes of sealed) stanzas.set(bytes, stanza)
    return sealed.length > 0 ? {} : line.heard(stanza)
  })
  // Nobody waits for what the library answers here: a line that broke just then would end the program, and all its numbers.
  const counts = afterWritten(ws, 'CB:ib,,offline_preview', keys, () => ({}))
  ws.on('CB:ib,,offline_preview', (stanza: BinaryNode) => void counts(stanza).catch(() => undefined))
  const inTurn = makeTurns()
  ws.on('CB:message', (stanza: BinaryNode) => inTurn(() => takes(asLive(stanza))))
  socket.ws.on('unexpected-response', (_request: unknown, response: { statusCode?: number }) =>
    line.refused(response.statusCode ?? 0),
  )
  socket.ev.on('creds.update', (update) => keys.saveCreds(update))
  return socket
}

/**
 * The keys for whoever seals and opens. The library's own transactions keep a copy of a session until they end, and those of
 * a message that leaves and of one that comes run side by side: the later one takes back the other's step. Here each step
 * is in memory at once, and libsignal takes steps of one session in turn.
 */
function atOnce({ store }: KeyKeeper): SignalKeyStoreWithTransaction {
  return { ...store, isInTransaction: () => false, transaction: (work) => work() }
}

type Repository = ReturnType<SocketConfig['makeSignalRepository']>

/** The sealed parts of a message. */
function sealedIn({ content }: BinaryNode): Uint8Array[] {
  return Array.isArray(content) ? content.flatMap((part) => (part.content instanceof Uint8Array ? [part.content] : [])) : []
}

/**
 * The library confirms such a stanza as soon as it has it: so it gets it only once what it tells is durable here. Takes its
 * listeners away, and resolves when they are done with the stanza. Rejects for what will never be durable here: it is never
 * confirmed, and comes again to whoever has the number next.
 */
function afterWritten(
  ws: WASocket['ws'],
  name: string,
  keys: KeyKeeper,
  tells: (stanza: BinaryNode) => Omit<Write, 'keys'>,
): (stanza: BinaryNode) => Promise<void> {
  const theirs = ws.listeners(name)
  ws.removeAllListeners(name)
  return async (stanza) => {
    const piece = tells(stanza)
    if (Object.keys(piece).length > 0) {
      keys.add(piece)
      await keys.durable()
    }
    await Promise.all(theirs.map((listener) => Reflect.apply(listener, ws, [stanza])))
  }
}

/**
 * One after the other, in the order in which they came. The library opens messages in turn, but it looks up each one's customer
 * before it asks for a turn: a message whose customer has to be asked for would be overtaken by the next one.
 */
function makeTurns(): (task: () => Promise<void>) => void {
  let last: Promise<void> = Promise.resolve()
  return (task) => void (last = last.then(task).catch(() => undefined))
}

/** What waited while the line was away has a queue of its own in the library, beside which a newer message would pass. */
function asLive(stanza: BinaryNode): BinaryNode {
  return { ...stanza, attrs: Object.fromEntries(Object.entries(stanza.attrs).filter(([name]) => name !== 'offline')) }
}

/** The library confirms a message as soon as it is opened: so it counts as opened only once it is durable here. */
function journaled(
  repository: Repository,
  { keys, opened, had, unopened }: Line,
  stanzas: WeakMap<object, BinaryNode>,
): Repository {
  const open = async (bytes: Uint8Array, decrypt: () => Promise<Uint8Array>): Promise<Uint8Array> => {
    const stanza = stanzas.get(bytes)
    if (!stanza) return decrypt()
    try {
      const plain = await keys.together(async () => {
        const inside = await decrypt()
        keys.add(opened(stanza, proto.Message.decode(unpadRandomMax16(inside))))
        return inside
      })
      await keys.durable()
      return plain
    } catch (error) {
      // It opens once. One that came before a death or a break, and was not confirmed any more, comes again: it is in the journal.
      await keys.durable()
      const before = await had(stanza)
      if (before) return encodeWAMessage(before)
      unopened(stanza)
      throw error
    }
  }
  // The step of the ratchet is durable before anything leaves that was sealed with it: no key seals twice, whoever dies.
  const seal = async <T>(sealing: Promise<T>): Promise<T> => {
    const sealed = await sealing
    await keys.durable()
    return sealed
  }
  return {
    ...repository,
    encryptMessage: (given) => seal(repository.encryptMessage(given)),
    encryptGroupMessage: (given) => seal(repository.encryptGroupMessage(given)),
    decryptMessage: (given) => open(given.ciphertext, () => repository.decryptMessage(given)),
    decryptGroupMessage: (given) => open(given.msg, () => repository.decryptGroupMessage(given)),
  }
}
