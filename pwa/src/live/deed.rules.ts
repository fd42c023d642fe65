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
