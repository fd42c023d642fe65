import { A, useNavigate } from '@solidjs/router'
import { For, Show } from 'solid-js'
import type { ShownLabel } from '#contract/inbox.ts'
import { createLongPress } from './lib/create-long-press.ts'
import { useDesk } from './live/context.ts'
import { t } from './text/first.ts'
import { LabelChip } from './ui/badge.tsx'
import { say } from './ui/toast.tsx'

const hrefOf = (id: string) => `/chats?label=${id}`
const titleOf = ({ name, description }: ShownLabel) => (description ? `${name}: ${description}` : name)

/** Handlers of a chip: a thumb that stays reads its description, and nothing behind the chip hears of it. */
function createChipPress(label: () => ShownLabel) {
  let wasHeld = false
  const press = createLongPress(() => {
    wasHeld = true
    say(label().description ? titleOf(label()) : `${label().name}: ${t().labels.noDescription}`)
  })
  return {
    onPointerDown(event: PointerEvent) {
      event.stopPropagation()
      wasHeld = false
      press.onPointerDown(event)
    },
    onPointerMove: press.onPointerMove,
    onPointerUp: press.onPointerUp,
    onPointerCancel: press.onPointerCancel,
    onContextMenu(event: MouseEvent) {
      if (event instanceof PointerEvent && event.pointerType !== 'mouse') event.preventDefault()
      event.stopPropagation()
    },
    /** Whether the click that follows belongs to a thumb that stayed. */
    wasHeld: () => wasHeld,
  }
}

/** The labels of a chat or a message, each the way to the list that it filters. */
export function LabelLinks(props: { labels: readonly ShownLabel[] | undefined; class?: string }) {
  const { labels } = useDesk()
  const shown = () => labels.shown(props.labels)
  return (
    <Show when={shown().length > 0}>
      <ul aria-label={t().labels.title} class={`no-bar flex gap-x-1.5 ${props.class ?? 'flex-wrap'}`}>
        <For each={shown()}>{(label) => <LabelLink label={label} />}</For>
      </ul>
    </Show>
  )
}

function LabelLink(props: { label: ShownLabel }) {
  const press = createChipPress(() => props.label)
  return (
    <li class="flex-none">
      <A
        href={hrefOf(props.label.id)}
        class="relative inline-flex min-h-7 items-center after:absolute after:-inset-x-0.5 after:-inset-y-2"
        title={titleOf(props.label)}
        aria-label={t().labels.filter(props.label.name)}
        onPointerDown={press.onPointerDown}
        onPointerMove={press.onPointerMove}
        onPointerUp={press.onPointerUp}
        onPointerCancel={press.onPointerCancel}
        onContextMenu={press.onContextMenu}
        onClick={(event) => press.wasHeld() && event.preventDefault()}
      >
        <LabelChip name={props.label.name} color={props.label.color} />
      </A>
    </li>
  )
}

/** The labels of a row of the list, which is a link itself: a tap on one filters the list, the sheet of filters is for keys. */
export function RowLabels(props: { labels: readonly ShownLabel[] | undefined; most: number }) {
  const { labels } = useDesk()
  const shown = () => labels.shown(props.labels)
  return (
    <Show when={shown().length > 0}>
      <span class="flex max-w-[62%] min-w-0 items-center gap-1.5">
        <For each={shown().slice(0, props.most)}>{(label) => <RowLabel label={label} />}</For>
        <Show when={shown().length > props.most}>
          <span class="flex-none">+{shown().length - props.most}</span>
        </Show>
      </span>
    </Show>
  )
}

function RowLabel(props: { label: ShownLabel }) {
  const navigate = useNavigate()
  const press = createChipPress(() => props.label)
  return (
    <span
      data-own-press
      class="relative flex min-w-0 after:absolute after:-inset-x-0.5 after:-inset-y-3"
      title={titleOf(props.label)}
      onPointerDown={press.onPointerDown}
      onPointerMove={press.onPointerMove}
      onPointerUp={press.onPointerUp}
      onPointerCancel={press.onPointerCancel}
      onContextMenu={press.onContextMenu}
      onClick={(event) => {
        event.preventDefault()
        event.stopPropagation()
        if (!press.wasHeld()) navigate(hrefOf(props.label.id))
      }}
    >
      <LabelChip name={props.label.name} color={props.label.color} class="min-w-0" />
    </span>
  )
}
