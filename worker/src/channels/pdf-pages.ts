/**
 * How many pages a PDF has, without a PDF library: the largest `/Count` of a page tree (ISO 32000-1 §7.7.3.2), which newer
 * files keep in compressed object streams (§7.5.7). Whatever cannot be read so (encrypted, other filters) gives null.
 */

const PAGES_MAX = 100_000
/** Of one object stream, opened: a page tree is small, and a file made to swell must not fill the memory. */
const OPENED_MAX_BYTES = 2_000_000
const STREAMS_MAX = 200

/** The pages of these bytes, or null. */
export async function pdfPages(bytes: Uint8Array): Promise<number | null> {
  const text = new TextDecoder('latin1').decode(bytes)
  const plain = countIn(text)
  if (plain !== null) return plain
  let most: number | null = null
  let opened = 0
  for (const { index } of text.matchAll(/\/Type\s*\/ObjStm/g)) {
    opened += 1
    if (opened > STREAMS_MAX) break
    const inside = await openStream(bytes, text, index)
    const count = inside && countIn(inside)
    if (count) most = Math.max(most ?? 0, count)
  }
  return most
}

/** The root of the tree counts all pages; its branches fewer. */
function countIn(text: string): number | null {
  let most: number | null = null
  for (const { index } of text.matchAll(/\/Type\s*\/Pages\b/g)) {
    const from = text.lastIndexOf('<<', index)
    const around = text.slice(Math.max(0, from), index + 2_000)
    const ends = around.slice(index - Math.max(0, from)).search(/endobj|>>\s*<</)
    const object = ends < 0 ? around : around.slice(0, index - Math.max(0, from) + ends)
    const count = Number(/\/Count\s+(\d{1,6})\b/.exec(object)?.[1] ?? Number.NaN)
    if (count > 0 && count <= PAGES_MAX) most = Math.max(most ?? 0, count)
  }
  return most
}

async function openStream(bytes: Uint8Array, text: string, near: number): Promise<string | null> {
  const word = text.indexOf('stream', near)
  const end = text.indexOf('endstream', word)
  const head = text.slice(text.lastIndexOf('obj', near), word)
  if (word < 0 || end < 0 || !/\/FlateDecode/.test(head)) return null
  const start = word + 'stream'.length + (text.startsWith('\r\n', word + 'stream'.length) ? 2 : 1)
  return inflate(bytes.slice(start, end))
}

async function inflate(packed: Uint8Array<ArrayBuffer>): Promise<string> {
  const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate')).getReader()
  const decoder = new TextDecoder('latin1')
  let text = ''
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done || text.length > OPENED_MAX_BYTES) break
      text += decoder.decode(value, { stream: true })
    }
  } catch {
    // The line end before `endstream` is no part of what was packed: what came out until there counts.
  }
  await reader.cancel().catch(() => undefined)
  return text
}
