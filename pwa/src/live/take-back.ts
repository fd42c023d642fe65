/** A message that has not left goes back to where it was written. */
import type { createDrafts } from './drafts.ts'
import type { Draft } from './draft.rules.ts'
import type { Outbox } from './outbox.ts'
import type { Outgoing } from './outbox.rules.ts'

type Writing = { drafts: Pick<ReturnType<typeof createDrafts>, 'of' | 'set' | 'flush'>; outbox: Pick<Outbox, 'takeBack'> }

const NOT_WRITTEN: ReadonlySet<Outgoing['kind']> = new Set(['template', 'voice', 'sticker', 'location', 'contacts'])

/** May it be written anew? A template is filled in its own form, and what was said, here or by others, cannot be said otherwise. */
export function mayEdit({ kind, forward }: Outgoing): boolean {
  return !NOT_WRITTEN.has(kind) && !forward
}

/** In front of whatever is being written in that chat. */
function withEntry(draft: Draft, entry: Outgoing): Draft {
  const words = (now: string) => [entry.text, now].filter(Boolean).join('\n')
  if (entry.what === 'note') {
    return { ...draft, mode: 'note', note: words(draft.note), mentions: [...(draft.mentions ?? []), ...(entry.mentions ?? [])] }
  }
  const { file, kind, mediaId, text } = entry
  const replyTo = entry.replyTo ?? draft.replyTo
  if (
    !file ||
    kind === 'text' ||
    kind === 'template' ||
    kind === 'voice' ||
    kind === 'sticker' ||
    kind === 'location' ||
    kind === 'contacts'
  ) {
    return { ...draft, mode: 'message', text: words(draft.text), replyTo }
  }
  const again = { ...file, kind, ...(mediaId ? { mediaId } : {}), ...(text ? { caption: text } : {}) }
  return { ...draft, mode: 'message', files: [again, ...draft.files], replyTo }
}

/** Puts an entry of the outbox back into its chat's composer. False: it has left meanwhile, and nothing changed. */
export async function takeBack({ drafts, outbox }: Writing, entry: Outgoing): Promise<boolean> {
  const before = drafts.of(entry.chatId)
  // Stored as a draft before it is taken out: between the two it is there twice, and never not at all.
  drafts.set(withEntry(before, entry))
  await drafts.flush()
  if (await outbox.takeBack(entry.id)) return true
  drafts.set(before)
  await drafts.flush()
  return false
}
