import { useLocation, useNavigate, useParams, useSearchParams } from '@solidjs/router'
import { createEffect, on, onMount, Show, Suspense } from 'solid-js'
import { createTurn } from '../../lib/create-turn.ts'
import { InTurn } from '../../lib/in-turn.tsx'
import { lazyPart } from '../../lib/lazy-part.ts'
import type { ApiProblem } from '../../api/problem.rules.ts'
import { chatName } from '../../text/chat-name.ts'
import { loadHandsText } from '../../text/hands.ts'
import { loadLabelsText } from '../../text/labels.ts'
import { problemText, sentenceOf, t } from '../../text/text.ts'
import { Empty, ErrorCard } from '../../ui/empty.tsx'
import { ChatHeader } from './chat-header.tsx'
import { Composer } from './composer.tsx'
import { createAnnouncer } from './create-announcer.ts'
import { createConversation } from './create-conversation.ts'
import { createHands } from './create-hands.ts'
import type { Line } from './create-rows.ts'
import { MessageList } from './message-list.tsx'
import { ThreadMark, ThreadRow } from './thread-row.tsx'
import { ThreadSkeleton } from './thread-skeleton.tsx'

/** Comes when somebody asks what became of a message. */
const DetailsSheet = lazyPart(async () => ({ default: (await import('./details-sheet.tsx')).DetailsSheet }))
/** Comes with the first picture that somebody looks at. */
const Lightbox = lazyPart(async () => ({ default: (await import('./lightbox.tsx')).Lightbox }))

/** What hands do with messages comes when the chat is on the screen: nobody acts on a message before having seen it. */
const HandsLayer = lazyPart(async () => {
  const [part] = await Promise.all([import('./hands/hands.tsx'), loadHandsText(), loadLabelsText()])
  return { default: part.HandsLayer }
})
const Jumps = lazyPart(async () => {
  const [part] = await Promise.all([import('./hands/jumps.tsx'), loadHandsText()])
  return { default: part.Jumps }
})
const SearchBar = lazyPart(async () => {
  const [bar] = await Promise.all([import('./hands/search-bar.tsx'), loadHandsText()])
  return { default: bar.SearchBar }
})
const PickHead = lazyPart(async () => {
  const [part] = await Promise.all([import('./hands/pick-bar.tsx'), loadHandsText()])
  return { default: part.PickHead }
})

type Search = { shared?: string; message?: string; details?: string; photo?: string }

/** One conversation. Another chat is another screen: nothing of the one before is left in it. */
export default function ChatScreen() {
  const params = useParams<{ chatId: string }>()
  const [search] = useSearchParams<Search>()
  return (
    <Show when={params.chatId} keyed>
      {(chatId) => <Conversation chatId={chatId} startAt={search.message} />}
    </Show>
  )
}

function Conversation(props: { chatId: string; startAt: string | undefined }) {
  // oxlint-disable-next-line solid/reactivity -- the screen is made anew for each chat: these never change in it
  const talk = createConversation(props.chatId, props.startAt)
  const announced = createAnnouncer(() => props.chatId)
  const hands = createHands()
  const isTurn = createTurn()
  const order = () => talk.shown().flatMap(({ message }) => (message.kind === 'system' ? [] : [message.id]))
  const navigate = useNavigate()
  const location = useLocation<{ walks?: boolean }>()
  const [search, setSearch] = useSearchParams<Search>()

  // Beside a list of found messages one goes from one to the next in the same chat.
  createEffect(
    on(
      () => search.message,
      (id) => void (id && talk.jumpTo(id)),
      { defer: true },
    ),
  )

  let main!: HTMLElement
  // With a keyboard one writes at once; on a phone that would open it over what is to be read.
  onMount(() => {
    // Who walks through the list with keys goes on walking.
    const isWalking = location.state?.walks === true
    const area =
      matchMedia('(pointer: fine)').matches && !isWalking ? main.querySelector<HTMLElement>('[data-composer]:enabled') : null
    ;(area ?? main).focus({ preventScroll: true })
  })

  /** Sheets live in the address, so that Back closes them. */
  function hide(what: 'details' | 'photo') {
    if (history.length > 1 && search[what]) navigate(-1)
    else setSearch({ [what]: undefined }, { replace: true })
  }

  return (
    <main ref={main} tabindex="-1" class="relative flex h-full min-w-0 flex-col outline-none">
      <Show when={talk.chat()} fallback={<NoChat problem={talk.problem()} retry={() => void talk.open()} />}>
        {(chat) => (
          <>
            <Show when={hands.picked()}>
              <Suspense fallback={<div class="min-h-15 flex-none border-b border-line bg-surface" />}>
                <PickHead hands={hands} />
              </Suspense>
            </Show>
            {/* What is written or recorded below goes on while one chooses. */}
            <div class="contents" classList={{ '!hidden': hands.picked() !== null }}>
              <ChatHeader chat={chat()} search={() => hands.setIsSearching(true)} />
            </div>
            <Show when={hands.isSearching() && !hands.picked()}>
              <Suspense>
                <SearchBar chatId={props.chatId} talk={talk} box={main} close={() => hands.setIsSearching(false)} />
              </Suspense>
            </Show>
            <Show when={talk.toldProblem()}>
              {(told) => <ReadProblem problem={told()} hasStored={talk.shown().length > 0} retry={() => void talk.open()} />}
            </Show>
            <EdgeProblem edge={talk.edgeProblem()} retry={talk.retryEdge} />
            <Show
              when={isTurn() && (talk.span() || talk.isAsked())}
              fallback={isTurn() ? <ThreadSkeleton /> : <div class="skeleton flex-1" />}
            >
              <Show when={talk.view().rows.length > 0} fallback={<NoMessages isSilent={talk.problem() !== null} />}>
                <MessageList
                  view={talk.view}
                  label={t().chat.messages}
                  isPast={talk.isPast()}
                  fresh={talk.fresh()}
                  older={() => void talk.page('older')}
                  newer={() => void talk.page('newer')}
                  toEnd={talk.toEnd}
                  reachedEnd={talk.reachedEnd}
                  scrolled={talk.scrolled}
                  over={
                    <Show when={talk.trail().length > 0 || talk.unreadAbove() > 0}>
                      <Suspense>
                        <Jumps talk={talk} />
                      </Suspense>
                    </Show>
                  }
                  handle={talk.hold}
                >
                  {(row: Line) =>
                    'day' in row ? (
                      <ThreadMark day={row.day} />
                    ) : (
                      <ThreadRow
                        row={row}
                        chat={chat()}
                        isFound={talk.found() === row.id}
                        jumpTo={(id) => void talk.jumpTo(id, row.id)}
                        photo={() => setSearch({ photo: row.id })}
                        hands={hands}
                        order={order}
                      />
                    )
                  }
                </MessageList>
              </Show>
            </Show>
            <div class="contents" classList={{ '!hidden': hands.picked() !== null }}>
              <InTurn fallback={<div class="h-26.75 flex-none border-t border-line bg-surface" />}>
                <Composer
                  chat={chat()}
                  sent={talk.toEnd}
                  shared={search.shared}
                  sharedTaken={() => setSearch({ shared: undefined }, { replace: true })}
                />
              </InTurn>
            </div>
            <InTurn isLast>
              <Suspense>
                <HandsLayer
                  hands={hands}
                  chat={chat()}
                  talk={talk}
                  box={main}
                  order={order}
                  details={(id) => setSearch({ details: id })}
                />
              </Suspense>
            </InTurn>
            <p class="sr-only" aria-live="polite">
              {announced()}
            </p>
            <Show when={talk.one(search.details)}>
              {(one) => (
                <Suspense>
                  <DetailsSheet shown={one()} name={chatName(chat())} close={() => hide('details')} />
                </Suspense>
              )}
            </Show>
            <Show when={talk.one(search.photo)}>
              {(one) => (
                <Suspense>
                  <Lightbox
                    shown={one()}
                    pictures={talk.pictures()}
                    name={chatName(chat())}
                    show={(id) => setSearch({ photo: id }, { replace: true })}
                    close={() => hide('photo')}
                  />
                </Suspense>
              )}
            </Show>
          </>
        )}
      </Show>
    </main>
  )
}

function NoMessages(props: { isSilent: boolean }) {
  return (
    <div class="flex flex-1 flex-col justify-end">
      <Show when={!props.isSilent}>
        <Empty title={t().chat.empty} help={t().chat.emptyHelp} />
      </Show>
    </div>
  )
}

function ReadProblem(props: { problem: ApiProblem; hasStored: boolean; retry: () => void }) {
  return (
    <ErrorCard
      title={t().chat.loadFailed}
      help={[problemText(props.problem.code).cause, props.hasStored ? t().chat.loadFailedHelp : t().chat.nothingStored].join(' ')}
      action={{ name: t().app.retry, run: props.retry }}
    />
  )
}

function NoChat(props: { problem: ApiProblem | null; retry: () => void }) {
  return (
    <Show when={props.problem} fallback={<ThreadSkeleton />}>
      {(problem) => (
        <Show
          when={problem().code === 'not_found'}
          fallback={
            <ErrorCard
              title={t().chat.loadFailed}
              help={sentenceOf(problem())}
              reference={problem().traceId && t().app.reference(problem().traceId ?? '')}
              action={{ name: t().app.retry, run: props.retry }}
            />
          }
        >
          <Empty title={t().chat.notFound} help={t().chat.notFoundHelp}>
            <a href="/chats" class="button button-outlined">
              {t().app.toChats}
            </a>
          </Empty>
        </Show>
      )}
    </Show>
  )
}

function EdgeProblem(props: { edge: 'older' | 'newer' | null; retry: () => void }) {
  return (
    <Show when={props.edge}>
      <p role="alert" class="flex items-center justify-center gap-2 bg-cochinilla-tint px-4 text-small">
        {props.edge === 'older' ? t().chat.olderFailed : t().chat.newerFailed}
        <button type="button" class="button button-quiet font-semibold" onClick={() => props.retry()}>
          {t().app.retry}
        </button>
      </p>
    </Show>
  )
}
