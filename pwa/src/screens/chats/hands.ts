/** What a finger or a mouse does to rows of the list beyond a tap: hold, drag, choose several, pull down. Comes after the first rows. */
import { createChatsWork, targetOf } from '../../chats-work.ts'
import { createChatDrag } from '../../create-chat-drag.ts'
import { createPressDrag } from '../../lib/create-press-drag.ts'
import { useDesk } from '../../live/context.ts'
import type { Choosing } from './create-choosing.ts'
import { createPull } from './create-pull.ts'

export type Hands = ReturnType<typeof createHands>

/** `mayChoose`: this person does something to several chats. Call it where effects live. */
export function createHands(choosing: Choosing, mayChoose: () => boolean) {
  const { desk, sync } = useDesk()
  const work = createChatsWork(choosing.end)
  const drag = createChatDrag((targets, personId, name) => void work.assign(targets, personId, name))

  return {
    work,
    drag,
    /** Listens to a box of rows, and says so on it; call it in an owner that ends with the box. */
    take(box: HTMLElement) {
      createPull(box, sync)
      createPressDrag({
        idOf: (element: Element) =>
          element.closest('[data-own-press]') ? null : (element.closest<HTMLElement>('[data-chat]')?.dataset['chat'] ?? null),
        held: (id) => void (mayChoose() && choosing.begin(id)),
        mayDrag: drag.isAllowed,
        began(id, at) {
          const chosen = choosing.has(id) ? choosing.chats() : [desk.chat(id)]
          drag.begin(
            chosen.flatMap((chat) => (chat ? [targetOf(chat)] : [])),
            at,
          )
        },
        moved: drag.move,
        ended: drag.end,
      })(box)
      box.dataset['hands'] = 'list'
    },
  }
}
