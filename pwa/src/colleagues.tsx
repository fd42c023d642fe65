import Inbox from 'lucide-solid/icons/inbox'
import { For, Show } from 'solid-js'
import type { Colleague } from '#contract/desk.ts'
import type { PersonId } from '#contract/ids.ts'
import { call } from './api/call.ts'
import * as api from './api/endpoints.ts'
import { useDesk } from './live/context.ts'
import { createAsked } from './live/create-asked.ts'
import { deskWork } from './text/desk-work.ts'
import { sentenceOf } from './text/text.ts'
import { Avatar } from './ui/avatar.tsx'
import { Icon } from './ui/icon.tsx'

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

/** Whom chats can be given to, with everybody's load and presence: one tap gives. `holder`: who has them now. */
export function Colleagues(props: {
  holder: PersonId | null | undefined
  busy: boolean
  error: string | null
  give: (personId: PersonId | null, name: string) => void
}) {
  const { desk } = useDesk()
  const me = () => desk.me.person
  const colleagues = createAsked(() => call(api.listColleagues, {}))
  const problem = () => {
    const now = colleagues.problem()
    return now && sentenceOf(now)
  }
  return (
    <>
      <p role="alert" class="px-5 text-small text-cochinilla empty:hidden">
        {props.error ?? problem()}
      </p>
      <ul class="p-2" aria-busy={colleagues.loading() && !colleagues.items()}>
        <li>
          <button
            type="button"
            class="row flex min-h-14 w-full items-center gap-3 rounded-button px-3 text-left"
            disabled={props.busy || props.holder === null}
            onClick={() => props.give(null, '')}
          >
            <span class="flex size-10 flex-none items-center justify-center rounded-slip bg-sunk">
              <Icon of={Inbox} />
            </span>
            <span class="min-w-0 flex-1">
              <span class="block font-semibold">{deskWork().nobody}</span>
              <span class="block text-meta text-ink-3">{deskWork().nobodyHelp}</span>
            </span>
          </button>
        </li>
        {/* Without a network nobody knows who has how much to do: one can still take it. */}
        <Show when={colleagues.items() === null && colleagues.problem()?.status === 0 && props.holder !== me().id}>
          <li>
            <button
              type="button"
              class="row flex min-h-14 w-full items-center gap-3 rounded-button px-3 text-left"
              disabled={props.busy}
              onClick={() => props.give(me().id, me().name)}
            >
              <Avatar name={me().name} size={40} />
              <span class="min-w-0 flex-1 truncate font-semibold">{me().name}</span>
            </button>
          </li>
        </Show>
        <For each={colleagues.items()?.items}>
          {(one) => (
            <li>
              <button
                type="button"
                class="row flex min-h-14 w-full items-center gap-3 rounded-button px-3 text-left"
                disabled={props.busy || one.id === props.holder}
                onClick={() => props.give(one.id, one.name)}
              >
                <Avatar name={one.name} size={40} />
                <span class="min-w-0 flex-1">
                  <span class="block truncate font-semibold">{one.name}</span>
                  <Load of={one} />
                </span>
                <Show when={one.id === props.holder}>
                  <span class="rounded-chip bg-anil-tint px-2 py-px text-meta">{deskWork().has}</span>
                </Show>
              </button>
            </li>
          )}
        </For>
      </ul>
    </>
  )
}
