import { createMemo, createSignal } from 'solid-js'
import type { Chat } from '#contract/inbox.ts'
import type { Desk } from '../../live/desk.ts'
import { added, reached, toggled } from '../../lib/choosing.rules.ts'

export type Choosing = ReturnType<typeof createChoosing>

/** Several chats of the list, to do the same with all of them. */
export function createChoosing(desk: Desk) {
  const [ids, setIds] = createSignal<ReadonlySet<string> | null>(null)
  const chats = createMemo((): Chat[] => [...(ids() ?? [])].flatMap((id) => desk.chat(id) ?? []))
  let last: string | null = null

  return {
    isOn: () => ids() !== null,
    has: (id: string): boolean => ids()?.has(id) === true,
    /** The chosen ones that this person still sees, as they are now. */
    chats,
    begin(id?: string): void {
      last = id ?? null
      setIds((now) => added(now ?? new Set(), id === undefined ? [] : [id]))
    },
    end: () => setIds(null),
    toggle(id: string): void {
      last = id
      setIds((now) => toggled(now ?? new Set(), id))
    },
    /** From the row that was touched last to this one. */
    reach(order: readonly string[], id: string): void {
      setIds((now) => reached(now ?? new Set(), order, last, id))
      last = id
    },
    add: (order: readonly string[]) => setIds((now) => added(now ?? new Set(), order)),
  }
}
