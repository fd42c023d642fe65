/** The quick replies that are for this person, kept to be chosen from without a network, and which they used last. */
import { createSignal } from 'solid-js'
import type { QuickReply } from '#contract/quick-replies.ts'
import { call } from '../api/call.ts'
import * as api from '../api/first-endpoints.ts'
import { getMeta, putMeta, type LocalDb } from './local-db.ts'

const RECENT_MAX = 20

export function createQuickReplies(db: LocalDb) {
  const [items, setItems] = createSignal<readonly QuickReply[]>([])
  const [recent, setRecent] = createSignal<readonly string[]>([])
  let turn = 0

  return {
    items,
    /** Ids, the last one used first. */
    recent,

    async restore(): Promise<void> {
      const [stored, used] = await Promise.all([getMeta(db, 'quickReplies'), getMeta(db, 'quickRecent')])
      setItems(stored ?? [])
      setRecent(used ?? [])
    },

    /** Asks again; what was read before stays when there is no answer. */
    async refresh(): Promise<void> {
      turn += 1
      const mine = turn
      try {
        const fresh = await call(api.listQuickReplies, {})
        if (mine !== turn) return
        setItems(fresh.items)
        await putMeta(db, 'quickReplies', fresh.items)
      } catch {
        // No network, or the store is being closed: the list of the last time serves.
      }
    },

    used(id: string): void {
      const next = [id, ...recent().filter((other) => other !== id)].slice(0, RECENT_MAX)
      setRecent(next)
      void putMeta(db, 'quickRecent', next).catch(() => undefined)
    },
  }
}
