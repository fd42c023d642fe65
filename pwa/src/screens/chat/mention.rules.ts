/** Naming somebody while a note is typed: where the name stands, and who it may be. */

export type Named = { id: string; name: string }
/** An `@` with what follows it, up to the cursor. */
export type Opening = { from: number; to: number; words: string }

/** A name may have a space in it: two words are looked at. */
const OPENING = /(?:^|[\s(])@([\p{L}\p{M}\p{N}.'-]*(?: [\p{L}\p{M}\p{N}.'-]*)?)$/u
const SHOWN_MAX = 6

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** The name that is being typed at the cursor, or null. */
export function openingAt(text: string, cursor: number): Opening | null {
  const found = OPENING.exec(text.slice(0, cursor))
  const words = found?.[1]
  return words === undefined ? null : { from: cursor - words.length - 1, to: cursor, words }
}

/** Who may be meant: by the beginning of any of their names, or of the whole. */
export function meant<One extends Named>(people: readonly One[], words: string): One[] {
  const wanted = plain(words)
  const fits = ({ name }: Named) =>
    plain(name).startsWith(wanted) ||
    plain(name)
      .split(/\s+/)
      .some((part) => part.startsWith(wanted))
  return people.filter(fits).slice(0, SHOWN_MAX)
}

/** Those of them who still stand in the text. */
export function stillNamed<One extends Named>(people: readonly One[], text: string): One[] {
  return people.filter(({ name }) => text.includes(`@${name}`))
}

/** The text with somebody's whole name in the place of what was typed of it, and where the cursor is then. */
export function withName(text: string, { from, to }: Opening, name: string): { text: string; cursor: number } {
  const put = `@${name} `
  return { text: `${text.slice(0, from)}${put}${text.slice(to).replace(/^ /, '')}`, cursor: from + put.length }
}
