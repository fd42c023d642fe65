import { Show } from 'solid-js'
import type { Colleague } from '#contract/desk.ts'
import { deskWork } from '../../text/desk-work.ts'

/** How much somebody has to do, and whether they are here: a dot with its word, never a dot alone. */
export function Load(props: { of: Colleague }) {
  return (
    <span class="flex flex-wrap items-center gap-x-2 text-meta text-ink-2">
      <span class="flex items-center gap-1.5">
        <span aria-hidden="true" class={`size-2 rounded-[3px] ${props.of.isHere ? 'bg-eucalipto' : 'bg-edge'}`} />
        {props.of.isHere ? deskWork().here : props.of.isAway ? deskWork().onBreak : deskWork().away}
      </span>
      <span class="nums">{deskWork().load(props.of.openChats, props.of.waiting)}</span>
      <Show when={props.of.openChats >= props.of.capacity}>
        <span class="font-semibold text-teja">{deskWork().full}</span>
      </Show>
    </span>
  )
}
