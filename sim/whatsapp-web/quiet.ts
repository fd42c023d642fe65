/** The library's own parts, without its logs. */
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
