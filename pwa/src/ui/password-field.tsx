import Eye from 'lucide-solid/icons/eye'
import EyeOff from 'lucide-solid/icons/eye-off'
import { createSignal, splitProps, type JSX } from 'solid-js'
import { IconButton } from './button.tsx'
import { Field } from './field.tsx'

type PasswordFieldProps = JSX.InputHTMLAttributes<HTMLInputElement> & {
  label: string
  hint?: string
  showLabel: string
  hideLabel: string
}

/** A password that can be looked at. Pasting and password managers are welcome. */
export function PasswordField(props: PasswordFieldProps) {
  const [own, rest] = splitProps(props, ['showLabel', 'hideLabel'])
  const [isShown, setIsShown] = createSignal(false)
  return (
    <Field
      {...rest}
      type={isShown() ? 'text' : 'password'}
      autocapitalize="off"
      spellcheck={false}
      required
      end={
        <IconButton
          label={isShown() ? own.hideLabel : own.showLabel}
          icon={isShown() ? EyeOff : Eye}
          aria-pressed={isShown()}
          onClick={() => setIsShown(!isShown())}
        />
      }
    />
  )
}
