import { createSignal } from 'solid-js'
import { reached, toggled } from '../../lib/choosing.rules.ts'

export type Hands = ReturnType<typeof createHands>

/** What hands have opened in a chat: the menu of a message, several chosen ones, the way on to other chats, a search. */
export function createHands() {
  const [menu, setMenu] = createSignal<string | null>(null)
  const [picked, setPicked] = createSignal<ReadonlySet<string> | null>(null)
  const [forwarding, setForwarding] = createSignal<readonly string[]>([])
  const [isSearching, setIsSearching] = createSignal(false)
  let last: string | null = null

  return {
    /** The message whose menu is open. */
    menu,
    setMenu,
    /** The chosen messages; null while nobody chooses. */
    picked,
    has: (id: string): boolean => picked()?.has(id) === true,
    /** Chosen or not any more; with an order, everything from the one that was touched last. */
    pick(id: string, order?: readonly string[]): void {
      const from = last
      last = id
      setPicked((now) => (order ? reached(now ?? new Set(), order, from, id) : toggled(now ?? new Set(), id)))
    },
    unpick: () => setPicked(null),
    /** Messages that are on their way to other chats. */
    forwarding,
    setForwarding,
    isSearching,
    setIsSearching,
  }
}
