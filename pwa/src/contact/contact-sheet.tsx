import { useNavigate } from '@solidjs/router'
import Archive from 'lucide-solid/icons/archive'
import ArchiveRestore from 'lucide-solid/icons/archive-restore'
import Merge from 'lucide-solid/icons/merge'
import MessageCircle from 'lucide-solid/icons/message-circle'
import { createEffect, createSignal, Show, Suspense, untrack } from 'solid-js'
import type { Contact } from '#contract/contacts.ts'
import { call } from '../api/call.ts'
import { createAction } from '../api/create-action.ts'
import * as api from '../api/endpoints.ts'
import { minuteNow } from '../lib/clock.ts'
import { contactHere, contactShown, keepContact } from '../live/contacts-kept.ts'
import { createAsked } from '../live/create-asked.ts'
import type { KeptContact } from '../live/local-db.ts'
import { useDesk } from '../live/context.ts'
import { ofContact, type ContactDeed } from '../live/deeds.rules.ts'
import { LoadProblem } from '../load-problem.tsx'
import { contactsText } from '../text/contacts.ts'
import { ago } from '../text/format.ts'
import { t } from '../text/text.ts'
import { Button } from '../ui/button.tsx'
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
  const { desk, outbox } = useDesk()
  const [fresh, setFresh] = createSignal<Contact | null>(null)
  const [here, setHere] = createSignal<KeptContact | null>(null)
  const asked =
    id === null
      ? null
      : createAsked(
          () => call(api.getContact, { contactId: id }),
          (read) => void keepContact(desk, read),
        )
  // Without an answer what this phone knows is shown, and how old it is.
  const isHere = () => fresh() === null && !asked?.items() && asked?.problem()?.status === 0 && here() !== null
  createEffect(() => {
    if (id !== null && asked?.problem()) void contactHere(desk, id).then(setHere)
  })
  const contact = () => fresh() ?? asked?.items() ?? (isHere() ? (here()?.contact ?? null) : null)
  const waiting = () => (id === null ? null : ofContact(outbox.entries(), id))

  function put(next: Contact) {
    // What only waits is shown on top of what is known, and goes should it be refused.
    if (!waiting()) setFresh(next)
    props.changed?.(next)
  }

  return (
    <Sheet
      title={id === null ? contactsText().card.newTitle : contactsText().card.title}
      closeLabel={t().app.close}
      close={props.close}
    >
      <Show when={isHere()}>
        <p role="status" class="bg-maiz-tint px-5 py-2 text-small">
          {contactsText().here(here()?.at ? ago(here()?.at ?? 0, minuteNow()) : null)}
        </p>
      </Show>
      <Show when={!isHere() && asked}>{(list) => <LoadProblem of={list()} title={contactsText().loadFailed} />}</Show>
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
          {(now) => (
            <Card
              contact={now()}
              waiting={waiting()}
              isHere={isHere()}
              put={put}
              isInChat={props.isInChat === true}
              close={props.close}
            />
          )}
        </Show>
      </div>
    </Sheet>
  )
}

type CardProps = {
  /** As the server has them, or had. */
  contact: Contact
  waiting: ContactDeed | null
  /** From this phone: what only the server knows is not asked for. */
  isHere: boolean
  put: (contact: Contact) => void
  isInChat: boolean
  close: () => void
}

function Card(props: CardProps) {
  const { desk, outbox } = useDesk()
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
        <ContactFacts contact={contactShown(props.contact, outbox.entries())} />
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
      <Show when={desk.may('clients.read') && known && !props.isHere}>
        <ClientCard contactId={props.contact.id} />
      </Show>
      <Show when={desk.may('contacts.write')}>
        {/* Another revision is another form: what was written belongs to the one before. */}
        <Show when={props.contact} keyed>
          {(now) => (
            <ContactForm
              contact={now}
              waiting={untrack(() => props.waiting)}
              saved={(next) => (props.put(next), props.isInChat && props.close())}
            />
          )}
        </Show>
      </Show>
      <Show when={desk.may('clients.read') && !known && !props.isHere}>
        <ClientCard contactId={props.contact.id} />
      </Show>
      <Show when={!props.isHere}>
        {/* An objection that is met is a word about messages, too: it is read anew. */}
        <Show when={met() + 1} keyed>
          <ConsentCard contactId={props.contact.id} />
        </Show>
        <Suspense>
          <PrivacyCard contactId={props.contact.id} settled={() => setMet(met() + 1)} />
        </Suspense>
      </Show>
      <Show when={desk.may('contacts.manage') && !props.isHere}>
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
