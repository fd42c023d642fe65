/** Deeds that wait to be done: how what they touch looks meanwhile, and what another's newer change means for them. Pure. */
import type { Contact } from '#contract/contacts.ts'
import { overtaken, type Seen } from '#contract/deeds.ts'
import type { Chat, Message, ShownLabel } from '#contract/inbox.ts'
import type { ContactFields, What } from './deed.rules.ts'
import type { Deed, Entry } from './outbox.rules.ts'

/** A contact that waits to be written over. */
export type ContactDeed = Deed & { deed: Extract<What, { do: 'contact' }> }

/** How a chat stands, for a decision about it. */
export function seenOf({ waitingSince, unanswered, assignee }: Chat): Seen {
  return { waitingSince, unanswered, assigneeId: assignee?.id ?? null }
}

export function isDeed(entry: Entry): entry is Deed {
  return entry.what === 'deed'
}

/** What was written last of a contact and is not at the server, refused or not. */
export function ofContact(entries: readonly Entry[], contactId: string): ContactDeed | null {
  return (
    entries.filter(isDeed).findLast((one): one is ContactDeed => one.deed.do === 'contact' && one.deed.contactId === contactId) ??
    null
  )
}

/** Whoever is no contradiction as the chat's holder: oneself, or whom it was to be given to. */
function holderMeant(deed: What, me: string): string | null {
  return deed.do === 'assign' ? (deed.to?.id ?? null) : me
}

function isVoid(deed: What, chat: Chat, me: string): boolean {
  if (deed.do === 'label' || deed.do === 'contact') return false
  return overtaken(deed.do, deed.seen, seenOf(chat), holderMeant(deed, me))
}

/** The chat as it will be, in the order of what waits. What was refused, or is void by now, does not show. */
export function chatWith(chat: Chat, deeds: readonly Deed[], me: string): Chat {
  let now = chat
  for (const deed of standing(deeds)) if (!isVoid(deed, now, me)) now = done(now, deed)
  return now
}

const standing = (deeds: readonly Deed[]): What[] => deeds.filter(({ state }) => state !== 'failed').map(({ deed }) => deed)

function done(chat: Chat, deed: What): Chat {
  switch (deed.do) {
    case 'label':
      return deed.messageId === null && deed.chatId === chat.id ? { ...chat, labels: labelled(chat.labels, deed) } : chat
    case 'close':
      return { ...chat, state: 'closed', unanswered: 0, waitingSince: null }
    case 'reopen':
      return chat.state === 'closed' ? { ...chat, state: 'waiting' } : chat
    case 'settle':
      return { ...chat, state: chat.state === 'closed' ? 'closed' : 'waiting', unanswered: 0, waitingSince: null }
    case 'assign':
      return { ...chat, assignee: deed.to }
    case 'contact':
      return deed.contactId === chat.contact.id && deed.fields.name !== undefined
        ? { ...chat, contact: { ...chat.contact, name: deed.fields.name } }
        : chat
  }
}

/** The message with the labels that it will have. The same object when nothing waits for it. */
export function messageWith(message: Message, deeds: readonly Deed[]): Message {
  let { labels } = message
  for (const deed of standing(deeds)) if (deed.do === 'label' && deed.messageId === message.id) labels = labelled(labels, deed)
  return labels === message.labels ? message : { ...message, labels }
}

function labelled(labels: readonly ShownLabel[] | undefined, { label, on }: Extract<What, { do: 'label' }>): ShownLabel[] {
  const rest = (labels ?? []).filter(({ id }) => id !== label.id)
  return on ? [...rest, label] : rest
}

/** The contact as it will be. */
export function contactWith(contact: Contact, deeds: readonly Deed[]): Contact {
  const mine = standing(deeds).flatMap((deed) =>
    deed.do === 'contact' && deed.contactId === contact.id ? [plainFields(deed.fields)] : [],
  )
  return mine.length > 0 ? Object.assign({}, contact, ...mine) : contact
}

/** A number is written by the server in its own way, so it stays as it was until then. */
function plainFields({ name, document, email }: ContactFields): Partial<Contact> {
  return {
    ...(name === undefined ? {} : { name }),
    ...(document === undefined ? {} : { document: document || null }),
    ...(email === undefined ? {} : { email: email || null }),
  }
}

/** Does the second take back the first, so that neither need be done? */
export function cancels(first: What, second: What): boolean {
  if (first.do === 'label' && second.do === 'label') {
    const isSame = first.label.id === second.label.id && first.chatId === second.chatId && first.messageId === second.messageId
    return isSame && first.on !== second.on
  }
  if (first.do === 'contact' || second.do === 'contact' || first.do === 'label' || second.do === 'label') return false
  const pair = [first.do, second.do].join(' ')
  return first.chatId === second.chatId && (pair === 'close reopen' || pair === 'reopen close')
}

/** The same once more, decided about what stands there now. */
export function decidedAgain(deed: What, chat: Chat | undefined, contact: Contact | null): What {
  if (deed.do === 'contact') return contact ? { ...deed, was: contact } : deed
  return deed.do === 'label' || !chat ? deed : { ...deed, seen: seenOf(chat) }
}
