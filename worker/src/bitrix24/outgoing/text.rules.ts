/** WhatsApp's marks as Bitrix24 writes them (reference/bitrix24.md §5.6). */

const WORD_JOINER = '⁠'
/** What Bitrix24 would read as a mark of its own: a customer's text stays text. */
const TAG =
  /\[(?=\/?(?:b|i|u|s|br|url|user|chat|code|send|put|call|img|quote|icon|color|size|attach|disk|timestamp|rating)\b[^\]]*\])/gi

const CODE = /```([\s\S]+?)```/g
/** A sign around words, as WhatsApp reads it: at the edge of a word outside, and none of a space inside. */
const mark = (sign: string): RegExp => {
  const word = `[\\p{L}\\p{N}${sign}]`
  return new RegExp(`(?<!${word})[${sign}](\\S|\\S[^\\n]*?\\S)[${sign}](?!${word})`, 'gu')
}
const MARKS = [
  { from: mark('*'), to: 'b' },
  { from: mark('_'), to: 'i' },
  { from: mark('~'), to: 's' },
]

/** Takes the sense out of what looks like a mark of Bitrix24's. */
export function harmless(text: string): string {
  return text.replaceAll(TAG, `[${WORD_JOINER}`)
}

/** `*bold*` becomes `[b]bold[/b]`; what stands between three backticks stays as it is. */
export function toBitrix(text: string): string {
  const parts = harmless(text).split(CODE)
  return parts.map((part, n) => (n % 2 === 1 ? coded(part) : marked(part))).join('')
}

/** Code of nothing is no code: it stays as it was typed. */
const coded = (text: string): string => (text.trim() === '' ? `\`\`\`${text}\`\`\`` : `[code]${text}[/code]`)

function marked(text: string): string {
  return MARKS.reduce(
    (given, { from, to }) =>
      given.replaceAll(from, (whole, inner: string) => (isWhole(inner) ? `[${to}]${inner}[/${to}]` : whole)),
    text,
  )
}

/** Marks that cross each other, `*a _b* c_`, are none to Bitrix24: it wants each closed inside the one around it. */
function isWhole(inner: string): boolean {
  const open: string[] = []
  for (const [, slash, tag = ''] of inner.matchAll(/\[(\/?)([bis])\]/g)) {
    if (slash === '') open.push(tag)
    else if (open.pop() !== tag) return false
  }
  return open.length === 0
}
