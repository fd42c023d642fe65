/**
 * libsignal, mended in two places without touching its files (reference/baileys.md §4): a message that it tries on the wrong
 * session no longer spoils that session, and it no longer prints whole sessions, with private keys, to the console.
 */
import { createRequire } from 'node:module'

/** A session with somebody, as libsignal keeps it. */
type Session = { serialize(): object; constructor: { deserialize(data: object): Session } }
type Open = (this: unknown, bytes: Uint8Array, session: Session | undefined) => Promise<Uint8Array>
type Library = { SessionCipher: { prototype: { doDecryptWhisperMessage: Open } } }

/** How libsignal begins what it prints. */
const CHATTER =
  /^(Closing (open )?session|Closing stale|Opening session|Removing old closed|Session (already|error|storage)|Decrypted message with closed|Failed to decrypt message|Migrating session|V1 session|Duplicate PreKeyMessage|Open session|Unhandled bucket)/

let isMended = false

/** For a process that seals or opens messages; once is enough. */
export function mendSignal(): void {
  if (isMended) return
  isMended = true
  silence()
  // The very copy that the client's library uses.
  const { SessionCipher }: Library = createRequire(import.meta.resolve('baileys'))('libsignal')
  const open = SessionCipher.prototype.doDecryptWhisperMessage
  SessionCipher.prototype.doDecryptWhisperMessage = async function (bytes, session) {
    if (!session) return open.call(this, bytes, session)
    const trial = session.constructor.deserialize(session.serialize())
    const plain = await open.call(this, bytes, trial)
    for (const name of Object.keys(session)) Reflect.deleteProperty(session, name)
    Object.assign(session, trial)
    return plain
  }
}

function silence(): void {
  for (const level of ['log', 'info', 'warn', 'error'] as const) {
    const print = console[level].bind(console)
    console[level] = (...words: unknown[]) => {
      if (typeof words[0] !== 'string' || !CHATTER.test(words[0])) print(...words)
    }
  }
}
