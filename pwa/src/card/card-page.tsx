import SquarePen from 'lucide-solid/icons/square-pen'
import { createSignal, For, Show } from 'solid-js'
import type { Chat } from '#contract/inbox.ts'
import type { Asked } from '../live/create-asked.ts'
import { useDesk } from '../live/context.ts'
import { LoadProblem } from '../load-problem.tsx'
import { ChatRow } from '../screens/chats/chat-row.tsx'
import { portalCardText } from '../text/portal-card.ts'
import { Busy, Button } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'
import type { Card } from './card.ts'
import { WriteFirst } from './write-first.tsx'

/** Which chat with the client of the card, or the first word to them. */
export function CardPage(props: { asked: Asked<Card>; chats: readonly Chat[]; opened: (chatId: string) => void }) {
  const { desk } = useDesk()
  const words = () => portalCardText()
  const [isWriting, setIsWriting] = createSignal(false)
  const mayWrite = () => desk.may('chats.open')
  return (
    <main class="scroll-thin h-full min-h-0 flex-1 overflow-y-auto">
      <LoadProblem of={props.asked} title={words().failed} />
      <Show when={props.asked.loading() && !props.asked.items()}>
        <p role="status" class="flex items-center gap-3 p-5 text-small text-ink-2">
          <Busy />
          {words().reading}
        </p>
      </Show>
      <Show when={props.asked.items()}>
        {(card) => (
          <div class="mx-auto max-w-180">
            <header class="flex flex-wrap items-center justify-between gap-2 px-5 pt-4 pb-2">
              <h1 class="min-w-0 truncate text-heading font-bold">{card().name ?? words().title}</h1>
              <Show when={mayWrite() && props.chats.length > 0}>
                <Button kind="outlined" icon={SquarePen} onClick={() => setIsWriting(true)}>
                  {words().writeFirst}
                </Button>
              </Show>
            </header>
            <Show
              when={props.chats.length > 0}
              fallback={
                <Empty
                  title={card().numbers.length > 0 ? words().noChats : words().noNumbers}
                  help={mayWrite() ? (card().numbers.length > 0 ? '' : words().noNumbersHelp) : words().mayNot}
                >
                  <Show when={mayWrite()}>
                    <Button kind="primary" icon={SquarePen} onClick={() => setIsWriting(true)}>
                      {words().writeFirst}
                    </Button>
                  </Show>
                </Empty>
              }
            >
              <ul aria-label={words().choose}>
                <For each={props.chats}>
                  {(chat) => (
                    <li>
                      <ChatRow chat={chat} isOpen={false} words="" choosing={null} order={() => []} />
                    </li>
                  )}
                </For>
              </ul>
            </Show>
            <Show when={isWriting()}>
              <WriteFirst card={card()} close={() => setIsWriting(false)} opened={props.opened} />
            </Show>
          </div>
        )}
      </Show>
    </main>
  )
}
