import type { Message } from '#contract/inbox.ts'
import type { Outgoing, OutgoingFile } from './outbox.rules.ts'

export type DraftFile = OutgoingFile & {
  kind: 'image' | 'document' | 'audio' | 'video'
  /** Set when the server has the bytes already. */
  mediaId?: string
}

/** What was typed into a chat and not sent: a message and a note apart. */
export type Draft = {
  chatId: string
  mode: 'message' | 'note'
  text: string
  note: string
  replyTo: Message['replyTo']
  files: readonly DraftFile[]
  /** Variables that a quick reply could not fill: while they stand in the text it does not leave. */
  missing?: readonly string[]
  /** Who was named in the note, while they stand in it. */
  mentions?: NonNullable<Outgoing['mentions']>
}

export function emptyDraft(chatId: string): Draft {
  return { chatId, mode: 'message', text: '', note: '', replyTo: null, files: [] }
}

export function isEmpty(draft: Draft): boolean {
  return draft.text.trim() === '' && draft.note.trim() === '' && draft.files.length === 0
}
