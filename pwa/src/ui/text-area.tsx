import { createUniqueId, Show, splitProps, type JSX } from 'solid-js'

type TextAreaProps = JSX.TextareaHTMLAttributes<HTMLTextAreaElement> & {
  label: string
  hint?: string | undefined
  error?: string | null | undefined
}

/** A field for several lines: its label above, a hint or what is wrong below. */
export function TextArea(props: TextAreaProps) {
  const id = createUniqueId()
  const [own, rest] = splitProps(props, ['label', 'hint', 'error', 'class'])
  return (
    <div>
      <label for={id} class="mb-1 block text-small font-semibold">
        {own.label}
      </label>
      <textarea
        {...rest}
        id={id}
        class={`field ${own.class ?? 'min-h-20'}`}
        aria-invalid={own.error ? 'true' : undefined}
        aria-describedby={`${id}-help`}
      />
      <p id={`${id}-help`} class="text-meta" classList={{ 'mt-1': Boolean(own.error || own.hint) }}>
        <Show when={own.error} fallback={<span class="text-ink-3">{own.hint}</span>}>
          <span class="text-cochinilla">{own.error}</span>
        </Show>
      </p>
    </div>
  )
}
