/** The address book of an unofficial number's phone: proposals for our contacts. */
import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { ChannelId, ContactId } from './ids.ts'
import { Cursor } from './pages.ts'

/** What becomes of it: nothing, a list that somebody decides about, or our contacts at once. */
export const CONTACT_WAYS = ['off', 'propose', 'direct'] as const
/** Nobody of ours yet; somebody of ours without a name; somebody of ours by another name. */
export const PROPOSAL_KINDS = ['new', 'fill', 'conflict'] as const
export const CLIENT_STATES = ['due', 'added', 'changed', 'same', 'conflict', 'failed'] as const

const PhoneContactId = z.uuid()

export const PhoneContact = z.object({
  id: PhoneContactId,
  /** As the phone calls them. */
  name: z.string(),
  phone: z.string(),
  kind: z.enum(PROPOSAL_KINDS),
  /** Who they are here, and as what. */
  contact: z.nullable(z.object({ id: ContactId, name: z.nullable(z.string()) })),
})
export type PhoneContact = z.infer<typeof PhoneContact>

const Way = {
  way: z.enum(CONTACT_WAYS),
  /** Into the company's client database, too, where one is connected. */
  toClients: z.boolean(),
}

export const PhoneContacts = z.object({
  ...Way,
  hasClients: z.boolean(),
  counts: z.object({ new: z.number(), fill: z.number(), conflict: z.number(), taken: z.number(), left: z.number() }),
  /** What became of them in the client database. */
  clients: z.partialRecord(z.enum(CLIENT_STATES), z.number()),
  items: z.array(PhoneContact),
  next: z.nullable(z.string()),
})
export type PhoneContacts = z.infer<typeof PhoneContacts>

export const listPhoneContacts = endpoint({
  method: 'GET',
  path: '/channels/:channelId/phone-contacts',
  summary: "The address book of an unofficial number's phone: how it stands, and what waits for a decision",
  may: 'channels.manage',
  input: z.object({ channelId: ChannelId, kind: z.optional(z.enum(PROPOSAL_KINDS)), cursor: z.optional(Cursor) }),
  returns: PhoneContacts,
})

export const settlePhoneContacts = endpoint({
  method: 'PUT',
  path: '/channels/:channelId/phone-contacts',
  summary:
    'Takes proposals over into our contacts, or leaves them: those named, else all of a kind, 500 at once. `settled`: how many it were',
  may: 'channels.manage',
  input: z.object({
    channelId: ChannelId,
    take: z.boolean(),
    ids: z.optional(z.array(PhoneContactId).check(z.minLength(1), z.maxLength(200))),
    kind: z.optional(z.enum(PROPOSAL_KINDS)),
  }),
  returns: z.object({ settled: z.number() }),
})

export const setPhoneContacts = endpoint({
  method: 'PUT',
  path: '/channels/:channelId/phone-contacts/way',
  summary: "What becomes of the phone's address book. `direct` takes what waits, but for what contradicts our contacts",
  may: 'channels.manage',
  input: z.object({ channelId: ChannelId, ...Way }),
  returns: z.object({ settled: z.number() }),
})

export const readPhoneContacts = endpoint({
  method: 'POST',
  path: '/channels/:channelId/phone-contacts/read',
  summary: "Reads the phone's whole address book again. `session_away` while the number is not connected",
  may: 'channels.manage',
  input: z.object({ channelId: ChannelId }),
  returns: z.object({ done: z.boolean() }),
})
