/** What a company says about the data that it keeps, and what people ask about theirs (Ecuador: LOPDP). */
import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { ContactId, Instant, PrivacyRequestId } from './ids.ts'
import { Cursor, page } from './pages.ts'
import { REQUEST_STATES, RIGHTS } from './privacy-text.ts'

const line = (min: number, max: number) => z.string().check(z.trim(), z.minLength(min), z.maxLength(max))
const NOTICE_MAX = 20_000

const Fields = z.object({
  responsible: line(2, 120),
  taxNumber: line(0, 30),
  address: line(0, 200),
  email: line(3, 120),
  officer: line(0, 200),
})

const Texts = z.object({
  es: line(100, NOTICE_MAX),
  en: z.optional(line(100, NOTICE_MAX)),
  pt: z.optional(line(100, NOTICE_MAX)),
})

const Notice = z.object({
  version: z.number(),
  fields: z.extend(Fields, { days: z.number() }),
  texts: Texts,
  by: z.nullable(z.string()),
  at: Instant,
})

export const Privacy = z.object({
  /** 0: nothing is published or set yet. */
  rev: z.number(),
  /** Of the public page; null while nothing is published. */
  address: z.nullable(z.string()),
  sendsToNew: z.boolean(),
  /** What the notice is sent with; names `{aviso_privacidad}`. */
  sentence: z.string(),
  answerDays: z.number(),
  /** How many contacts were sent it. */
  sent: z.number(),
  current: z.nullable(Notice),
  /** Latest first. Nobody can change them; each stays readable at `?version=`. */
  history: z.array(z.object({ version: z.number(), by: z.nullable(z.string()), at: Instant })),
})
export type Privacy = z.infer<typeof Privacy>

export const getPrivacy = endpoint({
  method: 'GET',
  path: '/privacy',
  summary: "The company's privacy notice, its versions, its public page and to whom it is sent",
  may: 'account.manage',
  input: z.object({}),
  returns: Privacy,
})

export const publishNotice = endpoint({
  method: 'POST',
  path: '/privacy/notices',
  summary:
    'Publishes a new version of the notice. `after`: the version that it was written over, 0 for none; `changed_meanwhile` when that is not the latest. `variable_unknown`: it names what no notice knows',
  may: 'account.manage',
  input: z.object({ after: z.number(), fields: Fields, texts: Texts }),
  returns: Privacy,
})

export const changePrivacy = endpoint({
  method: 'PUT',
  path: '/privacy',
  summary:
    'Sets whether contacts that are new from now on are sent the notice once, with which sentence, and within how many days requests are answered. `notice_missing`: nothing is published, or the sentence does not name it',
  may: 'account.manage',
  input: z.object({
    rev: z.number(),
    sendsToNew: z.boolean(),
    sentence: line(1, 300),
    answerDays: z.number().check(z.int(), z.gte(1), z.lte(60)),
  }),
  returns: Privacy,
})

export const PrivacyRequest = z.object({
  id: PrivacyRequestId,
  contact: z.object({ id: ContactId, name: z.nullable(z.string()), phone: z.nullable(z.string()) }),
  kind: z.enum(RIGHTS),
  /** What they asked for. */
  asked: z.string(),
  receivedOn: z.iso.date(),
  /** The last day on which the answer is in time. */
  dueOn: z.iso.date(),
  isLate: z.boolean(),
  state: z.enum(REQUEST_STATES),
  /** What was done, or why not. */
  outcome: z.string(),
  by: z.nullable(z.string()),
  at: Instant,
  settledBy: z.nullable(z.string()),
  settledAt: z.nullable(Instant),
})
export type PrivacyRequest = z.infer<typeof PrivacyRequest>

export const listPrivacyRequests = endpoint({
  method: 'GET',
  path: '/privacy/requests',
  summary: 'What people asked about their data: open ones by the day on which they are due, else the last settled first',
  may: 'privacy.manage',
  input: z.object({ settled: z.optional(z.enum(['yes', 'no'])), cursor: z.optional(Cursor) }),
  returns: page(PrivacyRequest),
})

export const listContactRequests = endpoint({
  method: 'GET',
  path: '/contacts/:contactId/privacy-requests',
  summary: 'What a contact asked about their data, latest first, and when they were sent the privacy notice',
  may: 'contacts.read',
  input: z.object({ contactId: ContactId }),
  returns: z.object({
    items: z.array(PrivacyRequest),
    notice: z.nullable(z.object({ version: z.number(), at: Instant })),
    /** Within how many days the company answers: what is written down today is due then. */
    answerDays: z.number(),
  }),
})

export const addPrivacyRequest = endpoint({
  method: 'POST',
  path: '/contacts/:contactId/privacy-requests',
  summary: 'Writes down what a contact asks about their data. Due by itself; nobody can change it, only settle it',
  may: 'contacts.write',
  input: z.object({
    contactId: ContactId,
    kind: z.enum(RIGHTS),
    asked: line(3, 1000),
    /** Absent: today, where the company is. Never later. */
    receivedOn: z.optional(z.iso.date()),
  }),
  returns: PrivacyRequest,
})

export const settlePrivacyRequest = endpoint({
  method: 'PUT',
  path: '/privacy/requests/:privacyRequestId',
  summary:
    'Says how a request was answered, once: `changed_meanwhile` when somebody did already. An objection that is met stops all messages that the contact did not ask for',
  may: 'privacy.manage',
  input: z.object({ privacyRequestId: PrivacyRequestId, state: z.enum(['done', 'refused']), outcome: line(3, 1000) }),
  returns: PrivacyRequest,
})

export const exportContact = endpoint({
  method: 'GET',
  path: '/contacts/:contactId/data',
  summary:
    'Everything that is kept of one contact as a JSON file: card, numbers, answers about messages, requests and every message that the caller may see. `complete` says whether that is all. Written into the audit log',
  may: 'privacy.manage',
  input: z.object({ contactId: ContactId }),
  /** The file: JSON. */
  returns: z.string(),
})
