/**
 * The wire between a session-node (the Node program that keeps WhatsApp Web sessions) and the Worker. The node dials out,
 * twice: `/session-node/link` to the Fleet object, which deals numbers out, and `/session-node/link/:channelId` to the
 * Session object of each number that it was given. Text frames, JSON. Both send `ping` and hear `pong` from the platform.
 *
 * Who may speak for a number: the node that holds its link, in the epoch that the link was granted. The node counts its
 * right from the ping that was last answered: after {@link FENCE_MS} without one it closes its WhatsApp socket. The
 * Session object gives the number to nobody else before {@link LEASE_MS} have passed since the last ping it heard.
 * `TIME_SCALE`, given to both ends of a test, makes all these waits shorter by one factor: their order holds at each.
 */
import * as z from 'zod/mini'

/** How often a node pings each of its links. */
export const PING_MS = 5_000
/** Without an answered ping for so long, the node falls silent towards WhatsApp. */
export const FENCE_MS = 20_000
/** Without a ping for so long, a number is free for another node. */
export const LEASE_MS = 25_000
/** How often a number's object looks whether its node still pings. */
export const BEAT_MS = 25_000
/** A number that comes back sooner is nobody's business: messages wait for it unseen. Then people are told, within a minute in all. */
export const AWAY_MS = 45_000

/** Close codes of both links. */
export const LINK_CLOSE = { again: 4000, denied: 4403, replaced: 4409, stale: 4410 } as const

const Id = z.string().check(z.minLength(1), z.maxLength(200))
const Text = z.string().check(z.maxLength(100_000))
const ChannelId = z.uuid()
/** A value of the library's, as the node wrote it: the Worker seals it and never looks inside. */
const Opaque = z.string().check(z.maxLength(1_500_000))

// The Fleet link ------------------------------------------------------------------------------------------------------

/** What a customer does while we wait for their words. */
export const TYPING = ['no', 'typing', 'recording'] as const
export type Typing = (typeof TYPING)[number]

/** What a node tells the Fleet. */
export const NodeFrame = z.discriminatedUnion('t', [
  /** First frame of a link, and again whenever it changes: who this is and what it runs. */
  z.object({
    t: z.literal('here'),
    name: z.string().check(z.maxLength(100)),
    version: z.string().check(z.maxLength(40)),
    /** Numbers that it takes at most. */
    capacity: z.number().check(z.minimum(0), z.maximum(1000)),
    running: z.array(ChannelId).check(z.maxLength(1000)),
    /** Resident memory in megabytes. */
    memoryMb: z.number(),
    /** It is about to stop: it takes no new ones, and gives its own back one by one. */
    leaving: z.boolean(),
  }),
  /** It has closed this number's WhatsApp socket and will not touch it again unless told to. */
  z.object({ t: z.literal('left'), channelId: ChannelId }),
])
export type NodeFrame = z.infer<typeof NodeFrame>

/** What the Fleet tells a node. */
export const FleetFrame = z.discriminatedUnion('t', [
  z.object({ t: z.literal('run'), channelId: ChannelId }),
  z.object({ t: z.literal('stop'), channelId: ChannelId }),
])
export type FleetFrame = z.infer<typeof FleetFrame>

// The Session link: what is kept --------------------------------------------------------------------------------------

/** One row of the library's key store; null takes it away. `creds` is the one row of kind `creds` and id `creds`. */
export const KeyRow = z.object({ kind: Id, id: Id, value: z.nullable(Opaque) })
export type KeyRow = z.infer<typeof KeyRow>

/** A message as WhatsApp has it (the protobuf, base64): answers retries, quotes and late files. Kept for 30 days. */
export const KeptMessage = z.object({
  waId: Id,
  jid: Id,
  fromMe: z.boolean(),
  proto: Opaque,
  /** Out of the past, with a file that is read when somebody asks for it: kept for a year. */
  late: z.optional(z.literal(true)),
})
export type KeptMessage = z.infer<typeof KeptMessage>

/**
 * What came of something that was to be sent. `stored`: it is kept, and about to leave. `sent`: WhatsApp's server has it.
 * `failed`: it never will.
 */
export const SendChange = z.object({
  id: Id,
  state: z.enum(['stored', 'sent', 'failed']),
  /** Our failure code and the provider's own, when it failed. */
  code: z.optional(z.string().check(z.maxLength(60))),
  providerCode: z.optional(z.string().check(z.maxLength(200))),
})
export type SendChange = z.infer<typeof SendChange>

/** A piece of the phone's history, by what it holds. `demand`: what was asked for; `names`: what people call themselves. */
export const PIECE_KINDS = ['initial', 'recent', 'full', 'names', 'demand'] as const

/**
 * A piece of history that the phone has announced: what it takes to read it (the protobuf, base64). Kept with the step of the
 * ratchet that opened it, so that it is read later, slice by slice, by whichever node runs the number then.
 */
export const HistoryPiece = z.object({
  id: Id,
  kind: z.enum(PIECE_KINDS),
  /** How much of this kind the phone has sent with it, in percent. */
  progress: z.number(),
  /** The question that it answers. */
  request: z.nullable(Id),
  proto: z.string().check(z.maxLength(15_000_000)),
})
export type HistoryPiece = z.infer<typeof HistoryPiece>

/** Why something in the phone's history is not for us. */
export const PAST_SKIPS = [
  'groups',
  'lists',
  'channels',
  'own',
  'older',
  'notices',
  'changes',
  'deleted',
  'unsent',
  'broken',
] as const
export type PastSkip = (typeof PAST_SKIPS)[number]

/** Somebody whom the number's phone knows. */
export const PhonePerson = z.object({
  customer: z.object({ phone: z.optional(z.string()), lid: z.optional(z.string()) }),
  /** As the phone's address book has them, and as they call themselves. */
  name: z.optional(z.string().check(z.maxLength(200))),
  pushName: z.optional(z.string().check(z.maxLength(200))),
})
export type PhonePerson = z.infer<typeof PhonePerson>

/** A slice of a piece: messages (contract/channel-event.ts, `PastMessage`), people, and what is left out. */
export const PastSlice = z.object({
  /** What the piece holds in all: messages, or names. */
  total: z.number(),
  /** Where the next slice begins; null: that was the last one. */
  next: z.nullable(z.number()),
  items: z.array(z.looseObject({ providerId: z.string() })).check(z.maxLength(500)),
  people: z.array(PhonePerson).check(z.maxLength(1_000)),
  skipped: z.partialRecord(z.enum(PAST_SKIPS), z.number()),
})
export type PastSlice = z.infer<typeof PastSlice>

export const SESSION_STATES = [
  /** Nobody has linked it. */
  'unlinked',
  /** It shows a QR or a code. */
  'linking',
  'connecting',
  'open',
  /** It was open and is trying again by itself. */
  'reconnecting',
  /** WhatsApp ended the link: somebody must link it again. */
  'logged_out',
  /** The account is blocked or restricted. */
  'blocked',
  /** Somebody else holds this very session: it gave way. */
  'replaced',
  /** WhatsApp refuses this program's version; it is tried again when that changes. */
  'refused',
] as const
export type SessionState = (typeof SESSION_STATES)[number]

/** From whom messages come that are no one person's: a desk does not show them. */
export const CROWDS = ['group', 'broadcast', 'status', 'newsletter'] as const
export type Crowd = (typeof CROWDS)[number]
export type Ignored = Partial<Record<Crowd, number>>

/** How the number stands with WhatsApp, as its node sees it. */
export const Standing = z.object({
  state: z.enum(SESSION_STATES),
  /** Our failure code: why it is not open. */
  code: z.optional(z.nullable(z.string().check(z.maxLength(60)))),
  /** WhatsApp's own code. */
  providerCode: z.optional(z.nullable(z.string().check(z.maxLength(200)))),
  /** While linking: the text of the QR, and how long it holds. */
  qr: z.optional(z.nullable(z.object({ text: Text, lastsMs: z.number() }))),
  /** While linking by code: eight characters. */
  pairingCode: z.optional(z.nullable(z.string().check(z.maxLength(16)))),
  /** Who it is, once linked: digits of the number, its LID without domain, the name that customers see. */
  me: z.optional(z.object({ phone: z.string().check(z.regex(/^\d{5,20}$/)), lid: z.nullable(Id), name: z.nullable(Text) })),
  /** When it will try again by itself, in milliseconds from now. */
  againInMs: z.optional(z.nullable(z.number())),
})
export type Standing = z.infer<typeof Standing>

/** Whom a message goes to. */
export const To = z.object({ phone: z.optional(z.string()), lid: z.optional(z.string()) })
export type To = z.infer<typeof To>

/**
 * All or nothing, in the order of `n`: what is written in one piece holds together. A message and the step of its ratchet
 * are one piece, and so are an acknowledgement and its status.
 */
export const Write = z.object({
  keys: z.optional(z.array(KeyRow).check(z.maxLength(5_000))),
  kept: z.optional(z.array(KeptMessage).check(z.maxLength(500))),
  sends: z.optional(z.array(SendChange).check(z.maxLength(500))),
  standing: z.optional(Standing),
  /** What happened (contract/channel-event.ts), each under the name of the stanza that told it: the same name again is the same event. */
  events: z.optional(z.array(z.object({ name: Id, event: z.looseObject({ type: z.string() }) })).check(z.maxLength(500))),
  /** Messages that did not open and were asked for again: they take the place in which they came first, at `at` by WhatsApp's clock. */
  awaited: z.optional(z.array(z.object({ id: Id, at: z.number() })).check(z.maxLength(500))),
  /** So many stanzas of groups, lists, channels and status came, which are nobody's chat: they are counted and dropped. */
  ignored: z.optional(z.partialRecord(z.enum(CROWDS), z.number().check(z.minimum(0), z.maximum(1_000_000)))),
  /** What the phone says that it remembers; the same id again is the same piece. */
  pieces: z.optional(z.array(HistoryPiece).check(z.maxLength(20))),
  /** The phone's address book, as far as it was told just now. */
  people: z.optional(z.array(PhonePerson).check(z.maxLength(500))),
  /** Whose picture is another one now. */
  faces: z.optional(z.array(To).check(z.maxLength(500))),
  /** Forget everything of the library: the link is over, or begins anew. */
  forget: z.optional(z.literal(true)),
})
export type Write = z.infer<typeof Write>

// The Session link: what is asked of the node ---------------------------------------------------------------------------

const OutgoingKind = z.enum(['text', 'image', 'document', 'audio', 'voice', 'video', 'sticker', 'location', 'contacts'])
const Words = z.optional(z.string())

/** Something that customers will see. It is kept by the Session object until a {@link SendChange} ends it, and comes again after a break. */
export const SendOrder = z.discriminatedUnion('do', [
  z.object({
    do: z.literal('message'),
    to: To,
    kind: OutgoingKind,
    text: z.optional(z.string()),
    /** `url`: read it from the Worker with the node's token. */
    file: z.optional(
      z.object({
        url: z.string(),
        mime: z.string(),
        name: z.nullable(z.string()),
        size: z.number(),
        /** Of a recording: contract/media.ts. */
        sound: z.optional(z.object({ seconds: z.number(), peaks: z.string() })),
      }),
    ),
    location: z.optional(z.object({ latitude: z.number(), longitude: z.number(), name: Words, address: Words })),
    contacts: z.optional(
      z.array(z.object({ name: z.string(), phones: z.array(z.string()), emails: z.array(z.string()), org: Words })),
    ),
    quoted: z.optional(Id),
    /** It goes on from another chat, and says so. */
    forwarded: z.optional(z.boolean()),
    /** Messages of this chat disappear after so many seconds: this one must, too. */
    ephemeral: z.optional(z.number()),
  }),
  z.object({ do: z.literal('react'), to: To, target: Id, emoji: z.nullable(z.string()) }),
  z.object({ do: z.literal('edit'), to: To, target: Id, text: z.string() }),
  z.object({ do: z.literal('revoke'), to: To, target: Id }),
])
export type SendOrder = z.infer<typeof SendOrder>

/** A question, or a small act that may be lost. Answered once by {@link LinkFrame} `done`. */
export const Ask = z.discriminatedUnion('do', [
  /** Marks this (kept) message of the customer as read; `typing`: and shows that somebody is writing. */
  z.object({ do: z.literal('read'), waId: Id, typing: z.boolean() }),
  /** Somebody looks at the chat with this customer: whether they type is to be told ({@link LinkFrame} `typing`), for a minute. */
  z.object({ do: z.literal('watch'), to: To }),
  /** Reads the file of a message from WhatsApp and posts its bytes to `url`, with the node's token. */
  z.object({ do: z.literal('file'), waId: Id, url: z.string() }),
  /** The picture of a contact: posts its bytes to `url`. */
  z.object({ do: z.literal('picture'), to: To, url: z.string() }),
  /** Is this number on WhatsApp? */
  z.object({ do: z.literal('exists'), phone: z.string() }),
  /** Older messages of a chat, from before this one. They come as a piece that names this question: the answer's `value`. */
  z.object({
    do: z.literal('history'),
    to: To,
    before: z.object({ waId: Id, fromMe: z.boolean(), at: z.number() }),
    count: z.number(),
  }),
  /** A slice of a kept piece, from a place in it; nothing from before `since` (milliseconds). The answer carries it. */
  z.object({
    do: z.literal('past'),
    piece: Id,
    proto: z.string(),
    from: z.number(),
    count: z.number(),
    since: z.number(),
  }),
  /** The phone's whole address book, from its beginning: it comes as people. */
  z.object({ do: z.literal('contacts') }),
  z.object({ do: z.literal('logout') }),
])
export type Ask = z.infer<typeof Ask>

/** What to do with a number once it is granted. */
export const Plan = z.discriminatedUnion('do', [
  z.object({ do: z.literal('link'), way: z.enum(['qr', 'code']), phone: z.nullable(z.string()) }),
  z.object({ do: z.literal('connect') }),
])
export type Plan = z.infer<typeof Plan>

/** What the Session object tells the node. */
export const SessionFrame = z.discriminatedUnion('t', [
  /**
   * The number is yours, in this epoch. `resumed`: it never stopped being: go on, and send again what was not acknowledged
   * (`acked`: the last `n` that is written). Else begin: `keys` frames with what must be in memory follow, the last one marked.
   */
  z.object({ t: z.literal('granted'), epoch: z.number(), resumed: z.boolean(), acked: z.number(), plan: Plan }),
  z.object({ t: z.literal('keys'), rows: z.array(KeyRow), last: z.boolean() }),
  /** Somebody else's right has not run out: dial again then. */
  z.object({ t: z.literal('wait'), ms: z.number() }),
  /** Everything up to this `n` is durable. */
  z.object({ t: z.literal('ack'), n: z.number() }),
  /** The answer to the node's question. */
  z.object({ t: z.literal('found'), id: Id, rows: z.optional(z.array(KeyRow)), kept: z.optional(z.nullable(KeptMessage)) }),
  /** `again`: it was given out before, and may have left. */
  z.object({ t: z.literal('send'), id: Id, order: SendOrder, again: z.boolean() }),
  z.object({ t: z.literal('ask'), id: Id, ask: Ask }),
  z.object({ t: z.literal('plan'), plan: Plan }),
  /** Finish, write what is left, close, and say `left`. */
  z.object({ t: z.literal('stop') }),
])
export type SessionFrame = z.infer<typeof SessionFrame>

/** What the node tells the Session object. */
export const LinkFrame = z.discriminatedUnion('t', [
  z.object({ t: z.literal('write'), n: z.number(), epoch: z.number(), write: Write }),
  z.object({ t: z.literal('keys'), id: Id, kind: Id, ids: z.array(Id).check(z.maxLength(5_000)) }),
  z.object({ t: z.literal('kept'), id: Id, waId: Id }),
  z.object({
    t: z.literal('done'),
    id: Id,
    ok: z.boolean(),
    code: z.optional(z.string().check(z.maxLength(60))),
    value: z.optional(z.string().check(z.maxLength(1_000))),
    past: z.optional(PastSlice),
  }),
  /** A customer types, records, or has stopped. It may be lost: it is old in a moment. */
  z.object({ t: z.literal('typing'), from: To, is: z.enum(TYPING) }),
  /** The WhatsApp socket is closed and everything is written: the number is free at once. */
  z.object({ t: z.literal('left') }),
])
export type LinkFrame = z.infer<typeof LinkFrame>
