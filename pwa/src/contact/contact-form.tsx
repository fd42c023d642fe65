import { createSignal, onMount, Show, untrack } from 'solid-js'
import { createStore } from 'solid-js/store'
import type { Contact } from '#contract/contacts.ts'
import { call } from '../api/call.ts'
import { createAction } from '../api/create-action.ts'
import * as api from '../api/endpoints.ts'
import { useDesk } from '../live/context.ts'
import { writeContact } from '../live/deeds.ts'
import type { ContactFields } from '../live/deed.rules.ts'
import { ofContact, type ContactDeed } from '../live/deeds.rules.ts'
import { contactsText } from '../text/contacts.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { say } from '../ui/toast.tsx'
import { shownPhone } from './contact-name.ts'
import { CountryChoice, firstCountry } from './country-choice.tsx'

/** What is known of a contact, to be written. `contact` null: a new one. */
export function ContactForm(props: {
  contact: Contact | null
  /** What was written of them here before and is not at the server. */
  waiting?: ContactDeed | null
  saved: (contact: Contact) => void
}) {
  const phone = useDesk()
  const { desk } = phone
  const action = createAction()
  const start = untrack(() => props.contact)
  const seesDetails = () => desk.may('contacts.phone')
  const hasNumber = start?.phone !== null && start !== null
  const isFixed = () => (hasNumber && start?.chatId !== null) || (start !== null && !seesDetails())
  const typed = untrack(() => props.waiting)?.deed.fields
  const [country, setCountry] = createSignal(typed?.country ?? firstCountry(desk.me.account.country))
  const [fields, setFields] = createStore({
    name: typed?.name ?? start?.name ?? '',
    phone: typed?.phone ?? (start?.phone ? shownPhone(start.phone) : ''),
    document: typed?.document ?? start?.document ?? '',
    email: typed?.email ?? start?.email ?? '',
  })
  let form!: HTMLFormElement
  // Whoever has no name yet gets one with the first keys.
  onMount(() => void (!start?.name && form.querySelector('input')?.focus()))

  const details = () => (seesDetails() ? { document: fields.document, email: fields.email } : {})
  const number = () => (fields.phone.trim() && !isFixed() ? { phone: fields.phone, country: country() } : {})

  /** Only what is another: what a colleague writes in the other fields meanwhile stays theirs. */
  function changed(contact: Contact): ContactFields {
    const isSame = contact.phone !== null && fields.phone === shownPhone(contact.phone)
    return {
      ...(fields.name === (contact.name ?? '') ? {} : { name: fields.name }),
      ...(seesDetails() && fields.document !== (contact.document ?? '') ? { document: fields.document } : {}),
      ...(seesDetails() && fields.email !== (contact.email ?? '') ? { email: fields.email } : {}),
      ...(isSame ? {} : number()),
    }
  }

  async function save() {
    const { contact } = props
    if (contact) {
      props.saved(await writeContact(phone, contact, changed(contact), props.waiting ?? null))
      say(ofContact(phone.outbox.entries(), contact.id) ? contactsText().card.waits : contactsText().card.saved)
    } else {
      const answer = await call(api.addContact, { name: fields.name, ...details(), ...number() })
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
