import { useParams, type RouteSectionProps } from '@solidjs/router'
import { createEffect, createSignal, on, onCleanup, Show } from 'solid-js'
import { createMediaQuery, TABLET } from '../../lib/create-media-query.ts'
import { createTurn, isStart } from '../../lib/create-turn.ts'
import { useDesk } from '../../live/context.ts'
import type { Tray } from '../../live/order.rules.ts'
import { t } from '../../text/first.ts'
import { Empty } from '../../ui/empty.tsx'
import { Inbox } from './inbox.tsx'

const STORED = 'tray'
const LIST_UNDER_CHAT_MS = 1_000
const TRAY_NAMES: readonly Tray[] = ['open', 'mine', 'unassigned', 'new', 'closed']

/** The inbox, and beside it (tablet) or over it (phone) the chat that is open. */
export function ChatsScreen(props: RouteSectionProps) {
  const params = useParams<{ chatId?: string }>()
  const { setShowing, sync } = useDesk()
  const isWide = createMediaQuery(TABLET)
  const [tray, setTray] = createSignal<Tray>(TRAY_NAMES.find((name) => name === localStorage.getItem(STORED)) ?? 'open')
  const chatId = () => params.chatId ?? null
  const isCovered = () => chatId() !== null && !isWide()
  const isTurn = createTurn()

  /** The tray that is chosen already is asked for again: what a pull on its list does, with a tap. */
  function choose(name: Tray) {
    if (name === tray()) sync().catch(() => undefined)
    else setTray(name)
  }

  // In a task of its own, after the frame around it. Under a chat that was opened by its address nobody sees the list: the chat first.
  const [isListed, setIsListed] = createSignal(false)
  createEffect(() => {
    const listing = setTimeout(() => setIsListed(true), isCovered() ? LIST_UNDER_CHAT_MS : 0)
    onCleanup(() => clearTimeout(listing))
  })

  createEffect(on([tray, chatId], ([name, id]) => setShowing({ tray: name, chatId: id })))
  // Back in the list on a phone: the row that was open has the focus again.
  createEffect(
    on(chatId, (id, before) => {
      if (id || !before) return
      document.querySelector<HTMLElement>(`a[href^="/chats/${before}"]`)?.focus({ preventScroll: true })
    }),
  )
  createEffect(on(tray, (name) => localStorage.setItem(STORED, name), { defer: true }))

  return (
    <div class="flex h-full">
      <div
        // One main per view: the thread's, where there is one.
        role={chatId() ? 'region' : isWide() ? 'region' : 'main'}
        aria-label={t().chats.list}
        class="flex h-full min-w-0 flex-col max-tablet:w-full tablet:w-93 tablet:flex-none tablet:border-r tablet:border-line"
        classList={{ 'max-tablet:invisible max-tablet:absolute max-tablet:inset-0': isCovered() }}
        inert={isCovered()}
      >
        <Show when={isListed()} fallback={!isCovered() && <i class="skeleton" />}>
          <Inbox tray={tray()} choose={choose} openId={chatId()} />
        </Show>
      </div>
      <Show when={isWide() || chatId()}>
        {/* What the app starts with was there before (src/still.ts), or comes from nowhere. */}
        <div class="h-full min-w-0 flex-1" classList={{ 'slides-in': !isStart() }}>
          <Show
            when={chatId()}
            fallback={
              <main class="flex h-full items-center justify-center">
                <Empty title={t().chats.choose} help={t().chats.chooseHelp} />
              </main>
            }
          >
            <Show when={isTurn()} fallback={<i class="skeleton" />}>
              {props.children}
            </Show>
          </Show>
        </div>
      </Show>
    </div>
  )
}
