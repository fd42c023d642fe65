/** One WebSocket of a client: the handshake, then stanzas both ways, in order. */
import { decodeBinaryNode, encodeBinaryNode } from 'baileys'
import type { WebSocket } from 'ws'
import type { Identity } from './certificate.ts'
import type { Device } from './devices.ts'
import { frameOf, makeFrameReader } from './frames.ts'
import { makeHandshake } from './noise.ts'
import type { Greeted, Sealed } from './noise.ts'
import { node, SERVER } from './nodes.ts'
import type { Node } from './nodes.ts'

export type Line = {
  /** Who it is, once it is linked and has logged in. */
  device: Device | null
  /** It has had everything that waited for it, and hears the rest live. */
  isLive: boolean
  /** Looks at its chats: WhatsApp tells it "available". */
  isAvailable: boolean
  send(stanza: Node): void
  /** Asks the client something and gives its answer. */
  ask(content: Node): Promise<Node>
  /** Sends a last word and hangs up. */
  end(last?: Node): void
  /** Cuts the wire as a lost network does. */
  cut(): void
  /** Hears nothing and says nothing for so long, though the wire stays. */
  silence(ms: number): void
}

export type Listener = {
  greeted(line: Line, greeted: Greeted): Promise<void>
  stanza(line: Line, stanza: Node): Promise<void>
  closed(line: Line): void
  /** How long every stanza to this client takes, in milliseconds. */
  slowMs(line: Line): number
}

let asked = 0

export function openLine(socket: WebSocket, identity: Identity, listener: Listener): Line {
  const handshake = makeHandshake(identity)
  const read = makeFrameReader()
  const answers = new Map<string, (answer: Node) => void>()
  let greetings = 0
  let sealed: Sealed | null = null
  let deafUntil = 0
  let sending: Promise<void> = Promise.resolve()
  let hearing: Promise<void> = Promise.resolve()

  const post = (bytes: Uint8Array) => void (socket.readyState === socket.OPEN && socket.send(frameOf(bytes)))
  const say = (stanza: Node) => {
    if (sealed && Date.now() >= deafUntil) post(sealed.seal(encodeBinaryNode(stanza)))
  }
  const line: Line = {
    ...{ device: null, isLive: false, isAvailable: false },
    send(stanza) {
      const ms = listener.slowMs(line)
      sending = sending.then(() => (ms > 0 ? pause(ms) : undefined)).then(() => say(stanza))
    },
    ask(content) {
      asked += 1
      const id = `sim-${asked}`
      line.send(node('iq', { from: SERVER, type: 'set', id, xmlns: 'md' }, [content]))
      return new Promise((resolve) => answers.set(id, resolve))
    },
    end(last) {
      if (last) line.send(last)
      void sending.then(() => socket.close())
    },
    cut: () => socket.terminate(),
    silence: (ms) => void (deafUntil = Date.now() + ms),
  }

  const hear = async (frame: Buffer) => {
    if (sealed) {
      const stanza = await decodeBinaryNode(Buffer.from(sealed.open(frame)))
      if (Date.now() < deafUntil) return
      const isAnswer = stanza.tag === 'iq' && (stanza.attrs.type === 'result' || stanza.attrs.type === 'error')
      const answered = isAnswer ? answers.get(stanza.attrs.id ?? '') : undefined
      answers.delete(stanza.attrs.id ?? '')
      return answered ? answered(stanza) : listener.stanza(line, stanza)
    }
    greetings += 1
    if (greetings === 1) return post(handshake.hello(frame))
    const greeted = handshake.finish(frame)
    sealed = greeted.line
    await listener.greeted(line, greeted)
  }

  socket.on('message', (data) => {
    hearing = hearing
      .then(async () => {
        const bytes = Array.isArray(data) ? Buffer.concat(data) : Buffer.from(new Uint8Array(data))
        for (const frame of read(bytes)) await hear(frame)
      })
      .catch((error: unknown) => {
        console.error('sim: whatsapp-web:', error)
        socket.terminate()
      })
  })
  socket.on('error', () => socket.terminate())
  socket.on('close', () => listener.closed(line))
  return line
}

const pause = (ms: number): Promise<void> => new Promise((wake) => setTimeout(wake, ms))
