/** A customer's name as an open line takes it: letters, spaces, hyphens and apostrophes, 25 of them at most (reference/bitrix24.md §5.4). */

const MAX = 25

function cut(name: string): string {
  let kept = ''
  // By whole letters with their accents: half of one would be another sign.
  for (const { segment } of new Intl.Segmenter().segment(name)) {
    if (kept.length + segment.length > MAX) break
    kept += segment
  }
  return kept.trim()
}

/** First and last name; `otherwise` for whoever is called by signs alone. */
export function nameFor(name: string | null, otherwise: string): { name: string; last_name: string } {
  const words = (name ?? '')
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{M}'’ -]+/gu, ' ')
    .split(/\s+/)
    .filter((word) => /\p{L}/u.test(word))
  const [first, ...rest] = words
  return { name: cut(first ?? otherwise), last_name: cut(rest.join(' ')) }
}
