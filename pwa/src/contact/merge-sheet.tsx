import { createSignal, For, Show } from 'solid-js'
import type { Contact } from '#contract/contacts.ts'
import { call } from '../api/call.ts'
import { createAction } from '../api/create-action.ts'
import * as api from '../api/endpoints.ts'
import { contactsText } from '../text/contacts.ts'
import { t } from '../text/text.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { say } from '../ui/toast.tsx'
import { ContactFacts } from './contact-facts.tsx'
import { contactName } from './contact-name.ts'
import { createContactSearch } from './create-contact-search.ts'

/** Chooses the duplicate of a contact, and makes the two one after having been asked. */
export function MergeSheet(props: { keep: Contact; close: () => void; merged: (contact: Contact) => void }) {
  const search = createContactSearch()
  const action = createAction()
  const [spare, setSpare] = createSignal<Contact | null>(null)
  const others = () => search.items().filter(({ id }) => id !== props.keep.id)

  async function merge() {
    const other = spare()
    if (!other) return
    props.merged(await call(api.mergeContacts, { contactId: props.keep.id, spareId: other.id }))
    say(contactsText().card.merged)
  }

  return (
    <Sheet title={contactsText().card.mergeTitle} closeLabel={t().app.close} close={props.close}>
      <div class="flex flex-col gap-4 p-5">
        <p class="text-small text-ink-2">{contactsText().card.mergeHelp}</p>
        <Show
          when={spare()}
          fallback={
            <>
              <Field
                label={contactsText().search}
                type="search"
                autocomplete="off"
                value={search.typed()}
                onInput={(event) => search.type(event.currentTarget.value)}
              />
              <ul class="overflow-hidden rounded-card border border-line bg-surface">
                <For each={others().slice(0, 20)}>
                  {(contact) => (
                    <li class="border-line [&+&]:border-t">
                      <button
                        type="button"
                        class="row flex min-h-16 w-full px-4 py-2 text-left"
                        onClick={() => setSpare(contact)}
                      >
                        <ContactFacts contact={contact} />
                      </button>
                    </li>
                  )}
                </For>
              </ul>
            </>
          }
        >
          {(other) => (
            <>
              <p class="font-semibold">{contactsText().card.mergeConfirm(contactName(other()), contactName(props.keep))}</p>
              <p role="alert" class="text-small text-cochinilla empty:hidden">
                {action.error()}
              </p>
              <div class="flex flex-wrap gap-2">
                <Button kind="primary" busy={action.busy()} onClick={() => void action.run(merge)}>
                  {contactsText().card.mergeDo}
                </Button>
                <Button onClick={() => setSpare(null)}>{t().app.cancel}</Button>
              </div>
            </>
          )}
        </Show>
      </div>
    </Sheet>
  )
}
