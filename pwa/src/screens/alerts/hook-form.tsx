import { createSignal, For, untrack } from 'solid-js'
import type { AlertHook } from '#contract/alerts.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/alert-endpoints.ts'
import { alertsText } from '../../text/alerts.ts'
import { language } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Choice, Field } from '../../ui/field.tsx'
import { Switch } from '../../ui/switch.tsx'
import { say } from '../../ui/toast.tsx'

const LANGUAGES = { es: 'Español', en: 'English', pt: 'Português' } as const
const isLanguage = (text: string): text is keyof typeof LANGUAGES => text in LANGUAGES

/** The address, the language of its mails, and whether anything is sent. `saved` gets the secret of a first address. */
export function HookForm(props: { hook: AlertHook | null; saved: (secret: string | null) => void }) {
  const words = () => alertsText()
  const action = createAction()
  const [url, setUrl] = createSignal(untrack(() => props.hook?.url ?? ''))
  const [chosen, setChosen] = createSignal(untrack(() => props.hook?.language ?? language()))
  const [isOn, setIsOn] = createSignal(untrack(() => props.hook?.isOn ?? true))

  async function save() {
    const { secret } = await call(api.changeAlertHook, { url: url().trim(), language: chosen(), isOn: isOn() })
    say(words().saved)
    props.saved(secret)
  }

  return (
    <form
      class="grid gap-3 rounded-card border border-line bg-surface p-4"
      onSubmit={(event) => {
        event.preventDefault()
        void action.run(save)
      }}
    >
      <Field
        label={words().url}
        hint={words().urlHint}
        type="url"
        required
        maxlength={1000}
        autocomplete="off"
        value={url()}
        onInput={(event) => setUrl(event.currentTarget.value)}
      />
      <Choice
        label={words().language}
        value={chosen()}
        onChange={(event) => isLanguage(event.currentTarget.value) && setChosen(event.currentTarget.value)}
      >
        <For each={Object.entries(LANGUAGES)}>
          {([code, name]) => (
            <option value={code} selected={code === chosen()} lang={code}>
              {name}
            </option>
          )}
        </For>
      </Choice>
      <Switch name={words().isOn} help={words().isOnHelp} on={isOn()} change={setIsOn} />
      <p role="alert" class="text-small text-cochinilla empty:hidden">
        {action.error()}
      </p>
      <Button kind="primary" class="justify-self-start" type="submit" busy={action.busy()}>
        {words().save}
      </Button>
    </form>
  )
}
