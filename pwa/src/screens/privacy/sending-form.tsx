import { createSignal, untrack } from 'solid-js'
import type { Privacy } from '#contract/privacy.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/privacy-endpoints.ts'
import { privacyText } from '../../text/privacy.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Switch } from '../../ui/switch.tsx'
import { TextArea } from '../../ui/text-area.tsx'
import { say } from '../../ui/toast.tsx'

/** Whether new contacts are told by themselves, in which words, and how long a request may wait. */
export function SendingForm(props: { privacy: Privacy; changed: (privacy: Privacy) => void }) {
  const action = createAction()
  const words = () => privacyText()
  const before = untrack(() => props.privacy)
  const [sends, setSends] = createSignal(before.sendsToNew)
  const [sentence, setSentence] = createSignal(before.sentence)
  const [days, setDays] = createSignal(String(before.answerDays))

  async function save() {
    const form = { sendsToNew: sends(), sentence: sentence().trim(), answerDays: Number(days()) }
    props.changed(await call(api.changePrivacy, { rev: props.privacy.rev, ...form }))
    say(words().saved)
  }

  return (
    <form
      class="fold-bl flex flex-col gap-4 rounded-card border border-line bg-surface p-5"
      onSubmit={(event) => {
        event.preventDefault()
        void action.run(save)
      }}
    >
      <div>
        <Switch name={words().sending} help={words().sendingHelp} on={sends()} change={setSends} />
        <p class="nums text-meta text-ink-3">{words().sentTo(props.privacy.sent)}</p>
      </div>
      <TextArea
        label={words().sentence}
        hint={words().sentenceHint}
        rows="2"
        maxlength={300}
        required
        value={sentence()}
        onInput={(event) => setSentence(event.currentTarget.value)}
      />
      <Field
        label={words().days}
        hint={words().daysHint}
        type="number"
        inputmode="numeric"
        min="1"
        max="60"
        required
        value={days()}
        onInput={(event) => setDays(event.currentTarget.value)}
      />
      <p role="alert" class="text-small text-cochinilla empty:hidden">
        {action.error()}
      </p>
      <Button kind="primary" type="submit" busy={action.busy()}>
        {words().save}
      </Button>
    </form>
  )
}
