/**
 * What a push is about. `message`: a customer writes in one's own chat; `queue`: in a chat that is nobody's; `alert`:
 * something that a person has to put right.
 */
export const PUSH_KINDS = [
  'message',
  'queue',
  'assignment',
  'transfer_asked',
  'transfer_answered',
  'mention',
  'channel',
  'alert',
] as const
