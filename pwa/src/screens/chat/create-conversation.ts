import { createEffect, createMemo, createSignal, on, onCleanup, onMount } from 'solid-js'
import type { Message } from '#contract/inbox.ts'
import { problemOf, type ApiProblem } from '../../api/problem.rules.ts'
import { goAfter, goTo, loadNewer, loadOlder, openChat } from '../../live/chat-pages.ts'
import { useDesk } from '../../live/context.ts'
import { isOutgoing } from '../../live/outbox.rules.ts'
import { unreadIn } from '../../live/unread.rules.ts'
import { dayKey } from '../../text/format.ts'
import { problemText, t } from '../../text/text.ts'
import { say } from '../../ui/toast.tsx'
import { createMarkRead } from './create-mark-read.ts'
import { createRows, keepRows } from './create-rows.ts'
import type { ListHandle } from './message-list.tsx'
import { isPicture, rowsOf, shownOf } from './shown.rules.ts'

export type Talk = ReturnType<typeof createConversation>

/** What is read of one chat: its rows, where the reader is in them, and the pages that follow. */
export function createConversation(chatId: string, startAt: string | undefined) {
  const { desk, outbox, phase } = useDesk()
  const [problem, setProblem] = createSignal<ApiProblem | null>(null)
  const [edgeProblem, setEdgeProblem] = createSignal<'older' | 'newer' | null>(null)
  const [isAtEnd, setIsAtEnd] = createSignal(true)
  const [fresh, setFresh] = createSignal(0)
  const [found, setFound] = createSignal<string | null>(null)
  const [isAsked, setIsAsked] = createSignal(false)
  /** Up to when this person had read the chat when it was opened; null once they have seen what came since. */
  const [readUpto, setReadUpto] = createSignal<string | null>(null)
  const [isUnreadAbove, setIsUnreadAbove] = createSignal(false)
  /** From where the reader was brought elsewhere, the latest last. */
  const [trail, setTrail] = createSignal<readonly string[]>([])
  let list: ListHandle | undefined
  let busy = false

  const chat = createMemo(() => desk.chat(chatId))
  const log = createMemo(() => desk.log(chatId))
  const span = createMemo(() => log()?.past ?? log()?.tail ?? null)
  const isPast = () => Boolean(log()?.past)
  const pending = createMemo(() =>
    isPast()
      ? []
      : outbox
          .entries()
          .filter(isOutgoing)
          .filter((entry) => entry.chatId === chatId),
  )
  const rows = keepRows()
  const shown = createMemo(() => shownOf(span()?.items ?? [], pending(), rows.known))
  const isWaiting = createMemo(() => Boolean(chat()?.waitingSince) && !isPast())
  const dayOf = rememberDays()
  const view = createRows(rows, () => rowsOf(shown(), span()?.older === false, isWaiting(), dayOf, rows.known))

  async function open(): Promise<void> {
    setProblem(null)
    let upto: string | null = null
    try {
      upto = await openChat(desk, chatId)
    } catch (error) {
      setProblem(problemOf(error))
    } finally {
      setIsAsked(true)
      setReadUpto((known) => known ?? upto ?? beforeWaiting())
      requestAnimationFrame(() => requestAnimationFrame(lookForUnread))
    }
  }

  /** One page at a time: a second request for the same edge would only bring the same. */
  async function page(edge: 'older' | 'newer'): Promise<void> {
    if (busy || !isAsked() || edgeProblem() !== null) return
    if (edge === 'older' ? !span()?.older : !isPast()) return
    busy = true
    try {
      await (edge === 'older' ? loadOlder : loadNewer)(desk, chatId)
    } catch {
      setEdgeProblem(edge)
    } finally {
      busy = false
      // The reader may have gone on to the edge while the page was on its way.
      requestAnimationFrame(() => list?.look())
    }
  }

  /** Who has never read the chat begins where its customer began to wait. */
  function beforeWaiting(): string | null {
    const since = chat()?.waitingSince
    return since ? new Date(Date.parse(since) - 1).toISOString() : null
  }

  const placeOf = (messageId: string | null) => view().rows.findIndex(({ id }) => id === messageId)

  /** `from`: the message that led there, to come back to. */
  async function jumpTo(messageId: string, from?: string): Promise<void> {
    try {
      if (!(await goTo(desk, chatId, messageId))) return say(t().chat.messageGone)
    } catch (error) {
      return say(problemText(problemOf(error).code).cause)
    }
    if (from) setTrail((ids) => [...ids, from])
    setFound(messageId)
    requestAnimationFrame(() => list?.toRow(placeOf(messageId)))
  }

  function back(): void {
    const to = trail().at(-1)
    setTrail((ids) => ids.slice(0, -1))
    if (to) void jumpTo(to)
  }

  const unread = createMemo(() => {
    const [upto, end] = [readUpto(), log()?.tail]
    return upto && end ? unreadIn(end, upto) : null
  })

  /** Is the first unread message above what is on the screen? Once it was seen it is looked for no more. */
  function lookForUnread(): void {
    const now = unread()
    if (!now || !list) return
    // Where the server has not been heard, what is at hand may be all there is.
    const isAbove = now.first === null ? !isPast() && problem() === null : list.isAbove(placeOf(now.first))
    setIsUnreadAbove(isAbove)
    if (!isAbove) setReadUpto(null)
  }

  async function toUnread(): Promise<void> {
    const [upto, now] = [readUpto(), unread()]
    if (!upto || !now) return
    try {
      const first = now.first ?? (await goAfter(desk, chatId, upto))
      if (first) await jumpTo(first)
      setIsUnreadAbove(false)
      setReadUpto(null)
    } catch (error) {
      say(problemText(problemOf(error).code).cause)
    }
  }

  function toEnd(): void {
    desk.returnToTail(chatId)
    setFresh(0)
    setTrail([])
    requestAnimationFrame(() => list?.toEnd())
  }

  async function begin(): Promise<void> {
    await open()
    if (startAt) await jumpTo(startAt)
  }

  function arrived(message: Message): void {
    if (message.chatId === chatId && (isPast() || !isAtEnd())) setFresh((count) => count + 1)
  }

  onMount(() => {
    onCleanup(desk.onArrival(arrived))
    void begin()
  })
  onCleanup(() => desk.rest(chatId))
  createEffect(on([isAtEnd, isPast], ([end, past]) => end && !past && setFresh(0)))
  createMarkRead(chatId, () => isAtEnd() && !isPast())
  // Whoever waits at an edge moves no more: the list is asked again when a page may be asked for again.
  createEffect(on([isAsked, edgeProblem], () => requestAnimationFrame(() => list?.look()), { defer: true }))

  // The line is back: what could not be read is read now.
  const isOpen = createMemo(() => phase() === 'open')
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

  return {
    chat,
    span,
    view,
    shown,
    pictures: () => shown().filter(isPicture),
    /** A message of the chat. */
    one: (id: string | undefined) => (id ? shown().findLast(({ message }) => message.id === id) : undefined),
    isAsked,
    isPast,
    fresh,
    found,
    problem,
    /** Without a network the connection line has said it; a card is for what the person can do something about. */
    toldProblem: () => (problem()?.code === 'no_network' && shown().length > 0 ? null : problem()),
    edgeProblem,
    open,
    page,
    jumpTo,
    trail,
    back,
    /** How many messages above were not read when the chat was opened; 0: none, or they were seen. */
    unreadAbove: () => (isUnreadAbove() ? (unread()?.count ?? 0) : 0),
    hasMoreUnread: () => unread()?.first === null,
    toUnread,
    scrolled: () => isUnreadAbove() && lookForUnread(),
    toEnd,
    reachedEnd: setIsAtEnd,
    hold: (made: ListHandle) => void (list = made),
    retryEdge() {
      const edge = edgeProblem()
      setEdgeProblem(null)
      if (edge) void page(edge)
    },
  }
}

/** Ten thousand messages are looked at for each change; the day of each instant is worked out once. */
function rememberDays(): (at: string) => string {
  const days = new Map<string, string>()
  return (at) => {
    const known = days.get(at)
    if (known !== undefined) return known
    const day = dayKey(at)
    days.set(at, day)
    return day
  }
}
