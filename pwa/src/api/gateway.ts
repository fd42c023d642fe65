/** What a payment gateway may take to answer, in ms: it makes a page, or charges where that is needed at once. */
export const GATEWAY_MS = 30_000
