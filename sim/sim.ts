/** What every part of the simulators works with. */
import type { SimEvent } from './events.ts'
import type { Journal } from './journal.ts'
import type { Reply } from './lib/http.ts'
import type { MailHook } from './mail-hook/service.ts'
import type { Misbehaviours } from './misbehaviour.ts'
import type { SessionNumber } from './model.ts'
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
  /** Where companies have their alerts sent. */
  mailHook: MailHook
  /** WhatsApp Web, for numbers on ordinary phones; null when these simulators were started without it. */
  web: WebPort | null
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

/** WhatsApp Web as the rest of the simulators know it: sim/whatsapp-web/. */
export type WebPort = {
  /** Where clients connect: the address of `waWebSocketUrl`. */
  url: string
  /** Whom a client must trust to reach the media host, in PEM. */
  mediaCa: string
  /** The same in a file, for NODE_EXTRA_CA_CERTS; null without a data folder. */
  mediaCaFile: string | null
  /** Answers a command; the path comes without `/control/whatsapp-web`. */
  commands(method: string, path: string, query: URLSearchParams, body: unknown): Promise<Reply>
  makeMessageId(): string
  tell(number: SessionNumber, event: SimEvent): void
  forget(): void
  close(): Promise<void>
}

/** How long WhatsApp takes, in milliseconds. */
export type Pace = { sentMs: number; deliveredMs: number }

/** What a customer's page is told live; without a customer: every page. */
export type PhoneEvent =
  | { type: 'typing'; numberId: string; customer: string; until: number }
  /** The devices of a phone changed, or the screens that wait to be linked. */
  | { type: 'devices'; customer: string | null }
