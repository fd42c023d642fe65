/** Stanzas as values: making them, and reading what somebody else made. */
import type { BinaryNode } from 'baileys'

export type Node = BinaryNode

/** A stanza; attributes that are undefined are left out. */
export function node(tag: string, attrs: Record<string, string | undefined> = {}, content?: BinaryNode['content']): Node {
  const given = Object.entries(attrs).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return { tag, attrs: Object.fromEntries(given), ...(content !== undefined && { content }) }
}

export function childrenOf(parent: Node | undefined, tag?: string): Node[] {
  if (!Array.isArray(parent?.content)) return []
  return tag === undefined ? parent.content : parent.content.filter((child) => child.tag === tag)
}

export function childOf(parent: Node | undefined, tag: string): Node | undefined {
  return childrenOf(parent, tag)[0]
}

/** The bytes in a stanza; none when it holds other stanzas or nothing. */
export function bytesOf(holder: Node | undefined): Buffer {
  const content = holder?.content
  return Buffer.from(typeof content === 'string' || content instanceof Uint8Array ? content : '')
}

export function textOf(holder: Node | undefined): string {
  return bytesOf(holder).toString('utf8')
}

export const SERVER = '@s.whatsapp.net'
