/** Parts of the inbox: its search field, and what stands where no chats are. */
import { useNavigate } from '@solidjs/router'
import ListChecks from 'lucide-solid/icons/list-checks'
import X from 'lucide-solid/icons/x'
import { For, Show } from 'solid-js'
import { useDesk } from '../../live/context.ts'
import type { Tray } from '../../live/order.rules.ts'
import { t } from '../../text/first.ts'
import { IconButton } from '../../ui/button.tsx'
import { FilterChip } from '../../ui/chip.tsx'
import { Empty } from '../../ui/empty.tsx'

/** Name, number or words, in place of the title. */
export function SearchField(props: { words: string; change: (words: string) => void; close: () => void }) {
  return (
    <div role="search" class="relative flex min-h-16 items-center gap-1 pr-2 pl-4">
      <input
        ref={(input) => queueMicrotask(() => input.focus())}
        type="search"
        class="field no-bar !min-h-11 flex-1 !py-2"
        aria-label={t().chats.searchField}
        placeholder={t().chats.searchField}
        enterkeyhint="search"
        autocomplete="off"
        value={props.words}
        onInput={(event) => props.change(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Escape' && props.close()}
      />
      <IconButton label={t().chats.searchClose} icon={X} onClick={() => props.close()} />
    </div>
  )
}

const TRAY_ORDER: readonly Tray[] = ['open', 'mine', 'unassigned', 'new', 'closed']

/** The trays with their counts, and the way to choose several chats (`several` null: not for this person). */
export function TrayBar(props: { tray: Tray; choose: (tray: Tray) => void; several: (() => void) | null }) {
  const { desk } = useDesk()
  return (
    <div class="flex items-start">
      <div role="group" aria-label={t().chats.filters} class="no-bar flex min-w-0 flex-1 gap-2 overflow-x-auto px-4 pb-1.5">
        <For each={TRAY_ORDER}>
          {(name) => (
            <FilterChip
              name={t().trays[name]}
              count={desk.counts()?.trays[name]}
              chosen={props.tray === name}
              choose={() => props.choose(name)}
            />
          )}
        </For>
      </div>
      <Show when={props.several}>
        {(begin) => <IconButton class="mr-2" label={t().chats.chooseSeveral} icon={ListChecks} onClick={() => begin()()} />}
      </Show>
    </div>
  )
}

/** An empty list: what that means, and where to go from here. */
export function Nothing(props: {
  inMessages: () => void
  isFiltered: boolean
  tray: Tray
  words: string | null
  busy: boolean
  choose: (tray: Tray) => void
}) {
  const navigate = useNavigate()
  const isAll = () => props.tray === 'open' && !props.isFiltered
  const emptyTitle = () => {
    if (props.isFiltered) return t().chats.emptyTray
    return props.tray === 'closed' ? t().chats.emptyClosed : isAll() ? t().chats.empty : t().chats.emptyTray
  }
  function seeAll() {
    props.choose('open')
    if (props.isFiltered) navigate('/chats')
  }
  return (
    <Show
      when={props.words}
      fallback={
        <Empty title={emptyTitle()} {...(isAll() ? { help: t().chats.emptyHelp } : {})}>
          <Show when={!isAll()}>
            <button type="button" class="button button-outlined" onClick={seeAll}>
              {t().chats.seeOpen}
            </button>
          </Show>
        </Empty>
      }
    >
      {(words) => (
        <Show
          when={!props.busy}
          fallback={
            <p role="status" class="p-6 text-center text-ink-3">
              {t().chats.searching}
            </p>
          }
        >
          <Empty title={t().chats.noResults(words().trim())} help={t().chats.noResultsHelp}>
            <button type="button" class="button button-outlined" onClick={() => props.inMessages()}>
              {t().chats.searchMessages}
            </button>
          </Empty>
        </Show>
      )}
    </Show>
  )
}
