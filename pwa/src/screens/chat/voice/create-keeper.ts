import { createSignal } from 'solid-js'
import type { useDesk } from '../../../live/context.ts'
import type { DraftVoice } from '../../../live/draft.rules.ts'

/** A recording grows four times a second; this often it is written down. */
const KEEP_EVERY_MS = 1_000

/** Keeps a recording in the phone's store while it is made, so that no dead battery takes it. Writes follow each other. */
export function createKeeper(drafts: ReturnType<typeof useDesk>['drafts'], chatId: string) {
  const [isFull, setIsFull] = createSignal(false)
  let id: string | null = null
  let keptAt = Number.NEGATIVE_INFINITY
  let writing: Promise<unknown> = Promise.resolve()

  const noteVoice = (voice: DraftVoice | undefined) => drafts.set({ ...drafts.of(chatId), voice })
  function write(work: () => Promise<unknown>): Promise<unknown> {
    writing = writing.then(work)
    return writing
  }

  return {
    /** The store takes no more: what is said is in memory only. */
    isFull,
    blobId: () => id,
    adopt: (blobId: string) => void (id = blobId),

    /** A recording has grown. */
    keep(blobId: string, raw: Blob): void {
      const isNew = id !== blobId
      if (!isNew && performance.now() - keptAt < KEEP_EVERY_MS) return
      id = blobId
      keptAt = performance.now()
      void write(() =>
        drafts
          .keepFile(blobId, raw)
          .then(() => setIsFull(false))
          .catch(() => setIsFull(true)),
      )
      if (!isNew) return
      noteVoice({ blobId, at: new Date().toISOString(), state: 'raw' })
      void drafts.flush()
    },

    /** It is whole. */
    async settle(blob: Blob, voice: DraftVoice): Promise<void> {
      id = voice.blobId
      await write(() => drafts.keepFile(voice.blobId, blob))
      noteVoice(voice)
      await drafts.flush()
    },

    /** Takes it out of the store and hands it over; null when there is none. */
    async take(): Promise<{ blob: Blob; voice: DraftVoice } | null> {
      await writing.catch(() => undefined)
      const { voice } = drafts.of(chatId)
      const blob = voice && (await drafts.fileOf(voice.blobId))
      await this.drop()
      return blob ? { blob, voice } : null
    },

    async drop(): Promise<void> {
      await writing.catch(() => undefined)
      const gone = drafts.of(chatId).voice?.blobId ?? id
      id = null
      noteVoice(undefined)
      await drafts.flush()
      if (gone) await drafts.dropFile(gone)
    },

    /** It belongs to the outbox now. */
    release: () => void (id = null),
  }
}
