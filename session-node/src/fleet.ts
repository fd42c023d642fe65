/** The node's link to the Fleet: it says what it runs, and hears what it shall run. */
import { FleetFrame, type NodeFrame } from '#contract/session-node.ts'
import { dial, type Dialled } from './dial.ts'
import { dialAgainAfter } from './fence.rules.ts'

/** A number that this node keeps. */
export type Kept = {
  /** Finishes what is under way, writes it, closes; resolves when the number is free. */
  stop(): Promise<void>
}

export type Node = {
  id: string
  name: string
  version: string
  capacity: number
  address: string
  token: string
  /** The Worker does not know this token, or not any more. */
  unknown(): void
  timeScale: number
  /** Begins to keep a number. `over`: it is kept no more, for whatever reason. */
  keep(channelId: string, over: () => void): Kept
}

const SAY_AGAIN_MS = 30_000
/** A token that is not known is tried now and then: somebody may be about to mend it. */
const UNKNOWN_AGAIN_MS = 60_000
const SIGNED_OUT = 401

export class Fleet {
  private readonly node: Node
  private readonly running = new Map<string, Kept>()
  private socket: Dialled | null = null
  private failures = 0
  private leaving = false
  private over = false
  private again: NodeJS.Timeout | undefined
  private readonly beat: NodeJS.Timeout

  constructor(node: Node) {
    this.node = node
    this.beat = setInterval(() => this.here(), SAY_AGAIN_MS * node.timeScale)
    this.dial()
  }

  /** Gives every number back and ends. Resolves when nothing of WhatsApp's is open here any more. */
  async leave(): Promise<void> {
    this.leaving = true
    this.here()
    await Promise.all([...this.running.keys()].map((channelId) => this.stop(channelId)))
    this.over = true
    clearInterval(this.beat)
    clearTimeout(this.again)
    this.socket?.close()
  }

  private dial(): void {
    if (this.over) return
    const { address, id, token, timeScale } = this.node
    let isUnknown = false
    const hears = {
      open: () => this.here(),
      frame: (text: string) => this.heard(text),
      answered: () => {
        this.failures = 0
      },
      refused: (status: number) => {
        isUnknown = status === SIGNED_OUT
        if (isUnknown) this.node.unknown()
      },
      closed: () => {
        this.socket = null
        this.failures += 1
        const inMs = isUnknown ? UNKNOWN_AGAIN_MS : dialAgainAfter(this.failures, Math.random())
        this.again = setTimeout(() => this.dial(), inMs * timeScale)
      },
    }
    this.socket = dial(`${address}/session-node/link?node=${id}`, token, hears, timeScale)
  }

  private say(frame: NodeFrame): void {
    this.socket?.say(frame)
  }

  private here(): void {
    const { name, version, capacity } = this.node
    const memoryMb = Math.round(process.memoryUsage.rss() / 1e6)
    this.say({ t: 'here', name, version, capacity, running: [...this.running.keys()], memoryMb, leaving: this.leaving })
  }

  private heard(text: string): void {
    const { data: frame } = FleetFrame.safeParse(JSON.parse(text))
    if (!frame) return
    if (frame.t === 'stop') void this.stop(frame.channelId)
    else if (!this.running.has(frame.channelId) && !this.leaving) this.run(frame.channelId)
  }

  private run(channelId: string): void {
    this.running.set(
      channelId,
      this.node.keep(channelId, () => this.left(channelId)),
    )
  }

  private async stop(channelId: string): Promise<void> {
    await this.running.get(channelId)?.stop()
    this.left(channelId)
  }

  private left(channelId: string): void {
    this.running.delete(channelId)
    this.say({ t: 'left', channelId })
  }
}
