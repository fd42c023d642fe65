import { createUniqueId } from 'solid-js'

/** On or off, with what it does in words. */
export function Switch(props: { name: string; help?: string; on: boolean; disabled?: boolean; change: (on: boolean) => void }) {
  const id = createUniqueId()
  return (
    <div class="flex min-h-14 items-center gap-4 py-2">
      <label for={id} class="min-w-0 flex-1">
        <span class="block">{props.name}</span>
        <span class="block text-meta text-ink-3">{props.help}</span>
      </label>
      <input
        id={id}
        type="checkbox"
        role="switch"
        class="switch"
        checked={props.on}
        disabled={props.disabled}
        onChange={(event) => {
          // What the server says is shown, not what the thumb did.
          const wanted = event.currentTarget.checked
          event.currentTarget.checked = props.on
          props.change(wanted)
        }}
      />
    </div>
  )
}
