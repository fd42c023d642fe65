import { createSignal, onMount, Show, untrack } from 'solid-js'
import { createStore } from 'solid-js/store'
import type { Contact } from '#contract/contacts.ts'
import { call } from '../api/call.ts'
import { createAction } from '../api/create-action.ts'
import * as api from '../api/endpoints.ts'
import { useDesk } from '../live/context.ts'
import { contactsText } from '../text/contacts.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { say } from '../ui/toast.tsx'
import { shownPhone } from './contact-name.ts'
import { CountryChoice, firstCountry } from './country-choice.tsx'

/** What is known of a contact, to be written. `contact` null: a new one. */
export function ContactForm(props: { contact: Contact | null; saved: (contact: Contact) => void }) {
  const { desk } = useDesk()
  const action = createAction()
  const start = untrack(() => props.contact)
  const seesDetails = () => desk.may('contacts.phone')
  const hasNumber = start?.phone !== null && start !== null
  const isFixed = () => (hasNumber && start?.chatId !== null) || (start !== null && !seesDetails())
  const [country, setCountry] = createSignal(firstCountry(desk.me.account.country))
  const [fields, setFields] = createStore({
    name: start?.name ?? '',
    phone: start?.phone ? shownPhone(start.phone) : '',
    document: start?.document ?? '',
    email: start?.email ?? '',
  })
  let form!: HTMLFormElement
  // Whoever has no name yet gets one with the first keys.
  onMount(() => void (!start?.name && form.querySelector('input')?.focus()))

  const details = () => (seesDetails() ? { document: fields.document, email: fields.email } : {})
  const phone = () => (fields.phone.trim() && !isFixed() ? { phone: fields.phone, country: country() } : {})

  async function save() {
    const { contact } = props
    if (contact) {
      const same = contact.phone !== null && fields.phone === shownPhone(contact.phone)
      const given = { name: fields.name, ...details(), ...(same ? {} : phone()) }
      props.saved(await call(api.changeContact, { contactId: contact.id, rev: contact.rev, ...given }))
      say(contactsText().card.saved)
    } else {
      const answer = await call(api.addContact, { name: fields.name, ...details(), ...phone() })
      props.saved(answer.contact)
      say(answer.existed ? contactsText().card.existed : contactsText().card.saved)
    }
  }

  return (
    <form
      ref={form}
      class="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        void action.run(save)
      }}
    >
      <Field
        label={contactsText().card.name}
        hint={props.contact && !props.contact.name ? contactsText().card.unsaved : undefined}
        required
        minlength={2}
        maxlength={120}
        autocomplete="off"
        value={fields.name}
        onInput={(event) => setFields('name', event.currentTarget.value)}
      />
      <Show when={!isFixed()}>
        <CountryChoice label={contactsText().card.country} value={country()} choose={setCountry} />
      </Show>
      <Field
        label={contactsText().card.phone}
        hint={
          isFixed()
            ? seesDetails()
              ? contactsText().card.phoneFixed
              : contactsText().card.masked
            : contactsText().card.phoneHint
        }
        type="tel"
        inputmode="tel"
        autocomplete="off"
        maxlength={40}
        required={!props.contact}
        disabled={isFixed()}
        value={fields.phone}
        onInput={(event) => setFields('phone', event.currentTarget.value)}
      />
      <Show when={seesDetails()}>
        <Field
          label={contactsText().card.document}
          autocomplete="off"
          maxlength={40}
          value={fields.document}
          onInput={(event) => setFields('document', event.currentTarget.value)}
        />
        <Field
          label={contactsText().card.email}
          type="email"
          autocomplete="off"
          maxlength={160}
          value={fields.email}
          onInput={(event) => setFields('email', event.currentTarget.value)}
        />
      </Show>
      <p role="alert" class="text-small text-cochinilla empty:hidden">
        {action.error()}
      </p>
      <Button kind="primary" type="submit" busy={action.busy()}>
        {contactsText().card.save}
      </Button>
    </form>
  )
}
