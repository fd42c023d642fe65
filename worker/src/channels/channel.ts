/**
 * The channel port: what the product needs from any WhatsApp provider, and nothing more. An adapter is a folder
 * beside this file; only `registry.ts` knows which ones there are.
 */
import type { Capability } from '#contract/channels.ts'
import type { NumberTold, Profile } from '#contract/channel-provider.ts'
import type { ChannelEvent, Identities, ProviderError } from '#contract/channel-event.ts'

/** Why bytes that somebody posted to a hook are not taken. */
export type Rejection = 'unsigned' | 'wrong_signature' | 'no_secret' | 'not_json'

/** One event with the provider's own id of the number it belongs to (Meta: phone_number_id); null: the hook's own channel. */
export type HookEvent = { line: string | null; event: ChannelEvent }

export type HookCheck = { ok: true } | { ok: false; reason: Rejection }

/** The number itself, its credentials unsealed. Lives in memory only. */
export type Line = {
  channelId: string
  accountId: string
  /** Digits with country code. */
  phone: string
  credentials: Credentials
  /** The provider's base addresses; the real ones unless the environment says otherwise. */
  addresses: Addresses
}

export type MetaLine = {
  kind: 'meta'
  phoneNumberId: string
  wabaId?: string | undefined
  accessToken: string
  /** The first is current; a second one is valid while secrets rotate. */
  appSecrets: string[]
  verifyToken: string | null
}
export type GupshupLine = {
  kind: 'gupshup'
  appName: string
  appId: string
  access: 'self-serve' | 'partner'
  apiKey: string
}
export type Credentials = MetaLine | GupshupLine

export type Addresses = { metaGraph: string; gupshupApi: string; gupshupPartner: string }

/** A file that goes out. The adapter asks for what its provider wants: the bytes, or an address to read them from. */
export type OutgoingFile = {
  mime: string
  name: string | null
  size: number
  bytes(): Promise<Blob>
  /** A signed public https address, valid for at least 10 minutes. */
  link(): Promise<string>
}

export type OutgoingTemplate = {
  name: string
  language: string
  /** Gupshup's own template id. */
  providerId?: string | undefined
  params: string[]
  header?: OutgoingFile | undefined
}

export type Outgoing = {
  /** Our id; handed to the provider where it gives it back with its statuses. */
  messageId: string
  to: Identities
  kind: 'text' | 'image' | 'document' | 'audio' | 'voice' | 'video' | 'template'
  text?: string | undefined
  file?: OutgoingFile | undefined
  template?: OutgoingTemplate | undefined
  /** The provider's id of the quoted message. */
  quoted?: string | undefined
}

export type SendOutcome =
  /** The provider has it. `alias`: another id by which its statuses may call the message. */
  | { outcome: 'accepted'; providerId: string; alias?: string; error?: undefined }
  /** It said no, and will say no again. `stopsChannel`: credentials or the whole number, not this message. */
  | { outcome: 'refused'; error: ProviderError; stopsChannel: boolean }
  /** It did not take it, for sure; try again (not before `afterMs`, when it said so). */
  | { outcome: 'try_later'; error: ProviderError; afterMs?: number }
  /** The request left and no answer came: it may or may not have it. Never sent again by itself. */
  | { outcome: 'unknown'; error: ProviderError }

export type Health = { ok: true; displayName: string | null } | { ok: false; error: ProviderError }

/** An answer to a question that changes no message. */
export type Told<T> = { ok: true; value: T } | { ok: false; error: ProviderError }

export type NumberDetails = {
  number: NumberTold
  /** Where it sends hooks of this number; null: it does not tell. */
  hooks: string[] | null
  /** null where the provider does not give it. */
  profile: Profile | null
}

/** How an adapter reaches its provider; tests and limits come in here. */
export type Wire = {
  fetch: (url: string, init: RequestInit) => Promise<Response>
  /** Milliseconds to wait for an answer. */
  timeoutMs: number
}

export type ChannelAdapter = {
  kind: 'meta' | 'gupshup'
  capabilities: readonly Capability[]
  /** Are these bytes from the provider? Constant time, over the raw bytes. */
  verify(raw: Uint8Array, headers: Headers, line: Line): Promise<HookCheck>
  /** Total: any bytes give an answer and nothing is thrown; what is not understood comes out as `unknown` events. */
  parse(raw: Uint8Array, now: number): HookEvent[] | Rejection
  send(message: Outgoing, line: Line, wire: Wire): Promise<SendOutcome>
  react(target: string, emoji: string | null, to: Identities, line: Line, wire: Wire): Promise<SendOutcome>
  /** Marks as read up to this message, and shows "typing" where the provider can. */
  markRead(providerId: string, typing: boolean, line: Line, wire: Wire): Promise<SendOutcome>
  /** Opens an incoming file. `gone`: it will never come; `try_later`: it may. */
  fetchMedia(
    ref: { id?: string | undefined; url?: string | undefined },
    line: Line,
    wire: Wire,
  ): Promise<
    | { ok: true; body: ReadableStream<Uint8Array>; size: number | null; mime: string | null }
    | { ok: false; again: boolean; error: ProviderError }
  >
  /** Do the credentials and the number work? */
  health(line: Line, wire: Wire): Promise<Health>
  /** How the number does there. */
  details(line: Line, wire: Wire): Promise<Told<NumberDetails>>
  /** Has the provider call this address and register it. */
  connectHook(line: Line, wire: Wire, url: string): Promise<Told<null>>
  /** null where the provider has no way to change it. */
  saveProfile: ((line: Line, wire: Wire, profile: Profile) => Promise<Told<null>>) | null
}
