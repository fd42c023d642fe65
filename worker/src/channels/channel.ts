/**
 * The channel port: what the product needs from any WhatsApp provider, and nothing more. An adapter is a folder
 * beside this file; only `registry.ts` knows which ones there are.
 */
import type { Capability } from '#contract/channels.ts'
import type { SentKind } from '#contract/inbox.ts'
import type { Sound } from '#contract/media.ts'
import type { NumberTold, Profile } from '#contract/channel-provider.ts'
import type { ChannelEvent, Identities, Located, ProviderError, SharedContact } from '#contract/channel-event.ts'
import type { Ask, SendOrder, SessionState } from '#contract/session-node.ts'
import type { Template, TemplateContent } from '#contract/templates.ts'

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
/** A number linked like WhatsApp Web: its Session object, as far as an adapter needs it. */
export type SessionLine = { kind: 'session'; session: SessionPort }
export type SessionPort = {
  /** Takes an order under the id that it will have on WhatsApp. Resolves when it is durable; the same id again is the same order. */
  send(id: string, order: SendOrder): Promise<void>
  ask(ask: Ask): Promise<SessionAnswer>
  /** The bytes of a message's file, fetched through the number's own link. */
  file(waId: string): Promise<{ ok: true; body: ReadableStream<Uint8Array>; size: number } | { ok: false; code: string | null }>
  now(): Promise<{ state: SessionState; code: string | null; name: string | null; phone: string | null }>
}
export type SessionAnswer = { ok: boolean; code: string | null; value: string | null }
export type Credentials = MetaLine | GupshupLine | SessionLine

export type Addresses = { metaGraph: string; gupshupApi: string; gupshupPartner: string }

/** A file that goes out. The adapter asks for what its provider wants: the bytes, or an address to read them from. */
export type OutgoingFile = {
  mime: string
  name: string | null
  size: number
  /** Of a recording whose maker told it. */
  sound?: Sound | undefined
  bytes(): Promise<Blob>
  /** A signed public https address, valid for an hour or for `livesMs`. */
  link(livesMs?: number): Promise<string>
}

export type OutgoingTemplate = {
  name: string
  language: string
  /** Gupshup's own template id. */
  providerId?: string | undefined
  /** The variables of the body, in order. */
  params: string[]
  /** Their names, where the template names them. */
  names?: string[] | undefined
  header?: OutgoingFile | undefined
  /** The variable of a header in words. */
  headerText?: { name: string; text: string } | undefined
  /** The variables of buttons, by the button's place. */
  buttons?: { index: number; kind: 'url' | 'copy_code'; text: string }[] | undefined
}

export type Outgoing = {
  /** Our id; handed to the provider where it gives it back with its statuses. */
  messageId: string
  to: Identities
  kind: SentKind
  text?: string | undefined
  file?: OutgoingFile | undefined
  template?: OutgoingTemplate | undefined
  location?: Located | undefined
  contacts?: SharedContact[] | undefined
  /** It goes on from another chat; where the channel can say so, it does. */
  forwarded?: boolean | undefined
  /** Messages of this chat disappear after so many seconds. */
  ephemeral?: number | undefined
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
  /** null where the provider does not give it. `photo`: the address of its picture. */
  profile: (Profile & { photo: string | null }) | null
}

/** How an adapter reaches its provider; tests and limits come in here. */
export type Wire = {
  fetch: (url: string, init: RequestInit) => Promise<Response>
  /** Milliseconds to wait for an answer. */
  timeoutMs: number
}

/** A template as its provider has it, in our words. */
export type ProviderTemplate = Pick<Template, 'name' | 'language' | 'category' | 'status' | 'reason' | 'quality' | 'content'> & {
  providerId: string
}
/** A template on its way to the provider. `sample`: the file of its header, for who reviews it. */
export type TemplateDraft = Pick<Template, 'name' | 'language' | 'category'> & {
  content: TemplateContent
  sample: OutgoingFile | null
}
/** `lost`: no answer came, so it may have been done. `where`: a refusal that is ours to explain. */
export type TemplateFailure = { ok: false; error: ProviderError; lost: boolean; where?: 'elsewhere' | 'account_id' | 'taken' }

/** What is done with templates at a provider. */
export type TemplatePort = {
  /** All of them. */
  list(line: Line, wire: Wire): Promise<{ ok: true; templates: ProviderTemplate[] } | TemplateFailure>
  create(
    draft: TemplateDraft,
    line: Line,
    wire: Wire,
  ): Promise<{ ok: true; providerId: string; status: Template['status'] } | TemplateFailure>
  edit(providerId: string, draft: TemplateDraft, line: Line, wire: Wire): Promise<{ ok: true } | TemplateFailure>
  remove(providerId: string, name: string, line: Line, wire: Wire): Promise<{ ok: true } | TemplateFailure>
  /** Deleting one deletes it in all its languages. */
  removesAllLanguages: boolean
}

export type ChannelAdapter = {
  kind: 'meta' | 'gupshup' | 'session'
  capabilities: readonly Capability[]
  /** Are these bytes from the provider? Constant time, over the raw bytes. */
  verify(raw: Uint8Array, headers: Headers, line: Line): Promise<HookCheck>
  /** Total: any bytes give an answer and nothing is thrown; what is not understood comes out as `unknown` events. */
  parse(raw: Uint8Array, now: number): HookEvent[] | Rejection
  send(message: Outgoing, line: Line, wire: Wire): Promise<SendOutcome>
  react(target: string, emoji: string | null, to: Identities, line: Line, wire: Wire): Promise<SendOutcome>
  /** Changes the words of a message of ours, or takes it back (null). Absent: the provider cannot. */
  change?(target: string, text: string | null, to: Identities, line: Line, wire: Wire): Promise<SendOutcome>
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
  templates: TemplatePort
  /** Do the credentials and the number work? */
  health(line: Line, wire: Wire): Promise<Health>
  /** How the number does there. */
  details(line: Line, wire: Wire): Promise<Told<NumberDetails>>
  /** Has the provider call this address and register it. */
  connectHook(line: Line, wire: Wire, url: string): Promise<Told<null>>
  saveProfile(line: Line, wire: Wire, profile: Profile): Promise<Told<null>>
  savePhoto(line: Line, wire: Wire, photo: OutgoingFile): Promise<Told<null>>
}
