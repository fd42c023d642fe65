/** Which quick replies are offered, in what order, and where the chosen one goes: pure. */
import type { QuickReply } from '#contract/quick-replies.ts'

/** `recent`, a folder by its name, or (searching) everything that was found. */
export type Group = { name: 'recent' | 'found' | { folder: string }; items: readonly QuickReply[] }

const RECENT_SHOWN = 4
const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** Groups in the order in which they are shown. Words are looked for in shortcut, name, folder and text. */
export function groupsOf(replies: readonly QuickReply[], recent: readonly string[], channelId: string, words: string): Group[] {
  const offered = replies.filter(({ channels }) => channels.length === 0 || channels.some((id) => id === channelId))
  const wanted = plain(words.trim().replace(/^\//, ''))
  if (wanted !== '') {
    const items = found(offered, wanted, recent)
    return items.length > 0 ? [{ name: 'found', items }] : []
  }
  const latest = recent.flatMap((id) => offered.filter((reply) => reply.id === id)).slice(0, RECENT_SHOWN)
  const rest = offered.filter((reply) => !latest.includes(reply))
  const folders = [...new Set(rest.map(({ folder }) => folder))].toSorted((a, b) => a.localeCompare(b))
  return [
    ...(latest.length > 0 ? [{ name: 'recent' as const, items: latest }] : []),
    ...folders.map((folder) => ({ name: { folder }, items: rest.filter((reply) => reply.folder === folder) })),
  ]
}

/** Best first: by its shortcut, then by its name, then by anything; among equals what was used last. */
function found(offered: readonly QuickReply[], wanted: string, recent: readonly string[]): QuickReply[] {
  const parts = wanted.split(/\s+/)
  const rank = ({ shortcut, name }: QuickReply) => {
    if (plain(shortcut).startsWith(wanted)) return 0
    return plain(name).includes(wanted) ? 1 : 2
  }
  const age = ({ id }: QuickReply) => (recent.includes(id) ? recent.indexOf(id) : recent.length)
  return offered
    .filter((reply) => {
      const all = plain(`${reply.shortcut} ${reply.name} ${reply.folder} ${reply.text}`)
      return parts.every((part) => all.includes(part))
    })
    .toSorted((a, b) => rank(a) - rank(b) || age(a) - age(b) || a.shortcut.localeCompare(b.shortcut))
}

/** Does a `/` that is typed here stand at the start of an empty line? */
export function isEmptyLine(text: string, from: number, to: number): boolean {
  return /(^|\n)$/.test(text.slice(0, from)) && /^(\n|$)/.test(text.slice(to))
}

/** The text with `added` in the place of what was selected, and where it ends. Words do not stick together. */
export function insertedAt(text: string, from: number, to: number, added: string): { text: string; end: number } {
  const [before, after] = [text.slice(0, from), text.slice(to)]
  const put = `${/\S$/.test(before) ? ' ' : ''}${added}${/^\S/.test(after) ? ' ' : ''}`
  return { text: before + put + after, end: before.length + put.length }
}

/** Where the first of these variables stands in the text. */
export function placeOf(text: string, names: readonly string[]): { from: number; to: number } | null {
  const lower = text.toLowerCase()
  const [first] = names
    .map((name) => ({ from: lower.indexOf(`{${name}}`), to: lower.indexOf(`{${name}}`) + name.length + 2 }))
    .filter(({ from }) => from >= 0)
    .toSorted((a, b) => a.from - b.from)
  return first ?? null
}
