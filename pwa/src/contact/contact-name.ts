import type { Contact } from '#contract/contacts.ts'
import { contactsText } from '../text/contacts.ts'
import { phoneNumber } from '../text/format.ts'

/** How a contact is called: our name for them, theirs on WhatsApp, else their number. */
export function contactName(contact: Contact): string {
  return contact.name ?? contact.profileName ?? (contact.phone ? shownPhone(contact.phone) : contactsText().unnamed)
}

/** A number in groups; one that is masked stays as it came. */
export function shownPhone(phone: string): string {
  return /^\d+$/.test(phone) ? phoneNumber(phone) : phone
}
