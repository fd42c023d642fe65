/** Gupshup, self-serve and partner, behind the channel port. */
import type { ChannelAdapter, Line } from '../channel.ts'
import { health } from './health.ts'
import { fetchMedia } from './media.ts'
import { connectHook, details } from './number.ts'
import { parse, verify } from './parse.ts'
import { savePhoto, saveProfile } from './profile.ts'
import { markRead, react, send } from './send.ts'
import { gupshupTemplates } from './templates.ts'

export const gupshupChannel: ChannelAdapter = {
  kind: 'gupshup',
  capabilities: ['template', 'reaction', 'quote', 'read', 'voice', 'video'],
  verify: (raw: Uint8Array, _headers: Headers, line: Line) => Promise.resolve(verify(raw, line)),
  parse,
  send,
  react,
  markRead,
  fetchMedia,
  templates: gupshupTemplates,
  health,
  details,
  connectHook,
  saveProfile,
  savePhoto,
}
