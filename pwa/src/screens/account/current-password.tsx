import { own } from '../../text/own.ts'
import { t } from '../../text/text.ts'
import type { ApiProblem } from '../../api/problem.rules.ts'
import { PasswordField } from '../../ui/password-field.tsx'

/** The own password, asked again before something that opens or closes the account. */
export function CurrentPassword(props: { value: string; type: (value: string) => void }) {
  return (
    <PasswordField
      label={own().password.current}
      name="password"
      autocomplete="current-password"
      maxlength={128}
      value={props.value}
      onInput={(event) => props.type(event.currentTarget.value)}
      showLabel={t().signIn.show}
      hideLabel={t().signIn.hide}
    />
  )
}

/** Here the e-mail is known: only the password can be wrong. */
export function wrongPassword(problem: ApiProblem): string | null {
  return problem.code === 'wrong_credentials' ? own().change.wrong : null
}
