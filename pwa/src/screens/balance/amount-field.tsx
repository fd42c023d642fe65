import { Field } from '../../ui/field.tsx'

type AmountFieldProps = {
  label: string
  hint?: string | undefined
  error: string | null
  text: string
  change: (text: string) => void
}

/** An amount as people write it. */
export function AmountField(props: AmountFieldProps) {
  return (
    <Field
      label={props.label}
      hint={props.hint}
      error={props.error}
      inputMode="decimal"
      autocomplete="off"
      value={props.text}
      onInput={(event) => props.change(event.currentTarget.value)}
    />
  )
}

/** The same with what the server said of it. */
export function AskedAmount(props: AmountFieldProps & { problem: string | null }) {
  return (
    <>
      <AmountField
        label={props.label}
        hint={props.hint}
        error={props.error}
        text={props.text}
        change={(text) => props.change(text)}
      />
      <p role="alert" class="text-small text-cochinilla empty:hidden">
        {props.problem}
      </p>
    </>
  )
}
