import type { Message } from '#contract/inbox.ts'
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
}

export function emptyDraft(chatId: string): Draft {
  return { chatId, mode: 'message', text: '', note: '', replyTo: null, files: [] }
}

export function isEmpty(draft: Draft): boolean {
  return draft.text.trim() === '' && draft.note.trim() === '' && draft.files.length === 0 && !draft.voice
}
