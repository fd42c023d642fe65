import { createSignal, For, Show } from 'solid-js'
import type { Contact } from '#contract/contacts.ts'
import { RIGHTS } from '#contract/privacy-text.ts'
import { call } from '../api/call.ts'
import { createAction } from '../api/create-action.ts'
import * as api from '../api/privacy-endpoints.ts'
import { calendarDay, today } from '../text/format.ts'
import { privacyText } from '../text/privacy.ts'
import { t } from '../text/text.ts'
import { Button } from '../ui/button.tsx'
import { Choice, Field } from '../ui/field.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { TextArea } from '../ui/text-area.tsx'
import { say } from '../ui/toast.tsx'

type PrivacyRequestSheetProps = {
  contactId: Contact['id']
  answerDays: number | null
  saved: () => void
  close: () => void
}

/** Writing down what somebody asks about their data. */
export function PrivacyRequestSheet(props: PrivacyRequestSheetProps) {
  const action = createAction()
  const words = () => privacyText()
  const now = today()
  const [kind, setKind] = createSignal<(typeof RIGHTS)[number]>('access')
  const [asked, setAsked] = createSignal('')
  const [receivedOn, setReceivedOn] = createSignal(now)
  const due = () => {
    const day = Date.parse(`${receivedOn()}T00:00:00Z`)
    if (props.answerDays === null || Number.isNaN(day)) return null
    return calendarDay(new Date(day + props.answerDays * 86_400_000).toISOString().slice(0, 10))
  }

  async function save() {
    await call(api.addPrivacyRequest, {
      ...{ contactId: props.contactId, kind: kind(), asked: asked().trim(), receivedOn: receivedOn() },
    })
    say(words().added)
    props.saved()
    props.close()
  }

  return (
    <Sheet title={words().addTitle} closeLabel={t().app.close} close={props.close}>
      <form
        class="flex flex-col gap-5 p-5"
        onSubmit={(event) => {
          event.preventDefault()
          void action.run(save)
        }}
      >
        <Choice
          label={words().kind}
          hint={words().kindHelp[kind()]}
          onChange={(event) => setKind(RIGHTS.find((one) => one === event.currentTarget.value) ?? 'access')}
        >
          <For each={RIGHTS}>
            {(one) => (
              <option value={one} selected={one === kind()}>
                {words().kinds[one]}
              </option>
            )}
          </For>
        </Choice>
        <TextArea
          label={words().asked}
          hint={words().askedHint}
          rows="3"
          minlength={3}
          maxlength={1000}
          required
          value={asked()}
          onInput={(event) => setAsked(event.currentTarget.value)}
        />
        <div>
          <Field
            label={words().receivedOn}
            type="date"
            max={now}
            required
            value={receivedOn()}
            onInput={(event) => setReceivedOn(event.currentTarget.value)}
          />
          <Show when={due()}>{(day) => <p class="mt-1 text-small font-semibold">{words().willBeDue(day())}</p>}</Show>
        </div>
        <p role="alert" class="text-small text-cochinilla empty:hidden">
          {action.error()}
        </p>
        <Button kind="primary" type="submit" busy={action.busy()}>
          {words().save}
        </Button>
      </form>
    </Sheet>
  )
}
