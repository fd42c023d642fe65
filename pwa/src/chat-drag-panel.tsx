import Inbox from 'lucide-solid/icons/inbox'
import { createEffect, For, onCleanup, Show } from 'solid-js'
import { Portal } from 'solid-js/web'
import { holderOf } from './chats-work.ts'
import { Load } from './colleagues.tsx'
import type { ChatDrag, Dragged } from './create-chat-drag.ts'
import { deskWork } from './text/desk-work.ts'
import { sentenceOf } from './text/text.ts'
import { Avatar } from './ui/avatar.tsx'
import { Icon } from './ui/icon.tsx'

/** So near its edge, in pixels, a long list of agents scrolls by itself. */
const EDGE_PX = 64
const STEP_PX = 9

/** The agents as places to let go of what is dragged, and what is dragged, under the pointer. */
export function ChatDragPanel(props: { drag: ChatDrag }) {
  return (
    <Show when={props.drag.now()} keyed>
      {(dragged) => <Panel drag={props.drag} dragged={dragged} />}
    </Show>
  )
}

function Panel(props: { drag: ChatDrag; dragged: Dragged }) {
  let list: HTMLUListElement | undefined
  let frame = 0
  const holder = () => holderOf(props.dragged.targets)
  const what = () => {
    const [first, ...others] = props.dragged.targets
    return others.length === 0 ? (first?.name ?? '') : deskWork().chatCount(props.dragged.targets.length)
  }

  /** Beside the pointer, on the side where there is room. */
  const place = () => {
    const { x, y } = props.drag.at()
    return props.dragged.side === 'right'
      ? `translate(calc(${x - 14}px - 100%), ${y - 18}px)`
      : `translate(${x + 14}px, ${y - 18}px)`
  }

  function step() {
    const box = list?.getBoundingClientRect()
    const { x, y } = props.drag.at()
    if (box && x >= box.left && x <= box.right) {
      const way = y > box.bottom - EDGE_PX ? 1 : y < box.top + EDGE_PX ? -1 : 0
      if (way !== 0) {
        list?.scrollBy(0, way * STEP_PX)
        props.drag.move({ x, y })
      }
    }
    frame = requestAnimationFrame(step)
  }
  createEffect(() => {
    frame = requestAnimationFrame(step)
    onCleanup(() => cancelAnimationFrame(frame))
  })

  const look = (id: string) => ({
    'border-anil bg-anil-tint': props.drag.over() === id,
    'border-line bg-surface': props.drag.over() !== id,
  })

  return (
    <Portal>
      <aside
        class="fixed inset-y-0 z-10 flex w-[min(24rem,46vw)] flex-col border-line bg-paper pt-[env(safe-area-inset-top)] shadow-float select-none"
        classList={{ 'right-0 border-l': props.dragged.side === 'right', 'left-0 border-r': props.dragged.side === 'left' }}
        aria-label={deskWork().dropTitle}
      >
        <div class="flex-none border-b border-line px-5 py-3" role="status">
          <p class="text-heading font-bold">{deskWork().dropTitle}</p>
          <p class="text-small text-ink-2">{deskWork().dropHelp(what())}</p>
        </div>
        <p role="alert" class="px-5 py-2 text-small text-cochinilla empty:hidden">
          <Show when={props.drag.problem()}>{(problem) => sentenceOf(problem())}</Show>
        </p>
        <ul ref={list} class="scroll-thin min-h-0 flex-1 overflow-y-auto p-3" aria-busy={props.drag.people() === null}>
          <Show when={holder() !== null}>
            <li
              data-drop="none"
              class="mb-2 flex min-h-18 items-center gap-3 rounded-card border-2 px-3"
              classList={look('none')}
            >
              <span class="flex size-10 flex-none items-center justify-center rounded-slip bg-sunk">
                <Icon of={Inbox} />
              </span>
              <span>
                <span class="block font-semibold">{deskWork().nobody}</span>
                <span class="block text-meta text-ink-3">{deskWork().nobodyHelp}</span>
              </span>
            </li>
          </Show>
          <For each={props.drag.people()}>
            {(one) => (
              <li
                data-drop={one.id === holder() ? undefined : one.id}
                class="mb-2 flex min-h-18 items-center gap-3 rounded-card border-2 px-3"
                classList={look(one.id)}
              >
                <Avatar name={one.name} size={40} />
                <span class="min-w-0 flex-1">
                  <span class="block truncate font-semibold">{one.name}</span>
                  <Load of={one} />
                </span>
                <Show when={one.id === holder()}>
                  <span class="rounded-chip bg-anil-tint px-2 py-px text-meta">{deskWork().has}</span>
                </Show>
              </li>
            )}
          </For>
        </ul>
      </aside>
      <div
        aria-hidden="true"
        class="pointer-events-none fixed top-0 left-0 z-20 max-w-60 truncate rounded-button bg-ink px-3.5 py-2 text-small font-semibold text-paper shadow-float"
        style={{ transform: place() }}
      >
        {what()}
      </div>
    </Portal>
  )
}
