/** WhatsApp's own marks (*bold*, _italic_, ~struck~, ```code```) and links, as pieces to draw. Never HTML. */

export type Piece = { text: string; mark: 'plain' | 'bold' | 'italic' | 'struck' | 'code' | 'link'; href?: string }

/** A mark opens after a space or punctuation and closes before one, on the same line, around something. */
const MARKS =
  /```([^`]+)```|(?<![\p{L}\p{N}*])\*(?=\S)([^*\n]*\S)\*(?![\p{L}\p{N}*])|(?<![\p{L}\p{N}_])_(?=\S)([^_\n]*\S)_(?![\p{L}\p{N}_])|(?<![\p{L}\p{N}~])~(?=\S)([^~\n]*\S)~(?![\p{L}\p{N}~])|\bhttps?:\/\/[^\s<>"]+/gu

/** The pieces of a text, in order; together they are the text without its marks. */
export function richText(text: string): Piece[] {
  const pieces: Piece[] = []
  let from = 0
  for (const match of text.matchAll(MARKS)) {
    if (match.index > from) pieces.push({ text: text.slice(from, match.index), mark: 'plain' })
    pieces.push(pieceOf(match))
    from = match.index + match[0].length
  }
  if (from < text.length) pieces.push({ text: text.slice(from), mark: 'plain' })
  return splitTails(pieces)
}

function pieceOf([all, code, bold, italic, struck]: RegExpMatchArray): Piece {
  if (code !== undefined) return { text: code, mark: 'code' }
  if (bold !== undefined) return { text: bold, mark: 'bold' }
  if (italic !== undefined) return { text: italic, mark: 'italic' }
  if (struck !== undefined) return { text: struck, mark: 'struck' }
  return { text: all, mark: 'link', href: all }
}

/** A full stop or a bracket after a link belongs to the sentence. */
function splitTails(pieces: Piece[]): Piece[] {
  return pieces.flatMap((piece) => {
    if (piece.mark !== 'link') return [piece]
    const tail = /[.,;:!?)\]]+$/.exec(piece.text)?.[0] ?? ''
    if (!tail) return [piece]
    const address = piece.text.slice(0, -tail.length)
    return [
      { ...piece, text: address, href: address },
      { text: tail, mark: 'plain' as const },
    ]
  })
}

/** The text in one line and without marks, for a preview. */
export function plainText(text: string): string {
  return richText(text)
    .map((piece) => piece.text)
    .join('')
    .replaceAll(/\s+/g, ' ')
    .trim()
}
