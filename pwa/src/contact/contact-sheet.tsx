import { useNavigate } from '@solidjs/router'
import Archive from 'lucide-solid/icons/archive'
import ArchiveRestore from 'lucide-solid/icons/archive-restore'
import Merge from 'lucide-solid/icons/merge'
import MessageCircle from 'lucide-solid/icons/message-circle'
import { createSignal, Show, Suspense, untrack } from 'solid-js'
import type { Contact } from '#contract/contacts.ts'
import { call } from '../api/call.ts'
import { createAction } from '../api/create-action.ts'
import * as api from '../api/endpoints.ts'
import { createAsked } from '../live/create-asked.ts'
import { useDesk } from '../live/context.ts'
import { contactsText } from '../text/contacts.ts'
import { sentenceOf, t } from '../text/text.ts'
import { Button } from '../ui/button.tsx'
import { ErrorCard } from '../ui/empty.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { say } from '../ui/toast.tsx'
import { lazyPart } from '../lib/lazy-part.ts'
import { loadPrivacyText } from '../text/privacy.ts'
import { ConsentCard } from './consent-card.tsx'
import { ClientCard } from './client-card.tsx'
import { ContactFacts } from './contact-facts.tsx'
import { ContactForm } from './contact-form.tsx'
import { MergeSheet } from './merge-sheet.tsx'

const PrivacyCard = lazyPart(async () => {
  const [part] = await Promise.all([import('./privacy-card.tsx'), loadPrivacyText()])
  return { default: part.PrivacyCard }
})

type ContactSheetProps = {
  /** null: a new one. */
  contactId: Contact['id'] | null
  close: () => void
  changed?: (contact: Contact) => void
  /** The chat from which it was opened: it needs no way there. */
  isInChat?: boolean
}

/** A contact: the five facts, what is written of them, and what the company's own database says. */
export function ContactSheet(props: ContactSheetProps) {
  const id = untrack(() => props.contactId)
  const [fresh, setFresh] = createSignal<Contact | null>(null)
  const asked = id === null ? null : createAsked(() => call(api.getContact, { contactId: id }))
  const contact = () => fresh() ?? asked?.items() ?? null

  function put(next: Contact) {
    setFresh(next)
    props.changed?.(next)
  }

  return (
    <Sheet
      title={id === null ? contactsText().card.newTitle : contactsText().card.title}
      closeLabel={t().app.close}
      close={props.close}
    >
      <Show when={asked?.problem()}>
        {(problem) => (
          <ErrorCard
            title={contactsText().loadFailed}
            help={sentenceOf(problem())}
            reference={problem().traceId}
            action={{ name: t().app.retry, run: () => void asked?.again() }}
          />
        )}
      </Show>
      <div class="flex flex-col gap-5 p-5">
        <Show when={id === null}>
          <ContactForm
            contact={null}
            saved={(next) => {
              put(next)
              props.close()
            }}
          />
        </Show>
        <Show when={contact()}>
          {(now) => <Card contact={now()} put={put} isInChat={props.isInChat === true} close={props.close} />}
        </Show>
      </div>
    </Sheet>
  )
}

function Card(props: { contact: Contact; put: (contact: Contact) => void; isInChat: boolean; close: () => void }) {
  const { desk } = useDesk()
  const navigate = useNavigate()
  const action = createAction()
  const [isMerging, setIsMerging] = createSignal(false)
  const [met, setMet] = createSignal(0)
  const known = untrack(() => props.contact.name !== null)

  async function archive() {
    const next = await call(api.archiveContact, { contactId: props.contact.id, archived: !props.contact.archived })
    props.put(next)
    say(next.archived ? contactsText().card.isArchived : contactsText().card.isRestored)
  }

  return (
    <>
      <div class="flex">
        <ContactFacts contact={props.contact} />
      </div>
      <Show when={props.contact.name && props.contact.profileName && props.contact.profileName !== props.contact.name}>
        <p class="text-small text-ink-2">{contactsText().card.whatsapp(props.contact.profileName ?? '')}</p>
      </Show>
      <Show when={props.contact.chatId !== null && !props.isInChat}>
        <Button
          icon={MessageCircle}
          onClick={() => {
            props.close()
            navigate(`/chats/${props.contact.chatId}`)
          }}
        >
          {contactsText().card.openChat}
        </Button>
      </Show>
      {/* Whoever is known is looked up; whoever is not is named first. */}
      <Show when={desk.may('clients.read') && known}>
        <ClientCard contactId={props.contact.id} />
      </Show>
      <Show when={desk.may('contacts.write')}>
        {/* Another revision is another form: what was written belongs to the one before. */}
        <Show when={props.contact} keyed>
          {(now) => <ContactForm contact={now} saved={(next) => (props.put(next), props.isInChat && props.close())} />}
        </Show>
      </Show>
      <Show when={desk.may('clients.read') && !known}>
        <ClientCard contactId={props.contact.id} />
      </Show>
      {/* An objection that is met is a word about messages, too: it is read anew. */}
      <Show when={met() + 1} keyed>
        <ConsentCard contactId={props.contact.id} />
      </Show>
      <Suspense>
        <PrivacyCard contactId={props.contact.id} settled={() => setMet(met() + 1)} />
      </Suspense>
      <Show when={desk.may('contacts.manage')}>
        <p role="alert" class="text-small text-cochinilla empty:hidden">
          {action.error()}
        </p>
        <div class="flex flex-wrap gap-2">
          <Button icon={Merge} onClick={() => setIsMerging(true)}>
            {contactsText().card.merge}
          </Button>
          <Button
            icon={props.contact.archived ? ArchiveRestore : Archive}
            busy={action.busy()}
            onClick={() => void action.run(archive)}
          >
            {props.contact.archived ? contactsText().card.restore : contactsText().card.archive}
          </Button>
        </div>
      </Show>
      <Show when={isMerging()}>
        <MergeSheet
          keep={props.contact}
          close={() => setIsMerging(false)}
          merged={(next) => {
            setIsMerging(false)
            props.put(next)
          }}
        />
      </Show>
    </>
  )
}
