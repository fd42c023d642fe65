/**
 * Whether what is remembered of something may still serve. Many ask at once: from the moment it changed, every one of
 * them asks anew, until an answer that was asked for after the change has come.
 */
export class Freshness {
  private changes = 0
  private known = 0

  /** It has just changed: what is remembered of it is old. */
  changed(): void {
    this.changes += 1
  }

  /** `look` is told whether it must ask anew. When it throws, nothing is known, and the next one asks anew as well. */
  async ask<T>(look: (anew: boolean) => Promise<T>): Promise<T> {
    const changes = this.changes
    const answer = await look(this.known < changes)
    this.known = Math.max(this.known, changes)
    return answer
  }
}
