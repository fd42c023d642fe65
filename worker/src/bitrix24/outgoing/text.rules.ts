/** WhatsApp's marks as Bitrix24 writes them (reference/bitrix24.md §5.6). */

const WORD_JOINER = '⁠'
/** What Bitrix24 would read as a mark of its own: a customer's text stays text. */
const TAG =
  /\[(?=\/?(?:b|i|u|s|br|url|user|chat|code|send|put|call|img|quote|icon|color|size|attach|disk|timestamp|rating)\b[^\]]*\])/gi

const CODE = /```([\s\S]+?)```/g
const mark = (sign: string): RegExp =>
  new RegExp(`(^|[^\\p{L}\\p{N}\\${sign}])\\${sign}(\\S|\\S[^\\n]*?\\S)\\${sign}(?![\\p{L}\\p{N}\\${sign}])`, 'gu')
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
  return parts.map((part, n) => (n % 2 === 1 ? `[code]${part}[/code]` : marked(part))).join('')
}

function marked(text: string): string {
  return MARKS.reduce((given, { from, to }) => given.replaceAll(from, `$1[${to}]$2[/${to}]`), text)
}
