import ChevronRight from 'lucide-solid/icons/chevron-right'
import { Show } from 'solid-js'
import type { Person } from '#contract/people.ts'
import { minuteNow } from '../../lib/clock.ts'
import { ago } from '../../text/format.ts'
import { team } from '../../text/team.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Icon } from '../../ui/icon.tsx'
import { roleName } from '../../text/role-name.ts'

const STYLES = {
  active: 'bg-eucalipto-tint text-eucalipto',
  invited: 'bg-maiz-tint text-maiz',
  deactivated: 'bg-sunk text-ink-2',
} as const

type PersonRowProps = {
  person: Person
  departments: string[]
  isMe: boolean
  /** null: this person is only to be read. */
  open: (() => void) | null
}

/** One person: who, which role, where, and whether they are here. The whole row opens them. */
export function PersonRow(props: PersonRowProps) {
  const facts = () => {
    const { lastSeenAt, devices, openChats, hasSecondFactor } = props.person
    return [
      lastSeenAt ? team().people.seen(ago(lastSeenAt, minuteNow())) : team().people.neverSeen,
      devices > 0 && team().people.devices(devices),
      openChats > 0 && team().people.openChats(openChats),
      hasSecondFactor && team().people.secondFactor,
    ]
      .filter(Boolean)
      .join(' · ')
  }
  return (
    <li
      class="fold-bl relative flex min-w-0 items-start gap-3 rounded-card border border-line bg-surface p-4"
      data-person={props.person.id}
    >
      <Avatar name={props.person.name} size={44} />
      <div class="min-w-0 flex-1">
        <p class="flex flex-wrap items-center gap-x-2 gap-y-1">
          <Show when={props.open} fallback={<span class="min-w-0 font-semibold wrap-anywhere">{props.person.name}</span>}>
            {(open) => (
              // The button's ground is the whole row: one thing to touch, one to hear.
              <button
                type="button"
                class="min-w-0 text-left font-semibold wrap-anywhere after:absolute after:inset-0 after:rounded-card"
                onClick={() => open()()}
              >
                {props.person.name}
              </button>
            )}
          </Show>
          <Show when={props.isMe}>
            <span class="text-meta text-ink-3">({team().people.you})</span>
          </Show>
          <span class={`rounded-chip px-2 py-px text-meta font-semibold ${STYLES[props.person.state]}`}>
            {team().people.states[props.person.state]}
          </span>
        </p>
        <p class="text-small wrap-anywhere text-ink-2">{props.person.email}</p>
        <p class="text-small text-ink-2">{[roleName(props.person.role), ...props.departments].join(' · ')}</p>
        <p class="nums mt-0.5 text-meta text-ink-3">{facts()}</p>
      </div>
      <Show when={props.open}>
        <Icon of={ChevronRight} class="mt-3 text-ink-3" />
      </Show>
    </li>
  )
}
