/**
 * The labels that this person sees. What a label is called, and whether they see it, is decided by this list: copies that
 * stand on stored chats and messages are older.
 */
import { createMemo, createSignal } from 'solid-js'
import type { ShownLabel } from '#contract/inbox.ts'
import type { Label } from '#contract/labels.ts'
import { call } from '../api/call.ts'
import * as api from '../api/first-endpoints.ts'
import { getMeta, putMeta, type LocalDb } from './local-db.ts'

/** `drop` takes labels that are not for this person any more off every stored copy. */
export function createLabels(db: LocalDb, drop: (ids: ReadonlySet<string>) => void) {
  // null: nobody has said yet which there are; then the copies are all that is known.
  const [items, setItems] = createSignal<readonly Label[] | null>(null)
  const byId = createMemo(() => {
    const known = items()
    return known && new Map(known.map((label) => [label.id as string, label]))
  })
  let turn = 0

  return {
    items: () => items() ?? [],
    one: (id: string): Label | undefined => byId()?.get(id),

    /** The labels of a chat or a message as they are now. */
    shown(copies: readonly ShownLabel[] | undefined): readonly ShownLabel[] {
      const known = byId()
      return known ? (copies ?? []).flatMap(({ id }) => known.get(id) ?? []) : (copies ?? [])
    },

    async restore(): Promise<void> {
      setItems((await getMeta(db, 'labels')) ?? null)
    },

    /** Asks again; what was read before stays when there is no answer. */
    async refresh(): Promise<void> {
      turn += 1
      const mine = turn
      try {
        const fresh = await call(api.listLabels, {})
        if (mine !== turn) return
        const left = new Set<string>(fresh.items.map(({ id }) => id))
        const gone = new Set((items() ?? []).flatMap(({ id }) => (left.has(id) ? [] : [id])))
        setItems(fresh.items)
        await putMeta(db, 'labels', fresh.items)
        if (gone.size > 0) drop(gone)
      } catch {
        // No network, or the store is being closed: the list of the last time serves.
      }
    },
  }
}
