import ArrowUp from 'lucide-solid/icons/arrow-up'
import { createEffect, createMemo, createSignal, For, on, onCleanup, Show } from 'solid-js'
import { Virtualizer, type VirtualizerHandle } from 'virtua/solid'
import type { Chat } from '#contract/inbox.ts'
import { afterPaint } from '../../lib/after-paint.ts'
import { useDesk } from '../../live/context.ts'
import { t } from '../../text/first.ts'
import { Icon } from '../../ui/icon.tsx'
import { ChatRow } from './chat-row.tsx'
import type { Choosing } from './create-choosing.ts'
import { createStableOrder } from './create-stable-order.ts'
import type { Hands } from './hands.ts'

const ROW_PX = 95
/** Rows beyond the edges, once those between them are on the screen. */
const BUFFER_PX = 200
/** The next page is asked for when this many rows are left below. */
const AHEAD_ROWS = 12
/** Drawn in one go when the list comes: a thumb, or the frame that follows, does not wait for a whole screen of rows. */
const ROWS_AT_ONCE = 3
/** As many as the highest screen shows at first. */
const ROWS_AT_FIRST = 18

type ChatListProps = {
  chats: Chat[]
  /** Names the list: another tray, other words. */
  listKey: string
  openId: string | null
  words: string
  more: () => void
  /** Null: this person does nothing to several chats. */
  choosing: Choosing | null
  /** Null: not here yet. */
  hands: Hands | null
}

/** A virtual list of conversations whose rows never move under a finger. */
export function ChatList(props: ChatListProps) {
  let box!: HTMLDivElement
  let handle: VirtualizerHandle | undefined
  const [scrollBox, setScrollBox] = createSignal<HTMLElement>()
  const { desk } = useDesk()
  const [isDrawn, setIsDrawn] = createSignal(false)
  afterPaint(() => setIsDrawn(true))
  const [most, setMost] = createSignal(0)
  const growing = setInterval(() => {
    const isWhole = most() > ROWS_AT_FIRST
    setMost((now) => (isWhole ? Infinity : now + ROWS_AT_ONCE))
    if (isWhole) clearInterval(growing)
  })
  onCleanup(() => clearInterval(growing))
  const byId = createMemo(() => new Map(props.chats.map((chat) => [chat.id as string, chat])))
  const order = createStableOrder(
    createMemo(() => props.chats.map((chat) => chat.id)),
    () => props.listKey,
    () => props.choosing?.isOn() === true || (props.hands?.drag.now() ?? null) !== null,
  )
  const shownIds = createMemo(() => order.ids().slice(0, most()))
  // A row that left the tray stays, as it was, until the list may move.
  const seen = new Map<string, Chat>()
  const chatOf = (id: string): Chat | undefined => {
    const chat = byId().get(id)
    if (chat) seen.set(id, chat)
    return chat ?? seen.get(id)
  }

  createEffect(() => {
    const element = scrollBox()
    if (element) props.hands?.take(element)
  })

  createEffect(
    on(
      () => props.listKey,
      () => handle?.scrollTo(0),
      { defer: true },
    ),
  )

  function onScroll(offset: number) {
    order.touched()
    order.scrolled(offset)
    if (handle && handle.scrollSize - offset - handle.viewportSize < AHEAD_ROWS * ROW_PX) props.more()
  }

  return (
    <div class="relative min-h-0 flex-1">
      <Show when={order.isBehind()}>
        <button
          type="button"
          class="button absolute inset-x-0 top-2 z-1 mx-auto w-fit bg-ink px-4 text-small text-paper shadow-float"
          onClick={() => {
            order.catchUp()
            handle?.scrollTo(0)
          }}
        >
          <Icon of={ArrowUp} size={18} />
          {t().chats.reorder}
        </button>
      </Show>
      <div
        ref={(element) => {
          box = element
          setScrollBox(element)
        }}
        class="scroll-thin h-full overflow-y-auto overscroll-contain pb-4"
        onPointerDown={() => order.touched()}
        onPointerMove={() => order.touched()}
      >
        <Show when={scrollBox()}>
          <Virtualizer
            ref={(made) => (handle = made)}
            data={shownIds()}
            scrollRef={box}
            itemSize={ROW_PX}
            bufferSize={isDrawn() ? BUFFER_PX : 0}
            as="ul"
            item="li"
            onScroll={onScroll}
          >
            {(id) => (
              <Show when={chatOf(id)}>
                {(chat) => (
                  <Show when={desk.chat(id)} fallback={<GoneRow />}>
                    <ChatRow
                      chat={chat()}
                      isOpen={props.openId === id}
                      words={props.words}
                      choosing={props.choosing}
                      order={order.ids}
                    />
                  </Show>
                )}
              </Show>
            )}
          </Virtualizer>
        </Show>
      </div>
    </div>
  )
}

/** In the place of a chat that this person does not see any more, until the list may move. */
function GoneRow() {
  return <p class="flex min-h-[5.9rem] items-center border-b border-line px-[22px] text-small text-ink-3">{t().chats.gone}</p>
}

/** Rows to come, in their exact shape. */
export function ChatListSkeleton() {
  return (
    <div class="skeleton min-h-0 flex-1 overflow-hidden" aria-hidden="true">
      <For each={Array.from({ length: 8 })}>
        {() => (
          <div class="flex min-h-[5.9rem] gap-3 pt-3 pr-4 pl-[22px]">
            <span class="fold-bl size-12 flex-none rounded-button bg-sunk" />
            <span class="flex flex-1 flex-col gap-2.5 border-b border-line pt-1">
              <span class="h-4 w-2/5 rounded-chip bg-sunk" />
              <span class="h-3.5 w-4/5 rounded-chip bg-sunk" />
              <span class="h-3.5 w-1/2 rounded-chip bg-sunk" />
            </span>
          </div>
        )}
      </For>
    </div>
  )
}
