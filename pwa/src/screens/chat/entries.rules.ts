/** What a draft becomes when it is sent: one message for each file, in order, the words with the first that can carry them. */
import type { Draft, DraftFile } from '../../live/draft.rules.ts'
import type { Outgoing, OutgoingFile } from '../../live/outbox.rules.ts'
import { stillNamed } from './mention.rules.ts'

type Stamp = { id: string; at: string }

/** The outbox entries of a draft. `stamp` makes ids that sort in the order of its calls. */
export function entriesOf(draft: Draft, author: { id: string; name: string }, stamp: () => Stamp): Outgoing[] {
  const base = { chatId: draft.chatId, author: { id: author.id, name: author.name } }
  if (draft.mode === 'note') {
    const mentions = stillNamed(draft.mentions ?? [], draft.note)
    return [
      entry({ ...base, ...stamp(), what: 'note', kind: 'text', text: draft.note, ...(mentions.length > 0 ? { mentions } : {}) }),
    ]
  }
  const [first] = draft.files
  // An audio has no caption, and a file may have its own: then the words go before it as a message of their own.
  const words =
    draft.text && (!first || first.kind === 'audio' || first.caption?.trim())
      ? [entry({ ...base, ...stamp(), what: 'message', kind: 'text', text: draft.text })]
      : []
  const files = draft.files.map((file, i) =>
    entry({
      ...base,
      ...stamp(),
      what: 'message',
      kind: file.kind,
      text: file.kind === 'audio' ? null : file.caption?.trim() || (i === 0 && words.length === 0 ? draft.text || null : null),
      file: plain(file),
      mediaId: file.mediaId ?? null,
    }),
  )
  const [answer, ...rest] = [...words, ...files]
  return answer ? [{ ...answer, replyTo: draft.replyTo }, ...rest] : []
}

/** The entry of one file: a voice note goes by itself, without a composer full of words. */
export function fileEntry(
  about: Pick<Outgoing, 'chatId' | 'author' | 'replyTo'>,
  file: OutgoingFile & { kind: Outgoing['kind'] },
  stamp: Stamp,
): Outgoing {
  const { kind, ...rest } = file
  const author = { id: about.author.id, name: about.author.name }
  return {
    ...entry({ chatId: about.chatId, author, ...stamp, what: 'message', kind, text: null, file: rest }),
    replyTo: about.replyTo,
  }
}

type Given = Pick<Outgoing, 'id' | 'at' | 'chatId' | 'author' | 'what' | 'kind' | 'text'> & {
  file?: Outgoing['file']
  mediaId?: Outgoing['mediaId']
  mentions?: NonNullable<Outgoing['mentions']>
}

function entry(given: Given): Outgoing {
  return {
    file: null,
    mediaId: null,
    replyTo: null,
    state: 'queued',
    posted: false,
    attempts: 0,
    notBefore: 0,
    problem: null,
    ...given,
  }
}

function plain({ blobId, name, mime, size }: DraftFile): NonNullable<Outgoing['file']> {
  return { blobId, name, mime, size }
}
