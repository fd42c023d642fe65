/** What a message carries beyond text and file: places, people, and what is known around it. */
import * as z from 'zod/mini'

export const KINDS = [
  'text',
  'image',
  'document',
  'audio',
  'voice',
  'video',
  'sticker',
  'location',
  'contacts',
  'button_reply',
  'list_reply',
  'form_reply',
  'order',
  'template',
  'interactive',
  'system',
  'unsupported',
] as const

export const Location = z.object({
  latitude: z.number(),
  longitude: z.number(),
  name: z.optional(z.string()),
  address: z.optional(z.string()),
})

export const SharedContacts = z.array(
  z.object({
    name: z.string(),
    phones: z.array(z.string()),
    emails: z.array(z.string()),
    org: z.optional(z.string()),
  }),
)

/** A place as it may leave: WhatsApp draws the map, names are ours. */
export const LocationToSend = z.object({
  latitude: z.number().check(z.minimum(-90), z.maximum(90)),
  longitude: z.number().check(z.minimum(-180), z.maximum(180)),
  name: z.optional(z.string().check(z.maxLength(200))),
  address: z.optional(z.string().check(z.maxLength(300))),
})
export type LocationToSend = z.infer<typeof LocationToSend>

/** People as they may leave: each with a number that can be written to. */
export const ContactsToSend = z
  .array(
    z.object({
      name: z.string().check(z.minLength(1), z.maxLength(120)),
      phones: z.array(z.string().check(z.regex(/^\+?[\d ().-]{5,30}$/))).check(z.minLength(1), z.maxLength(5)),
      emails: z.array(z.string().check(z.maxLength(200))).check(z.maxLength(5)),
      org: z.optional(z.string().check(z.maxLength(120))),
    }),
  )
  .check(z.minLength(1), z.maxLength(10))
export type ContactsToSend = z.infer<typeof ContactsToSend>

export const Extra = z.looseObject({
  location: z.optional(Location),
  /** It moves: this is where that began. */
  live: z.optional(z.boolean()),
  contacts: z.optional(SharedContacts),
  referral: z.optional(
    z.looseObject({
      sourceType: z.string(),
      headline: z.optional(z.string()),
      body: z.optional(z.string()),
      sourceUrl: z.optional(z.string()),
    }),
  ),
  template: z.optional(
    z.object({
      name: z.string(),
      language: z.string(),
      params: z.array(z.string()),
      /** How it reads around the text, which is the message's own. */
      shown: z.optional(
        z.object({ header: z.nullable(z.string()), footer: z.nullable(z.string()), buttons: z.array(z.string()) }),
      ),
    }),
  ),
  /** The name of what cannot be answered in kind, or not be shown at all: `poll`, `view_once` … */
  unsupported: z.optional(z.string()),
  /** What it says beside its text: the options of a poll, buttons; the instant of an event. */
  card: z.optional(z.object({ lines: z.array(z.string()), at: z.optional(z.number()) })),
  /** A video that plays by itself, without sound. */
  gif: z.optional(z.boolean()),
  /** Messages of the chat disappear at the customer after so many seconds; 0: no more. */
  ephemeral: z.optional(z.number()),
  /** What the customer's phone found behind a link. */
  preview: z.optional(z.object({ title: z.string(), description: z.optional(z.string()) })),
  /** What is answered to, as far as the answer itself tells. */
  quoted: z.optional(z.object({ kind: z.enum(KINDS), text: z.optional(z.string()) })),
  /** Who is named in a note. */
  mentions: z.optional(z.array(z.object({ id: z.string(), name: z.string() }))),
  /** What somebody did with the chat, in a line of kind `system`: assigned, transferred, closed, reopened, settled; to whom. */
  system: z.optional(z.string()),
  to: z.optional(z.nullable(z.string())),
  department: z.optional(z.nullable(z.string())),
  /** Of a line about consent: the word, and whose it is. */
  how: z.optional(z.string()),
  source: z.optional(z.string()),
  forwarded: z.optional(z.boolean()),
  forwardedOften: z.optional(z.boolean()),
  /** The version of the privacy notice that this message carries. */
  privacy: z.optional(z.number()),
  /** The rule by which the number said this by itself: greeting, out_of_hours, farewell, privacy. */
  automatic: z.optional(z.string()),
})
export type Extra = z.infer<typeof Extra>
