import { createSignal, Show } from 'solid-js'
import type { Consent } from '#contract/consents.ts'
import type { Contact } from '#contract/contacts.ts'
import { call } from '../api/call.ts'
import { createAction } from '../api/create-action.ts'
import * as api from '../api/endpoints.ts'
import { useDesk } from '../live/context.ts'
import { consentsText } from '../text/consents.ts'
import { contactsText } from '../text/contacts.ts'
import { t } from '../text/text.ts'
import { Button } from '../ui/button.tsx'
import { Choice, Field } from '../ui/field.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { say } from '../ui/toast.tsx'
import { ConsentFields, nothingSaid, wordOf } from './consent-fields.tsx'
import { CountryChoice, firstCountry } from './country-choice.tsx'

type ConsentSheetProps = {
  /** Whose word it is; null: of whoever has the number that is written here. */
  contactId: Contact['id'] | null
  /** What is said, where that is known already. */
  state: Consent['state'] | null
  close: () => void
  saved: () => void
}

/** Writing down that somebody wants messages or does not. */
export function ConsentSheet(props: ConsentSheetProps) {
  const { desk } = useDesk()
  const action = createAction()
  const [said, setSaid] = createSignal(nothingSaid)
  const [state, setState] = createSignal<Consent['state']>('out')
  const [country, setCountry] = createSignal(firstCountry(desk.me.account.country))
  const [phone, setPhone] = createSignal('')
  const [name, setName] = createSignal('')
  const words = () => consentsText()
  const title = () => (props.state === null ? words().addTitle : words()[props.state === 'in' ? 'inTitle' : 'outTitle'])

  async function save() {
    const word = { ...wordOf(said()), state: props.state ?? state() }
    if (props.contactId === null) {
      const named = name().trim() ? { name: name().trim() } : {}
      await call(api.addConsent, { ...word, phone: phone(), country: country(), ...named })
    } else await call(api.setConsent, { ...word, contactId: props.contactId })
    say(words().saved)
    props.saved()
    props.close()
  }

  return (
    <Sheet title={title()} closeLabel={t().app.close} close={props.close}>
      <form
        class="flex flex-col gap-5 p-5"
        onSubmit={(event) => {
          event.preventDefault()
          void action.run(save)
        }}
      >
        <Show when={props.contactId === null}>
          <CountryChoice label={contactsText().card.country} value={country()} choose={setCountry} />
          <Field
            label={contactsText().card.phone}
            hint={contactsText().card.phoneHint}
            type="tel"
            inputmode="tel"
            minlength={3}
            maxlength={40}
            autocomplete="off"
            required
            value={phone()}
            onInput={(event) => setPhone(event.currentTarget.value)}
          />
          <Field
            label={contactsText().card.name}
            maxlength={120}
            autocomplete="off"
            value={name()}
            onInput={(event) => setName(event.currentTarget.value)}
          />
        </Show>
        <Show when={props.state === null}>
          <StateChoice value={state()} choose={setState} />
        </Show>
        <ConsentFields said={said()} change={setSaid} />
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

/** Yes or no. */
export function StateChoice(props: { value: Consent['state']; choose: (state: Consent['state']) => void }) {
  return (
    <Choice
      label={consentsText().state}
      value={props.value}
      onChange={(event) => props.choose(event.currentTarget.value === 'in' ? 'in' : 'out')}
    >
      <option value="out">{consentsText().sayOut}</option>
      <option value="in">{consentsText().sayIn}</option>
    </Choice>
  )
}
