/**
 * Messages that could not be opened. The library asks their sender for them again, and mostly they come within a second; of what
 * does not come people are told that there was something. What follows them is not held up: their place is noted, and they take
 * it when they come. A death meanwhile loses nothing: such a message was not confirmed.
 */
import type { BinaryNode } from 'baileys'
import type { Write } from '#contract/session-node.ts'
import { instantOf } from './translate.rules.ts'

const PATIENCE_MS = 10_000

export class Unread {
  private readonly waiting = new Map<string, NodeJS.Timeout>()
  private readonly patienceMs: number

  constructor(timeScale: number) {
    this.patienceMs = PATIENCE_MS * timeScale
  }

  /** It could not be opened: its place is written down, and what `tell` says unless it comes soon. */
  failed({ attrs }: BinaryNode, keys: { add(piece: Write): void }, tell: () => Write): void {
    const { id = '' } = attrs
    // A reaction or a change of something else is no message: nobody waits for its words.
    if (attrs['type'] === 'reaction' || attrs['edit'] !== undefined || this.waiting.has(id)) return
    keys.add({ awaited: [{ id, at: instantOf(attrs['t'], Date.now()) }] })
    const timer = setTimeout(() => {
      this.waiting.delete(id)
      keys.add(tell())
    }, this.patienceMs)
    this.waiting.set(id, timer)
  }

  opened({ attrs }: BinaryNode): void {
    const { id = '' } = attrs
    clearTimeout(this.waiting.get(id))
    this.waiting.delete(id)
  }

  /** The number is another's, and so is what waits. */
  forget(): void {
    for (const timer of this.waiting.values()) clearTimeout(timer)
    this.waiting.clear()
  }
}
