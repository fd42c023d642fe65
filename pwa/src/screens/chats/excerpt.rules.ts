/** The part of a text that shows what was searched for. */
import { plainWords } from '../../lib/plain.rules.ts'

export type Excerpt = { before: string; hit: string; after: string }

const BEFORE = 36
const AFTER = 120

/** The first of the words that the text holds, with what stands around it; its beginning when it holds none. */
export function excerptOf(text: string, words: string): Excerpt {
  const line = text.replace(/\s+/g, ' ')
  const plain = plainWords(line)
  const asked = plainWords(words).match(/[\p{L}\p{N}]+/gu) ?? []
  // Accents that take two characters when taken apart would shift the place: then nothing is marked.
  const word = plain.length === line.length ? asked.find((one) => plain.includes(one)) : undefined
  if (word === undefined) return { before: '', hit: '', after: line.slice(0, BEFORE + AFTER) }
  const at = plain.indexOf(word)
  const from = Math.max(0, at - BEFORE)
  const end = at + word.length
  return { before: (from > 0 ? '…' : '') + line.slice(from, at), hit: line.slice(at, end), after: line.slice(end, end + AFTER) }
}
