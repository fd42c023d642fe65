/** What can be done with a chat or its contact while there is no network. */
import type { Contact } from '#contract/contacts.ts'
import type { Seen } from '#contract/deeds.ts'
import type { ChatId, ContactId, MessageId, PersonId } from '#contract/ids.ts'
import type { ShownLabel } from '#contract/inbox.ts'

/** What of a contact is written by hand. */
export type ContactFields = { name?: string; phone?: string; country?: string; document?: string; email?: string }

export type What =
  | { do: 'label'; label: ShownLabel; on: boolean; chatId: ChatId; messageId: MessageId | null }
  | { do: 'close' | 'reopen' | 'settle'; chatId: ChatId; seen: Seen }
  | { do: 'assign'; chatId: ChatId; to: { id: PersonId; name: string } | null; seen: Seen }
  /** `was`: the contact as it stood when it was written over. */
  | { do: 'contact'; contactId: ContactId; was: Contact; fields: ContactFields }

/**
 * Somebody has changed the contact since: what was written over what still stands is written all the same. Null where they
 * have changed the same field to something else: the person decides.
 */
export function rebased({ was, fields }: Extract<What, { do: 'contact' }>, now: Contact): ContactFields | null {
  const names = ['name', 'phone', 'document', 'email'] as const
  const isTheirs = names.some((name) => {
    const mine = fields[name]
    return mine !== undefined && known(now, name) !== known(was, name) && known(now, name) !== mine
  })
  return isTheirs ? null : fields
}

/** Whom nobody has named goes by their own name: so does their chat. */
const known = (contact: Contact, field: 'name' | 'phone' | 'document' | 'email'): string =>
  (field === 'name' ? (contact.name ?? contact.profileName) : contact[field]) ?? ''
