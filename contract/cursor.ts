/**
 * The cursor of a place in a chat: what `before` and `after` of `listMessages` take. Pages hand cursors out; a phone
 * that holds a message, or only a moment, makes its own, to go forward from where its reader stands.
 */
export function cursorAt(place: { at: string; id: string }): string {
  return `${Date.parse(place.at)}_${place.id}`
}
