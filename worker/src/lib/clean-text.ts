/** Text written by strangers, made safe to store and to show. PostgreSQL takes neither NUL nor half surrogates. */

const CONTROLS = /[^\P{Cc}\n\t]/gu
const LINE_ENDS = /\r\n?/g
/** Marks that turn the reading direction: they make `gpj.exe` look like `exe.jpg` (reference/platform.md §11). */
const DIRECTION_MARKS = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g

/** A message's words: control characters go, lines and tabs stay. At most `max` UTF-16 units, never half a character. */
export function cleanText(text: string, max: number): string {
  return cut(text, max).replace(LINE_ENDS, '\n').replace(CONTROLS, '').toWellFormed()
}

/** A name of a person, a file or a label: one line, no control and no direction marks, trimmed. May come out empty. */
export function cleanName(name: string, max: number): string {
  return cleanText(name, max).replace(DIRECTION_MARKS, '').replace(/\s+/g, ' ').trim()
}

function cut(text: string, max: number): string {
  if (text.length <= max) return text
  const last = text.charCodeAt(max - 1)
  const splitsPair = last >= 0xd800 && last <= 0xdbff
  return text.slice(0, splitsPair ? max - 1 : max)
}
