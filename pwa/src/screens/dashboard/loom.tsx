import { A } from '@solidjs/router'
import { For, Show } from 'solid-js'
import type { Dashboard } from '#contract/dashboard.ts'
import { minuteNow } from '../../lib/clock.ts'
import { waitOf } from '../../lib/wait.rules.ts'
import { ago } from '../../text/format.ts'
import { overview } from '../../text/overview.ts'

/** One thread a waiting chat, grouped by who has it: nobody first, then who has most of them. */
export function Loom(props: { day: Dashboard }) {
  const groups = () => [{ id: 'none', name: overview().unassigned, ...props.day.unassigned }, ...props.day.agents]
  return (
    <section class="rounded-card border border-line bg-surface p-4">
      <h2 class="text-heading font-bold">{overview().loom}</h2>
      <p class="text-meta text-ink-3">{overview().loomHelp}</p>
      <ul class="mt-3 grid gap-4">
        <For each={groups()}>
          {(group) => (
            <li>
              <A href={`/chats?assignee=${group.id}`} class="flex min-h-11 items-center justify-between gap-3">
                <span class="font-semibold">{group.name}</span>
                <span class="text-meta text-ink-2">{overview().load(group.openChats, group.waiting)}</span>
              </A>
              <Threads chats={props.day.loom.filter((chat) => (chat.assigneeId ?? 'none') === group.id)} />
            </li>
          )}
        </For>
      </ul>
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
                  aria-label={label()}
                  title={label()}
                  class="flex h-16 w-11 items-end justify-center"
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
