/** Contacts that were looked at lately, to be read without a network. The others of this phone's chats are known by their chat. */
import type { Contact } from '#contract/contacts.ts'
import type { Chat } from '#contract/inbox.ts'
import { contactWith, isDeed } from './deeds.rules.ts'
import type { Desk } from './desk.ts'
import { getMeta, putMeta, type KeptContact } from './local-db.ts'
import type { Entry } from './outbox.rules.ts'

const KEEP = 300

/** Keeps what was just read of a contact. Who may not read them keeps nothing. */
export async function keepContact({ db, may }: Pick<Desk, 'db' | 'may'>, contact: Contact): Promise<void> {
  if (!may('contacts.read')) return
  try {
    const rest = ((await getMeta(db, 'contacts')) ?? []).filter((one) => one.contact.id !== contact.id)
    await putMeta(db, 'contacts', [{ contact, at: Date.now() }, ...rest].slice(0, KEEP))
  } catch {
    // The store is full or being closed: then they are not read without a network.
  }
}

/** What this phone knows of a contact: as it was last read, else what its chat tells. Null: nothing. */
export async function contactHere(desk: Desk, contactId: string): Promise<KeptContact | null> {
  const kept = (await getMeta(desk.db, 'contacts'))?.find(({ contact }) => contact.id === contactId)
  if (kept) return kept
  const chat = [...desk.chats().values()].find(({ contact }) => contact.id === contactId)
  return chat ? { contact: fromChat(chat), at: desk.syncedAt() ?? 0 } : null
}

/** Everybody whom this phone knows, by name. */
export async function contactsHere(desk: Desk): Promise<Contact[]> {
  const kept = new Map(((await getMeta(desk.db, 'contacts')) ?? []).map(({ contact }) => [contact.id, contact]))
  for (const chat of desk.chats().values()) {
    if (!kept.has(chat.contact.id)) kept.set(chat.contact.id, fromChat(chat))
  }
  return [...kept.values()].toSorted((a, b) => (a.name ?? '').localeCompare(b.name ?? ''))
}

/** A contact with what waits to be written of them. */
export function contactShown(contact: Contact, entries: readonly Entry[]): Contact {
  return contactWith(contact, entries.filter(isDeed))
}

function fromChat({ id, contact, assignee, state }: Chat): Contact {
  return {
    ...{ id: contact.id, name: contact.name, phone: contact.phone, profileName: null, document: null, email: null },
    ...{ agent: assignee, state, chatId: id, archived: false, createdAt: '', rev: 0 },
  }
}
