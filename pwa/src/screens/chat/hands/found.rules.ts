/** Words in messages, found as the server finds them: beginnings and middles count, capitals and accents do not. */
import type { Message } from '#contract/inbox.ts'
import { plainWords } from '../../../lib/plain.rules.ts'

/** The words of a question. */
export function wordsIn(question: string): string[] {
  return plainWords(question).match(/[\p{L}\p{N}]+/gu) ?? []
}

/** Does a message hold each of these words? */
export function holds(message: Message, words: readonly string[]): boolean {
  if (words.length === 0 || message.deletedAt !== null || message.kind === 'system' || !message.text) return false
  const text = plainWords(message.text)
  return words.every((word) => text.includes(word))
}

/** Newest first, each once. */
export function hitsOf(...lists: readonly (readonly Message[])[]): Message[] {
  const byId = new Map(lists.flat().map((message) => [message.id, message]))
  return [...byId.values()].toSorted((a, b) => (a.at === b.at ? (a.id < b.id ? 1 : -1) : a.at < b.at ? 1 : -1))
}

/** Where these words stand in a text as it is written: from and to, without overlaps. */
export function spotsIn(text: string, words: readonly string[]): [number, number][] {
  // An accent that is a sign of its own vanishes in the plain form: each plain letter remembers where it comes from.
  const from: number[] = []
  let plain = ''
  for (let i = 0; i < text.length; i += 1) {
    const letters = plainWords(text[i] ?? '')
    plain += letters
    for (let n = 0; n < letters.length; n += 1) from.push(i)
  }
  const spots: [number, number][] = []
  for (const word of words.toSorted((a, b) => b.length - a.length)) {
    if (word === '') continue
    for (let at = plain.indexOf(word); at >= 0; at = plain.indexOf(word, at + word.length)) {
      const spot: [number, number] = [from[at] ?? 0, (from[at + word.length - 1] ?? 0) + 1]
      if (!spots.some(([a, b]) => spot[0] < b && a < spot[1])) spots.push(spot)
    }
  }
  return spots.toSorted((a, b) => a[0] - b[0])
}
