/** What may be attached, decided before anything leaves the phone. The server decides again (inbox/send.rules.ts). */
import type { ChannelSettings } from '#contract/channels.ts'
import { hasLink } from '#contract/policy.ts'
import type { DraftFile } from '../../live/draft.rules.ts'

/** Meta's limits, as in contract/media.ts (attach.rules.test.ts holds them together without zod on the phone). */
export const MAX_BYTES = { image: 5_000_000, audio: 16_000_000, video: 16_000_000, document: 25_000_000 } as const
/** Larger than any picture that a phone takes; re-encoding makes it small. */
const MAX_PICTURE_BYTES = 40_000_000
export const TEXT_MAX = 4096
export const CAPTION_MAX = 1024

export type Refusal =
  | { why: 'video' }
  | { why: 'kind'; name: string }
  | { why: 'too-big'; name: string; limit: number }
  | { why: 'empty'; name: string }

type Looked = { name: string; type: string; size: number }

/** The kind under which a file would travel, or why it may not. */
export function judgeFile(file: Looked, settings: ChannelSettings): { kind: DraftFile['kind'] } | Refusal {
  const kind = kindOf(file)
  if (kind === 'video' && !settings.allowVideo) return { why: 'video' }
  if (!kind) return { why: 'kind', name: file.name }
  if (file.size === 0) return { why: 'empty', name: file.name }
  const limit = kind === 'image' ? MAX_PICTURE_BYTES : MAX_BYTES[kind]
  return file.size > limit ? { why: 'too-big', name: file.name, limit } : { kind }
}

function kindOf({ type, name }: Looked): DraftFile['kind'] | null {
  if (type.startsWith('image/')) return 'image'
  if (type.startsWith('audio/')) return 'audio'
  if (type.startsWith('video/')) return 'video'
  if (isHeic({ type, name })) return 'image'
  // Some systems give no type for what they did not make themselves.
  if (type === 'application/pdf' || (type === '' && /\.pdf$/i.test(name))) return 'document'
  return null
}

/** The photos of iPhones, which only Apple's systems read; many others give them no type at all. */
export function isHeic({ type, name }: Pick<Looked, 'type' | 'name'>): boolean {
  return /^image\/hei[cf]/.test(type) || (type === '' && /\.hei[cf]$/i.test(name))
}

export type TextRefusal = { why: 'link' } | { why: 'too-long'; limit: number }

/** Why a text may not leave, or null. Notes never leave, so they may say anything. */
export function judgeText(text: string, isCaption: boolean, settings: ChannelSettings): TextRefusal | null {
  const limit = isCaption ? CAPTION_MAX : TEXT_MAX
  if (text.length > limit) return { why: 'too-long', limit }
  return !settings.allowLinks && hasLink(text) ? { why: 'link' } : null
}
