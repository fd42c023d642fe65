/** Forms as PHP writes them: `data[MESSAGES][0][im][chat_id]=1767` (reference/bitrix24.md §8.1). Whatever comes, it never throws. */
const MAX_PAIRS = 2_000
const MAX_DEPTH = 12
const REFUSED = new Set(['__proto__', 'constructor', 'prototype'])

type Tree = { [name: string]: Tree | string }

/** Null: too deep, too many, or with a name that is none. */
export function readPhpForm(text: string): Record<string, unknown> | null {
  const pairs = text === '' ? [] : text.split('&')
  if (pairs.length > MAX_PAIRS) return null
  const tree: Tree = Object.create(null)
  for (const pair of pairs) {
    const cut = pair.indexOf('=')
    const name = decoded(cut < 0 ? pair : pair.slice(0, cut))
    const value = cut < 0 ? '' : decoded(pair.slice(cut + 1))
    if (name === null || value === null) return null
    const path = pathOf(name)
    if (path.length > MAX_DEPTH || path.some((part) => REFUSED.has(part))) return null
    if (path[0] !== '' && path[0] !== undefined) place(tree, path, value)
  }
  return Object.fromEntries(Object.entries(tree).map(([name, value]) => [name, listed(value)]))
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return null
  }
}

function pathOf(name: string): string[] {
  const open = name.indexOf('[')
  if (open <= 0) return [name]
  return [name.slice(0, open), ...[...name.slice(open).matchAll(/\[([^\]]*)\]/g)].map(([, part = '']) => part)]
}

/** The last one of a name wins; `[]` counts on. */
function place(tree: Tree, path: readonly string[], value: string): void {
  let at = tree
  for (const [depth, part] of path.entries()) {
    const key = part === '' && depth > 0 ? String(Object.keys(at).length) : part
    if (depth === path.length - 1) {
      at[key] = value
      return
    }
    const known = at[key]
    const next: Tree = typeof known === 'object' ? known : Object.create(null)
    at[key] = next
    at = next
  }
}

/** What has only numbers for names is a list, with its gaps closed. */
function listed(value: Tree | string): unknown {
  if (typeof value === 'string') return value
  const entries = Object.entries(value)
  if (entries.length > 0 && entries.every(([name]) => /^\d{1,9}$/.test(name))) {
    return entries.toSorted(([a], [b]) => Number(a) - Number(b)).map(([, item]) => listed(item))
  }
  return Object.fromEntries(entries.map(([name, item]) => [name, listed(item)]))
}
