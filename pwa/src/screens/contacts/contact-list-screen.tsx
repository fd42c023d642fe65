import Plus from 'lucide-solid/icons/plus'
import { createSignal, For, Show } from 'solid-js'
import type { Contact } from '#contract/contacts.ts'
import { ContactFacts } from '../../contact/contact-facts.tsx'
import { ContactSheet } from '../../contact/contact-sheet.tsx'
import { createContactSearch } from '../../contact/create-contact-search.ts'
import { contactShown } from '../../live/contacts-kept.ts'
import { useDesk } from '../../live/context.ts'
import { LoadProblem } from '../../load-problem.tsx'
import { contactsText } from '../../text/contacts.ts'
import { Button } from '../../ui/button.tsx'
import { Segment } from '../../ui/chip.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Field } from '../../ui/field.tsx'

/** Everybody whom the caller sees, by name, with the five facts. */
export default function ContactListScreen() {
  const { desk, outbox } = useDesk()
  const [isArchived, setIsArchived] = createSignal(false)
  const list = createContactSearch(isArchived)
  const [open, setOpen] = createSignal<Contact['id'] | 'new' | null>(null)

  /** What was changed stands changed at once, or leaves the list that it is no longer of. */
  function changed(contact: Contact) {
    if (open() === 'new' || !list.items().some(({ id }) => id === contact.id) || contact.archived !== isArchived())
      void list.again()
    else list.replace((old) => (old.id === contact.id ? contact : old))
  }

  return (
    <>
      <div class="flex items-end gap-2">
        <Field
          class="min-w-0 flex-1"
          label={contactsText().search}
          type="search"
          autocomplete="off"
          maxlength={100}
          value={list.typed()}
          onInput={(event) => list.type(event.currentTarget.value)}
        />
        <Show when={desk.may('contacts.write')}>
          <Button kind="primary" icon={Plus} onClick={() => setOpen('new')}>
            {contactsText().add}
          </Button>
        </Show>
      </div>
      <Show when={desk.may('contacts.manage')}>
        <Segment chosen={isArchived()} choose={() => setIsArchived(!isArchived())}>
          {contactsText().archived}
        </Segment>
      </Show>
      <LoadProblem of={list} title={contactsText().loadFailed} />
      <Show when={list.isHere()}>
        <p role="status" class="mt-2 rounded-segment bg-maiz-tint px-3 py-2 text-small">
          {contactsText().listHere}
        </p>
      </Show>
      <Show when={list.items().length === 0 && !list.loading() && !list.problem()}>
        <Empty
          title={list.words() ? contactsText().noMatch : contactsText().empty}
          help={list.words() ? contactsText().noMatchHelp : contactsText().emptyHelp}
        />
      </Show>
      <Show when={list.items().length > 0}>
        <ul
          aria-label={contactsText().title}
          aria-busy={list.loading()}
          class="mt-2 overflow-hidden rounded-card border border-line bg-surface"
        >
          <For each={list.items()}>
            {(contact) => (
              <li class="border-line [&+&]:border-t">
                <button type="button" class="row flex min-h-18 w-full px-4 py-2 text-left" onClick={() => setOpen(contact.id)}>
                  <ContactFacts contact={contactShown(contact, outbox.entries())} />
                </button>
              </li>
            )}
          </For>
        </ul>
      </Show>
      <Show when={list.next()}>
        <Button class="mt-3 w-full" busy={list.loading()} onClick={() => void list.more()}>
          {contactsText().more}
        </Button>
      </Show>
      <Show when={open()} keyed>
        {(which) => <ContactSheet contactId={which === 'new' ? null : which} close={() => setOpen(null)} changed={changed} />}
      </Show>
    </>
  )
}
