import { For, Show } from 'solid-js'
import { t } from '../../text/text.ts'
import { Avatar } from '../../ui/avatar.tsx'
import type { Named } from './mention.rules.ts'

/** Whom the `@` may mean, over the field: one tap puts the name in. */
export function MentionPicker<One extends Named>(props: {
  people: readonly One[]
  active: number
  choose: (person: One) => void
}) {
  return (
    <Show when={props.people.length > 0}>
      <div
        role="listbox"
        aria-label={t().mentions.choose}
        class="scroll-thin absolute inset-x-3 bottom-full z-2 mb-2 max-h-72 max-w-100 overflow-y-auto rounded-card border border-line bg-surface p-1 shadow-float"
      >
        <For each={props.people}>
          {(person, i) => (
            <div
              role="option"
              aria-selected={i() === props.active}
              class="row flex min-h-12 cursor-pointer items-center gap-3 rounded-button px-3"
              classList={{ 'bg-anil-tint': i() === props.active }}
              // The field keeps its cursor.
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => props.choose(person)}
            >
              <Avatar name={person.name} />
              <span class="min-w-0 flex-1 truncate">{person.name}</span>
            </div>
          )}
        </For>
      </div>
    </Show>
  )
}
