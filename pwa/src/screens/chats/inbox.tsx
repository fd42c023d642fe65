import { useLocation, useNavigate } from '@solidjs/router'
import Search from 'lucide-solid/icons/search'
import SlidersHorizontal from 'lucide-solid/icons/sliders-horizontal'
import SquarePen from 'lucide-solid/icons/square-pen'
import { createEffect, createMemo, createSignal, For, on, onCleanup, Show, Suspense } from 'solid-js'
import { ConnectionLine } from '../../connection-line.tsx'
import { useDesk } from '../../live/context.ts'
import type { Tray } from '../../live/order.rules.ts'
import { t } from '../../text/first.ts'
import { MentionsDoor } from './mentions-door.tsx'
import { IconButton } from '../../ui/button.tsx'
import { Segment } from '../../ui/chip.tsx'
import { ChatList, ChatListSkeleton } from './chat-list.tsx'
import { createChoosing } from './create-choosing.ts'
import { createFiltered } from './create-filtered.ts'
import { createSearch } from './create-search.ts'
import { filtersOf, queryOf } from './filters.rules.ts'
import { createViews } from './create-views.ts'
import { createHandsLater, LazyChooseBar, LazyChooseHead, LazyDragPanel, LazyLeftOut } from './lazy-choosing.ts'
import {
  LazyFilterBar,
  LazyFilterSheet,
  LazyFoundMessages,
  LazyNewChat,
  LazySearchWithin,
  LazyTrayProblem,
} from './lazy-parts.ts'
import { Nothing, SearchField, TrayBar } from './inbox-parts.tsx'
import { ViewChips } from './view-chips.tsx'

/** Title, search, trays with their counts, and the conversations. */
export function Inbox(props: { tray: Tray; choose: (tray: Tray) => void; openId: string | null }) {
  const running = useDesk()
  const { desk, trays, phase } = running
  const location = useLocation()
  const query = createMemo(() => queryOf(filtersOf(location.search)))
  const filtered = createFiltered(running, query)
  const navigate = useNavigate()
  const [isSearching, setIsSearching] = createSignal(false)
  const views = createViews()
  const [isFiltering, setIsFiltering] = createSignal(false)
  const [isAdding, setIsAdding] = createSignal(false)
  const [words, setWords] = createSignal('')
  const search = createSearch(desk, words, query)
  const isSearched = () => isSearching() && words().trim() !== ''
  const label = createMemo(() => filtersOf(query()).label)
  const hasMessages = () => isSearched() || label() !== undefined
  const [place, setPlace] = createSignal<'chats' | 'messages'>('chats')
  const isInMessages = () => hasMessages() && place() === 'messages'
  const tray = createMemo(() => trays.list(props.tray))
  const reach = () => trays.reach(props.tray)
  const list = () => (isSearched() ? search.results() : query() ? filtered.list() : tray())
  const listKey = () => (isSearched() ? `q:${words()}?${query()}` : query() || props.tray)
  const isFresh = () => (query() ? filtered.isFresh() : reach().fresh)
  const isWaiting = () => !isSearched() && list().length === 0 && !isFresh() && !(query() ? filtered.problem() : reach().problem)

  // Read at start, for each tray that is opened, and again when the stream comes back or everything was read anew.
  const need = createMemo(() => `${props.tray} ${phase() === 'open'} ${reach().fresh}`)
  createEffect(
    on(need, () => {
      if (!reach().fresh && !reach().loading) void trays.refresh(props.tray)
    }),
  )

  // A chip or a view was touched: its list is what is wanted now. Words that are being searched for stay, in fewer filters.
  createEffect(on(query, () => isSearched() || closeSearch(), { defer: true }))

  const choosing = createChoosing(desk)
  const mayChoose = () => desk.may('chats.assign') || desk.may('labels.use') || desk.may('chats.close')
  const several = () => (mayChoose() ? () => choosing.begin() : null)
  const hands = createHandsLater(choosing, mayChoose)
  // Another list: what was chosen is not on the screen any more.
  createEffect(on([listKey, isInMessages], choosing.end, { defer: true }))

  createEffect(() => {
    if (!choosing.isOn()) return
    const leave = (event: KeyboardEvent) => event.key === 'Escape' && !document.querySelector('dialog[open]') && choosing.end()
    window.addEventListener('keydown', leave)
    onCleanup(() => window.removeEventListener('keydown', leave))
  })

  // The home screen's shortcut for a new chat leads here.
  createEffect(() => {
    if (!new URLSearchParams(location.search).has('new')) return
    navigate('/chats', { replace: true })
    setIsAdding(desk.may('chats.open'))
  })

  function closeSearch() {
    setPlace('chats')
    setIsSearching(false)
    setWords('')
  }

  return (
    <>
      <div class="flex-none pt-[env(safe-area-inset-top)]">
        <Show when={choosing.isOn()}>
          <Suspense fallback={<div class="min-h-16" />}>
            <LazyChooseHead choosing={choosing} order={list().map(({ id }) => id)} />
          </Suspense>
        </Show>
        <Show
          when={isSearching() || choosing.isOn()}
          fallback={
            <div class="flex min-h-16 flex-wrap items-center gap-x-1 pr-2 pl-4">
              <h1 class="min-w-min flex-1 text-title font-bold tracking-[-0.02em] max-[379px]:text-[1.5rem]">
                {props.tray === 'closed' ? t().chats.titleClosed : t().chats.title}
              </h1>
              <div class="ml-auto flex items-center gap-1">
                <MentionsDoor />
                <IconButton data-command="search" label={t().chats.search} icon={Search} onClick={() => setIsSearching(true)} />
                <IconButton label={t().chats.chooseFilters} icon={SlidersHorizontal} onClick={() => setIsFiltering(true)} />
                <Show when={desk.may('chats.open')}>
                  <IconButton label={t().chats.newChat} icon={SquarePen} onClick={() => setIsAdding(true)} />
                </Show>
              </div>
            </div>
          }
        >
          <Show when={!choosing.isOn()}>
            <SearchField words={words()} change={setWords} close={closeSearch} />
          </Show>
        </Show>
        {/* What chooses another list rests while one chooses in this one, and keeps its place: no row moves. */}
        <div inert={choosing.isOn()} classList={{ 'opacity-50': choosing.isOn() }}>
          <Show when={query()}>
            <Suspense>
              <LazyFilterBar query={query()} views={views} several={several()} />
            </Suspense>
          </Show>
          <Show when={isSearched() && query()}>
            <Suspense>
              <LazySearchWithin everywhere={() => navigate('/chats')} />
            </Suspense>
          </Show>
          <Show when={!isSearched() && !query()}>
            <TrayBar tray={props.tray} choose={props.choose} several={several()} />
          </Show>
          <Show when={!isSearched()}>
            <ViewChips views={views} query={query()} />
          </Show>
          <Show when={hasMessages()}>
            <div role="group" aria-label={t().chats.whereToSearch} class="flex gap-1 px-4 pb-1.5">
              <For each={['chats', 'messages'] as const}>
                {(name) => (
                  <Segment chosen={place() === name} choose={() => setPlace(name)}>
                    {name === 'chats' ? t().chats.inChats : t().chats.inMessages}
                  </Segment>
                )}
              </For>
            </div>
          </Show>
        </div>
        <ConnectionLine />
      </div>
      <Show when={isInMessages()}>
        <Suspense fallback={<ChatListSkeleton />}>
          <LazyFoundMessages words={isSearched() ? words() : ''} within={query()} query={isSearched() ? '' : query()} />
        </Suspense>
      </Show>
      <Show when={!isInMessages() && (isSearched() ? search.problem() : query() && filtered.problem())}>
        <p role="status" class="bg-maiz-tint px-4 py-1 text-center text-meta">
          {t().chats.searchOffline}
        </p>
      </Show>
      <Show when={!isSearched() && !query() && reach().problem && (phase() === 'open' || list().length === 0)}>
        <Suspense>
          <LazyTrayProblem tray={props.tray} isEmpty={list().length === 0} />
        </Suspense>
      </Show>
      <Show when={!isInMessages()}>
        <Show when={!isWaiting()} fallback={<ChatListSkeleton />}>
          <Show
            when={list().length > 0}
            fallback={
              // What could not be read is not empty.
              <Show when={isSearched() || isFresh()}>
                <Nothing
                  inMessages={() => setPlace('messages')}
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
              choosing={mayChoose() ? choosing : null}
              hands={hands()}
              more={() => !isSearched() && (query() ? filtered.more() : void trays.more(props.tray))}
            />
          </Show>
        </Show>
      </Show>
      <Show when={choosing.isOn()}>
        <Suspense fallback={<div class="min-h-15 flex-none border-t border-line bg-surface" />}>
          <Show when={hands()}>{(has) => <LazyChooseBar choosing={choosing} work={has().work} />}</Show>
        </Suspense>
      </Show>
      <Suspense>
        <Show when={hands()}>
          {(has) => (
            <>
              <Show when={has().work.left().length > 0}>
                <LazyLeftOut work={has().work} />
              </Show>
              <Show when={has().drag.now()}>
                <LazyDragPanel drag={has().drag} />
              </Show>
            </>
          )}
        </Show>
      </Suspense>
      <Show when={isFiltering()}>
        <Suspense>
          <LazyFilterSheet query={query()} close={() => setIsFiltering(false)} />
        </Suspense>
      </Show>
      <Show when={isAdding()}>
        <Suspense>
          <LazyNewChat
            close={() => setIsAdding(false)}
            opened={(id) => {
              setIsAdding(false)
              navigate(`/chats/${id}`)
            }}
          />
        </Suspense>
      </Show>
    </>
  )
}
