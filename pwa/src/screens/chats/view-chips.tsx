import { A } from '@solidjs/router'
import Bookmark from 'lucide-solid/icons/bookmark'
import Users from 'lucide-solid/icons/users'
import { For, Show } from 'solid-js'
import { t } from '../../text/first.ts'
import { Icon } from '../../ui/icon.tsx'
import type { Views } from './create-views.ts'

/** The saved views, under the trays: each a way to its filters. The one that holds is inverted; a second tap leaves it. */
export function ViewChips(props: { views: Views; query: string }) {
  const isChosen = (query: string) => query === props.query
  return (
    <Show when={props.views.items().length > 0}>
      <nav aria-label={t().chats.views} class="no-bar flex gap-2 overflow-x-auto px-4 pb-1.5">
        <For each={props.views.items()}>
          {(view) => (
            <A
              href={isChosen(view.query) ? '/chats' : `/chats?${view.query}`}
              aria-current={isChosen(view.query) ? 'true' : undefined}
              aria-label={view.shared ? t().chats.viewOfCompany(view.name) : undefined}
              class="flex min-h-11 flex-none items-center rounded-button"
            >
              <span
                class="flex min-h-9 items-center gap-1.5 rounded-button border-[1.5px] px-3.5 text-small"
                classList={{
                  'border-ink bg-ink text-paper': isChosen(view.query),
                  'border-line bg-surface text-ink-2': !isChosen(view.query),
                }}
              >
                <Icon of={view.shared ? Users : Bookmark} size={16} />
                {view.name}
              </span>
            </A>
          )}
        </For>
      </nav>
    </Show>
  )
}
