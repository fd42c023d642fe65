import { A } from '@solidjs/router'
import Bookmark from 'lucide-solid/icons/bookmark'
import { For } from 'solid-js'
import { Icon } from '../../ui/icon.tsx'
import type { Views } from './create-views.ts'

/** The saved views, behind the trays: each a way to its filters. */
export function ViewChips(props: { views: Views }) {
  return (
    <For each={props.views.items()}>
      {(view) => (
        <A
          href={`/chats?${view.query}`}
          class="group flex min-h-11 flex-none items-center rounded-button"
          activeClass=""
          inactiveClass=""
        >
          <span class="flex min-h-9 items-center gap-1.5 rounded-button border-[1.5px] border-line bg-surface px-3.5 text-small text-ink-2">
            <Icon of={Bookmark} size={16} />
            {view.name}
          </span>
        </A>
      )}
    </For>
  )
}
