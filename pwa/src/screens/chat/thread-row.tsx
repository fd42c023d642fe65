import EllipsisVertical from 'lucide-solid/icons/ellipsis-vertical'
import { Show, Suspense } from 'solid-js'
import type { Chat } from '#contract/inbox.ts'
import { createLongPress } from '../../lib/create-long-press.ts'
import { lazyPart } from '../../lib/lazy-part.ts'
import { minuteNow } from '../../lib/clock.ts'
import { waitOf } from '../../lib/wait.rules.ts'
import { dayName } from '../../text/format.ts'
import { t } from '../../text/text.ts'
import { Icon } from '../../ui/icon.tsx'
import type { Hands } from './create-hands.ts'
import type { Row } from './create-rows.ts'
import type { Stretch } from './shown.rules.ts'
import { Slip } from './slip.tsx'
import { systemLine } from './system-line.ts'

const PickBox = lazyPart(async () => ({ default: (await import('./hands/pick-box.tsx')).PickBox }))

type ThreadRowProps = {
  row: Row
  chat: Chat
  /** The reader was brought here: it stands out for a moment. */
  isFound: boolean
  jumpTo: (messageId: string) => void
  photo: () => void
  hands: Hands
  /** All rows, for a choice that reaches from one to another. */
  order: () => string[]
}

/** A message in its place: the thread of what waits, the slip and what can be done with it. */
export function ThreadRow(props: ThreadRowProps) {
  const facts = () => props.row.facts()
  const message = () => facts().shown.message
  const openMenu = () => props.hands.setMenu(props.row.id)
  const press = createLongPress(openMenu)
  const isNote = () => message().direction === 'note'
  const isSystem = () => message().kind === 'system'

  /**
   * On a touch screen the whole slip is the way to its menu; with a mouse that would be in the way of selecting text, and a
   * click with shift chooses messages.
   */
  function onClick(event: MouseEvent) {
    if (event.shiftKey) {
      getSelection()?.removeAllRanges()
      return props.hands.pick(props.row.id, props.order())
    }
    const isTouch = event instanceof PointerEvent && event.pointerType === 'touch'
    if (isTouch && event.target instanceof HTMLElement && !event.target.closest('a, button, input, video, audio')) openMenu()
  }

  return (
    <div
      data-message={props.row.id}
      class="relative pr-3.5 pl-[22px]"
      classList={{
        'pt-1.5': !facts().follows,
        'pt-1': facts().follows,
        'pb-3': facts().isLast,
        'pb-3.5': message().reactions.length > 0,
      }}
    >
      <Show
        when={!isSystem()}
        fallback={<p class="mx-auto max-w-120 py-2 text-center text-meta text-ink-2">{systemLine(message())}</p>}
      >
        <div
          data-swipe=""
          class="group relative flex items-center"
          classList={{ 'flex-row-reverse': message().direction === 'out' }}
          onPointerDown={press.onPointerDown}
          onPointerMove={press.onPointerMove}
          onPointerUp={press.onPointerUp}
          onPointerCancel={press.onPointerCancel}
          onContextMenu={press.onContextMenu}
          onClick={onClick}
        >
          <Show when={facts().wait}>{(stretch) => <WaitThread stretch={stretch()} since={props.chat.waitingSince} />}</Show>
          <Slip shown={facts().shown} chat={props.chat} isFound={props.isFound} jumpTo={props.jumpTo} photo={props.photo} />
          {/* One for each message: without the freedoms of an IconButton, which cost more than the message. */}
          <button
            type="button"
            aria-label={t().slip.actions}
            title={t().slip.actions}
            class="icon-button opacity-0 group-hover:opacity-100 focus-visible:opacity-100 pointer-coarse:pointer-events-none"
            classList={{ 'absolute top-0 right-0': isNote() }}
            onClick={openMenu}
          >
            <Icon of={EllipsisVertical} size={20} />
          </button>
          <Show when={props.hands.picked()}>
            <Suspense>
              <PickBox row={props.row} hands={props.hands} order={props.order} />
            </Suspense>
          </Show>
        </div>
      </Show>
    </div>
  )
}

/** Between the messages: a day begins, or the conversation does. */
export function ThreadMark(props: { day: string | null }) {
  return (
    <Show when={props.day} fallback={<p class="pt-7.5 pb-0.5 text-center text-meta text-ink-3">{t().chat.start}</p>}>
      {(at) => (
        <div class="flex items-center justify-center gap-3 pt-4.5 pr-3.5 pb-1.5 pl-[22px] text-meta font-semibold text-ink-2">
          <span class="stitch" aria-hidden="true" />
          <time dateTime={at()}>{dayName(at(), minuteNow())}</time>
          <span class="stitch" aria-hidden="true" />
        </div>
      )}
    </Show>
  )
}

/** One sign at two scales: the row's thread again, beside what nobody answered. Rows touch, so it runs through. */
function WaitThread(props: { stretch: Stretch; since: string | null }) {
  const dye = () => waitOf(props.since ? Date.parse(props.since) : null, false, minuteNow()).stage
  const isStart = () => props.stretch === 'start' || props.stretch === 'only'
  const isEnd = () => props.stretch === 'end' || props.stretch === 'only'
  return (
    <span
      aria-hidden="true"
      class={`weave dye-${dye()} absolute bottom-0 -left-3.5 w-[5px]`}
      classList={{ 'top-0 rounded-t-[3px]': isStart(), '-top-1.5': !isStart(), 'rounded-b-[3px]': isEnd() }}
    />
  )
}
