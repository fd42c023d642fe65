/** The simulated world: numbers of businesses, customers with phones, and what they write to each other. */

/** A WhatsApp number on Meta's Cloud API. `id` is its phone_number_id. */
export type MetaNumber = {
  kind: 'meta'
  id: string
  /** Digits with country code. */
  phone: string
  name: string
  wabaId: string
  accessToken: string
  appSecret: string
  verifyToken: string
  /** Where its webhooks go; null: they wait until there is one. */
  hookUrl: string | null
  /** What customers read of the business; absent: nobody has written anything. */
  profile?: Record<string, unknown>
  told?: Told
}

/** How the provider says that a number does; what is absent is as with a healthy one. */
export type Told = {
  quality?: 'GREEN' | 'YELLOW' | 'RED'
  /** TIER_250 … */
  limit?: string
  /** Gupshup's wallet, in dollars. */
  balance?: number
  /** A number to try with: Meta's account_mode SANDBOX, Gupshup's shared one. */
  sandbox?: boolean
}

/** What Gupshup tells whom: reference/gupshup.md §4, Subscriptions. */
export type Subscription = {
  id: string
  tag: string
  url: string
  version: 2 | 3
  modes: string[]
  active: boolean
  headers: Record<string, string>
}

/** A WhatsApp number behind a Gupshup app. `id` is the app's id. */
export type GupshupNumber = {
  kind: 'gupshup'
  id: string
  phone: string
  name: string
  wabaId: string
  phoneNumberId: string
  appName: string
  /** The account's key (self-serve) and, with the same value, the app's token (partner). */
  apiKey: string
  hookUrl: string | null
  callbackVersion: 2 | 3
  subscriptions: Subscription[]
  profile?: Record<string, string>
  told?: Told
}

/** A number on an ordinary phone: devices are linked to it (WhatsApp Web). `id` is its phone. */
export type SessionNumber = { kind: 'session'; id: string; phone: string; name: string }

/** A number whose news come by webhook. */
export type HookNumber = MetaNumber | GupshupNumber
export type SimNumber = HookNumber | SessionNumber

export type Customer = {
  /** Digits with country code: how the simulator knows this person, whatever the business is told. */
  phone: string
  name: string
  /** WhatsApp's business-scoped user id. */
  bsuid: string
  /** The phone is left out of webhooks: reference/meta-cloud-api.md §4. */
  hidePhone: boolean
}

export type MediaFile = {
  id: string
  numberId: string | null
  mime: string
  name: string | null
  size: number
  /** Hex. */
  sha256: string
  /** Milliseconds since 1970. */
  at: number
}

export type Kind =
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
  | 'template_reply'
  | 'form_reply'
  | 'order'
  | 'request_welcome'
  | 'number_change'
  | 'template'
  | 'interactive'
  | 'unsupported'

type Place = { latitude: number; longitude: number; name?: string; address?: string }
type Card = { name: string; phones: string[] }
export type Choice = { id: string; title: string; description?: string; url?: string }

/** Customers' messages: `sending` until our hook took it. The business's: as WhatsApp's statuses. */
export type Progress = 'sending' | 'accepted' | 'sent' | 'delivered' | 'read' | 'played' | 'failed'

export type SimMessage = {
  /** The id on WhatsApp. */
  id: string
  /** Gupshup's own id of a message of the business. */
  gsId: string | null
  numberId: string
  customer: string
  /** `in`: the customer wrote it. */
  direction: 'in' | 'out'
  kind: Kind
  text: string | null
  mediaId: string | null
  place: Place | null
  cards: Card[]
  /** Header and footer of a template or of buttons, as the customer sees them. */
  header: string | null
  footer: string | null
  choices: Choice[]
  /** The id of a tapped button or row, the type of what is unsupported, the JSON of a form. */
  reply: Choice | null
  quoted: string | null
  forwarded: boolean
  /** The advertisement that brought the customer, in Meta's keys. */
  referral: Record<string, string> | null
  progress: Progress
  error: { code: number; title: string; details: string } | null
  /** `biz_opaque_callback_data`: the business's own id. */
  callbackData: string | null
  /** The template's category, or `service`. */
  category: string
  /** Milliseconds since 1970. */
  at: number
  reactionIn: string | null
  reactionOut: string | null
  editedAt: number | null
  revokedAt: number | null
}

/** A template, whichever provider shows it. */
export type Template = {
  name: string
  language: string
  category: 'UTILITY' | 'MARKETING' | 'AUTHENTICATION'
  status: 'APPROVED' | 'PENDING' | 'REJECTED' | 'PAUSED'
  format: 'POSITIONAL' | 'NAMED'
  header: { format: 'TEXT' | 'IMAGE' | 'VIDEO' | 'DOCUMENT'; text?: string } | null
  body: string
  /** A sample value for each variable of the body, in order. */
  samples: readonly string[]
  footer: string | null
  buttons: readonly Choice[]
  /** Why it was rejected or paused. */
  reason?: string
  quality?: 'GREEN' | 'YELLOW' | 'RED'
}

/** A template that was made, changed or taken away. `owner`: a business account, or an app of Gupshup's. */
export type KeptTemplate = { owner: string; template: Template; isGone: boolean }

/** What a number and a customer wrote to each other. */
export type Conversation = { numberId: string; customer: string; messageIds: string[]; lastInboundAt: number | null }

/** A request of ours that reached a provider. */
export type Received = {
  seq: number
  requestId: string
  at: number
  target: 'meta' | 'gupshup' | 'clients' | 'session'
  /** The number's id; null when the request named none that exists. */
  numberId: string | null
  method: string
  path: string
  what: 'message' | 'template' | 'reaction' | 'read' | 'typing' | 'media' | 'other'
  phone: string | null
  text: string | null
  callbackData: string | null
  body: unknown
  status: number
  errorCode: number | string | null
  /** The id that the message was given. */
  providerId: string | null
  /** Did the provider take it? True also when its answer was then lost. */
  processed: boolean
  /** Was the answer sent, or was the connection cut? */
  answered: boolean
}

/** Somebody in the simulated company's own client database. */
export type Debtor = {
  id: string
  holder: string
  document: string
  /** Digits with country code. */
  phone: string
  email: string
  balance: number
  daysOverdue: number
  /** yyyy-mm-dd */
  dueDate: string
  version: number
  updatedAt: string
}

/** A webhook that waits to be taken. */
export type Hook = {
  id: string
  numberId: string
  /** Hooks of one lane go one after the other, in order. */
  lane: string
  url: string | null
  headers: Record<string, string>
  part: HookPart
  /** Milliseconds since 1970. */
  notBefore: number
  /** The customer's message which counts as delivered once this is taken. */
  carries: string | null
}

/** What a webhook says. `cloud` parts can travel together in one envelope of Meta's; a `whole` body goes alone. */
export type HookPart =
  | { form: 'cloud'; field: string; value: CloudValue; gsAppId: string | null }
  | { form: 'whole'; body: string; sign: boolean; contentType: string }

export type CloudValue = {
  contacts?: readonly object[]
  messages?: readonly object[]
  statuses?: readonly object[]
  message_echoes?: readonly object[]
}

/** What the journal holds: each line changes the world a little, and replaying them all gives the world again. */
export type Entry =
  | { t: 'number'; number: SimNumber }
  | { t: 'customer'; customer: Customer }
  | { t: 'media'; media: MediaFile }
  | { t: 'message'; message: SimMessage }
  | { t: 'change'; id: string; patch: Partial<SimMessage> }
  | { t: 'window'; numberId: string; customer: string; lastInboundAt: number | null }
  | { t: 'received'; received: Received }
  | { t: 'template'; kept: KeptTemplate }
  | { t: 'hook'; hook: Hook }
  | { t: 'taken'; id: string }
  | { t: 'debtor'; debtor: Debtor }
  | { t: 'reset'; numbers: boolean }
