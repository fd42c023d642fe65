/** What was typed and not sent, per chat. Stored 300 ms after the last key and whenever the page goes to the back. */
import { createSignal } from 'solid-js'
import { emptyDraft, isEmpty, type Draft } from './draft.rules.ts'
import type { LocalDb } from './local-db.ts'

const SAVE_AFTER_MS = 300

/** The drafts of a person. `stop` stores what is still waiting. */
export function createDrafts(db: LocalDb) {
  const [drafts, setDrafts] = createSignal<ReadonlyMap<string, Draft>>(new Map())
  const waiting = new Set<string>()
  let timer: ReturnType<typeof setTimeout> | undefined

  let typed: (chatId: string) => void = () => undefined

  function keep(draft: Draft): void {
    setDrafts((map) => new Map(map).set(draft.chatId, draft))
    waiting.add(draft.chatId)
    clearTimeout(timer)
    timer = setTimeout(() => void flush(), SAVE_AFTER_MS)
  }

  async function flush(): Promise<void> {
    clearTimeout(timer)
    const ids = [...waiting]
    waiting.clear()
    await Promise.all(
      ids.map((id) => {
        const draft = drafts().get(id)
        return draft && (!isEmpty(draft) || draft.replyTo || draft.isOwn || draft.rev)
          ? db.put('drafts', draft)
          : db.delete('drafts', id)
      }),
    )
  }
  const onHide = () => void (document.visibilityState === 'hidden' && flush())
  document.addEventListener('visibilitychange', onHide)
  window.addEventListener('pagehide', flush)

  return {
    of: (chatId: string): Draft => drafts().get(chatId) ?? emptyDraft(chatId),
    /** Is anything unsent that a reload of the page would interrupt? */
    any: (): boolean => [...drafts().values()].some((draft) => !isEmpty(draft)),

    /** Something was typed here. */
    set(draft: Draft): void {
      keep({ ...draft, rev: drafts().get(draft.chatId)?.rev ?? 0, isOwn: true })
      typed(draft.chatId)
    },

    /** As it is: what another device typed, or what the server has taken. */
    keep,

    /** Told the chat of whatever is typed here. */
    onTyped(listener: (chatId: string) => void): void {
      typed = listener
    },

    /** Those that the server does not know yet. */
    own: (): Draft[] => [...drafts().values()].filter((draft) => draft.isOwn),

    /** Keeps a file that was attached, so that a reload does not lose it. */
    async keepFile(blobId: string, blob: Blob): Promise<void> {
      await db.put('blobs', { id: blobId, blob })
    },

    fileOf: async (blobId: string): Promise<Blob | null> => (await db.get('blobs', blobId))?.blob ?? null,
    dropFile: (blobId: string): Promise<void> => db.delete('blobs', blobId),

    async restore(): Promise<void> {
      const stored = await db.getAll('drafts')
      setDrafts((map) => new Map([...stored.map((draft) => [draft.chatId, draft] as const), ...map]))
    },

    flush,

    async stop(): Promise<void> {
      document.removeEventListener('visibilitychange', onHide)
      window.removeEventListener('pagehide', flush)
      await flush()
    },
  }
}
