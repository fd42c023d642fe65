import { For, type Setter } from 'solid-js'
import type { Consent } from '#contract/consents.ts'
import { useDesk } from '../live/context.ts'
import { consentsText } from '../text/consents.ts'
import { Choice, Field } from '../ui/field.tsx'

export type Said = { purpose: Consent['purpose']; channelId: string; how: string }
export const nothingSaid: Said = { purpose: 'all', channelId: '', how: '' }

/** What the server takes of these fields. */
export function wordOf({ purpose, channelId, how }: Said) {
  return { purpose, how: how.trim(), ...(channelId ? { channelId } : {}) }
}

/** For which messages and on which number something was said, and how that is known. */
export function ConsentFields(props: { said: Said; change: Setter<Said> }) {
  const { desk } = useDesk()
  const words = () => consentsText()
  const put = (more: Partial<Said>) => props.change((before) => ({ ...before, ...more }))
  return (
    <>
      <Choice
        label={words().purpose}
        value={props.said.purpose}
        onChange={(event) => put({ purpose: event.currentTarget.value === 'marketing' ? 'marketing' : 'all' })}
      >
        <option value="all">{words().purposes.all}</option>
        <option value="marketing">{words().purposes.marketing}</option>
      </Choice>
      <NumberChoice value={props.said.channelId} choose={(channelId) => put({ channelId })} numbers={desk.channels()} />
      <Field
        label={words().how}
        hint={words().howHint}
        minlength={3}
        maxlength={200}
        autocomplete="off"
        required
        value={props.said.how}
        onInput={(event) => put({ how: event.currentTarget.value })}
      />
    </>
  )
}

/** All numbers, or one of them. */
export function NumberChoice(props: {
  value: string
  choose: (id: string) => void
  numbers: readonly { id: string; name: string }[]
}) {
  return (
    <Choice label={consentsText().number} value={props.value} onChange={(event) => props.choose(event.currentTarget.value)}>
      <option value="" selected={props.value === ''}>
        {consentsText().anyNumber}
      </option>
      <For each={props.numbers}>
        {({ id, name }) => (
          <option value={id} selected={props.value === id}>
            {name}
          </option>
        )}
      </For>
    </Choice>
  )
}
