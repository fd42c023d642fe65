/** Our registration in a portal as its object keeps it: what was offered to choose from, when that is looked at again, what has no room there. */
import type { Env } from '../lib/env.ts'
import type { Called, Wanted } from './call-queue.ts'
import { choicesOf, hasNewChoices, readDueTemplates } from './deeds/choices.ts'
import type { Choices } from './deeds/registration.ts'
import type { Origin, PortalStore } from './portal-store.ts'
import { register, registerChoices } from './registration.ts'
import { addressOf } from './surroundings.ts'

const LOOK_EVERY_MS = 3_600_000

export class Registering {
  private readonly env: Env
  private readonly store: PortalStore
  private readonly call: (wanted: Wanted) => Promise<Called>
  private registered: Promise<unknown> = Promise.resolve()

  constructor(env: Env, store: PortalStore, call: (wanted: Wanted) => Promise<Called>) {
    this.env = env
    this.store = store
    this.call = call
  }

  /** One after the other: what was read first would else be offered last. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.registered.then(work)
    this.registered = done.catch(() => undefined)
    return done
  }

  /** Everything, anew. Gives what the portal did not take. */
  async all(origin: Origin | null): Promise<{ what: string; code: string }[]> {
    return this.inTurn(() => this.everything(origin))
  }

  private async everything(origin: Origin | null): Promise<{ what: string; code: string }[]> {
    const choices = await choicesOf(this.env, origin?.portalId ?? null)
    const { failures, lacking } = await register(this.call, this.addresses(origin), choices)
    this.offered(choices)
    this.store.set('lacking', lacking)
    return failures
  }

  /** Robots and senders offer what there is now. Asked of the database and of providers now and then: while something waits there are many alarms. */
  async renew(origin: Origin | null, now: number): Promise<void> {
    const portalId = origin?.portalId ?? null
    if (portalId === null || now < (this.store.get('choicesSeen', Number) ?? 0) + LOOK_EVERY_MS) return
    this.store.set('choicesSeen', now)
    await readDueTemplates(this.env, portalId)
    await this.inTurn(() => this.newChoices(origin, portalId))
  }

  private async newChoices(origin: Origin | null, portalId: string): Promise<void> {
    if (!(await hasNewChoices(this.env, portalId, this.store.get('choices', String)))) return
    const choices = await choicesOf(this.env, portalId)
    if (!choices) return
    const { failures, lacking } = await registerChoices(this.call, this.addresses(origin), choices)
    // A portal that did not answer is asked again with the next look.
    if (failures.length > 0) return this.offered(null)
    this.offered(choices)
    this.store.set('lacking', lacking)
  }

  /** A number came here: the next look is due at once. */
  lookSoon(): void {
    this.store.set('choicesSeen', null)
  }

  private addresses(origin: Origin | null) {
    return (page: 'events' | 'app' | 'robot') => addressOf(this.env, page, origin?.appId ?? null)
  }

  private offered(choices: Choices | null): void {
    this.store.set('choices', choices && JSON.stringify(choices))
  }
}
