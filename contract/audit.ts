/** Who did what, and keys for machines. */
import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { ApiKeyId, ChannelId, Instant, PersonId } from './ids.ts'
import { Cursor, page } from './pages.ts'
import { GrantsShape } from './people.ts'

/** What is written down, and on what kind of thing. The app has a sentence for each. */
export const AUDIT_ACTIONS = [
  'account.created',
  'session.started',
  'session.refused',
  'session.ended',
  'person.invited',
  'person.changed',
  'person.deactivated',
  'person.reactivated',
  'person.link_made',
  'person.link_used',
  'password.changed',
  'factor.added',
  'factor.removed',
  'role.added',
  'role.changed',
  'role.archived',
  'role.restored',
  'department.added',
  'department.changed',
  'channel.added',
  'channel.changed',
  'channel.paused',
  'channel.people_changed',
  'channel.linking',
  'channel.reconnected',
  'channel.unlinked',
  'channel.link_invited',
  'channel.placed',
  'channel.exported',
  'channel.imported',
  'node.added',
  'node.revoked',
  'channel.history',
  'channel.gaps',
  'account.changed',
  'api_key.added',
  'api_key.revoked',
  'audit.exported',
  'dead_letter.settled',
  'transfer.requested',
  'transfer.approved',
  'transfer.denied',
  'transfer.cancelled',
  'transfer.expired',
  'quick_reply.added',
  'quick_reply.changed',
  'template.added',
  'template.changed',
  'template.submitted',
  'template.removed',
  'rule.added',
  'rule.changed',
  'rule.archived',
  'transfer_rules.changed',
  'label.added',
  'label.changed',
  'view.shared',
  'view.changed',
  'contact.added',
  'contact.changed',
  'contact.archived',
  'contact.restored',
  'contact.merged',
  'contact.accepted',
  'contacts.imported',
  'consent.written',
  'consents.imported',
  'contact.exported',
  'privacy.published',
  'privacy.changed',
  'privacy_request.added',
  'privacy_request.settled',
  'phone_contacts.taken',
  'phone_contacts.left',
  'phone_contacts.read',
  'contacts.import_undone',
  'client_source.changed',
  'client.added',
  'client.changed',
  'topup.begun',
  'refund.asked',
  'recon.decided',
  'alert_hook.changed',
  'alert_hook.secret_changed',
  'balance.chosen',
  'fiscal.changed',
  'balance.automatic',
  'balance.card_asked',
  'balance.method_forgotten',
  'balance.decided',
  'balance.released',
  'balance.frozen',
  'payment.refunded',
  'payment.allocated',
  'portal.added',
  'portal.reinstalled',
  'portal.removed',
  'portal.code_made',
  'portal.roles_applied',
  'portal.queue_decided',
  'portal.changed',
  'portal.queue_exported',
  'portal_app.added',
  'portal_line.bound',
  'portal_line.changed',
  'portal_line.client_rule',
  'portal_line.unbound',
  'subscription.begun',
  'subscription.changed',
  'channel.payer_changed',
] as const
export type AuditAction = (typeof AUDIT_ACTIONS)[number]

export const AuditEntry = z.object({
  /** Its place in the company's chain, from 1. */
  n: z.number(),
  at: Instant,
  action: z.enum(AUDIT_ACTIONS),
  /** `person`, `key` or `system`; `operator`: we, who run the service; `nobody` for a sign-in that failed. */
  actor: z.object({
    kind: z.enum(['person', 'key', 'system', 'operator', 'nobody']),
    id: z.nullable(z.string()),
    name: z.nullable(z.string()),
  }),
  object: z.object({ kind: z.string(), id: z.nullable(z.string()), name: z.nullable(z.string()) }),
  before: z.nullable(z.record(z.string(), z.unknown())),
  after: z.nullable(z.record(z.string(), z.unknown())),
  /** SHA-256 over the entry and the hash before it. */
  hash: z.string(),
})
export type AuditEntry = z.infer<typeof AuditEntry>

const AuditFilter = {
  person: z.optional(PersonId),
  action: z.optional(z.enum(AUDIT_ACTIONS)),
  from: z.optional(Instant),
  to: z.optional(Instant),
}

export const listAudit = endpoint({
  method: 'GET',
  path: '/audit',
  summary: 'The audit log, latest first',
  may: 'audit.read',
  input: z.object({ ...AuditFilter, cursor: z.optional(Cursor) }),
  returns: page(AuditEntry),
})

export const exportAudit = endpoint({
  method: 'GET',
  path: '/audit/export',
  summary: 'The same as a CSV file (UTF-8, 50,000 rows at most, `x-rows-left` when there are more)',
  may: 'audit.read',
  input: z.object(AuditFilter),
  returns: z.string(),
})

export const checkAudit = endpoint({
  method: 'GET',
  path: '/audit/chain',
  summary: 'Works the whole chain out again: `brokenAt` names the first entry that is not what was written',
  may: 'audit.read',
  input: z.object({}),
  returns: z.object({ entries: z.number(), brokenAt: z.nullable(z.number()), head: z.nullable(z.string()) }),
})

export const ApiKey = z.object({
  id: ApiKeyId,
  name: z.string(),
  /** The last four characters of the secret. */
  ending: z.string(),
  grants: GrantsShape,
  /** Only these numbers; empty for all. */
  channels: z.array(ChannelId),
  createdBy: z.nullable(z.string()),
  createdAt: Instant,
  expiresAt: z.nullable(Instant),
  lastUsedAt: z.nullable(Instant),
  revokedAt: z.nullable(Instant),
})
export type ApiKey = z.infer<typeof ApiKey>

export const listApiKeys = endpoint({
  method: 'GET',
  path: '/api-keys',
  summary: 'Keys for machines, revoked ones last',
  may: 'api_keys.manage',
  input: z.object({}),
  returns: z.object({ items: z.array(ApiKey) }),
})

export const addApiKey = endpoint({
  method: 'POST',
  path: '/api-keys',
  summary: 'Makes a key with chosen permissions, never more than its maker has. The secret is shown this once',
  may: 'api_keys.manage',
  input: z.object({
    name: z.string().check(z.trim(), z.minLength(2), z.maxLength(60)),
    grants: GrantsShape,
    channels: z.optional(z.array(ChannelId).check(z.maxLength(200))),
    /** Days until it ends; absent: never. */
    days: z.optional(z.number().check(z.gte(1), z.lte(1825))),
  }),
  returns: z.object({ key: ApiKey, secret: z.string() }),
})

export const revokeApiKey = endpoint({
  method: 'DELETE',
  path: '/api-keys/:apiKeyId',
  summary: 'Ends a key at once, for good',
  may: 'api_keys.manage',
  input: z.object({ apiKeyId: ApiKeyId }),
  returns: ApiKey,
})

export const changeAccount = endpoint({
  method: 'PATCH',
  path: '/account',
  summary: 'Changes what holds for the whole company: name, country, time zone',
  may: 'account.manage',
  input: z.object({
    name: z.optional(z.string().check(z.trim(), z.minLength(2), z.maxLength(80))),
    country: z.optional(z.string().check(z.regex(/^[A-Z]{2}$/))),
    timeZone: z.optional(z.string().check(z.minLength(3), z.maxLength(60))),
  }),
  returns: z.object({ name: z.string(), country: z.string(), timeZone: z.string() }),
})
