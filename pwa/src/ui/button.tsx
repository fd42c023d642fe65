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

type IconButtonProps = {
  label: string
  icon: Component<LucideProps>
  size?: number
  class?: string
  disabled?: boolean
  onClick?: () => void
  ref?: (element: HTMLButtonElement) => void
  'aria-pressed'?: boolean
  'data-command'?: string
  'data-leave'?: string
}

/**
 * A button with a drawing only; its label is read aloud and shown when the pointer rests on it. What it may be given is
 * named: every screen has many of them, and to merge whatever comes costs more than the button.
 */
export function IconButton(props: IconButtonProps) {
  return (
    <button
      type="button"
      class={`icon-button ${props.class ?? ''}`}
      aria-label={props.label}
      title={props.label}
      disabled={props.disabled}
      ref={props.ref}
      aria-pressed={props['aria-pressed']}
      data-command={props['data-command']}
      data-leave={props['data-leave']}
      onClick={() => props.onClick?.()}
    >
      <Icon of={props.icon} size={props.size ?? 22} />
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
