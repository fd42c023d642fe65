/** The people who write to the company: their card, imports of many, and what a supervisor puts right. */
import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { ChatId, ContactId, ContactImportId, Instant, PersonId } from './ids.ts'
import { CHAT_STATES } from './inbox.ts'
import { Cursor, page } from './pages.ts'

export const IMPORT_MAX_ROWS = 5000
export const IMPORT_COLUMNS = ['name', 'phone', 'document', 'email'] as const
/** What an import does with somebody who is there already: puts in what is missing, writes over it, or leaves them. */
export const IMPORT_WAYS = ['fill', 'replace', 'skip'] as const
/** `conflict`: nothing is changed, a supervisor decides. `same`: nothing to do. */
export const IMPORT_OUTCOMES = ['created', 'updated', 'same', 'conflict', 'refused'] as const
export const IMPORT_REASONS = ['phone_missing', 'phone_invalid', 'email_invalid', 'repeated', 'contact_taken'] as const
export const CONTACT_ISSUES = ['incomplete', 'duplicate', 'conflict'] as const

export const Contact = z.object({
  id: ContactId,
  /** As our people call them; null until somebody names them. */
  name: z.nullable(z.string()),
  /** As they call themselves on WhatsApp. */
  profileName: z.nullable(z.string()),
  /** Digits with country code; masked for who may not see numbers, as are document and e-mail. */
  phone: z.nullable(z.string()),
  document: z.nullable(z.string()),
  email: z.nullable(z.string()),
  /** Names the picture that they show: `GET /api/contacts/:id/photo?v=<photo>`. */
  photo: z.optional(z.nullable(z.string())),
  /** Who has their latest chat, and how that stands; null without one that the caller sees. */
  agent: z.nullable(z.object({ id: PersonId, name: z.string() })),
  state: z.nullable(z.enum(CHAT_STATES)),
  chatId: z.nullable(ChatId),
  archived: z.boolean(),
  createdAt: Instant,
  rev: z.number(),
})
export type Contact = z.infer<typeof Contact>

const Fields = {
  name: z.string().check(z.trim(), z.minLength(2), z.maxLength(120)),
  /** As it is typed; with `+` or in the way of `country`. */
  phone: z.string().check(z.trim(), z.maxLength(40)),
  /** ISO code of the country in whose way the number is typed; absent: the company's. */
  country: z.string().check(z.regex(/^[A-Z]{2}$/)),
  document: z.string().check(z.trim(), z.maxLength(40)),
  email: z.string().check(z.trim(), z.maxLength(160)),
}

export const listContacts = endpoint({
  method: 'GET',
  path: '/contacts',
  summary: 'Contacts by name: those of chats that the caller sees, or all of them with `contacts.all`',
  may: 'contacts.read',
  input: z.object({
    /** Name or number; any part, accents and typos forgiven. */
    q: z.optional(z.string().check(z.maxLength(100))),
    archived: z.optional(z.literal('true')),
    cursor: z.optional(Cursor),
  }),
  returns: page(Contact),
})

export const getContact = endpoint({
  method: 'GET',
  path: '/contacts/:contactId',
  summary: 'One contact; of two that were merged, the one that stayed',
  may: 'contacts.read',
  input: z.object({ contactId: ContactId }),
  returns: Contact,
})

export const addContact = endpoint({
  method: 'POST',
  path: '/contacts',
  summary: 'Adds a contact, or gives the one who has this number (`existed`). `contact_taken` when the caller does not see them',
  may: 'contacts.write',
  input: z.object({
    name: Fields.name,
    phone: z.optional(Fields.phone),
    country: z.optional(Fields.country),
    document: z.optional(Fields.document),
    email: z.optional(Fields.email),
  }),
  returns: z.object({ contact: Contact, existed: z.boolean() }),
})

export const changeContact = endpoint({
  method: 'PATCH',
  path: '/contacts/:contactId',
  summary:
    'Changes a contact. `rev` is the one that was seen: else `changed_meanwhile`. The number only while nobody has written from it',
  may: 'contacts.write',
  input: z.object({
    contactId: ContactId,
    rev: z.number(),
    name: z.optional(Fields.name),
    phone: z.optional(Fields.phone),
    country: z.optional(Fields.country),
    /** Empty: none. */
    document: z.optional(Fields.document),
    email: z.optional(Fields.email),
  }),
  returns: Contact,
})

export const archiveContact = endpoint({
  method: 'PUT',
  path: '/contacts/:contactId/archive',
  summary: 'Puts a contact away, or takes them back. Nothing is deleted',
  may: 'contacts.manage',
  input: z.object({ contactId: ContactId, archived: z.boolean() }),
  returns: Contact,
})

export const mergeContacts = endpoint({
  method: 'POST',
  path: '/contacts/:contactId/merge',
  summary: 'Two contacts are one person: numbers and chats of `spareId` go to `contactId`, which stays',
  may: 'contacts.manage',
  input: z.object({ contactId: ContactId, spareId: ContactId }),
  returns: Contact,
})

/** What an import or the client database says otherwise. */
const Proposal = z.object({
  name: z.optional(z.string()),
  document: z.optional(z.string()),
  email: z.optional(z.string()),
})

export const ContactIssue = z.object({
  kind: z.enum(CONTACT_ISSUES),
  contact: Contact,
  /** Of a duplicate: the others, and what they share. */
  others: z.array(Contact),
  shared: z.nullable(z.enum(['phone', 'document', 'email'])),
  proposal: z.nullable(Proposal),
})
export type ContactIssue = z.infer<typeof ContactIssue>

export const listContactIssues = endpoint({
  method: 'GET',
  path: '/contact-issues',
  summary: 'What is to be put right: incomplete, duplicate and conflicting contacts, 50 of each kind at most',
  may: 'contacts.manage',
  input: z.object({ kind: z.enum(CONTACT_ISSUES) }),
  returns: z.object({
    items: z.array(ContactIssue),
    counts: z.object({ incomplete: z.number(), duplicate: z.number(), conflict: z.number() }),
  }),
})

export const settleContactIssue = endpoint({
  method: 'PUT',
  path: '/contacts/:contactId/issues/:kind',
  summary:
    'Accepts a contact as it is, or takes what was proposed (`take`, of a conflict). It is asked for again once the contact changes',
  may: 'contacts.manage',
  input: z.object({ contactId: ContactId, kind: z.enum(CONTACT_ISSUES), take: z.optional(z.boolean()) }),
  returns: Contact,
})

export const importContacts = endpoint({
  method: 'POST',
  path: '/contact-imports',
  summary: 'Imports rows of a file. With `dryRun` nothing is written: what would become of each row, and why',
  may: 'contacts.manage',
  input: z.object({
    /** The same import again goes on where it stopped, and gives the same answer. Absent: it is another one. */
    importId: z.optional(ContactImportId),
    fileName: z.string().check(z.trim(), z.maxLength(120)),
    country: Fields.country,
    existing: z.enum(IMPORT_WAYS),
    dryRun: z.boolean(),
    /** What each cell of a row is. */
    columns: z.array(z.enum(IMPORT_COLUMNS)).check(z.minLength(1), z.maxLength(4)),
    rows: z
      .array(z.array(z.string().check(z.maxLength(300))).check(z.maxLength(4)))
      .check(z.minLength(1), z.maxLength(IMPORT_MAX_ROWS)),
  }),
  returns: z.object({
    /** null for a dry run. */
    importId: z.nullable(ContactImportId),
    counts: z.record(z.enum(IMPORT_OUTCOMES), z.number()),
    /** In the order of the file, counted from 0. */
    rows: z.array(
      z.object({ outcome: z.enum(IMPORT_OUTCOMES), reason: z.nullable(z.enum(IMPORT_REASONS)), phone: z.nullable(z.string()) }),
    ),
  }),
})

export const ContactImport = z.object({
  id: ContactImportId,
  fileName: z.string(),
  by: z.nullable(z.string()),
  at: Instant,
  counts: z.record(z.enum(IMPORT_OUTCOMES), z.number()),
  undone: z.nullable(z.object({ at: Instant, by: z.nullable(z.string()) })),
})
export type ContactImport = z.infer<typeof ContactImport>

export const listContactImports = endpoint({
  method: 'GET',
  path: '/contact-imports',
  summary: 'The imports that were made, latest first',
  may: 'contacts.manage',
  input: z.object({}),
  returns: z.object({ items: z.array(ContactImport) }),
})

export const undoContactImport = endpoint({
  method: 'DELETE',
  path: '/contact-imports/:importId',
  summary:
    'Takes an import back: archives who came with it, gives the others their values of before. Who has been changed or has a chat since is kept',
  may: 'contacts.manage',
  input: z.object({ importId: ContactImportId }),
  returns: z.object({ archived: z.number(), restored: z.number(), kept: z.number() }),
})
