/** May this be sent? One place for people, bots, Bitrix24, the API and campaigns (design.md §3). Pure. */
import type { RefusalCode } from '#contract/errors.ts'
import type { ContactsToSend, LocationToSend } from '#contract/extra.ts'
import { CAPTION_MAX, TEXT_MAX, type SentKind } from '#contract/inbox.ts'
import { hasLink } from '#contract/policy.ts'
import type { RefusalDetails } from '../lib/refusal.ts'

/** contract/guard.ts: what is asked of the number before it writes. `first`: this person has never written to it. */
export type GuardNow = {
  first: { isAllowed: boolean; used: number; max: number; frozenUntil: string | null; isStopped: boolean } | null
  same: { people: number; max: number } | null
}

export type SendContext = {
  /** `entitled`: its subscription lives, or it needs none. */
  channel: { kind: string; archived: boolean; entitled: boolean; settings: { allowVideo: boolean; allowLinks: boolean } }
  /** `consent`: what the customer has said no to. */
  chat: { lastInboundAt: string | null; consent: { out: 'all' | 'marketing' } | null }
  /** Of the template, where it is known. */
  category: string | null
  /** Conversations begun in 24 hours, where this template would be one more; null where it would not. */
  limit: { used: number; max: number } | null
  /** Of an unofficial number that writes to who has not written for a day; null where the guardian has nothing to say. */
  guard: GuardNow | null
  quoted: { id: string } | null
  /** The message that goes on, where the caller sees it. */
  forwarded: { direction: string; mediaId: string | null } | null
  file: { kind: string; state: string; size: number | null } | null
  headerFile: { state: string } | null
}

export type SendRequest = {
  kind: SentKind
  text?: string | undefined
  mediaId?: string | undefined
  location?: LocationToSend | undefined
  contacts?: ContactsToSend | undefined
  replyTo?: string | undefined
  forwardOf?: string | undefined
  template?: { params: string[]; headerMediaId?: string | undefined } | undefined
}

export type Verdict = { ok: true } | { ok: false; code: RefusalCode; details?: RefusalDetails }

export const WINDOW_MS = 24 * 3_600_000
/** Meta counts from its own clock: a message in the last seconds of the window would come too late. */
const WINDOW_MARGIN_MS = 60_000

const no = (code: RefusalCode, details?: RefusalDetails): Verdict => ({ ok: false, code, ...(details ? { details } : {}) })

/** Until when free text may be sent, or null when nobody has written yet. */
export function windowUntil(lastInboundAt: string | null): number | null {
  return lastInboundAt === null ? null : Date.parse(lastInboundAt) + WINDOW_MS
}

function fileVerdict(request: SendRequest, context: SendContext): Verdict {
  if (!request.mediaId || !context.file) return no('media_not_found')
  if (context.file.state !== 'ready') return no('media_not_found')
  // A voice note is audio recorded as such: both travel as audio.
  const same = context.file.kind === request.kind || (request.kind === 'audio' && context.file.kind === 'voice')
  if (!same) return no('media_mismatch', { kind: request.kind, found: context.file.kind })
  return { ok: true }
}

/** What goes on is seen by whoever sends it on, was meant for a customer, and is that message's own file. */
function forwardRefusal({ mediaId }: SendRequest, { forwarded }: SendContext): RefusalCode | null {
  if (!forwarded) return 'forward_gone'
  if (forwarded.direction === 'note') return 'note_not_forwarded'
  return mediaId !== undefined && mediaId !== forwarded.mediaId ? 'media_not_found' : null
}

/** Says whether a message may go out, and if not, the code that a person reads. */
export function maySend(request: SendRequest, context: SendContext, now: number): Verdict {
  const { settings } = context.channel
  if (context.channel.archived) return no('channel_archived')
  if (!context.channel.entitled) return no('subscription_ended')
  if (context.channel.kind === 'session' && request.kind === 'template') return no('kind_not_supported', { kind: request.kind })
  if (request.replyTo && !context.quoted) return no('quoted_not_found')
  const kept = request.forwardOf ? forwardRefusal(request, context) : null
  if (kept) return no(kept)

  if (request.kind === 'template') {
    const refusal = consentRefusal(context)
    if (refusal) return no(refusal)
    if (!request.template) return no('template_incomplete')
    if (context.limit && context.limit.used >= context.limit.max) return no('limit_reached', { max: context.limit.max })
    if (request.template.headerMediaId && context.headerFile?.state !== 'ready') return no('media_not_found')
    return { ok: true }
  }

  const text = request.text?.trim() ?? ''
  const max = request.kind === 'text' ? TEXT_MAX : CAPTION_MAX
  if (request.kind === 'text' && text === '') return no('text_missing')
  if ([...text].length > max) return no('text_too_long', { max })
  if (!settings.allowLinks && wordsIn(request).some(hasLink)) return no('link_not_allowed')
  if (request.kind === 'video' && !settings.allowVideo) return no('video_not_allowed')
  if (request.kind === 'location' || request.kind === 'contacts') {
    if (!request[request.kind]) return no('text_missing')
  } else if (request.kind !== 'text') {
    const file = fileVerdict(request, context)
    if (!file.ok) return file
  }
  const until = windowUntil(context.chat.lastInboundAt)
  const isOpen = until !== null && now <= until - WINDOW_MARGIN_MS
  // Who wants no messages may still be answered: for 24 hours after they wrote, on every kind of number.
  if (context.chat.consent?.out === 'all' && !isOpen) return no('opted_out')
  const guarded = guardRefusal(context.guard)
  if (guarded) return guarded
  if (context.channel.kind !== 'session' && !isOpen)
    return no('window_closed', { closedAt: until && new Date(until).toISOString() })
  return { ok: true }
}

/** Everything that a customer would read: a link in the name of a place is a link. */
function wordsIn({ text, location, contacts = [] }: SendRequest): string[] {
  const people = contacts.flatMap(({ name, emails, org }) => [name, org, ...emails.filter((email) => !isEmail(email))])
  return [text, location?.name, location?.address, ...people].filter((words) => words !== undefined)
}

const isEmail = (words: string): boolean => /^[^\s@/]+@[^\s@/]+$/.test(words)

/** What WhatsApp bans numbers for is refused here, before it is tried. */
function guardRefusal(guard: GuardNow | null): Verdict | null {
  const { first, same } = guard ?? { first: null, same: null }
  if (first && !first.isAllowed) return no('first_contact_off')
  if (first?.frozenUntil) return no('first_contact_frozen', { until: first.frozenUntil })
  if (first?.isStopped) return no('first_contact_stopped')
  if (first && first.used >= first.max) return no('first_contact_limit', { max: first.max })
  if (same && same.people >= same.max) return no('same_text_limit', { max: same.max })
  return null
}

/** A template begins a conversation by itself, so it goes to nobody who said no, also inside the window. */
function consentRefusal({ chat, category }: SendContext): 'opted_out' | 'marketing_stopped' | null {
  if (chat.consent?.out === 'all') return 'opted_out'
  return chat.consent?.out === 'marketing' && category === 'marketing' ? 'marketing_stopped' : null
}
