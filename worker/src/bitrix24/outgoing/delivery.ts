/** One thing that a portal must be told, as the database gives it (db/functions/212_portal_deliveries.sql). */
import { Language } from '#contract/ids.ts'
import * as z from 'zod'

const Text = z.nullable(z.string())

const Contact = z.looseObject({ name: z.string(), phones: z.array(z.string()) })
/** What a message carries beyond its text, as far as an operator is shown it. */
const Extra = z.looseObject({
  location: z.nullish(
    z.looseObject({
      latitude: z.number(),
      longitude: z.number(),
      name: z.nullish(z.string()),
      address: z.nullish(z.string()),
    }),
  ),
  contacts: z.nullish(z.array(Contact)),
  order: z.nullish(z.looseObject({ items: z.array(z.looseObject({ productId: z.string(), quantity: z.number() })) })),
  card: z.nullish(z.looseObject({ lines: z.nullish(z.array(z.string())) })),
  referral: z.nullish(z.looseObject({ headline: z.nullish(z.string()), sourceUrl: z.nullish(z.string()) })),
  unsupported: z.nullish(z.string()),
  forwarded: z.nullish(z.boolean()),
})

const File = z.object({
  r2Key: Text,
  mime: z.string(),
  name: Text,
  size: z.nullable(z.number()),
  state: z.enum(['pending', 'ready', 'lost']),
  ageS: z.number(),
})
export type File = z.infer<typeof File>

const Message = z.object({
  id: z.string(),
  direction: z.enum(['in', 'out', 'note']),
  kind: z.string(),
  text: Text,
  /** What cannot be read of it is left out: the message goes without. */
  extra: z.unknown().transform((value) => Extra.safeParse(value).data ?? null),
  at: z.string(),
  isDeleted: z.boolean(),
  /** The portal has been told of it. */
  isThere: z.boolean(),
  /** `employee`: who wrote it is this employee of the portal. */
  author: z.object({ kind: z.string(), name: Text, employee: Text }),
  quoted: z.nullable(z.object({ kind: z.string(), text: Text })),
  file: z.nullable(File),
})
export type Message = z.infer<typeof Message>

/** `without`: it went without its file. `plain`: the portal refused it as it was. */
const Body = z.looseObject({
  what: z.optional(z.string()),
  code: z.nullish(z.string()),
  emoji: z.nullish(z.string()),
  text: z.optional(z.string()),
  without: z.optional(z.boolean()),
})

export const Delivery = z.object({
  id: z.string(),
  kind: z.enum(['send', 'file', 'update', 'delete', 'delivery_status', 'say', 'responsible', 'session_finish']),
  body: z.nullable(Body),
  tries: z.number(),
  waitedS: z.number(),
  /** The employee whose words a `say` is about. */
  operator: Text,
  chat: z.object({
    id: z.string(),
    externalId: z.string(),
    imChatId: Text,
    sessionId: Text,
    responsible: Text,
    assignee: Text,
  }),
  line: z.object({ id: z.string(), connector: z.string(), line: z.number() }),
  contact: z.object({ name: Text, phone: Text, photo: Text }),
  language: Language,
  message: z.nullable(Message),
  im: z.nullable(z.object({ chatId: Text, messageId: Text, parts: z.nullable(z.array(z.string())) })),
})
export type Delivery = z.infer<typeof Delivery>

/** What became of one; `later` and `unsure` are looked at again after `afterMs`. */
export type Outcome = {
  id: string
  outcome: 'done' | 'failed' | 'discarded' | 'unconfirmed' | 'later' | 'unsure'
  /** Why, in a word of ours that never changes; and what the portal said. */
  code?: string
  text?: string
  afterMs?: number
  counts?: 1
  body?: Delivery['body']
  imChatId?: string
  sessionId?: string
  guestId?: string
  responsible?: string
  lineProblem?: string
}
