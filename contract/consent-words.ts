/** The words of consent, shared by chats, by the list of consents and by the phone, which has no schemas. */

/** `marketing`: templates of that category only. */
export const PURPOSES = ['all', 'marketing'] as const
/** Who said it: the customer in writing, one of our people, a file, a machine's key, or WhatsApp for the customer. */
export const CONSENT_SOURCES = ['customer', 'person', 'import', 'api', 'provider'] as const
export const CONSENT_STATES = ['in', 'out'] as const
export const CONSENT_OUTCOMES = ['written', 'same', 'refused'] as const
