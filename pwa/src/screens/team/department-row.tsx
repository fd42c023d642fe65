import ChevronRight from 'lucide-solid/icons/chevron-right'
import { Show } from 'solid-js'
import type { Department, Person } from '#contract/people.ts'
import { useDesk } from '../../live/context.ts'
import { team } from '../../text/team.ts'
import { Icon } from '../../ui/icon.tsx'

type DepartmentRowProps = { department: Department; people: readonly Person[]; open: (() => void) | null }

/** One department: its people by name, its numbers, what is open there. */
export function DepartmentRow(props: DepartmentRowProps) {
  const { desk } = useDesk()
  const people = () => props.people.filter(({ id }) => props.department.people.includes(id)).map(({ name }) => name)
  const numbers = () =>
    props.department.channels
      .map((id) => desk.channel(id)?.name)
      .filter(Boolean)
      .join(', ')
  return (
    <li class="fold-bl relative flex min-w-0 items-start gap-3 rounded-card border border-line bg-surface p-4">
      <div class="min-w-0 flex-1">
        <p class="flex flex-wrap items-center gap-2">
          <Show when={props.open} fallback={<span class="font-semibold wrap-anywhere">{props.department.name}</span>}>
            {(open) => (
              <button
                type="button"
                class="min-w-0 text-left font-semibold wrap-anywhere after:absolute after:inset-0 after:rounded-card"
                onClick={() => open()()}
              >
                {props.department.name}
              </button>
            )}
          </Show>
          <Show when={props.department.archived}>
            <span class="rounded-chip bg-sunk px-2 py-px text-meta font-semibold text-ink-2">{team().common.archived}</span>
          </Show>
        </p>
        <p class="text-small text-ink-2">{people().join(', ') || team().common.noOne}</p>
        <p class="nums mt-0.5 text-meta text-ink-3">
          {[
            numbers() ? team().departments.numbers(numbers()) : team().departments.noNumbers,
            team().departments.openChats(props.department.openChats),
          ].join(' · ')}
        </p>
      </div>
      <Show when={props.open}>
        <Icon of={ChevronRight} class="mt-1 text-ink-3" />
      </Show>
    </li>
  )
}
