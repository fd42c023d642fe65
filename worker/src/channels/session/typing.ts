/** Which customers type just now, for whoever looks at their chats. Nothing of it is kept: it is old in a moment. */
import type { Ask, To, Typing } from '#contract/session-node.ts'

/** A phone that says no more is believed for so long. */
const HOLDS_MS = 25_000
const WATCH_MS = 25_000
/** How often WhatsApp is told that somebody looks. */
const ASK_AGAIN_MS = 40_000
const MOST = 500

export class Typists {
  private readonly now = new Map<string, { is: Typing; until: number }>()
  private readonly asked = new Map<string, number>()
  private readonly waiting = new Set<() => void>()
  private readonly ask: (ask: Ask) => Promise<unknown>

  /** `ask`: has WhatsApp tell of somebody. */
  constructor(ask: (ask: Ask) => Promise<unknown>) {
    this.ask = ask
  }

  heard({ from, is }: { from: To; is: Typing }): void {
    for (const name of namesOf(from)) {
      this.now.delete(name)
      if (is !== 'no') this.now.set(name, { is, until: Date.now() + HOLDS_MS })
    }
    trim(this.now)
    for (const wake of this.waiting) wake()
  }

  /** Resolves when the customer does something else than `seen`, or after a while. */
  async watch(to: To, seen: Typing | undefined): Promise<Typing> {
    this.look(to)
    const late = Date.now() + WATCH_MS
    for (;;) {
      const is = this.of(to)
      if (is !== seen || Date.now() >= late) return is
      await this.change(Math.min(late, this.endOf(to)) - Date.now())
    }
  }

  private look(to: To): void {
    const [name = ''] = namesOf(to)
    if ((this.asked.get(name) ?? 0) > Date.now() - ASK_AGAIN_MS) return
    this.asked.delete(name)
    this.asked.set(name, Date.now())
    trim(this.asked)
    void this.ask({ do: 'watch', to })
  }

  private of(to: To): Typing {
    const found = namesOf(to).flatMap((name) => this.now.get(name) ?? [])
    return found.find(({ until }) => until > Date.now())?.is ?? 'no'
  }

  /** When what is believed now is believed no more. */
  private endOf(to: To): number {
    return Math.min(
      ...namesOf(to)
        .flatMap((name) => this.now.get(name)?.until ?? [])
        .filter((until) => until > Date.now()),
    )
  }

  private async change(withinMs: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    const timer = setTimeout(resolve, Math.max(1, withinMs))
    this.waiting.add(resolve)
    await promise
    clearTimeout(timer)
    this.waiting.delete(resolve)
  }
}

/** Somebody is known by a LID, a phone, or both. */
function namesOf({ lid, phone }: To): string[] {
  return [...(lid ? [`l:${lid}`] : []), ...(phone ? [`p:${phone}`] : [])]
}

function trim(map: Map<string, unknown>): void {
  const [oldest] = map.keys()
  if (map.size > MOST && oldest !== undefined) map.delete(oldest)
}
