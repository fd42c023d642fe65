/** Meta's Cloud API behind the channel port. */
import type { ChannelAdapter, Line } from '../channel.ts'
import { health } from './health.ts'
import { fetchMedia } from './media.ts'
import { connectHook, details } from './number.ts'
import { parse } from './parse.ts'
import { savePhoto, saveProfile } from './profile.ts'
import { markRead, react, send } from './send.ts'
import { verifySignature } from './signature.ts'
import { metaTemplates } from './templates.ts'

export { verifyChallenge } from './signature.ts'

export const metaChannel: ChannelAdapter = {
  kind: 'meta',
  capabilities: ['template', 'reaction', 'quote', 'read', 'typing', 'voice', 'video'],
  verify: (raw: Uint8Array, headers: Headers, line: Line) => verifySignature(raw, headers, secretsOf(line)),
  parse,
  send,
  react,
  markRead,
  fetchMedia,
  templates: metaTemplates,
  health,
  details,
  connectHook,
  saveProfile,
  savePhoto,
}

function secretsOf(line: Line): string[] {
  return line.credentials.kind === 'meta' ? line.credentials.appSecrets : []
}
