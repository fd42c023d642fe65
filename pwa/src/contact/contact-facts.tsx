import { Show } from 'solid-js'
import type { Contact } from '#contract/contacts.ts'
import { photoUrl } from '../api/media-url.ts'
import { contactsText } from '../text/contacts.ts'
import { Avatar } from '../ui/avatar.tsx'
import { contactName, shownPhone } from './contact-name.ts'

/** The five facts of a contact: picture, name, number, agent and how their latest chat stands. */
export function ContactFacts(props: { contact: Contact }) {
  return (
    <span class="flex min-w-0 flex-1 items-center gap-3">
      <Avatar name={contactName(props.contact)} photo={photoUrl(props.contact)} size={44} />
      <span class="min-w-0 flex-1">
        <span class="flex items-baseline gap-2">
          <span class="truncate font-semibold">{contactName(props.contact)}</span>
          <Show when={props.contact.state}>
            {(state) => <span class="flex-none text-meta text-ink-2">{contactsText().states[state()]}</span>}
          </Show>
        </span>
        <span class="nums block truncate text-small text-ink-2">
          {props.contact.phone ? shownPhone(props.contact.phone) : contactsText().noNumber}
        </span>
        <span class="block truncate text-meta text-ink-3">
          {props.contact.chatId ? (props.contact.agent?.name ?? contactsText().noAgent) : contactsText().noChat}
        </span>
      </span>
    </span>
  )
}
