/** Which key does what, for whoever works with a keyboard. Single letters, so never while somebody writes. */

export const SHORTCUTS = [
  { key: 'j', command: 'next', group: 'list' },
  { key: 'k', command: 'previous', group: 'list' },
  { key: '/', command: 'search', group: 'list' },
  { key: 'c', command: 'write', group: 'chat' },
  { key: 'r', command: 'answer', group: 'chat' },
  { key: 'q', command: 'quick', group: 'chat' },
  { key: 'n', command: 'note', group: 'chat' },
  { key: 'f', command: 'find', group: 'chat' },
  { key: 'a', command: 'assign', group: 'chat' },
  { key: 'l', command: 'label', group: 'chat' },
  { key: 'e', command: 'close', group: 'chat' },
  { key: '?', command: 'help', group: 'app' },
  { key: 'Escape', command: 'leave', group: 'app' },
] as const

export type Command = (typeof SHORTCUTS)[number]['command']

type Key = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'isComposing' | 'defaultPrevented' | 'repeat'>
type Place = {
  /** The focus is where letters are written, or where a key has a meaning of its own. */
  isTyping: boolean
  /** Something lies over the screen and has keys of its own. */
  isCovered: boolean
}

/** What this key asks for here, or null. */
export function commandOf(key: Key, place: Place): Command | null {
  if (key.ctrlKey || key.metaKey || key.altKey || key.isComposing || key.defaultPrevented) return null
  if (place.isTyping || place.isCovered) return null
  const found = SHORTCUTS.find((one) => one.key === key.key || (key.key.length === 1 && one.key === key.key.toLowerCase()))
  if (!found) return null
  // A key that is held walks through the list, and does nothing else twice.
  return key.repeat && found.group !== 'list' ? null : found.command
}

/** Do letters belong to this element? Boxes and buttons take only Space and Enter, which are no shortcuts. */
export function isForTyping(element: Element): boolean {
  if (element.closest('textarea, select, [contenteditable=""], [contenteditable="true"], [role="combobox"], [role="listbox"]'))
    return true
  const input = element.closest('input')
  return input !== null && !['checkbox', 'radio', 'button', 'submit', 'file'].includes(input.type)
}
