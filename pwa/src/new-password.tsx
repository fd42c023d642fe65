import type * as session from '#contract/session.ts'
import { own } from './text/own.ts'
import { t } from './text/text.ts'
import { PasswordField } from './ui/password-field.tsx'

// The compiler holds these against the contract; zod stays off the phone.
const MIN: typeof session.PASSWORD_MIN = 10
const MAX: typeof session.PASSWORD_MAX = 128

/** A password to choose, with the only rule there is. */
export function NewPassword(props: { label: string; value: string; type: (value: string) => void }) {
  return (
    <PasswordField
      label={props.label}
      hint={own().password.rules(MIN)}
      name="new-password"
      autocomplete="new-password"
      minlength={MIN}
      maxlength={MAX}
      value={props.value}
      onInput={(event) => props.type(event.currentTarget.value)}
      showLabel={t().signIn.show}
      hideLabel={t().signIn.hide}
    />
  )
}
