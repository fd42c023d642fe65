/**
 * What an operator wrote, as WhatsApp writes it (reference/bitrix24.md §5.6): `[b]` becomes `*`, a link its address, a quote lines
 * that begin with `> `. What we do not know stays as it is; nothing throws, and nothing of the words is lost.
 */
type Node = string | { name: string; arg: string | null; raw: string; inner: Node[] }

/** Tags whose inside alone is worth something outside the portal. */
const PLAIN = new Set(['u', 'send', 'put', 'chat', 'call', 'pch', 'color', 'size', 'font', 'context'])
const MARKS: Record<string, string> = { b: '*', i: '_', s: '~' }
const KNOWN = new Set([...PLAIN, ...Object.keys(MARKS), 'code', 'url', 'user', 'quote'])
const TAG = /\[(\/?)([a-z]{1,10})(?:=([^\]\n]{0,2000}))?\]/gi
const DASHES = /^-{20,}$/

/** Text with BB codes as the customer's WhatsApp shows it best. */
export function whatsappOf(text: string): string {
  const broken = text.replaceAll(/\r\n?/g, '\n').replaceAll(/ ?\[br\s?\/?\] ?/gi, '\n')
  return quoted(rendered(parsed(broken)))
    .replaceAll(/[^\S\n]+\n/g, '\n')
    .trim()
}

/** The operator's name before his words, where the portal puts it; once, and with the break on either side of a space. */
export function unsigned(text: string): { name: string | null; text: string } {
  const found = /^\[b\]([^[\]\n]{1,200}):\[\/b\]\s*\[br\]\s*/i.exec(text)
  return found ? { name: (found[1] ?? '').trim(), text: text.slice(found[0].length) } : { name: null, text }
}

/** The name above the words, in the channel's own style. */
export function signed(name: string | null, text: string): string {
  const clean = (name ?? '').replaceAll('*', '').trim()
  return clean === '' ? text : text === '' ? `*${clean}:*` : `*${clean}:*\n${text}`
}

function parsed(text: string): Node[] {
  const root: Node[] = []
  const open: Exclude<Node, string>[] = []
  const here = () => open.at(-1)?.inner ?? root
  let from = 0
  for (const found of text.matchAll(TAG)) {
    const [raw, slash = '', tag = '', arg = null] = found
    const name = tag.toLowerCase()
    const isLiteral = open.some((one) => one.name === 'code') && !(slash === '/' && name === 'code')
    if (!KNOWN.has(name) || isLiteral) continue
    here().push(text.slice(from, found.index))
    from = found.index + raw.length
    if (slash === '') open.push({ name, arg, raw, inner: [] })
    else if (!closed(open, name, here, root)) here().push(raw)
  }
  here().push(text.slice(from))
  // What nobody closed was no tag.
  while (open.length > 0) giveUp(open, root)
  return root
}

/** Closes the nearest tag of this name; those inside it that were never closed were none. */
function closed(open: Exclude<Node, string>[], name: string, here: () => Node[], root: Node[]): boolean {
  if (!open.some((one) => one.name === name)) return false
  while (open.at(-1)?.name !== name) giveUp(open, root)
  const done = open.pop()
  if (done) here().push(done)
  return true
}

function giveUp(open: Exclude<Node, string>[], root: Node[]): void {
  const last = open.pop()
  if (last) (open.at(-1)?.inner ?? root).push(last.raw, ...last.inner)
}

function rendered(nodes: readonly Node[]): string {
  return nodes.map((node) => (typeof node === 'string' ? node : shown(node, rendered(node.inner)))).join('')
}

function shown({ name, arg }: Exclude<Node, string>, inner: string): string {
  const mark = MARKS[name]
  if (mark !== undefined) return marked(inner, mark)
  switch (name) {
    case 'code':
      return inner.trim() === '' ? inner : `\`\`\`${inner}\`\`\``
    case 'url':
      return link(arg ?? '', inner)
    case 'user':
      return inner.trim() === '' ? '' : `@${inner.trim()}`
    case 'quote':
      return `\n${lines(inner.trim(), '> ')}\n`
    default:
      return inner
  }
}

/** WhatsApp takes a mark only beside a letter, and only within one line. */
function marked(text: string, mark: string): string {
  return text.replaceAll(/^(\s*)(.*?)(\s*)$/gm, (whole, before: string, core: string, after: string) =>
    core === '' ? whole : `${before}${mark}${core}${mark}${after}`,
  )
}

function link(address: string, words: string): string {
  const [to, said] = [address.trim(), words.trim()]
  if (to === '' || to === said) return said
  return said === '' ? to : `${said}: ${to}`
}

const lines = (text: string, before: string): string =>
  text
    .split('\n')
    .map((line) => (line.startsWith('> ') ? line : `${before}${line}`.trimEnd()))
    .join('\n')

/** The messenger's own quotes: what stands between two lines of dashes, and lines that begin with `>>`. */
function quoted(text: string): string {
  const all = text.split('\n')
  const out: string[] = []
  for (let at = 0; at < all.length; at += 1) {
    const line = all[at] ?? ''
    const end = DASHES.test(line.trim()) ? all.findIndex((other, n) => n > at && DASHES.test(other.trim())) : -1
    if (end > at + 1) {
      out.push(lines(all.slice(at + 1, end).join('\n'), '> '))
      at = end
    } else out.push(/^>>\s?/.test(line) ? `> ${line.replace(/^>>\s?/, '')}` : line)
  }
  return out.join('\n')
}
