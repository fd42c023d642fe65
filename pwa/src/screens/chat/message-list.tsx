import ArrowDown from 'lucide-solid/icons/arrow-down'
import { createEffect, createSignal, on, onCleanup, onMount, Show, untrack, type Accessor, type JSX } from 'solid-js'
import { Virtualizer, type VirtualizerHandle } from 'virtua/solid'
import { InTurn } from '../../lib/in-turn.tsx'
import { t } from '../../text/text.ts'
import { Icon } from '../../ui/icon.tsx'
import type { Line } from './create-rows.ts'
import { heightsOf, keepHeights } from './row-heights.ts'

/** Nearer to the end than this, the reader is at the end and stays there. */
const AT_END_PX = 24
/** The next page is asked for this far from an edge. */
const AHEAD_PX = 900
/**
 * A row that was never drawn, until virtua has measured some: words of one or two lines. With less, many more rows than the
 * screen holds would be drawn.
 */
const ROW_PX = 84
/** Rows beyond the edges, once those between them are on the screen. */
const BUFFER_PX = 400
/** Whoever goes through chats sees the next one before the rows that this one holds beyond its edges are made. */
const BUFFER_AFTER_MS = 150

export type ListHandle = {
  toEnd(): void
  toRow(index: number): void
  isAtEnd(): boolean
  look(): void
  isAbove(index: number): boolean
}

type MessageListProps = {
  view: Accessor<{ rows: Line[]; isShift: boolean }>
  label: string
  /** The newest message is not in this list: the reader is in the past. */
  isPast: boolean
  fresh: number
  older: () => void
  newer: () => void
  toEnd: () => void
  reachedEnd: (isAtEnd: boolean) => void
  scrolled: () => void
  /** What floats over the messages. */
  over: JSX.Element
  handle: (handle: ListHandle) => void
  children: (row: Line) => JSX.Element
}

/** Messages, newest at the foot. Whoever is at the end stays there, whatever grows; whoever reads above is left alone. */
export function MessageList(props: MessageListProps) {
  let box!: HTMLDivElement
  let virtual: VirtualizerHandle | undefined
  const [scrollBox, setScrollBox] = createSignal<HTMLElement>()
  const [isAtEnd, setIsAtEnd] = createSignal(true)
  const rows = () => props.view().rows
  const [isDrawn, setIsDrawn] = createSignal(false)
  const drawn = setTimeout(() => setIsDrawn(true), BUFFER_AFTER_MS)
  onCleanup(() => clearTimeout(drawn))

  /** virtua 0.54 draws nothing new after a shift until the box has scrolled, and a box that is not full never scrolls. */
  const isFull = () => virtual !== undefined && virtual.viewportSize > 0 && virtual.scrollSize > virtual.viewportSize

  function toEnd() {
    setIsAtEnd(true)
    virtual?.scrollToIndex(rows().length - 1, { align: 'end' })
  }

  // The end comes first: virtua by itself would draw the beginning, which nobody sees, and then the end. Its own watch over
  // the box begins after this one, so it finds the box where it is to be.
  let isPlaced = false

  function keepEnd() {
    if (!isAtEnd() || props.isPast) return
    if (!isPlaced) {
      isPlaced = true
      box.scrollTop = box.scrollHeight
      requestAnimationFrame(look)
    } else if (virtual && virtual.scrollOffset + virtual.viewportSize < virtual.scrollSize - 1) toEnd()
  }

  function look() {
    // Before the list has its place everything seems to be near.
    if (!virtual || virtual.viewportSize === 0 || rows().length === 0) return
    const left = virtual.scrollSize - virtual.scrollOffset - virtual.viewportSize
    if (virtual.scrollOffset < AHEAD_PX) props.older()
    if (left < AHEAD_PX && props.isPast) props.newer()
  }

  function onScroll() {
    if (!virtual) return
    // Of the box itself: a browser that moves it because it has grown does so before virtua knows its new size.
    setIsAtEnd(box.scrollHeight - box.scrollTop - box.clientHeight <= AT_END_PX)
    look()
    props.scrolled()
  }

  onCleanup(() => virtual && keepHeights(rows(), virtual.cache[0]))
  createEffect(on(isAtEnd, (now) => props.reachedEnd(now)))
  createEffect(
    on(rows, (now, before) => {
      if (now.length === 0) return
      const isNewAtEnd = before?.at(-1) !== now.at(-1)
      if (isNewAtEnd && isPlaced) keepEnd()
      // A page that fills less than the screen asks for the next one.
      requestAnimationFrame(look)
    }),
  )
  onMount(() => {
    // The keyboard, a growing composer, a turned phone: the end stays in sight.
    const observer = new ResizeObserver(keepEnd)
    observer.observe(box)
    onCleanup(() => observer.disconnect())
    props.handle({
      toEnd,
      toRow: (index) => {
        setIsAtEnd(false)
        virtual?.scrollToIndex(index, { align: 'center' })
      },
      isAtEnd,
      look,
      isAbove: (index) => virtual !== undefined && index >= 0 && virtual.getItemOffset(index) < virtual.scrollOffset,
    })
  })

  return (
    <div class="relative min-h-0 flex-1">
      <div
        ref={(element) => {
          box = element
          setScrollBox(element)
        }}
        role="log"
        tabindex="0"
        aria-label={props.label}
        aria-live="off"
        class="scroll-thin flex h-full flex-col touch-pan-y touch-pinch-zoom overflow-y-auto overscroll-contain -outline-offset-3 [overflow-anchor:none]"
      >
        <div class="flex-grow" />
        <Show when={scrollBox()}>
          <Virtualizer
            ref={(made) => (virtual = made ?? virtual)}
            data={rows()}
            shift={props.view().isShift && isFull()}
            scrollRef={box}
            bufferSize={isDrawn() ? BUFFER_PX : 0}
            cache={heightsOf(rows(), ROW_PX)}
            onScroll={onScroll}
            onResize={keepEnd}
          >
            {(row) =>
              // The first ones each in a task of their own; once these stand, a row is whole when it comes: nothing jumps.
              untrack(isDrawn) ? (
                props.children(row)
              ) : (
                <InTurn fallback={<div class="skeleton invisible" style={{ height: `${ROW_PX}px` }} />}>
                  {props.children(row)}
                </InTurn>
              )
            }
          </Virtualizer>
        </Show>
      </div>
      {props.over}
      <Show when={props.isPast || !isAtEnd()}>
        <button
          type="button"
          class="button fold-br absolute right-3 bottom-3 z-1 border border-line bg-surface !px-3 text-small font-semibold shadow-float"
          classList={{ 'text-cochinilla': props.fresh > 0, 'text-ink-2': props.fresh === 0 }}
          aria-label={props.fresh > 0 ? `${t().chat.newMessages(props.fresh)} · ${t().chat.toEnd}` : t().chat.toEnd}
          onClick={() => props.toEnd()}
        >
          <Show when={props.fresh > 0}>{t().chat.newMessages(props.fresh)}</Show>
          <Icon of={ArrowDown} />
        </button>
      </Show>
    </div>
  )
}
