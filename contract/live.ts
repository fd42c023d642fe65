/**
 * The live stream of a phone: `GET /api/live?since=SEQ`, upgraded to a WebSocket. Text frames, JSON.
 * The client sends `ping` (answered `pong` by the platform without waking anything) and {@link ClientFrame}.
 */
import type { Channel } from './channels.ts'
import type { Transfer } from './desk.ts'
import type { Draft } from './drafts.ts'
import type { ChannelId, ChatId, Instant, PersonId } from './ids.ts'
import type { Chat, Message } from './inbox.ts'
import type { Mention } from './mentions.ts'
import type { Me } from './session.ts'

export type LiveEvent =
  /** A chat as it is now (new, answered, assigned, read …). */
  | { type: 'chat'; chat: Chat }
  /** A message as it is now (new, delivered, failed, edited …), always after the chat that holds it. */
  | { type: 'message'; message: Message }
  /** A number as it is now. */
  | { type: 'channel'; channel: Channel }
  /** Templates of this number are not what they were: whoever looks at them asks again. */
  | { type: 'templates'; channelId: ChannelId }
  /** A request to give a chat to somebody else, as it is now: for who asked and who may decide. */
  | { type: 'transfer'; transfer: Transfer }
  /** Labels were added or changed: whoever shows some asks for them again. It names none, since not all are for everybody. */
  | { type: 'labels' }
  /** What this person has typed on another device. */
  | { type: 'draft'; draft: Draft }
  /** A note names this person. */
  | { type: 'mention'; mention: Mention }
  /** This person has read a chat up to here, on one of their devices: its notification can go from the others. */
  | { type: 'read'; personId: PersonId; chatId: ChatId; upto: Instant }
  /** This chat is not yours to see any more: drop every copy. `into`: it became part of another one. */
  | { type: 'forget'; chatId: ChatId; into: ChatId | null }

/** `prev` is the number of the event that this person saw before this one: holes in `seq` are other people's. */
export type LiveItem = { seq: number; prev: number; event: LiveEvent }

export type ServerFrame =
  /** First frame. `seq`: the account's newest number; events after `since` follow. */
  | { t: 'hello'; seq: number }
  | { t: 'ev'; items: LiveItem[] }
  /** What this person may do has changed; a `resync` follows when what they may see has changed too. */
  | { t: 'me'; me: Me }
  /** The log no longer reaches back to `since`: read everything again, then go on from `seq`. */
  | { t: 'resync'; seq: number }
  /** Something is about to be pushed to this person: whoever shows the app says so within 3 s (`noted`), and is left out. */
  | { t: 'note'; id: string }
  | { t: 'bye'; code: 'signed_out' | 'forbidden' | 'too_slow' | 'again' }

export type ClientFrame =
  /** Everything up to here is in the phone's own store. Sent every 100 events or 5 s. */
  | { t: 'ack'; seq: number }
  /** Whether the app is on the screen, and which chat is open there. Sent after `hello` and with each change. */
  | { t: 'see'; isVisible: boolean; chatId: string | null }
  /** The app is on the screen, and everything up to the `note` of this id has arrived. */
  | { t: 'noted'; id: string }

/** WebSocket close codes that go with `bye`. */
export const CLOSE = { signed_out: 4401, forbidden: 4403, too_slow: 4429, again: 4500 } as const
