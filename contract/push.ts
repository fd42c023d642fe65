/** Web push: the devices that it reaches, and what each person wants to hear of. */
import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { type ChatId, Instant, PushDeviceId } from './ids.ts'
import { PUSH_KINDS } from './push-kinds.ts'

export const PushKind = z.enum(PUSH_KINDS)
export type PushKind = z.infer<typeof PushKind>

/** Why a device gets no push any more. */
export const DROPPED = ['signed_out', 'removed', 'gone', 'replaced', 'too_many'] as const

export const PushDevice = z.object({
  id: PushDeviceId,
  /** The one that asks. */
  isThis: z.boolean(),
  userAgent: z.nullable(z.string()),
  createdAt: Instant,
  /** When its push service last took a push. */
  deliveredAt: z.nullable(Instant),
  /** What its push service last answered instead: a status, or `timeout`. */
  trouble: z.nullable(z.string()),
  dropped: z.nullable(z.object({ at: Instant, why: z.enum(DROPPED) })),
})
export type PushDevice = z.infer<typeof PushDevice>

const Clock = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/))

export const Quiet = z.object({
  /** Local time; a night goes on into the next day. */
  from: Clock,
  to: Clock,
  /** 1 is Monday: the days on which it begins. */
  days: z.array(z.int().check(z.minimum(1), z.maximum(7))).check(z.minLength(1), z.maxLength(7)),
})
export type Quiet = z.infer<typeof Quiet>

export const PushChoice = z.object({
  kinds: z.array(PushKind).check(z.maxLength(PUSH_KINDS.length)),
  /** Whether the words of a message are shown. */
  preview: z.boolean(),
  sound: z.boolean(),
  /** Of chats, only one's own. */
  onlyMine: z.boolean(),
  quiet: z.nullable(Quiet),
  /** Null: the company's. */
  timeZone: z.nullable(z.string().check(z.maxLength(60))),
})
export type PushChoice = z.infer<typeof PushChoice>

export const Push = z.object({
  /** Of our own key pair, base64url: what a browser subscribes with. Null where push is not set up. */
  publicKey: z.nullable(z.string()),
  devices: z.array(PushDevice),
  choice: PushChoice,
})
export type Push = z.infer<typeof Push>

/** base64url of an uncompressed point, and of 16 bytes. */
const Keys = {
  endpoint: z.string().check(z.minLength(10), z.maxLength(2048)),
  p256dh: z.string().check(z.minLength(80), z.maxLength(100)),
  auth: z.string().check(z.minLength(16), z.maxLength(40)),
}

export const getPush = endpoint({
  method: 'GET',
  path: '/push',
  summary: 'The caller’s devices that push reaches, and what they want to hear of',
  may: 'signed-in',
  input: z.object({}),
  returns: Push,
})

export const postPushDevice = endpoint({
  method: 'PUT',
  path: '/push/device',
  summary:
    'This device can be reached here. The same again changes nothing; `push_endpoint_refused` for an address that is no push service',
  may: 'signed-in',
  input: z.object({ installId: z.uuid(), ...Keys }),
  returns: Push,
})

export const rotatePushDevice = endpoint({
  method: 'POST',
  path: '/push/device/rotation',
  summary: 'The browser has replaced its subscription (`pushsubscriptionchange`)',
  may: 'signed-in',
  input: z.object({ before: z.nullable(z.string().check(z.maxLength(2048))), ...Keys }),
  returns: z.object({ done: z.boolean() }),
})

export const removePushDevice = endpoint({
  method: 'DELETE',
  path: '/push/devices/:pushDeviceId',
  summary: 'One of the own devices gets no push any more',
  may: 'signed-in',
  input: z.object({ pushDeviceId: PushDeviceId }),
  returns: Push,
})

export const testPushDevice = endpoint({
  method: 'POST',
  path: '/push/devices/:pushDeviceId/test',
  summary: 'Sends a test to one of the own devices, and says what its push service answered',
  may: 'signed-in',
  input: z.object({ pushDeviceId: PushDeviceId }),
  returns: z.object({ result: z.enum(['sent', 'gone', 'refused', 'later']), push: Push }),
})

export const choosePush = endpoint({
  method: 'PUT',
  path: '/push/choice',
  summary: 'What the caller wants to hear of, and when',
  may: 'signed-in',
  input: PushChoice,
  returns: Push,
})

export const getPushStanding = endpoint({
  method: 'GET',
  path: '/push/standing',
  summary: 'Which notifications of this device still say something: all others can go. And the figure of the badge',
  may: 'signed-in',
  input: z.object({}),
  returns: z.object({ tags: z.array(z.string()), unanswered: z.number() }),
})

export const seePush = endpoint({
  method: 'PUT',
  path: '/push/seen',
  summary: 'A notification was looked at or put away: it is not repeated, and goes from the other devices',
  may: 'signed-in',
  input: z.object({ tag: z.string().check(z.minLength(3), z.maxLength(60)) }),
  returns: z.object({ done: z.boolean() }),
})

/** What our own part of a push's JSON carries, for the service worker (`notification.data`). */
export type PushData = {
  /** The job: one event, shown once. */
  id: string
  kind: PushKind | 'test'
  personId: string
  chatId: ChatId | null
  transferId: string | null
  /** Where a tap leads, below our own origin. */
  url: string
  /** What is said when an action could not be done. */
  failed: string
}

/** The JSON of a push: Declarative Web Push (8030), read by our service worker too. reference/pwa.md §8.4. */
export type PushJson = {
  web_push: 8030
  notification: {
    title: string
    body: string
    navigate: string
    tag: string
    lang: string
    silent: boolean
    renotify: boolean
    app_badge: number
    icon: string
    badge: string
    actions: { action: 'reply' | 'settle' | 'approve' | 'deny' | 'ack'; title: string; type?: 'text'; placeholder?: string }[]
    data: PushData
  }
  mutable: true
  app_badge: number
  /** Tags of notifications that stand for nothing any more. */
  close: string[]
}
