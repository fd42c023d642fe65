/** Who wants to hear from the company and who does not. Each word is kept for good; the latest holds. */
import * as z from 'zod/mini'
import { CONSENT_OUTCOMES, CONSENT_SOURCES, CONSENT_STATES, PURPOSES } from './consent-words.ts'
import { IMPORT_MAX_ROWS } from './contacts.ts'
import { endpoint } from './endpoint.ts'
import { ChannelId, ConsentId, ContactId, Instant } from './ids.ts'
import { Cursor, page } from './pages.ts'

const REASONS = ['phone_missing', 'phone_invalid', 'repeated'] as const

export const Consent = z.object({
  id: ConsentId,
  contact: z.object({ id: ContactId, name: z.nullable(z.string()), phone: z.nullable(z.string()) }),
  /** For one number; null: for all of the company's. */
  channelId: z.nullable(ChannelId),
  purpose: z.enum(PURPOSES),
  state: z.enum(CONSENT_STATES),
  source: z.enum(CONSENT_SOURCES),
  /** The customer's word, the provider's code, or how a person came to know. */
  how: z.string(),
  by: z.nullable(z.string()),
  at: Instant,
  /** Nothing later was said about the same. */
  holds: z.boolean(),
})
export type Consent = z.infer<typeof Consent>

const Word = {
  /** Absent: for all numbers of the company. */
  channelId: z.optional(ChannelId),
  purpose: z.enum(PURPOSES),
  state: z.enum(CONSENT_STATES),
  /** How it is known: «por teléfono, 21 nov». */
  how: z.string().check(z.trim(), z.minLength(3), z.maxLength(200)),
}

export const listConsents = endpoint({
  method: 'GET',
  path: '/consents',
  summary: 'What holds now, latest first: who said yes and who said no, for which number, how and when',
  may: 'consents.manage',
  input: z.object({
    state: z.optional(z.enum(CONSENT_STATES)),
    /** What holds for this number: its own words and those for all numbers. */
    channel: z.optional(ChannelId),
    /** Name or number. */
    q: z.optional(z.string().check(z.maxLength(100))),
    cursor: z.optional(Cursor),
  }),
  returns: page(Consent),
})

export const listContactConsents = endpoint({
  method: 'GET',
  path: '/contacts/:contactId/consents',
  summary: 'Everything that a contact has said about being written to, latest first. Nobody can change it',
  may: 'contacts.read',
  input: z.object({ contactId: ContactId }),
  returns: z.object({ items: z.array(Consent) }),
})

export const setConsent = endpoint({
  method: 'POST',
  path: '/contacts/:contactId/consents',
  summary:
    'Writes down what a customer has said. A yes asks for `consents.manage`; `consent_by_provider`: only the customer takes that no back, in WhatsApp',
  may: 'contacts.write',
  input: z.object({ contactId: ContactId, ...Word }),
  returns: Consent,
})

export const addConsent = endpoint({
  method: 'POST',
  path: '/consents',
  summary: 'The same for a number, also of somebody who never wrote',
  may: 'consents.manage',
  input: z.object({
    phone: z.string().check(z.trim(), z.minLength(3), z.maxLength(40)),
    /** ISO code of the country in whose way the number is typed; absent: the company's. */
    country: z.optional(z.string().check(z.regex(/^[A-Z]{2}$/))),
    name: z.optional(z.string().check(z.trim(), z.maxLength(120))),
    ...Word,
  }),
  returns: Consent,
})

export const importConsents = endpoint({
  method: 'POST',
  path: '/consent-imports',
  summary: 'Rows of a file, number and name, that all said the same. With `dryRun` nothing is written',
  may: 'consents.manage',
  input: z.object({
    fileName: z.string().check(z.trim(), z.maxLength(120)),
    country: z.string().check(z.regex(/^[A-Z]{2}$/)),
    dryRun: z.boolean(),
    ...Word,
    rows: z
      .array(z.object({ phone: z.string().check(z.maxLength(300)), name: z.optional(z.string().check(z.maxLength(300))) }))
      .check(z.minLength(1), z.maxLength(IMPORT_MAX_ROWS)),
  }),
  returns: z.object({
    counts: z.record(z.enum(CONSENT_OUTCOMES), z.number()),
    /** In the order of the file, counted from 0. */
    rows: z.array(
      z.object({ outcome: z.enum(CONSENT_OUTCOMES), reason: z.nullable(z.enum(REASONS)), phone: z.nullable(z.string()) }),
    ),
  }),
})

const Words = z.array(z.string().check(z.trim(), z.minLength(2), z.maxLength(30))).check(z.maxLength(12))

export const ChannelConsent = z.object({
  /** 0: nobody has written any; BAJA, STOP, ALTA and START hold. */
  rev: z.number(),
  /** A message that is one of these words, and nothing else; accents, signs and case aside. */
  outWords: Words,
  inWords: Words,
  /** What a word holds for: this number, or all of the company's. */
  covers: z.enum(['channel', 'all']),
  /** What the number answers; empty: nothing. */
  outReply: z.string().check(z.trim(), z.maxLength(500)),
  inReply: z.string().check(z.trim(), z.maxLength(500)),
})
export type ChannelConsent = z.infer<typeof ChannelConsent>

export const getChannelConsent = endpoint({
  method: 'GET',
  path: '/channels/:channelId/consent',
  summary: 'By which words customers say yes and no to a number',
  may: 'channels.read',
  input: z.object({ channelId: ChannelId }),
  returns: ChannelConsent,
})

export const changeChannelConsent = endpoint({
  method: 'PUT',
  path: '/channels/:channelId/consent',
  summary: 'Sets these words and what is answered. `words_invalid`: one means both, or there is none to say no with',
  may: 'channels.manage',
  input: z.extend(ChannelConsent, { channelId: ChannelId }),
  returns: ChannelConsent,
})
