import { A } from '@solidjs/router'
import { For, Show } from 'solid-js'
import type { Dashboard } from '#contract/dashboard.ts'
import { minuteNow } from '../../lib/clock.ts'
import { ago } from '../../text/format.ts'
import { overview } from '../../text/overview.ts'

/** The day's figures, each of which opens the list that it counts. */
export function Figures(props: { day: Dashboard }) {
  const figures = () => {
    const { waiting, trays, unassigned, messages } = props.day
    const words = overview()
    const oldest = (since: string | null) => (since ? words.oldest(ago(since, minuteNow())) : words.nobodyWaits)
    return [
      { name: words.waitingNow, count: waiting.chats, query: 'waiting=yes', help: oldest(waiting.since) },
      { name: words.unassigned, count: unassigned.openChats, query: 'assignee=none', help: oldest(unassigned.since) },
      { name: words.pending, count: trays.pending, query: 'state=new,pending' },
      { name: words.inProcess, count: trays.inProcess, query: 'state=waiting' },
      { name: words.resolved, count: trays.resolved, query: 'state=closed&closed=today' },
      { name: words.sent, count: messages.sent, query: 'messages=sent', help: words.received(messages.received) },
      { name: words.undelivered, count: messages.undelivered, query: 'messages=undelivered' },
      { name: words.failed, count: messages.failed, query: 'messages=failed' },
      { name: words.unconfirmed, count: messages.unconfirmed, query: 'messages=unconfirmed' },
    ]
  }
  return (
    <ul class="grid grid-cols-[repeat(auto-fit,minmax(min(9rem,100%),1fr))] gap-3 tablet:grid-cols-3">
      <For each={figures()}>
        {(figure) => (
          <li class="max-tablet:last:odd:col-span-full">
            <A href={`/chats?${figure.query}`} class="fold-bl block h-full rounded-card border border-line bg-surface p-4">
              <span class="nums block font-display text-title font-bold">{figure.count}</span>
              <span class="block text-small">{figure.name}</span>
              <Show when={figure.help}>{(help) => <span class="mt-1 block text-meta text-ink-3">{help()}</span>}</Show>
            </A>
          </li>
        )}
      </For>
    </ul>
  )
}
