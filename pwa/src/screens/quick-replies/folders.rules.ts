/** Quick replies as the list shows them: pure. */
import type { QuickReply } from '#contract/quick-replies.ts'

export type Folder = { folder: string; isArchive: boolean; items: QuickReply[] }

/** Folders by name, each by shortcut; what was put away comes last, together. */
export function byFolder(replies: readonly QuickReply[]): Folder[] {
  const sorted = replies.toSorted((a, b) => a.shortcut.localeCompare(b.shortcut))
  const living = sorted.filter(({ archived }) => !archived)
  const names = [...new Set(living.map(({ folder }) => folder))].toSorted((a, b) => a.localeCompare(b))
  const folders = names.map((folder) => ({ folder, isArchive: false, items: living.filter((one) => one.folder === folder) }))
  const archive = sorted.filter(({ archived }) => archived)
  return archive.length > 0 ? [...folders, { folder: '', isArchive: true, items: archive }] : folders
}
