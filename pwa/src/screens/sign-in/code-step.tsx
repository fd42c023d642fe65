import { createSignal, onMount } from 'solid-js'
import { own } from '../../text/own.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { CARD } from './frame.tsx'

type CodeStepProps = { busy: boolean; error: string | null; submit: (code: string) => void; back: () => void }

/** The second factor, after the right password: digits of the authenticator, or a recovery code. */
export function CodeStep(props: CodeStepProps) {
  const [code, setCode] = createSignal('')
  let form!: HTMLFormElement
  onMount(() => form.querySelector('input')?.focus())
  return (
    <form
      ref={form}
      class={CARD}
      onSubmit={(event) => {
        event.preventDefault()
        props.submit(code().replace(/\s/g, ''))
      }}
    >
      <h2 class="text-heading font-bold">{own().code.title}</h2>
      <Field
        label={own().code.field}
        hint={own().code.help}
        name="code"
        autocomplete="one-time-code"
        autocapitalize="off"
        spellcheck={false}
        minlength={6}
        maxlength={20}
        required
        value={code()}
        onInput={(event) => setCode(event.currentTarget.value)}
      />
      <p role="alert" class="text-small text-cochinilla empty:hidden">
        {props.error}
      </p>
      <Button kind="primary" type="submit" busy={props.busy}>
        {own().code.submit}
      </Button>
      <Button kind="quiet" onClick={() => props.back()}>
        {own().code.back}
      </Button>
    </form>
  )
}
