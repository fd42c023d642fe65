import type { LucideProps } from 'lucide-solid'
import { Show, splitProps, type Component, type JSX } from 'solid-js'
import { Icon } from './icon.tsx'

type Kind = 'primary' | 'quiet' | 'outlined' | 'danger' | 'sure'
type ButtonProps = JSX.ButtonHTMLAttributes<HTMLButtonElement> & { kind?: Kind; busy?: boolean; icon?: Component<LucideProps> }

/** A button with words. While busy it keeps its label and takes no second tap. */
export function Button(props: ButtonProps) {
  const [own, rest] = splitProps(props, ['kind', 'busy', 'icon', 'class', 'children', 'disabled', 'type'])
  return (
    <button
      {...rest}
      type={own.type ?? 'button'}
      class={`button button-${own.kind ?? 'outlined'} ${own.class ?? ''}`}
      disabled={own.disabled || own.busy}
      aria-busy={own.busy ? 'true' : undefined}
    >
      <Show when={own.icon}>{(icon) => <Icon of={icon()} />}</Show>
      {own.children}
      <Show when={own.busy}>
        <Busy />
      </Show>
    </button>
  )
}

type IconButtonProps = JSX.ButtonHTMLAttributes<HTMLButtonElement> & {
  label: string
  icon: Component<LucideProps>
  size?: number
}

/** A button with a drawing only; its label is read aloud and shown when the pointer rests on it. */
export function IconButton(props: IconButtonProps) {
  const [own, rest] = splitProps(props, ['label', 'icon', 'size', 'class', 'type'])
  return (
    <button
      {...rest}
      type={own.type ?? 'button'}
      class={`icon-button ${own.class ?? ''}`}
      aria-label={own.label}
      title={own.label}
    >
      <Icon of={own.icon} size={own.size ?? 22} />
    </button>
  )
}

/** Three dots that weave. */
export function Busy() {
  return (
    <span class="busy" aria-hidden="true">
      <i />
      <i />
      <i />
    </span>
  )
}
