import { createMemo, createSignal, createUniqueId, For, Show } from 'solid-js'
import { team } from '../../text/team.ts'

export type Option = { id: string; name: string; help?: string }

/** With more than this, a list is easier to filter than to read. */
const FILTER_FROM = 8

/** Some of a list: a box for each, and a filter when there are many. */
export function Picker(props: {
  label: string
  help?: string
  options: readonly Option[]
  chosen: readonly string[]
  choose: (ids: string[]) => void
  disabled?: boolean
}) {
  const id = createUniqueId()
  const [words, setWords] = createSignal('')
  const shown = createMemo(() => {
    const wanted = words().trim().toLocaleLowerCase()
    return props.options.filter(({ name }) => name.toLocaleLowerCase().includes(wanted))
  })
  const toggle = (option: string, on: boolean) =>
    props.choose(on ? [...props.chosen, option] : props.chosen.filter((other) => other !== option))

  return (
    <fieldset class="min-w-0" aria-describedby={`${id}-help`} disabled={props.disabled}>
      <legend class="mb-1 flex w-full items-baseline justify-between gap-3 text-small font-semibold">
        {props.label}
        <span class="nums text-meta font-normal text-ink-3">{team().common.selected(props.chosen.length)}</span>
      </legend>
      <Show when={props.options.length > FILTER_FROM}>
        <input
          type="search"
          class="field mb-2"
          aria-label={`${team().common.filterHere}: ${props.label}`}
          placeholder={team().common.filterHere}
          value={words()}
          onInput={(event) => setWords(event.currentTarget.value)}
          onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
        />
      </Show>
      <ul class="scroll-thin max-h-60 overflow-y-auto rounded-slip border border-line bg-paper">
        <For each={shown()} fallback={<li class="px-4 py-3 text-small text-ink-3">{team().common.none}</li>}>
          {(option) => (
            <li class="border-line [&+&]:border-t">
              <label class="row flex min-h-12 items-center gap-3 px-4 py-1.5">
                <input
                  type="checkbox"
                  class="size-5 flex-none accent-anil"
                  checked={props.chosen.includes(option.id)}
                  onChange={(event) => toggle(option.id, event.currentTarget.checked)}
                />
                <span class="min-w-0 flex-1">
                  <span class="block wrap-anywhere">{option.name}</span>
                  <span class="block text-meta text-ink-3">{option.help}</span>
                </span>
              </label>
            </li>
          )}
        </For>
      </ul>
      <p id={`${id}-help`} class="mt-1 text-meta text-ink-3 empty:hidden">
        {props.help}
      </p>
    </fieldset>
  )
}
