/** The id that a message of ours has on WhatsApp: made from our own, so the same message is always the same. */

/** The prefix that WhatsApp Web uses, then the random part of a UUIDv7. */
export function waIdOf(messageId: string): string {
  return `3EB0${messageId.replaceAll('-', '').slice(-20).toUpperCase()}`
}
