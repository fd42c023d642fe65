import { For, Show } from 'solid-js'

/** Several of a list, to be ticked. Nothing to choose from is nothing to see. */
export function Boxes<Id extends string>(props: {
  label: string
  options: readonly { id: Id; name: string }[]
  chosen: readonly Id[]
  choose: (ids: Id[]) => void
}) {
  const toggle = (id: Id, on: boolean) => props.choose(on ? [...props.chosen, id] : props.chosen.filter((other) => other !== id))
  return (
    <Show when={props.options.length > 0}>
      <fieldset class="min-w-0">
        <legend class="mb-1 text-meta font-semibold text-ink-2">{props.label}</legend>
        <ul class="scroll-thin max-h-48 overflow-y-auto rounded-slip border border-line bg-paper">
          <For each={props.options}>
            {(option) => (
              <li class="border-line [&+&]:border-t">
                <label class="row flex min-h-11 items-center gap-3 px-4">
                  <input
                    type="checkbox"
                    class="size-5 flex-none accent-anil"
                    checked={props.chosen.includes(option.id)}
                    onChange={(event) => toggle(option.id, event.currentTarget.checked)}
                  />
                  <span class="min-w-0 flex-1 wrap-anywhere">{option.name}</span>
                </label>
              </li>
            )}
          </For>
        </ul>
      </fieldset>
    </Show>
  )
}
