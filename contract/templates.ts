/** Messages that WhatsApp has approved: the only ones that open a conversation, or go on after 24 hours. */
import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { ChannelId, Instant, MediaId, TemplateId } from './ids.ts'

export const TEMPLATE_CATEGORIES = ['utility', 'marketing', 'authentication'] as const
/** `draft` is ours alone; the others are what the provider says. Only `approved` can be sent. */
export const TEMPLATE_STATUSES = [
  'draft',
  'pending',
  'approved',
  'rejected',
  'paused',
  'disabled',
  'in_appeal',
  'limit_exceeded',
  'archived',
  'unknown',
] as const
export const TEMPLATE_QUALITIES = ['green', 'yellow', 'red', 'unknown'] as const

const Text = z.string().check(z.maxLength(2000))

export const TemplateHeader = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: Text, example: z.optional(Text) }),
  /** `sampleMediaId`: our file that is shown to who reviews it; each message brings its own. */
  z.object({ kind: z.enum(['image', 'video', 'document']), sampleMediaId: z.optional(MediaId) }),
  z.object({ kind: z.literal('location') }),
])
export const TemplateButton = z.object({
  /** `other`: it is shown and works, and there is nothing to fill in (calls, requests for a contact). */
  kind: z.enum(['quick_reply', 'url', 'phone', 'copy_code', 'other']),
  text: Text,
  /** May end in `{{1}}`. */
  url: z.optional(Text),
  phone: z.optional(Text),
  /** The whole address, or the code. */
  example: z.optional(Text),
})
export const TemplateContent = z.object({
  /** Variables are `{{1}}`, `{{2}}` or have names. */
  format: z.enum(['positional', 'named']),
  header: z.nullable(TemplateHeader),
  body: z.string().check(z.maxLength(33_000)),
  /** A sample of each variable of the body, in the order of their first appearance. */
  examples: z.array(Text).check(z.maxLength(100)),
  footer: z.nullable(Text),
  buttons: z.array(TemplateButton).check(z.maxLength(20)),
  /** The provider's name of a part that we cannot fill in yet (CAROUSEL …): such a template is shown and not sent. */
  unsupported: z.nullable(z.string()),
})
export type TemplateHeader = z.infer<typeof TemplateHeader>
export type TemplateButton = z.infer<typeof TemplateButton>
export type TemplateContent = z.infer<typeof TemplateContent>

export const Template = z.object({
  id: TemplateId,
  channelId: ChannelId,
  name: z.string(),
  language: z.string(),
  category: z.enum(TEMPLATE_CATEGORIES),
  status: z.enum(TEMPLATE_STATUSES),
  /** Why it was rejected, paused or disabled, in the provider's words. */
  reason: z.nullable(z.string()),
  quality: z.enum(TEMPLATE_QUALITIES),
  content: TemplateContent,
  /** When the provider last told of it; null for a draft that it has never seen. */
  syncedAt: z.nullable(Instant),
  rev: z.number(),
})
export type Template = z.infer<typeof Template>

const Fields = {
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(512)),
  language: z.string().check(z.regex(/^[a-z]{2,3}(_[A-Z]{2})?$/)),
  category: z.enum(TEMPLATE_CATEGORIES),
  content: TemplateContent,
}

export const listTemplates = endpoint({
  method: 'GET',
  path: '/templates',
  summary: 'The templates of the numbers that the caller sees, or of one number; one that was never read is read first',
  may: 'channels.read',
  input: z.object({ channel: z.optional(ChannelId) }),
  returns: z.object({
    items: z.array(Template),
    /** Numbers whose provider could not be asked: what is known of them is of an earlier time. */
    unread: z.array(z.object({ channelId: ChannelId, code: z.string() })),
  }),
})

export const syncTemplates = endpoint({
  method: 'POST',
  path: '/channels/:channelId/templates/sync',
  summary: 'Reads the templates of a number at its provider now',
  may: 'templates.manage',
  input: z.object({ channelId: ChannelId }),
  returns: z.object({ items: z.array(Template) }),
})

export const addTemplate = endpoint({
  method: 'POST',
  path: '/channels/:channelId/templates',
  summary: 'Keeps a new template as a draft. `template_taken` when the number has one of that name and language',
  may: 'templates.manage',
  input: z.object({ channelId: ChannelId, ...Fields }),
  returns: Template,
})

export const changeTemplate = endpoint({
  method: 'PATCH',
  path: '/templates/:templateId',
  summary: 'Changes a draft. One that the provider has is changed by submitting it',
  may: 'templates.manage',
  input: z.object({
    templateId: TemplateId,
    rev: z.number(),
    name: z.optional(Fields.name),
    language: z.optional(Fields.language),
    category: z.optional(Fields.category),
    content: Fields.content,
  }),
  returns: Template,
})

export const submitTemplate = endpoint({
  method: 'POST',
  path: '/templates/:templateId/submit',
  summary:
    'Hands a draft to the provider for its approval, or new content of a template that it has. `template_invalid` names what WhatsApp would refuse',
  may: 'templates.manage',
  input: z.object({ templateId: TemplateId, category: z.optional(Fields.category), content: z.optional(Fields.content) }),
  returns: Template,
})

export const removeTemplate = endpoint({
  method: 'DELETE',
  path: '/templates/:templateId',
  summary: 'Deletes a template at its provider (Gupshup: in all its languages), or throws a draft away',
  may: 'templates.manage',
  input: z.object({ templateId: TemplateId }),
  returns: z.object({ removed: z.number() }),
})
