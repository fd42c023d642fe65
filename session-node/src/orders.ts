/**
 * The orders of one number: each customer's one after the other. An order ends with WhatsApp's word on it; what has none
 * when the line breaks goes again on the next line, with the same bytes under the same id.
 */
import type { SendOrder } from '#contract/session-node.ts'
import type { KeyKeeper } from './keys.ts'
import { jidOf, sendOrder, Unsendable } from './outgoing.ts'
import type { Sender } from './outgoing.ts'

type Order = { id: string; order: SendOrder; again: boolean; isOut: boolean; sentAt: number | null; resent: boolean }

/** WhatsApp answers within a second; without a word for so long, the line is dead though it does not know it. */
const ANSWER_MS = 60_000
const REST_MS = 5_000

/** WhatsApp's codes for a message that it does not take: reference/baileys.md §7.3. */
const FAILURES: Readonly<Record<string, string>> = { 463: 'session_first_contact' }
/** The list of the customer's devices is old: read anew, the message may pass. */
const OLD_DEVICES = '479'

export class Orders {
  private readonly orders = new Map<string, Order>()
  private sender: Sender | null = null
  private resting: (() => void) | null = null

  add(id: string, order: SendOrder, again: boolean): void {
    if (this.orders.has(id)) return
    this.orders.set(id, { id, order, again, isOut: false, sentAt: null, resent: false })
    this.go()
  }

  /** The line is good: what waits leaves. */
  open(sender: Sender): void {
    this.sender = sender
    this.go()
  }

  /** The line is gone: what had no answer waits for the next one. */
  close(): void {
    this.sender = null
    for (const one of this.orders.values()) Object.assign(one, { isOut: false, sentAt: null, again: one.again || one.isOut })
  }

  /** The number is another's: its orders are too. */
  forget(): void {
    this.orders.clear()
    this.resting?.()
  }

  /** WhatsApp has it, or will not have it. */
  acknowledged(keys: KeyKeeper, id: string, error: string | undefined, from: string | undefined): void {
    const one = this.orders.get(id)
    if (!one) return
    if (error === OLD_DEVICES && !one.resent) return this.sendAnew(one, from)
    const at = Date.now()
    if (error) this.ended(keys, id, FAILURES[error] ?? 'unknown_provider_error', error)
    else {
      const event = { type: 'status', providerId: id, status: 'sent', at }
      keys.add({ sends: [{ id, state: 'sent' }], events: [{ name: `ack ${id}`, event }] })
      this.done(id)
    }
  }

  /** Something left and was not answered for too long. */
  isStuck(now: number, timeScale = 1): boolean {
    return [...this.orders.values()].some(({ sentAt }) => sentAt !== null && now - sentAt > ANSWER_MS * timeScale)
  }

  /** Resolves when nothing is under way, or after five seconds; nothing more begins. */
  async rest(): Promise<void> {
    const isBusy = [...this.orders.values()].some(({ isOut }) => isOut)
    if (!isBusy) return
    const { promise, resolve } = Promise.withResolvers<void>()
    const late = setTimeout(resolve, REST_MS)
    this.resting = resolve
    await promise
    clearTimeout(late)
  }

  private sendAnew(one: Order, from: string | undefined): void {
    const user = /^\d+/.exec(from ?? '')?.[0]
    if (user) void this.sender?.socket.userDevicesCache.del(user)
    Object.assign(one, { isOut: false, sentAt: null, again: true, resent: true })
    this.go()
  }

  private go(): void {
    if (!this.sender || this.resting) return
    const busy = new Set<string>()
    for (const one of this.orders.values()) {
      const jid = jidOf(one.order.to)
      if (!busy.has(jid) && !one.isOut) void this.sendOne(one, this.sender)
      busy.add(jid)
    }
  }

  private async sendOne(one: Order, sender: Sender): Promise<void> {
    one.isOut = true
    try {
      await sendOrder(sender, one.id, one.order, one.again)
      if (this.sender === sender && this.orders.has(one.id)) one.sentAt = Date.now()
    } catch (error) {
      if (this.sender !== sender) return
      if (error instanceof Unsendable) return this.ended(sender.keys, one.id, error.code, 'none')
      // The line is breaking, or something it needs is away: its end is told, or its silence is noticed.
      one.sentAt = Date.now()
    }
  }

  private ended(keys: KeyKeeper, id: string, code: string, providerCode: string): void {
    const event = { type: 'status', providerId: id, status: 'failed', at: Date.now(), error: { code, providerCode } }
    keys.add({ sends: [{ id, state: 'failed', code, providerCode }], events: [{ name: `ack ${id}`, event }] })
    this.done(id)
  }

  private done(id: string): void {
    this.orders.delete(id)
    this.go()
    if (![...this.orders.values()].some(({ isOut }) => isOut)) this.resting?.()
  }
}
