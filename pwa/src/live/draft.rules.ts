import type { Message } from '#contract/inbox.ts'
import type { Draft as StoredDraft } from '#contract/drafts.ts'
import type { Outgoing, OutgoingFile } from './outbox.rules.ts'

export type DraftFile = OutgoingFile & {
  kind: 'image' | 'document' | 'audio' | 'video'
  /** Set when the server has the bytes already. */
  mediaId?: string
  /** Stays when turning or cutting it gives it another blob. */
  key?: string
  /** Its own words; the composer's go with the first file that has none. */
  caption?: string
}

/** What names a file in its draft, whatever was done to it. */
export const keyOf = ({ key, blobId }: Pick<DraftFile, 'key' | 'blobId'>): string => key ?? blobId

/**
 * A recording that was not sent. While it is being made, or when that was cut off, it is `raw`: as the recorder gives it,
 * without length and wave.
 */
export type DraftVoice = { blobId: string; at: string } & (
  | { state: 'raw' }
  | { state: 'ready'; kind: 'voice' | 'audio'; file: OutgoingFile }
)

/** What was typed into a chat and not sent: a message and a note apart. */
export type Draft = {
  chatId: string
  mode: 'message' | 'note'
  text: string
  note: string
  replyTo: Message['replyTo']
  files: readonly DraftFile[]
  voice?: DraftVoice | undefined
  /** Variables that a quick reply could not fill: while they stand in the text it does not leave. */
  missing?: readonly string[]
  /** Who was named in the note, while they stand in it. */
  mentions?: NonNullable<Outgoing['mentions']>
  /** The writing of this draft that the server gave or took last; 0 when it knows of none. */
  rev?: number
  /** Typed here since then. */
  isOwn?: boolean
}

export function emptyDraft(chatId: string): Draft {
  return { chatId, mode: 'message', text: '', note: '', replyTo: null, files: [] }
}

export function isEmpty(draft: Draft): boolean {
  return draft.text.trim() === '' && draft.note.trim() === '' && draft.files.length === 0 && !draft.voice
}

/** What the server keeps of a draft for the other devices: words. Files and recordings stay where they are. */
export function wordsOf({ chatId, text, note, replyTo, mentions = [], rev = 0 }: Draft) {
  return { chatId, text, note, replyTo: replyTo?.id ?? null, mentions: [...mentions], rev }
}

/** Two devices have written at the same time: both are kept, and the person sees it. */
function joined(theirs: string, ours: string): string {
  if (theirs === '' || ours.includes(theirs)) return ours
  return ours === '' || theirs.includes(ours) ? theirs : `${theirs}\n${ours}`
}

/**
 * What this device shows when another one has written: its words, or both where something was typed here meanwhile. Null
 * when it is nothing new. `quoted` finds the message that is answered, where it is at hand.
 */
export function heard(mine: Draft, theirs: StoredDraft, quoted: Draft['replyTo']): Draft | null {
  if (theirs.rev <= (mine.rev ?? 0)) return null
  // Our own writing, told before the answer to it: it is known now.
  if (theirs.text === mine.text && theirs.note === mine.note) return { ...mine, rev: theirs.rev, isOwn: false }
  if (mine.isOwn) {
    return { ...mine, text: joined(theirs.text, mine.text), note: joined(theirs.note, mine.note), rev: theirs.rev }
  }
  const { text, note, mentions, rev } = theirs
  return { ...mine, text, note, mentions, replyTo: quoted, rev, isOwn: false }
}
