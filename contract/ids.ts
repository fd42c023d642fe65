import * as z from 'zod/mini'

/** UUIDv7 ids, branded so that a chat's id can never be passed where a person's is meant. */
export const AccountId = z.uuid().brand<'Account'>()
export const PersonId = z.uuid().brand<'Person'>()
export const ChannelId = z.uuid().brand<'Channel'>()
export const ContactId = z.uuid().brand<'Contact'>()
export const ChatId = z.uuid().brand<'Chat'>()
export const MediaId = z.uuid().brand<'Media'>()
export const DeadLetterId = z.uuid().brand<'DeadLetter'>()
export const RoleId = z.uuid().brand<'Role'>()
export const DepartmentId = z.uuid().brand<'Department'>()
export const SessionId = z.uuid().brand<'Session'>()
export const PasskeyId = z.uuid().brand<'Passkey'>()
export const ViewId = z.uuid().brand<'View'>()
export const TransferId = z.uuid().brand<'Transfer'>()
export const QuickReplyId = z.uuid().brand<'QuickReply'>()
export const RuleId = z.uuid().brand<'Rule'>()
export const LabelId = z.uuid().brand<'Label'>()
export const ApiKeyId = z.uuid().brand<'ApiKey'>()
export const TemplateId = z.uuid().brand<'Template'>()
export const MentionId = z.uuid().brand<'Mention'>()
export const OutageId = z.uuid().brand<'Outage'>()
export const NodeId = z.uuid().brand<'Node'>()
export const PrivacyRequestId = z.uuid().brand<'PrivacyRequest'>()
export const ConsentId = z.uuid().brand<'Consent'>()
export const ContactImportId = z.uuid().brand<'ContactImport'>()
export const PushDeviceId = z.uuid().brand<'PushDevice'>()
export const PortalId = z.uuid().brand<'Portal'>()
export const PortalLineId = z.uuid().brand<'PortalLine'>()
export const PortalAppId = z.uuid().brand<'PortalApp'>()
/** A message's id is made by whoever writes it first (a phone for what it sends), so its shape is checked. */
export const MessageId = z.uuidv7().brand<'Message'>()

export type AccountId = z.infer<typeof AccountId>
export type PersonId = z.infer<typeof PersonId>
export type ChannelId = z.infer<typeof ChannelId>
export type ContactId = z.infer<typeof ContactId>
export type ChatId = z.infer<typeof ChatId>
export type MediaId = z.infer<typeof MediaId>
export type MessageId = z.infer<typeof MessageId>
export type DeadLetterId = z.infer<typeof DeadLetterId>
export type RoleId = z.infer<typeof RoleId>
export type DepartmentId = z.infer<typeof DepartmentId>
export type SessionId = z.infer<typeof SessionId>
export type PasskeyId = z.infer<typeof PasskeyId>
export type ViewId = z.infer<typeof ViewId>
export type TransferId = z.infer<typeof TransferId>
export type QuickReplyId = z.infer<typeof QuickReplyId>
export type RuleId = z.infer<typeof RuleId>
export type LabelId = z.infer<typeof LabelId>
export type ApiKeyId = z.infer<typeof ApiKeyId>
export type TemplateId = z.infer<typeof TemplateId>
export type MentionId = z.infer<typeof MentionId>
export type OutageId = z.infer<typeof OutageId>
export type NodeId = z.infer<typeof NodeId>
export type ContactImportId = z.infer<typeof ContactImportId>
export type PushDeviceId = z.infer<typeof PushDeviceId>

/** An instant, ISO 8601 in UTC with milliseconds. */
export const Instant = z.iso.datetime()
export type Instant = z.infer<typeof Instant>

/** The languages of the product, the first one is the default. */
export const LANGUAGES = ['es', 'en', 'pt'] as const
export const Language = z.enum(LANGUAGES)
export type Language = z.infer<typeof Language>
