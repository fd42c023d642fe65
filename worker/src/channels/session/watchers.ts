const WATCH_MS = 25_000

/** Who waits for something to be other than it was. */
export class Watchers {
  private readonly watching = new Set<() => void>()

  /** Resolves with the next change, or after a while without one. */
  async wait(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    const timer = setTimeout(resolve, WATCH_MS)
    this.watching.add(resolve)
    await promise
    clearTimeout(timer)
    this.watching.delete(resolve)
  }

  wake(): void {
    for (const resolve of this.watching) resolve()
  }
}
