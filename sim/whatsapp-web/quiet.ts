/** The library's loggers and the Signal library's console lines (whole sessions, with private keys) are not for anybody's log. */
import { DEFAULT_CONNECTION_CONFIG } from 'baileys'
import type { SocketConfig } from 'baileys'

type Logger = SocketConfig['logger']

const nothing = (): void => undefined

export const quietLogger: Logger = {
  level: 'silent',
  child: () => quietLogger,
  ...{ trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing },
}

export const makeRepository = DEFAULT_CONNECTION_CONFIG.makeSignalRepository

/** How libsignal begins what it prints. */
const CHATTER =
  /^(Closing (open )?session|Closing stale|Opening session|Removing old closed|Session (already|error|storage)|Decrypted message with closed|Failed to decrypt message|Migrating session|V1 session|Duplicate PreKeyMessage|Open session|Unhandled bucket)/

/** Takes libsignal's lines out of this process's console. Only for a process that is the simulator. */
export function silenceSignal(): void {
  for (const level of ['log', 'info', 'warn', 'error'] as const) {
    const print = console[level].bind(console)
    console[level] = (...words: unknown[]) => {
      if (typeof words[0] !== 'string' || !CHATTER.test(words[0])) print(...words)
    }
  }
}
