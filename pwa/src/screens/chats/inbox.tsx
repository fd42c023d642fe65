import { useLocation, useNavigate } from '@solidjs/router'
import Search from 'lucide-solid/icons/search'
import SlidersHorizontal from 'lucide-solid/icons/sliders-horizontal'
import SquarePen from 'lucide-solid/icons/square-pen'
import X from 'lucide-solid/icons/x'
import { createEffect, createMemo, createSignal, For, on, Show, Suspense } from 'solid-js'
import { ConnectionLine } from '../../connection-line.tsx'
import { useDesk } from '../../live/context.ts'
import type { Tray } from '../../live/order.rules.ts'
import { problemText, t } from '../../text/text.ts'
import { IconButton } from '../../ui/button.tsx'
import { FilterChip } from '../../ui/chip.tsx'
import { Empty, ErrorCard } from '../../ui/empty.tsx'
import { ChatList, ChatListSkeleton } from './chat-list.tsx'
import { createFiltered } from './create-filtered.ts'
import { createSearch } from './create-search.ts'
import { filtersOf, queryOf } from './filters.rules.ts'
import { createViews } from './create-views.ts'
import { LazyFilterBar, LazyFilterSheet } from './lazy-filters.ts'
import { NewChat } from './new-chat.tsx'
import { ViewChips } from './view-chips.tsx'

const TRAY_ORDER: readonly Tray[] = ['open', 'mine', 'unassigned', 'new', 'closed']

/** Title, search, trays with their counts, and the conversations. */
export function Inbox(props: { tray: Tray; choose: (tray: Tray) => void; openId: string | null }) {
  const running = useDesk()
  const { desk, trays, connection } = running
  const location = useLocation()
  const query = createMemo(() => queryOf(filtersOf(location.search)))
  const filtered = createFiltered(running, query)
  const navigate = useNavigate()
  const [isSearching, setIsSearching] = createSignal(false)
  const views = createViews()
  const [isFiltering, setIsFiltering] = createSignal(false)
  const [isAdding, setIsAdding] = createSignal(false)
  const [words, setWords] = createSignal('')
  const search = createSearch(desk, words)
  const isSearched = () => isSearching() && words().trim() !== ''
  const tray = createMemo(() => trays.list(props.tray))
  const reach = () => trays.reach(props.tray)
  const list = () => (isSearched() ? search.results() : query() ? filtered.list() : tray())
  const listKey = () => (isSearched() ? `q:${words()}` : query() || props.tray)
  const isFresh = () => (query() ? filtered.isFresh() : reach().fresh)
  const isWaiting = () => !isSearched() && list().length === 0 && !isFresh() && !(query() ? filtered.problem() : reach().problem)

  // Read at start, for each tray that is opened, and again when the stream comes back or everything was read anew.
  const need = createMemo(() => `${props.tray} ${connection().phase === 'open'} ${reach().fresh}`)
  createEffect(
    on(need, () => {
      if (!reach().fresh && !reach().loading) void trays.refresh(props.tray)
    }),
  )

  function closeSearch() {
    setIsSearching(false)
    setWords('')
  }

  return (
    <>
      <div class="flex-none pt-[env(safe-area-inset-top)]">
        <Show
          when={isSearching()}
          fallback={
            <div class="flex min-h-16 items-center gap-1 pr-2 pl-4">
              <h1 class="min-w-0 flex-1 truncate text-title font-bold tracking-[-0.02em]">
                {props.tray === 'closed' ? t().chats.titleClosed : t().chats.title}
              </h1>
              <IconButton label={t().chats.search} icon={Search} onClick={() => setIsSearching(true)} />
              <IconButton label={t().chats.chooseFilters} icon={SlidersHorizontal} onClick={() => setIsFiltering(true)} />
              <Show when={desk.may('chats.open')}>
                <IconButton label={t().chats.newChat} icon={SquarePen} onClick={() => setIsAdding(true)} />
              </Show>
            </div>
          }
        >
          <SearchField words={words()} change={setWords} close={closeSearch} />
        </Show>
        <Show when={!isSearched() && query()}>
          <Suspense>
            <LazyFilterBar query={query()} views={views} />
          </Suspense>
        </Show>
        <Show when={!isSearched() && !query()}>
          <div role="group" aria-label={t().chats.filters} class="no-bar flex gap-2 overflow-x-auto px-4 pb-1.5">
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
            <ViewChips views={views} />
          </div>
        </Show>
        <ConnectionLine />
      </div>
      <Show when={isSearched() ? search.problem() : query() && filtered.problem()}>
        <p role="status" class="bg-maiz-tint px-4 py-1 text-center text-meta">
          {t().chats.searchOffline}
        </p>
      </Show>
      <Show when={!isSearched() && !query() && reach().problem && (connection().phase === 'open' || list().length === 0)}>
        <TrayProblem tray={props.tray} isEmpty={list().length === 0} />
      </Show>
      <Show when={!isWaiting()} fallback={<ChatListSkeleton />}>
        <Show
          when={list().length > 0}
          fallback={
            // What could not be read is not empty.
            <Show when={isSearched() || isFresh()}>
              <Nothing
                isFiltered={query() !== ''}
                tray={props.tray}
                words={isSearched() ? words() : null}
                busy={search.busy()}
                choose={props.choose}
              />
            </Show>
          }
        >
          <ChatList
            chats={list()}
            listKey={listKey()}
            openId={props.openId}
            words={isSearched() ? words() : ''}
            more={() => !isSearched() && (query() ? filtered.more() : void trays.more(props.tray))}
          />
        </Show>
      </Show>
      <Show when={isFiltering()}>
        <Suspense>
          <LazyFilterSheet query={query()} close={() => setIsFiltering(false)} />
        </Suspense>
      </Show>
      <Show when={isAdding()}>
        <NewChat
          close={() => setIsAdding(false)}
          opened={(id) => {
            setIsAdding(false)
            navigate(`/chats/${id}`)
          }}
        />
      </Show>
    </>
  )
}

function SearchField(props: { words: string; change: (words: string) => void; close: () => void }) {
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

function TrayProblem(props: { tray: Tray; isEmpty: boolean }) {
  const { trays } = useDesk()
  const problem = () => trays.reach(props.tray).problem
  return (
    <Show when={problem()}>
      {(found) => (
        <ErrorCard
          title={t().chats.loadFailed}
          help={[problemText(found().code).cause, props.isEmpty ? '' : t().chats.loadFailedCached].join(' ')}
          reference={found().traceId && t().app.reference(found().traceId ?? '')}
          action={{ name: t().app.retry, run: () => void trays.refresh(props.tray) }}
        />
      )}
    </Show>
  )
}

function Nothing(props: { isFiltered: boolean; tray: Tray; words: string | null; busy: boolean; choose: (tray: Tray) => void }) {
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
          <Empty title={t().chats.noResults(words().trim())} help={t().chats.noResultsHelp} />
        </Show>
      )}
    </Show>
  )
}
