/** PHP's ways on the wire, which Bitrix24 has: brackets in forms, empty arrays that vanish, maps that arrive as lists. */
import type { Fields } from './fields.ts'

/** `http_build_query`: `data[MESSAGES][0][im][chat_id]=1767`. Nothing and empty lists leave no trace; true is 1. */
export function phpForm(value: object): string {
  return pairsOf(value, '')
    .map(([name, text]) => `${encode(name)}=${encode(text)}`)
    .join('&')
}

function pairsOf(value: object, prefix: string): [string, string][] {
  return Object.entries(value).flatMap(([name, item]: [string, unknown]): [string, string][] => {
    const key = prefix === '' ? name : `${prefix}[${name}]`
    if (item === null || item === undefined) return []
    if (typeof item === 'object') return pairsOf(item, key)
    if (typeof item === 'boolean') return [[key, item ? '1' : '0']]
    return [[key, String(item)]]
  })
}

const encode = (text: string): string => new URLSearchParams([['', text]]).toString().slice(1)

type Tree = { [name: string]: Tree | string }

/** Reads a form or a query with brackets; `[]` counts on. What has only numbers for keys 0, 1, 2… becomes a list. */
export function readPhpForm(text: string): Fields {
  const tree: Tree = {}
  for (const [name, value] of new URLSearchParams(text)) {
    const [head = '', ...rest] = name.split('[').map((part) => part.replace(/\]$/, ''))
    if (head !== '' && ![head, ...rest].includes('__proto__')) place(tree, [head, ...rest], value)
  }
  return Object.fromEntries(Object.entries(tree).map(([name, value]) => [name, listed(value)]))
}

function place(tree: Tree, [head = '', ...rest]: string[], value: string): void {
  const key = head === '' ? String(Object.keys(tree).length) : head
  if (rest.length === 0) {
    tree[key] = value
    return
  }
  const known = tree[key]
  const inner: Tree = typeof known === 'object' ? known : {}
  tree[key] = inner
  place(inner, rest, value)
}

function listed(value: Tree | string): unknown {
  if (typeof value === 'string') return value
  const entries = Object.entries(value)
  const isList = entries.length > 0 && entries.every(([name], index) => name === String(index))
  return isList
    ? entries.map(([, item]) => listed(item))
    : Object.fromEntries(entries.map(([name, item]) => [name, listed(item)]))
}

/** A PHP array with names and nothing in it is written as `[]`. */
export function phpMap<T>(map: Readonly<Record<string, T>>): Readonly<Record<string, T>> | readonly never[] {
  return Object.keys(map).length === 0 ? [] : map
}
