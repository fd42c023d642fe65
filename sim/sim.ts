/** What every part of the simulators works with. */
import type { Journal } from './journal.ts'
import type { Misbehaviours } from './misbehaviour.ts'
import type { Outbox } from './outbox.ts'
import type { PushService } from './push/service.ts'
import type { World } from './world.ts'

export type Sim = {
  world: World
  journal: Journal
  outbox: Outbox
  misbehaviours: Misbehaviours
  /** The browsers' push service. */
  push: PushService
  /** Where we are reached, without a slash at the end. Known once the server listens. */
  origin(): string
  /** Where the product is: the base of a hook that is given as a path. */
  appOrigin: string
  /** Milliseconds since 1970. */
  now(): number
  /** Runs later, unless the simulators close before. */
  after(ms: number, task: () => void): void
  pace: Pace
  /** The customer's phone shows that the business is typing, until this instant. */
  typing: Map<string, number>
  tellPhones(event: PhoneEvent): void
}

/** How long WhatsApp takes, in milliseconds. */
export type Pace = { sentMs: number; deliveredMs: number }

/** What a customer's page is told live. */
export type PhoneEvent = { type: 'typing'; numberId: string; customer: string; until: number }
