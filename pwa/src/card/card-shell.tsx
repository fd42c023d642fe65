import { useLocation, useNavigate } from '@solidjs/router'
import { createEffect, createMemo, createSignal, on, Show, Suspense } from 'solid-js'
import { call } from '../api/call.ts'
import * as api from '../api/endpoints.ts'
import { lazyPart } from '../lib/lazy-part.ts'
import { createAsked } from '../live/create-asked.ts'
import { useDesk } from '../live/context.ts'
import { hasPlayed } from '../player/has-played.ts'
import { ShellLines } from '../shell-lines.tsx'
import { portalCardText } from '../text/portal-card.ts'
import { t } from '../text/text.ts'
import { Badge } from '../ui/badge.tsx'
import { CardPage } from './card-page.tsx'

const ChatScreen = lazyPart(() => import('../screens/chat/chat-screen.tsx'))
const MiniPlayer = lazyPart(async () => ({ default: (await import('../player/mini-player.tsx')).MiniPlayer }))

/**
 * The app as a tab of a card in Bitrix24: the chat with this client, or the choice of one. It stands in the place of the whole
 * frame of the app, at the same addresses: a chat's is its own, every other one is the choice.
 */
export function CardShell() {
  const { desk, setShowing } = useDesk()
  const location = useLocation()
  const navigate = useNavigate()
  const ticket = document.documentElement.dataset['card'] ?? ''
  const chatId = () => /^\/chats\/([^/?]+)/.exec(location.pathname)?.[1] ?? null
  createEffect(on(chatId, (id) => setShowing({ tray: 'open', chatId: id })))

  const asked = createAsked(async () => {
    const at = desk.moment()
    const card = await call(api.readPortalCard, { ticket })
    await desk.pulled({ type: 'chats', items: card.numbers.flatMap(({ chats }) => chats), at })
    return card
  })
  /** Opened here since the card was read. */
  const [opened, setOpened] = createSignal<readonly string[]>([])
  const chats = createMemo(() => {
    const read = (asked.items()?.numbers ?? []).flatMap((number) => number.chats.map(({ id }) => id))
    return [...new Set([...read, ...opened()])].flatMap((id) => desk.chat(id) ?? [])
  })
  const unanswered = () => chats().reduce((sum, chat) => sum + chat.unanswered, 0)
  createEffect(on(unanswered, (count) => (document.title = count > 0 ? `(${count}) WhatsApp` : 'WhatsApp')))

  // One chat is what somebody came for; of several they choose. Once: afterwards they go where they want.
  let isFirst = true
  createEffect(() => {
    if (!asked.items() || !isFirst) return
    isFirst = false
    const [only, ...others] = chats()
    if (only && others.length === 0) navigate(`/chats/${only.id}`, { replace: true })
  })

  function open(id: string) {
    setOpened((before) => [...before, id])
    navigate(`/chats/${id}`)
  }

  return (
    <div class="flex h-full flex-col">
      <Suspense>
        <ShellLines />
        <Show when={hasPlayed()}>
          <MiniPlayer />
        </Show>
      </Suspense>
      <Show when={chatId()} fallback={<CardPage asked={asked} chats={chats()} opened={open} />}>
        <div class="flex min-h-11 flex-none items-center justify-between gap-2 border-b border-line bg-surface px-3 text-small">
          <Show when={unanswered() > 0} fallback={<span class="text-ink-2">{portalCardText().answered}</span>}>
            <span role="status" class="flex items-center gap-2 font-semibold">
              <Badge count={unanswered()} label="" />
              {t().chats.unanswered(unanswered())}
            </span>
          </Show>
          <a href="/chats" class="button button-quiet !min-h-11">
            {portalCardText().all}
          </a>
        </div>
        <div class="min-h-0 flex-1">
          <Suspense>
            <ChatScreen />
          </Suspense>
        </div>
      </Show>
    </div>
  )
}
