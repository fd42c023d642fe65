/**
 * What any channel can report, whatever the provider. Adapters make these from a provider's bytes; from here on nobody
 * knows which provider it was. Plain types, no schemas: only our own parsers build them.
 */

/** What a customer is known by. At least one is present. A phone is digits with country code, no plus; it may be absent. */
export type Identities = {
  phone?: string
  /** WhatsApp business-scoped user id, `PE.1A2b…`. Never normalised as a phone. */
  bsuid?: string
  /** WhatsApp Web's private id, without its domain. */
  lid?: string
}

export type MessageKind =
  | 'text'
  | 'image'
  | 'document'
  | 'audio'
  | 'voice'
  | 'video'
  | 'sticker'
  | 'location'
  | 'contacts'
  | 'button_reply'
  | 'list_reply'
  | 'form_reply'
  | 'order'
  | 'template'
  | 'interactive'
  | 'system'
  | 'unsupported'

/** Where the bytes of an attachment are, in the provider's words; ours come later, by a job. */
export type MediaRef = {
  /** The provider's id of the file (Meta: valid 7 days). */
  id?: string
  /** An address to read it from (Gupshup: 7 days, no sign-in; Meta: 5 minutes, with the token). */
  url?: string
  mime: string
  /** Hex or base64, as the provider gave it. */
  sha256?: string
  name?: string
  size?: number
  animated?: boolean
  /** Of a voice note, told by whoever recorded it: contract/media.ts. */
  sound?: { seconds: number; peaks: string }
}

export type Located = { latitude: number; longitude: number; name?: string; address?: string }
export type SharedContact = { name: string; phones: string[]; emails: string[]; org?: string }
/** A click-to-WhatsApp advertisement or post which opened the conversation. */
export type Referral = {
  sourceType: string
  sourceId?: string
  sourceUrl?: string
  headline?: string
  body?: string
  clickId?: string
}

/** What a kind carries beyond text and media. */
export type Extra = {
  location?: Located
  contacts?: SharedContact[]
  /** A tapped button or list row: its id (what we had set) and description. */
  reply?: { id: string; description?: string }
  form?: { name: string; json: string }
  order?: { catalogId: string; items: { productId: string; quantity: number; price: number; currency: string }[] }
  referral?: Referral
  product?: { catalogId: string; productId: string }
  template?: { name: string; language: string; params: string[] }
  forwarded?: boolean
  /** It has gone through many hands. */
  forwardedOften?: boolean
  /** The name of what cannot be answered in kind, or not be shown at all (poll, view once …). */
  unsupported?: string
  /** What it says beside its text: the options of a poll, buttons, place and instant of an event. */
  card?: { lines: string[]; at?: number }
  /** The place moves: it is where that began. */
  live?: boolean
  /** A video that plays by itself, without sound. */
  gif?: boolean
  /** In this chat messages disappear after so many seconds; 0: they do so no more. */
  ephemeral?: number
  /** What the writer's phone found behind a link. */
  preview?: { title: string; description?: string }
  /** What is answered to, as far as the answer itself tells. */
  quoted?: { kind: MessageKind; text?: string }
  system?: string
}

type Common = {
  /** Milliseconds since 1970, the provider's clock. */
  at: number
  /** That clock counts milliseconds. Else it counts seconds, and within one of them the order of arrival decides. */
  atIsExact?: true
  /** When it first came to us, by our own clock and never twice the same for one number; absent: now. */
  cameAt?: number
}

export type InboundMessage = Common & {
  type: 'message'
  /** `echo` was sent by the business from its own phone app: an outgoing message that we did not send. */
  origin: 'customer' | 'echo'
  providerId: string
  customer: Identities
  profileName?: string
  username?: string
  kind: MessageKind
  text?: string
  media?: MediaRef
  extra?: Extra
  /** The provider's id of the quoted message (either of ours or theirs); may be unknown to us. */
  quoted?: string
  /** The provider's complaint about an incoming message, e.g. a file over its limit. */
  error?: ProviderError
}

export type ReactionEvent = Common & {
  type: 'reaction'
  origin: 'customer' | 'echo'
  providerId: string
  customer: Identities
  target: string
  /** null when it was taken away. */
  emoji: string | null
}

/** Whoever wrote the message has changed it, or taken it back. It is theirs only: the inbox changes nobody else's. */
type ChangeEvent = Common & { origin: 'customer' | 'echo'; providerId: string; customer: Identities; target: string }
export type EditEvent = ChangeEvent & { type: 'edit'; text: string }
export type RevokeEvent = ChangeEvent & { type: 'revoke' }

/** What the customer wrote was read on the number's own phone. */
export type SeenEvent = Common & { type: 'seen'; customer: Identities; targets: string[] }

/** The customer's number or user id changed: both stay the same person. */
export type IdentityEvent = Common & {
  type: 'identity'
  providerId: string
  before: Identities
  after: Identities
  text?: string
}

export type DeliveryStatus = 'accepted' | 'sent' | 'delivered' | 'read' | 'played' | 'failed'

export type ProviderError = {
  /** The provider's own code, as text. */
  providerCode: string
  /** Our code: contract/failures.ts. */
  code: string
  detail?: string
}

export type StatusEvent = Common & {
  type: 'status'
  /** The id which the provider gave when it took the message. */
  providerId: string
  /** Another id of the same message (Gupshup: the WhatsApp id beside its own). */
  alias?: string
  /** Our message id, where the provider hands it back (`biz_opaque_callback_data`). */
  messageId?: string
  /** Whom it went to; absent when the provider does not say. */
  customer?: Identities
  status: DeliveryStatus
  error?: ProviderError
  /** Whether it costs something: `regular`, or why not. */
  pricing?: { category: string; type: string }
  /** Told by the provider's bill, not by WhatsApp. */
  isBill?: true
}

/** A customer told the provider whether they want to be written to: of one kind of message, or at all. */
export type ConsentEvent = Common & {
  type: 'consent'
  customer: Identities
  purpose: 'all' | 'marketing'
  state: 'in' | 'out'
  /** The provider's own word. */
  how: string
  /** As it came: tells one such word from the next. */
  raw: unknown
}

/** News about the account, a template or the number: kept, shown in the log, acted on by its own domain. */
export type AccountEvent = Common & {
  type: 'account'
  field: string
  level: 'info' | 'warn' | 'error'
  raw: unknown
  template?: TemplateNews
}

/** What the provider tells of a template. Known by its id, or by name and language. Only what was told is present. */
export type TemplateNews = {
  providerId?: string
  name?: string
  language?: string
  /** In the words of contract/templates.ts; `deleted`: it is gone. */
  status?: string
  reason?: string
  quality?: string
  category?: string
}

/** Something that we do not know yet. Kept as it came, so that a better parser can read it later. */
export type UnknownEvent = Common & { type: 'unknown'; field: string; raw: unknown }

export type ChannelEvent =
  | InboundMessage
  | ReactionEvent
  | EditEvent
  | RevokeEvent
  | SeenEvent
  | IdentityEvent
  | StatusEvent
  | ConsentEvent
  | AccountEvent
  | UnknownEvent

/** A message of the past, out of the memory of a number's own phone. It is stored, and nothing follows from it. */
export type PastMessage = Omit<InboundMessage, 'type' | 'username' | 'error' | 'atIsExact' | 'cameAt'> & {
  /** How far an outgoing one came. */
  status?: 'sent' | 'delivered' | 'read' | 'played'
  reactions?: { by: 'contact' | 'phone'; emoji: string }[]
}

/** The name of the conversation in which an event belongs: the first identity that never changes shape. */
export function conversationKey(customer: Identities | undefined): string {
  if (customer?.phone) return `p:${customer.phone}`
  if (customer?.bsuid) return `b:${customer.bsuid}`
  if (customer?.lid) return `l:${customer.lid}`
  return '-'
}

/** The customer of an event, where it has one. */
export function customerOf(event: ChannelEvent): Identities | undefined {
  switch (event.type) {
    case 'identity':
      return event.before
    case 'account':
    case 'unknown':
      return undefined
    default:
      return event.customer
  }
}
