import { useNavigate, useParams, useSearchParams } from '@solidjs/router'
import { createEffect, createMemo, createSignal, on, onCleanup, Show } from 'solid-js'
import { problemOf, type ApiProblem } from '../../api/problem.rules.ts'
import { useDesk } from '../../live/context.ts'
import { goTo, loadNewer, loadOlder, openChat } from '../../live/chat-pages.ts'
import { dayKey } from '../../text/format.ts'
import { chatName } from '../../text/chat-name.ts'
import { problemText, t } from '../../text/text.ts'
import { Empty, ErrorCard } from '../../ui/empty.tsx'
import { say } from '../../ui/toast.tsx'
import { ChatHeader } from './chat-header.tsx'
import { Composer } from './composer.tsx'
import { createAnnouncer } from './create-announcer.ts'
import { createMarkRead } from './create-mark-read.ts'
import { createRows, type Row } from './create-rows.ts'
import { DetailsSheet } from './details-sheet.tsx'
import { Lightbox } from './lightbox.tsx'
import { MessageList, type ListHandle } from './message-list.tsx'
import { ThreadSkeleton } from './thread-skeleton.tsx'
import { ThreadRow } from './thread-row.tsx'
import { rowsOf, shownOf } from './shown.rules.ts'

/** One conversation. Another chat is another screen: nothing of the one before is left in it. */
export default function ChatScreen() {
  const params = useParams<{ chatId: string }>()
  return (
    <Show when={params.chatId} keyed>
      {(chatId) => <Conversation chatId={chatId} />}
    </Show>
  )
}

type Search = { message?: string; details?: string; photo?: string }

function Conversation(props: { chatId: string }) {
  const { desk, outbox, connection } = useDesk()
  const navigate = useNavigate()
  const [search, setSearch] = useSearchParams<Search>()
  const [problem, setProblem] = createSignal<ApiProblem | null>(null)
  const [edgeProblem, setEdgeProblem] = createSignal<'older' | 'newer' | null>(null)
  const [isAtEnd, setIsAtEnd] = createSignal(true)
  const [fresh, setFresh] = createSignal(0)
  const [found, setFound] = createSignal<string | null>(null)
  const [isAsked, setIsAsked] = createSignal(false)
  let list: ListHandle | undefined
  let busy = false

  const chatId = () => props.chatId
  const chat = createMemo(() => desk.chat(chatId()))
  const log = createMemo(() => desk.log(chatId()))
  const span = createMemo(() => log()?.past ?? log()?.tail ?? null)
  const isPast = () => Boolean(log()?.past)
  const pending = createMemo(() => (isPast() ? [] : outbox.entries().filter((entry) => entry.chatId === chatId())))
  const shown = createMemo(() => shownOf(span()?.items ?? [], pending()))
  const days = new Map<string, string>()
  /** Ten thousand messages are looked at for each change; the name of a day is worked out once for each. */
  const dayOf = (at: string) => {
    const known = days.get(at) ?? dayKey(at)
    days.set(at, known)
    return known
  }
  const facts = createMemo(() => rowsOf(shown(), span()?.older === false, Boolean(chat()?.waitingSince) && !isPast(), dayOf))
  const view = createRows(facts)
  const byId = createMemo(() => new Map(shown().map((one) => [one.message.id as string, one])))

  async function open() {
    setProblem(null)
    try {
      await openChat(desk, chatId())
    } catch (error) {
      setProblem(problemOf(error))
    } finally {
      setIsAsked(true)
    }
  }

  /** One page at a time: a second request for the same edge would only bring the same. */
  async function page(edge: 'older' | 'newer') {
    if (busy || !isAsked() || edgeProblem() !== null) return
    if (edge === 'older' ? !span()?.older : !isPast()) return
    busy = true
    try {
      await (edge === 'older' ? loadOlder : loadNewer)(desk, chatId())
    } catch {
      setEdgeProblem(edge)
    } finally {
      busy = false
      // The reader may have gone on to the edge while the page was on its way.
      requestAnimationFrame(() => list?.look())
    }
  }

  async function jumpTo(messageId: string) {
    try {
      if (!(await goTo(desk, chatId(), messageId))) return say(t().chat.messageGone)
    } catch (error) {
      return say(problemText(problemOf(error).code).cause)
    }
    const index = shown().findIndex((one) => one.message.id === messageId)
    setFound(messageId)
    requestAnimationFrame(() => list?.toRow(index))
  }

  function toEnd() {
    desk.returnToTail(chatId())
    setFresh(0)
    requestAnimationFrame(() => list?.toEnd())
  }

  void open().then(() => (search.message ? jumpTo(search.message) : undefined))
  onCleanup(() => desk.rest(chatId()))
  onCleanup(
    desk.onArrival((message) => {
      if (message.chatId === chatId() && (isPast() || !isAtEnd())) setFresh(fresh() + 1)
    }),
  )
  createEffect(on([isAtEnd, isPast], ([end, past]) => end && !past && setFresh(0)))
  createMarkRead(chatId, () => isAtEnd() && !isPast())
  const announced = createAnnouncer(chatId)

  // The line is back: what could not be read is read now.
  const isOpen = createMemo(() => connection().phase === 'open')
  createEffect(
    on(
      isOpen,
      (now) => {
        if (!now) return
        setEdgeProblem(null)
        if (problem()) void open()
      },
      { defer: true },
    ),
  )
  /** Without a network the connection line has said it; a card is for what the person can do something about. */
  const toldProblem = () => (problem()?.code === 'no_network' && shown().length > 0 ? null : problem())

  /** Sheets live in the address, so that Back closes them. */
  const show = (what: Partial<Record<keyof Search, string>>) => setSearch(what)
  function hide(what: keyof Search) {
    if (history.length > 1 && search[what]) navigate(-1)
    else setSearch({ [what]: undefined }, { replace: true })
  }

  return (
    <main class="relative flex h-full min-w-0 flex-col" aria-label={chat() ? t().chat.messages : undefined}>
      <Show when={chat()} fallback={<NoChat problem={problem()} retry={() => void open()} />}>
        {(now) => (
          <>
            <ChatHeader chat={now()} />
            <Show when={toldProblem()}>
              {(told) => (
                <ErrorCard
                  title={t().chat.loadFailed}
                  help={[problemText(told().code).cause, shown().length > 0 ? t().chat.loadFailedHelp : t().chat.nothingStored].join(' ')}
                  action={{ name: t().app.retry, run: () => void open() }}
                />
              )}
            </Show>
            <EdgeProblem
              edge={edgeProblem()}
              retry={() => {
                const edge = edgeProblem()
                setEdgeProblem(null)
                if (edge) void page(edge)
              }}
            />
            <Show when={span() || isAsked()} fallback={<ThreadSkeleton />}>
              <Show
                when={view().rows.length > 0}
                fallback={
                  <div class="flex flex-1 flex-col justify-end">
                    <Show when={!problem()}>
                      <Empty title={t().chat.empty} help={t().chat.emptyHelp} />
                    </Show>
                  </div>
                }
              >
                <MessageList
                  view={view}
                  label={t().chat.messages}
                  isPast={isPast()}
                  fresh={fresh()}
                  older={() => void page('older')}
                  newer={() => void page('newer')}
                  toEnd={toEnd}
                  reachedEnd={setIsAtEnd}
                  handle={(made) => (list = made)}
                >
                  {(row: Row) => (
                    <ThreadRow
                      row={row}
                      chat={now()}
                      isFound={found() === row.id}
                      jumpTo={(id) => void jumpTo(id)}
                      details={() => show({ details: row.id })}
                      photo={() => show({ photo: row.id })}
                    />
                  )}
                </MessageList>
              </Show>
            </Show>
            <Composer chat={now()} sent={toEnd} />
            <p class="sr-only" aria-live="polite">
              {announced()}
            </p>
            <Show when={byId().get(search.details ?? '')}>
              {(one) => <DetailsSheet shown={one()} close={() => hide('details')} />}
            </Show>
            <Show when={byId().get(search.photo ?? '')}>
              {(one) => <Lightbox shown={one()} name={chatName(now())} close={() => hide('photo')} />}
            </Show>
          </>
        )}
      </Show>
    </main>
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
              help={`${problemText(problem().code).cause} ${problemText(problem().code).nextStep}`}
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
