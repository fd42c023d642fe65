/** What the phone says that it remembers: pieces of history, announced one by one and read later (past.ts). */
import { proto } from 'baileys'
import type { BinaryNode } from 'baileys'
import type { HistoryPiece } from '#contract/session-node.ts'
import { isOfOwnPhone } from './translate.rules.ts'
import type { Me } from './translate.rules.ts'

const { HistorySyncType } = proto.HistorySync

const KINDS: Readonly<Record<number, HistoryPiece['kind']>> = {
  [HistorySyncType.INITIAL_BOOTSTRAP]: 'initial',
  [HistorySyncType.RECENT]: 'recent',
  [HistorySyncType.FULL]: 'full',
  [HistorySyncType.PUSH_NAME]: 'names',
  [HistorySyncType.ON_DEMAND]: 'demand',
}

/** The pieces of history that the number's own phone announces with this message. Nobody else can. */
export function piecesIn({ attrs }: BinaryNode, message: proto.Message, me: Me): HistoryPiece[] {
  const told = message.protocolMessage?.historySyncNotification
  const kind = told ? KINDS[told.syncType ?? -1] : undefined
  const id = attrs['id']
  if (!told || !kind || !id || !isOfOwnPhone(attrs, me)) return []
  const bytes = proto.Message.HistorySyncNotification.encode(told).finish()
  return [
    {
      ...{ id, kind, progress: told.progress ?? 100, request: told.peerDataRequestSessionId || null },
      proto: Buffer.from(bytes).toString('base64'),
    },
  ]
}
