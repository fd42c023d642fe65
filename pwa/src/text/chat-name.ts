import type { Chat } from '#contract/inbox.ts'
import { phoneNumber } from './format.ts'
import { t } from './first.ts'

/** How a chat is called: the contact's name, else the number, else what it is. */
export function chatName(chat: Chat): string {
  const { name, phone } = chat.contact
  return name?.trim() || (phone ? phoneNumber(phone) : t().kinds.contacts)
}
