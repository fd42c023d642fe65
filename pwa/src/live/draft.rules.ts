import type { Message } from '#contract/inbox.ts'
import type { OutgoingFile } from './outbox.rules.ts'

export type DraftFile = OutgoingFile & { kind: 'image' | 'document' | 'audio' | 'video' }

/** What was typed into a chat and not sent: a message and a note apart. */
export type Draft = {
  chatId: string
  mode: 'message' | 'note'
  text: string
  note: string
  replyTo: Message['replyTo']
  files: readonly DraftFile[]
}

export function emptyDraft(chatId: string): Draft {
  return { chatId, mode: 'message', text: '', note: '', replyTo: null, files: [] }
}

export function isEmpty(draft: Draft): boolean {
  return draft.text.trim() === '' && draft.note.trim() === '' && draft.files.length === 0
}
