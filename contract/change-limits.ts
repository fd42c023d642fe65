/** As long as WhatsApp itself lets people change what they sent: its words for a quarter of an hour, that it is there for two days. */
export const EDIT_MS = 15 * 60_000
export const REVOKE_MS = 48 * 3_600_000
