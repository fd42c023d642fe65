/**
 * Where a browser keeps others' cookies out, it may keep a frame from every store too. Then what the app stores lives as long as
 * the page: it works like any other, and a message that waits is lost only with the frame itself.
 */
import * as memory from 'fake-indexeddb'

class MemoryStorage implements Storage {
  private readonly kept = new Map<string, string>();
  [name: string]: unknown

  get length(): number {
    return this.kept.size
  }
  clear(): void {
    this.kept.clear()
  }
  getItem(name: string): string | null {
    return this.kept.get(name) ?? null
  }
  key(n: number): string | null {
    return [...this.kept.keys()][n] ?? null
  }
  removeItem(name: string): void {
    this.kept.delete(name)
  }
  setItem(name: string, value: string): void {
    this.kept.set(name, String(value))
  }
}

/** One page alone: who asks for the same name waits for the one before. */
function memoryLocks() {
  const lines = new Map<string, Promise<unknown>>()
  return {
    request<T>(name: string, run: () => Promise<T>): Promise<T> {
      const turn = (lines.get(name) ?? Promise.resolve()).then(run, run)
      lines.set(name, turn)
      return turn
    },
  }
}

const put = (on: object, name: string, value: unknown): void =>
  void Object.defineProperty(on, name, { value, configurable: true, writable: true })

function isClosed(): boolean {
  try {
    return localStorage.length < 0
  } catch {
    return true
  }
}

/** Puts stores of this page in the place of those that are closed to it. */
export function standInForStores(): void {
  if (!isClosed()) return
  put(window, 'localStorage', new MemoryStorage())
  put(window, 'sessionStorage', new MemoryStorage())
  const { default: _, ...parts } = memory
  for (const [name, part] of Object.entries(parts)) put(window, name, part)
  put(navigator, 'locks', memoryLocks())
}
