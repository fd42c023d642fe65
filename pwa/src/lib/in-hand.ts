/** What must not be interrupted and cannot be seen on the screen, such as an open microphone. */
export const inHand = new Set<object>()
