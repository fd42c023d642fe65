/** The company's own client database, read and written through its REST API. */
import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { ContactId, Instant } from './ids.ts'

/** How a value is written for people. */
export const FIELD_KINDS = ['text', 'money', 'number', 'date'] as const
export const SOURCE_AUTHS = ['none', 'bearer', 'basic', 'header'] as const
/** What went wrong with the client database. */
export const SOURCE_FAILURES = ['unreachable', 'refused', 'credentials', 'not_found', 'unreadable'] as const

const Path = z.string().check(z.trim(), z.maxLength(200))
/** What a variable may be called: `{saldo}`. */
const Key = z.string().check(z.regex(/^[a-z][a-z0-9_]{0,39}$/))

export const ClientField = z.object({
  /** Its name in quick replies; `titular`, `saldo` and `mora` are the ones that are always offered. */
  key: Key,
  label: z.string().check(z.trim(), z.minLength(1), z.maxLength(60)),
  /** Where it stands in their JSON, with dots: `account.balance`. */
  path: Path.check(z.minLength(1)),
  kind: z.enum(FIELD_KINDS),
  /** Masked and read-only for roles without `clients.sensitive`. */
  sensitive: z.boolean(),
  /** May it be changed from here? */
  editable: z.boolean(),
})
export type ClientField = z.infer<typeof ClientField>

const Settings = {
  baseUrl: z.string().check(z.trim(), z.maxLength(300)),
  auth: z.enum(SOURCE_AUTHS),
  /** The header's name, or the user of `basic`. */
  authName: z.string().check(z.trim(), z.maxLength(100)),
  /** Below the base address: where clients are listed and added. */
  listPath: Path.check(z.minLength(1)),
  /** One client; `{id}` stands for theirs. */
  onePath: Path.check(z.includes('{id}')),
  /** Query names of a phone, of words to search, and of a page. */
  phoneParam: z.string().check(z.trim(), z.minLength(1), z.maxLength(40)),
  searchParam: z.string().check(z.trim(), z.minLength(1), z.maxLength(40)),
  cursorParam: z.string().check(z.trim(), z.minLength(1), z.maxLength(40)),
  /** Where the list and the next page stand in the answer; an empty one is the answer itself, or none. */
  itemsPath: Path,
  nextPath: Path,
  idPath: Path.check(z.minLength(1)),
  phonePath: Path.check(z.minLength(1)),
  /** The field that grows with each change, where they send no ETag. */
  versionPath: Path,
  writeMethod: z.enum(['PATCH', 'PUT']),
  currency: z.string().check(z.regex(/^[A-Z]{3}$/)),
  fields: z.array(ClientField).check(z.minLength(1), z.maxLength(40)),
}

/** The secret is never shown again: `hasSecret` says that there is one. */
export const ClientSource = z.object({ ...Settings, hasSecret: z.boolean(), rev: z.number() })
export type ClientSource = z.infer<typeof ClientSource>

/** Absent: the one that is kept, for the same address. */
const Secret = z.optional(z.string().check(z.maxLength(2000)))

export const getClientSource = endpoint({
  method: 'GET',
  path: '/client-source',
  summary: 'How the client database is reached; null when none is connected',
  may: 'clients.manage',
  input: z.object({}),
  returns: z.object({ source: z.nullable(ClientSource) }),
})

export const changeClientSource = endpoint({
  method: 'PUT',
  path: '/client-source',
  summary: 'Connects the client database, or changes how it is reached. `address_refused` for what is no public https address',
  may: 'clients.manage',
  input: z.object({ ...Settings, secret: Secret }),
  returns: ClientSource,
})

const ClientValue = z.object({
  /** As it is written for people; masked when it is not for the caller. */
  text: z.nullable(z.string()),
  /** As they have it; null when it is masked. */
  value: z.nullable(z.union([z.string(), z.number(), z.boolean()])),
})

export const Client = z.object({
  /** Their own id. */
  clientId: z.string(),
  phone: z.nullable(z.string()),
  values: z.record(z.string(), ClientValue),
  /** What the one who changes it hands back. */
  version: z.nullable(z.string()),
  /** When it was read there. */
  readAt: Instant,
})
export type Client = z.infer<typeof Client>

/** A field as a screen needs it: whether the caller may change it is worked out. */
export const ShownField = z.object({
  key: z.string(),
  label: z.string(),
  kind: z.enum(FIELD_KINDS),
  sensitive: z.boolean(),
  editable: z.boolean(),
})

/** `stale`: they did not answer; what is shown was read before. */
const Stale = z.nullable(z.enum(SOURCE_FAILURES))
const Found = z.object({
  connected: z.boolean(),
  client: z.nullable(Client),
  fields: z.array(ShownField),
  stale: Stale,
})
export type FoundClient = z.infer<typeof Found>

export const testClientSource = endpoint({
  method: 'POST',
  path: '/client-source/test',
  summary: 'Asks the client database with these settings, which are not kept: the client that it finds, or what went wrong',
  may: 'clients.manage',
  input: z.object({ ...Settings, secret: Secret, phone: z.optional(z.string().check(z.maxLength(40))) }),
  returns: z.object({
    failure: z.nullable(z.enum(SOURCE_FAILURES)),
    /** The status that they answered with. */
    status: z.nullable(z.number()),
    client: z.nullable(Client),
  }),
})

export const getClientOfContact = endpoint({
  method: 'GET',
  path: '/contacts/:contactId/client',
  summary:
    'What the client database says of a contact, found by number or document. What was read before when it does not answer',
  may: 'clients.read',
  input: z.object({ contactId: ContactId }),
  returns: Found,
})

export const listClients = endpoint({
  method: 'GET',
  path: '/clients',
  summary: 'Clients as their database lists them; what was read before when it does not answer',
  may: 'clients.write',
  input: z.object({
    q: z.optional(z.string().check(z.maxLength(100))),
    cursor: z.optional(z.string().check(z.maxLength(500))),
  }),
  returns: z.object({
    connected: z.boolean(),
    items: z.array(Client),
    fields: z.array(ShownField),
    next: z.nullable(z.string()),
    stale: Stale,
  }),
})

const Changes = z.record(z.string(), z.nullable(z.union([z.string().check(z.maxLength(2000)), z.number()])))

export const addClient = endpoint({
  method: 'POST',
  path: '/clients',
  summary: 'Adds a client to their database',
  may: 'clients.write',
  input: z.object({ phone: z.string().check(z.trim(), z.maxLength(40)), values: Changes }),
  returns: Client,
})

export const changeClient = endpoint({
  method: 'PATCH',
  path: '/clients/:clientId',
  summary:
    'Changes a client in their database. When it was changed there since `version`, nothing is written and `conflict` holds theirs',
  may: 'clients.write',
  input: z.object({
    clientId: z.string().check(z.maxLength(200)),
    version: z.nullable(z.string().check(z.maxLength(300))),
    values: Changes,
  }),
  returns: z.object({ client: z.nullable(Client), conflict: z.nullable(Client) }),
})
