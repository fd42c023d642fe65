/** Unofficial numbers: linking one like WhatsApp Web, how it stands, and the programs that run them. */
import * as z from 'zod/mini'
import { Channel } from './channels.ts'
import { endpoint } from './endpoint.ts'
import { ChannelId, ChatId, Instant, NodeId } from './ids.ts'
import { PAST_SKIPS, SESSION_STATES, TYPING } from './session-node.ts'

/** How far back history is imported. */
export const PAST_REACHES = ['month', 'all'] as const

/** The history of the number's own phone, as far as it was imported. */
export const SessionPast = z.object({
  state: z.enum(['off', 'running', 'paused']),
  reach: z.enum(PAST_REACHES),
  /** What the phone has handed over, how many of these are read, and how many cannot be any more. */
  pieces: z.number(),
  done: z.number(),
  lost: z.number(),
  percent: z.number(),
  chats: z.number(),
  /** Messages that it brought, and that were here already. */
  stored: z.number(),
  known: z.number(),
  skipped: z.partialRecord(z.enum(PAST_SKIPS), z.number()),
  /** Chats about which the phone was asked for what may be missing, and what came of it. */
  gaps: z.object({ asked: z.number(), answered: z.number(), silent: z.number(), waiting: z.number(), found: z.number() }),
})
export type SessionPast = z.infer<typeof SessionPast>

/** How a number stands with WhatsApp. */
export const Session = z.object({
  /** Changes with every change: whoever watches asks with the last one. */
  rev: z.number(),
  state: z.enum(SESSION_STATES),
  since: z.nullable(Instant),
  /** Our failure code: why it is not open; and WhatsApp's own. */
  code: z.nullable(z.string()),
  providerCode: z.nullable(z.string()),
  /** While it is being linked: what the QR says, or eight letters to type on the phone. Secrets. */
  qr: z.nullable(z.string()),
  pairingCode: z.nullable(z.string()),
  /** How long they hold. */
  until: z.nullable(Instant),
  /** When it tries again by itself. */
  againAt: z.nullable(Instant),
  /** Who it is at WhatsApp. */
  me: z.nullable(z.object({ phone: z.string(), name: z.nullable(z.string()) })),
  linkedAt: z.nullable(Instant),
  /** The program that runs it; null: none is there. */
  node: z.nullable(z.string()),
  /** The company's own program that shall run it; null: our servers. */
  place: z.nullable(NodeId),
  /** How many messages of groups, lists, channels and status came: a desk is for one-to-one, so they are counted and not shown. */
  ignored: z.object({ group: z.number(), broadcast: z.number(), status: z.number(), newsletter: z.number() }),
  /** For who looks after the number. */
  past: z.nullable(SessionPast),
})
export type Session = z.infer<typeof Session>

/** By QR, or by a code for whose only screen is the phone itself; the code is made for its number. */
const Way = {
  way: z.enum(['qr', 'code']),
  phone: z.optional(z.string().check(z.minLength(6), z.maxLength(30))),
}
const Rev = z.optional(z.string().check(z.regex(/^\d{1,16}$/)))

export const addSession = endpoint({
  method: 'POST',
  path: '/sessions',
  summary: 'Adds an unofficial number, to be linked like WhatsApp Web',
  may: 'channels.manage',
  input: z.object({ name: z.string().check(z.minLength(1), z.maxLength(60)) }),
  returns: Channel,
})

export const watchSession = endpoint({
  method: 'GET',
  path: '/channels/:channelId/session',
  summary: 'How an unofficial number stands; with `rev` it answers when that has changed, or after 25 seconds',
  may: 'channels.manage',
  input: z.object({ channelId: ChannelId, rev: Rev }),
  returns: Session,
})

export const linkSession = endpoint({
  method: 'POST',
  path: '/channels/:channelId/session/link',
  summary: 'Begins to link a number: a QR or a code follows',
  may: 'channels.manage',
  input: z.object({ channelId: ChannelId, ...Way }),
  returns: Session,
})

export const reconnectSession = endpoint({
  method: 'POST',
  path: '/channels/:channelId/session/reconnect',
  summary: 'Tries again now to connect a linked number',
  may: 'channels.manage',
  input: z.object({ channelId: ChannelId }),
  returns: Session,
})

export const unlinkSession = endpoint({
  method: 'POST',
  path: '/channels/:channelId/session/unlink',
  summary: 'Ends the link of a number, at WhatsApp too. Its chats stay',
  may: 'channels.manage',
  input: z.object({ channelId: ChannelId }),
  returns: Session,
})

export const importPast = endpoint({
  method: 'PUT',
  path: '/channels/:channelId/session/past',
  summary:
    "Imports the history of the number's phone, or rests. Nothing waits for an answer because of it; what is here already is not doubled",
  may: 'channels.manage',
  input: z.object({ channelId: ChannelId, state: z.enum(['running', 'paused']), reach: z.enum(PAST_REACHES) }),
  returns: Session,
})

export const fillGaps = endpoint({
  method: 'POST',
  path: '/channels/:channelId/session/gaps',
  summary: "Asks the number's phone for messages that may be missing since it was linked, chat by chat",
  may: 'channels.manage',
  input: z.object({ channelId: ChannelId }),
  returns: Session,
})

export const inviteToLink = endpoint({
  method: 'POST',
  path: '/channels/:channelId/session/invitation',
  summary: 'Makes a link with which whoever has the phone can link the number, without signing in; it holds for an hour',
  may: 'channels.manage',
  input: z.object({ channelId: ChannelId }),
  returns: z.object({ url: z.string(), until: Instant }),
})

const Token = z.string().check(z.minLength(30), z.maxLength(120))
const Invited = z.object({ name: z.string(), session: Session })

export const watchInvitation = endpoint({
  method: 'GET',
  path: '/link-invitations/:token',
  summary: 'How a number that one was invited to link stands; with `rev` it answers when that has changed',
  may: 'anyone',
  input: z.object({ token: Token, rev: Rev }),
  returns: Invited,
})

export const linkInvited = endpoint({
  method: 'POST',
  path: '/link-invitations/:token',
  summary: 'Begins to link a number that one was invited to link',
  may: 'anyone',
  input: z.object({ token: Token, ...Way }),
  returns: Invited,
})

export const watchTyping = endpoint({
  method: 'GET',
  path: '/chats/:chatId/typing',
  summary:
    'Whether the customer types just now, on an unofficial number; with `now` it answers when that is otherwise, or after 25 seconds. `canTell` false: this number never knows',
  may: 'chats.read',
  input: z.object({ chatId: ChatId, now: z.optional(z.enum(TYPING)) }),
  returns: z.object({ typing: z.enum(TYPING), canTell: z.boolean() }),
})
