import { A } from '@solidjs/router'
import { createSignal, For, Show } from 'solid-js'
import type { Dashboard } from '#contract/dashboard.ts'
import { ChatDragPanel } from '../../chat-drag-panel.tsx'
import { createChatsWork } from '../../chats-work.ts'
import { createChatDrag } from '../../create-chat-drag.ts'
import { LeftOut } from '../../left-out.tsx'
import { minuteNow } from '../../lib/clock.ts'
import { createPressDrag } from '../../lib/create-press-drag.ts'
import { waitOf } from '../../lib/wait.rules.ts'
import { useDesk } from '../../live/context.ts'
import { ago } from '../../text/format.ts'
import { overview } from '../../text/overview.ts'
import { Button } from '../../ui/button.tsx'
import { targetOfThread } from './thread-target.ts'
import { ReassignSheet } from './reassign-sheet.tsx'

/** One thread a waiting chat, grouped by who has it: nobody first, then who has most of them. */
export function Loom(props: { day: Dashboard; again: () => void }) {
  const { desk } = useDesk()
  const groups = () => [
    { id: 'none', personId: null, name: overview().unassigned, ...props.day.unassigned },
    ...props.day.agents.map((agent) => ({ ...agent, personId: agent.id })),
  ]
  // As it was when it was opened: figures that come meanwhile must not take a choice away.
  const [open, setOpen] = createSignal<ReturnType<typeof groups>[number] | null>(null)
  const work = createChatsWork(() => {
    setOpen(null)
    props.again()
  })
  const drag = createChatDrag((targets, personId, name) => void work.assign(targets, personId, name))
  const press = createPressDrag({
    idOf: (element) => element.closest<HTMLElement>('[data-chat]')?.dataset['chat'] ?? null,
    held: () => undefined,
    mayDrag: drag.isAllowed,
    began: (id, at) => drag.begin(props.day.loom.filter(({ chatId }) => chatId === id).map(targetOfThread), at),
    moved: drag.move,
    ended: drag.end,
  })
  const threadsOf = (id: string) => props.day.loom.filter((chat) => (chat.assigneeId ?? 'none') === id)
  return (
    <section ref={press} class="rounded-card border border-line bg-surface p-4">
      <h2 class="text-heading font-bold">{overview().loom}</h2>
      <p class="text-meta text-ink-3">{drag.isAllowed() ? overview().loomHelpDrag : overview().loomHelp}</p>
      <ul class="mt-3 grid grid-cols-1 gap-4">
        <For each={groups()}>
          {(group) => (
            <li>
              <div class="flex items-center gap-2">
                <A
                  href={`/chats?assignee=${group.id}`}
                  class="flex min-h-11 min-w-0 flex-1 flex-col justify-center tablet:flex-row tablet:items-center tablet:justify-between tablet:gap-3"
                >
                  <span class="min-w-0 truncate font-semibold">{group.name}</span>
                  <span class="text-meta text-ink-2 tablet:flex-none">{overview().load(group.openChats, group.waiting)}</span>
                </A>
                <Show when={desk.may('chats.assign') && threadsOf(group.id).length > 0}>
                  <Button kind="quiet" class="!text-anil" onClick={() => setOpen(group)}>
                    {overview().reassign}
                  </Button>
                </Show>
              </div>
              <Threads chats={threadsOf(group.id)} />
            </li>
          )}
        </For>
      </ul>
      <Show when={open()} keyed>
        {(group) => (
          <ReassignSheet
            name={group.name}
            holder={group.personId}
            chats={threadsOf(group.id)}
            work={work}
            close={() => setOpen(null)}
          />
        )}
      </Show>
      <LeftOut work={work} />
      <ChatDragPanel drag={drag} />
    </section>
  )
}

function Threads(props: { chats: Dashboard['loom'] }) {
  return (
    <Show when={props.chats.length > 0}>
      <ul class="no-bar flex h-16 items-end overflow-x-auto">
        <For each={props.chats}>
          {(chat) => {
            const wait = () => waitOf(Date.parse(chat.since), false, minuteNow())
            const label = () => `${chat.name ?? ''}, ${ago(chat.since, minuteNow())}`
            return (
              <li class="flex-none">
                <A
                  href={`/chats/${chat.chatId}`}
                  data-chat={chat.chatId}
                  aria-label={label()}
                  title={label()}
                  class="flex h-16 w-11 select-none items-end [-webkit-touch-callout:none] justify-center"
                >
                  <span
                    aria-hidden="true"
                    class={`weave dye-${wait().stage} w-1.5 rounded-full`}
                    style={{ height: `${wait().length * 100}%` }}
                  />
                </A>
              </li>
            )
          }}
        </For>
      </ul>
    </Show>
  )
}
